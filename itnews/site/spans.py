"""Spans: when notices and consultations begin and are over, so that what is said of them changes by itself."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from itnews.model.article import Card, declared
from itnews.model.moment import Moment
from itnews.words import fold

if TYPE_CHECKING:  # loaded with the first notice
    from itnews.model.fields.consultation import Consultation
    from itnews.model.fields.notice import Entry, Notice

_INCIDENT = "incident"
_LASTING = frozenset({_INCIDENT, "security", "freeze"})
"""Types that go on until somebody says that they are over; the others take place on a day."""


def begin(notice: "Notice", date: Moment | None) -> Moment | None:
    """When a notice of *date* begins: an incident at the latest when it is told of. None where nothing was said."""
    return notice.starts or (date if notice.notice_type == _INCIDENT else None)


def end(notice: "Notice", date: Moment | None, zone: tzinfo) -> Moment | None:
    """The end, as written or after the duration; None where neither is there."""
    begins = begin(notice, date)
    if notice.ends or notice.duration is None or begins is None:
        return notice.ends
    return notice.duration.after(begins, zone)


def last_entry(notice: "Notice", zone: tzinfo) -> "Entry | None":
    """The latest entry of the timeline; of two at one moment the one that is written below."""
    return max(reversed(notice.timeline), key=lambda entry: entry.at.sort_key(zone), default=None)


def resolved(notice: "Notice", zone: tzinfo) -> Moment | None:
    """The moment of the entry that says so, if no later entry of the timeline takes it back."""
    last = last_entry(notice, zone)
    return last.at if last and last.state == "resolved" else None


def over(notice: "Notice", date: Moment | None, zone: tzinfo) -> datetime | None:
    """The instant from which a notice of *date* is over: its end, or the entry that says that it is resolved.

    What takes place on a day and has no end is over with that day; an incident, a warning and a freeze are not.
    """
    ends, said = end(notice, date, zone), resolved(notice, zone)
    known = [ends.end(zone)] if ends else []
    known += [said.start(zone)] if said else []
    begins = begin(notice, date)
    if not known and begins and notice.notice_type not in _LASTING:
        return Moment(begins.day_in(zone).isoformat()).end(zone)
    return min(known, default=None)


def asked(consultation: "Consultation", zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """The instants at which a consultation opens and closes; None for the one that nothing is said of."""
    opens, closes = consultation.opens, consultation.closes
    return opens.start(zone) if opens else None, closes.end(zone) if closes else None


def superseded_ids(cards: Iterable[Card]) -> frozenset[str]:
    """The ids, folded, of the notices that one of *cards* replaces."""
    named = ((card, fold(declared(card.fields, "supersedes", ""))) for card in cards)
    return frozenset(id for card, id in named if id and id != fold(card.id))
