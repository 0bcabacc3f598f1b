"""The schedule: what of an edition changes by itself, and when."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast
from zoneinfo import ZoneInfo

from itnews.model.article import Card
from itnews.model.edition import Edition
from itnews.site.coming import Coming, What
from itnews.site.spans import asked, begin, over
from itnews.words import fold

if TYPE_CHECKING:
    from itnews.model.fields.consultation import Consultation
    from itnews.model.fields.notice import Notice


def changes(
    card: Card, edition: Edition, zone: ZoneInfo, *, superseded: frozenset[str] = frozenset()
) -> Iterator[Coming]:
    """Every instant at which *card* changes what *edition* shows, past or to come.

    *superseded* are the ids, folded, of notices that another replaces: they neither begin nor end any more.
    """
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
    if card.kind == "notice" and fold(card.id) not in superseded:
        yield from _of_notice(card, cast("Notice", card.fields), zone)
    if card.kind == "consultation":
        opens, closes = asked(cast("Consultation", card.fields), zone)
        yield from _named(card, ("opens", opens), ("closes", closes))


def _of_notice(card: Card, notice: "Notice", zone: ZoneInfo) -> Iterator[Coming]:
    begins = begin(notice, card.date)
    first: tuple[What, datetime | None] = ("begins", begins.start(zone) if begins else None)
    if notice.certainty == "cancelled":  # it is shown as called off until it would have begun
        return _named(card, ("leaves the lists", first[1]))
    return _named(card, first, ("is over", over(notice, card.date, zone)))


def _named(card: Card, *instants: tuple[What, datetime | None]) -> Iterator[Coming]:
    return (Coming(at, what, card.path, card.title) for what, at in instants if at)
