"""What lies ahead: for everyone the calendar, for a department its next ninety days (CONTENT-MODEL "Next 90 days")."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from itnews.model.article import Card
from itnews.model.fields.consultation import Consultation
from itnews.model.fields.department import Department
from itnews.model.fields.notice import Notice
from itnews.model.fields.project import Project
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.site.spans import begin, end
from itnews.views.actions import falls_to
from itnews.views.cards import having
from itnews.views.overviews import CalendarMonth, CalendarView
from itnews.views.relations import relations
from itnews.views.roadmap import horizon_of, is_over
from itnews.views.values import ComingItem, Occasion

AHEAD = timedelta(days=90)
"""Day 90 is one of them."""


def calendar_view(index: Index, *, today: date) -> CalendarView:
    """All that comes on *today* or later, of all listed documents."""
    found = coming(index, index.listed, today=today)
    months = groupby(found, key=lambda item: Period(f"{item.on:%Y-%m}"))
    return CalendarView(
        running=tuple(_running(index, today)),
        months=tuple(CalendarMonth(month, tuple(items)) for month, items in months),
    )


def _running(index: Index, today: date) -> Iterator[ComingItem]:
    """The notices that began before *today* and end on it or later, the first to end first."""
    day = day_of(index)
    notices = having(index.of_kind("notice"), Notice)
    items = [item for card, fields in notices for item in _of_notice(index, card, fields)]
    ends = [(day(item.until), str(item.path), item) for item in items if item.until]
    for last, _, item in sorted(ends, key=lambda each: each[:2]):
        if item.on < today <= last:
            yield item


def next_days(
    index: Index, department: SourcePath, cards: Iterable[Card], *, today: date
) -> tuple[ComingItem, ...]:
    """What comes from *today* to the ninetieth day, of *cards* and of the *department* itself."""
    chosen = {card.path: card for card in (*cards, index.cards[department])}
    found = coming(index, chosen.values(), today=today)
    return tuple(
        item
        for item in found
        if item.on <= today + AHEAD and _is_for(index, chosen[item.path], item, department)
    )


def _is_for(index: Index, card: Card, item: ComingItem, department: SourcePath) -> bool:
    """Whether it is among what CONTENT-MODEL names, and theirs: what somebody else has to do is not."""
    action = card.fields.action if item.occasion == "action" else None
    return item.occasion != "input" and (action is None or falls_to(index, action, department))


def coming(index: Index, cards: Iterable[Card], *, today: date) -> tuple[ComingItem, ...]:
    """What of *cards* comes on *today* or later, by day; on one day by path."""
    found = (item for card in cards for item in _of(index, card) if item.on >= today)
    return tuple(
        sorted(found, key=lambda item: (item.on, str(item.path), item.occasion, item.text))
    )


def _of(index: Index, card: Card) -> Iterator[ComingItem]:
    day = day_of(index)
    fields = card.fields
    if fields.action and fields.action.by:
        yield _item(card, "action", fields.action.by, day, fields.action.what)
    if fields.input_until and not isinstance(fields, Consultation):
        yield _item(card, "input", fields.input_until, day)
    if isinstance(fields, Notice):
        yield from _of_notice(index, card, fields)
    elif isinstance(fields, Project):
        yield from _of_project(index, card, fields)
    elif isinstance(fields, Consultation):
        if fields.closes and not fields.outcome:
            yield _item(card, "consultation", fields.closes, day)
    elif isinstance(fields, Department) and fields.next_meeting:
        yield _item(card, "meeting", fields.next_meeting, day)


def _of_notice(index: Index, card: Card, fields: Notice) -> Iterator[ComingItem]:
    begins = begin(fields, card.date)
    is_off = fields.certainty == "cancelled" or card.path in relations(index).successors
    if begins is None or is_off:
        return
    yield ComingItem(
        path=card.path,
        occasion="freeze" if fields.notice_type == "freeze" else "notice",
        on=day_of(index)(begins),
        when=begins,
        until=end(fields, card.date, index.calendar.zone),
        is_tentative=fields.certainty == "tentative",
    )


def _of_project(index: Index, card: Card, fields: Project) -> Iterator[ComingItem]:
    day, marks = day_of(index), relations(index).statuses[card.path]
    status = marks[-1].status if marks else ""
    if is_over(horizon_of(fields, status), status):
        return
    if fields.target:
        yield _item(card, "target", fields.target, day)
    for step in fields.milestones:
        if step.due and not step.done:
            yield _item(card, "milestone", step.due, day, step.name)
    for session in fields.training:
        if session.date:
            yield _item(card, "training", session.date, day, session.what)


def day_of(index: Index) -> Callable[[Moment | Period], date]:
    """What tells the day of a moment, and the last one of a period."""
    calendar = index.calendar

    def day(when: Moment | Period) -> date:
        if isinstance(when, Period):
            return when.last(calendar.fiscal_year_start)
        return when.day_in(calendar.zone)

    return day


def _item(
    card: Card,
    occasion: Occasion,
    when: Moment | Period,
    day: Callable[[Moment | Period], date],
    text: str = "",
) -> ComingItem:
    return ComingItem(path=card.path, occasion=occasion, on=day(when), when=when, text=text)
