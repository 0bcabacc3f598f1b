"""Teasers: what a list may show of a document."""

from itnews.model.article import Card, Teaser, declared
from itnews.model.moment import Moment
from itnews.paths import UrlPath
from itnews.site.index import entered

_STATES = {"ask": "state", "service": "lifecycle"}
"""Kinds that call their status otherwise."""


def teaser(
    card: Card,
    *,
    url: UrlPath,
    summary: str,
    image: str = "",
    status: str = "",
    unconfirmed_since: Moment | None = None,
) -> Teaser:
    """The teaser of *card* with its *summary* (the field, else the excerpt) and the address of its *image*.

    *status* is a word that a view found: the state of a notice or a consultation, a project's status, which may be
    *unconfirmed_since* a day; else the kind's field says it: the status of an update, the state of an ask, the
    lifecycle of a service.
    """
    return Teaser(
        path=card.path,
        kind=card.kind,
        id=card.id,
        title=card.title,
        summary=summary,
        url=url,
        date=entered(card),
        status=status or stated(card),
        unconfirmed_since=unconfirmed_since,
        image=image,
        image_alt=card.fields.image_alt or "",
    )


def stated(card: Card) -> str:
    """The status that *card* itself states: an ask's state, a service's lifecycle; empty where it has none."""
    return declared(card.fields, _STATES.get(card.kind, "status"), "")
