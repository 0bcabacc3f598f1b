"""Withdrawn outputs: what a document that must no longer be published left in the output folder."""

from collections.abc import Iterable

from itnews.app.codecs import Typed
from itnews.engine.key import Key, parse_key
from itnews.engine.run import Run
from itnews.engine.store import Store
from itnews.files.output import Placed
from itnews.model.edition import Edition
from itnews.model.keys import card_key, present_key
from itnews.paths import SourcePath, UrlPath, source_path
from itnews.site.keys import catalogue_key, index_key
from itnews.site.urls import address

_PLACED = Typed[tuple[Placed, ...]](tuple[Placed, ...])
_OF_DOCUMENTS = ("page", "alias")


def withdrawn(
    surplus: Iterable[UrlPath], run: Run, store: Store, edition: Edition
) -> tuple[UrlPath, ...]:
    """Those of *surplus*, the addresses that no output claims any more, that a hidden or vanished document brought.

    A document whose front matter is broken is neither: its page stays until it can be read again. Where the store was
    lost, hidden documents are known by the address that they would have.
    """
    left = frozenset(surplus)
    if not left:
        return ()
    remembered = {
        placed.url
        for text in store.names()
        for placed in _outputs(parse_key(text), store, edition)
        if placed.url in left and _gone(_document(parse_key(text), placed), run, edition)
    }
    return tuple(sorted(remembered | (left & _addresses_of_hidden(run, edition))))


def _outputs(key: Key[object], store: Store, edition: Edition) -> tuple[Placed, ...]:
    if key.kind not in _OF_DOCUMENTS:
        return ()
    payload = store.value(key)
    return _PLACED.decode(payload) if payload else ()


def _document(key: Key[object], placed: Placed) -> SourcePath:
    """The document that brought an output: a page's key names it, an alias is its owner's."""
    return source_path(key.name) if key.kind == "page" else placed.owner


def _gone(path: SourcePath, run: Run, edition: Edition) -> bool:
    if not run.fetch(present_key(path)):
        return True
    return (
        run.fetch(card_key(path)) is not None
        and path not in run.fetch(index_key(edition.variant)).cards
    )


def _addresses_of_hidden(run: Run, edition: Edition) -> frozenset[UrlPath]:
    seen = run.fetch(index_key(edition.variant)).cards
    return frozenset(run.fetch(catalogue_key()).addresses) - {
        address(card) for card in seen.values()
    }
