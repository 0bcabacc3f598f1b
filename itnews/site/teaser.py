"""Teasers: what a list may show of a document."""

from itnews.model.article import Card, Teaser, declared
from itnews.paths import UrlPath


def teaser(card: Card, *, url: UrlPath, summary: str, image: str = "") -> Teaser:
    """The teaser of *card* with its *summary* (the field, else the excerpt) and the address of its *image*."""
    return Teaser(
        path=card.path,
        kind=card.kind,
        id=card.id,
        title=card.title,
        summary=summary,
        url=url,
        date=card.date,
        status=declared(card.fields, "status", ""),
        image=image,
        image_alt=card.fields.image_alt or "",
    )
