"""Changes of state that are news by themselves: readers of a feed would never see them otherwise."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from itnews.model.article import Card
from itnews.model.fields.ask import Ask
from itnews.model.fields.notice import Notice
from itnews.model.moment import Moment
from itnews.site.index import Index
from itnews.site.spans import end, resolved
from itnews.views.cards import Passed
from itnews.views.relations import relations
from itnews.views.values import StateChange


def state_changes(
    index: Index, cards: Iterable[Card], *, passed: Passed
) -> tuple[StateChange, ...]:
    """The changes of *cards* that have happened, newest first. Each is dated by the content, never by the run."""
    found = [change for card in cards for change in _of(index, card) if passed(change.at)]
    return tuple(sorted(found, key=lambda change: (-change.at.timestamp(), str(change.path))))


def _of(index: Index, card: Card) -> Iterator[StateChange]:
    fields, zone = card.fields, index.calendar.zone
    if isinstance(fields, Ask) and fields.answer and fields.answered_on:
        yield StateChange(card.path, "answered", fields.answered_on.start(zone))
    if isinstance(fields, Notice):
        yield from _of_notice(index, card, fields)


def _of_notice(index: Index, card: Card, fields: Notice) -> Iterator[StateChange]:
    zone = index.calendar.zone
    successor = relations(index).successors.get(card.path)
    if successor:
        if successor.date:
            at = successor.date.start(zone)
            yield StateChange(card.path, "rescheduled", at, successor.path)
    elif fields.certainty == "cancelled":
        told = fields.updated or card.date
        if told:
            yield StateChange(card.path, "cancelled", told.start(zone))
    elif fields.certainty != "tentative":
        at_last = _resolved_at(index, card, fields)
        # What was over before it was told of is no news a second time.
        if at_last and card.date and at_last > card.date.start(zone):
            yield StateChange(card.path, "resolved", at_last)


def _resolved_at(index: Index, card: Card, fields: Notice) -> datetime | None:
    """When the timeline says that it is resolved; for an incident without such an entry, its end."""
    zone = index.calendar.zone
    said = resolved(fields, zone)
    if said:
        return said.start(zone)
    ends: Moment | None = end(fields, card.date, zone)
    return ends.end(zone) if ends and fields.notice_type == "incident" else None
