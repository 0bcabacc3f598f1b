"""What the views ask of cards again and again: those of a kind with their fields, and the ids that may be shown."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from itnews.model.article import Card
from itnews.model.common import Common
from itnews.model.names import AUDIENCE_WORDS
from itnews.paths import SourcePath
from itnews.site.index import Index

F = TypeVar("F", bound=Common)

Passed = Callable[[datetime], bool]
"""Whether an instant has passed when the site is built."""


def having(cards: Iterable[Card], model: type[F]) -> Iterator[tuple[Card, F]]:
    """Those of *cards* whose kind has the fields of *model*, with these fields."""
    for card in cards:
        if isinstance(card.fields, model):
            yield card, card.fields


def fields_of(card: Card, model: type[F]) -> F:
    """The fields of a card of a known kind. Raises TypeError for a card of another: a view was asked of it."""
    if not isinstance(card.fields, model):
        raise TypeError(f"{card.path} is no {model.__name__.lower()}")
    return card.fields


def paths(cards: Iterable[Card]) -> tuple[SourcePath, ...]:
    return tuple(card.path for card in cards)


def shown(index: Index, kind: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids of the documents of *kind* among *ids* that this edition has, each once, in their order.

    The id of a hidden document is hidden, too.
    """
    found = (index.by_id(kind, id) for id in ids)
    return tuple(dict.fromkeys(card.id for card in found if card))


def shown_audience(index: Index, card: Card) -> tuple[str, ...]:
    """Whom *card* concerns, without the departments that this edition does not have."""
    return tuple(
        id for id in card.audience if id in AUDIENCE_WORDS or index.by_id("department", id)
    )
