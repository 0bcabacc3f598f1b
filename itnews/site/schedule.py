"""The schedule: what of an edition changes by itself, and when."""

from collections.abc import Iterator
from typing import Literal
from zoneinfo import ZoneInfo

from itnews.model.article import Card
from itnews.model.edition import Edition
from itnews.site.coming import Coming


def changes(card: Card, edition: Edition, zone: ZoneInfo) -> Iterator[Coming]:
    """Every instant at which *card* changes what *edition* shows, past or to come."""
    fields = card.fields
    if not edition.shows.intersection(card.visibility or ("everyone",)):
        return
    if fields.draft and not edition.drafts:
        return
    release = fields.publish_at or card.date
    if release and not edition.drafts:
        yield Coming(release.start(zone), "appears", card.path, card.title)
    if fields.expires:
        what: Literal["is removed", "leaves the lists"]
        what = "is removed" if fields.remove_when_expired else "leaves the lists"
        yield Coming(fields.expires.end(zone), what, card.path, card.title)
    if fields.action and fields.action.by:
        yield Coming(fields.action.by.end(zone), "stops asking for action", card.path, card.title)
