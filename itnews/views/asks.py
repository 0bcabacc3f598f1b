"""Asks: how old each is, how long it took, and how IT answers in all (CONTENT-MODEL "Asks")."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from itnews.model.article import Card
from itnews.model.fields.ask import Ask
from itnews.model.moment import Moment
from itnews.paths import SourcePath
from itnews.site.index import Index, entered
from itnews.views.cards import fields_of, having
from itnews.views.overviews import AskGroup, AsksView
from itnews.views.values import AskItem, AskRate, Pace

OPEN = ("heard", "looking", "planned", "doing")
"""The states in which something is still owed; in the others an ask is settled."""


def ask_item(index: Index, path: SourcePath, *, today: date | None = None) -> AskItem:
    """The ask *path*; its age counts to *today*, where that is given and the ask is open."""
    card = index.cards[path]
    fields = fields_of(card, Ask)
    asked, day = entered(card), index.day(card)
    state = fields.state or "heard"
    return AskItem(
        path=path,
        state=state,
        asked_by=fields.asked_by,
        asked=asked,
        answered=bool(fields.answer),
        days_to_answer=_days(index, day, fields.answered_on if fields.answer else None),
        days_to_done=_days(index, day, fields.done_on or fields.accepted_on),
        age=_between(day, today) if state in OPEN else None,
    )


def ask_items(index: Index, cards: Iterable[Card]) -> tuple[AskItem, ...]:
    """The asks among *cards*, in their order."""
    return tuple(ask_item(index, card.path) for card, _ in having(cards, Ask))


def asks_view(index: Index, *, today: date) -> AsksView:
    """All listed asks on the day *today*."""
    cards = index.of_kind("ask")
    items = [ask_item(index, card.path, today=today) for card in cards]
    by_department: dict[str, list[AskItem]] = {}
    for item in items:
        asker = asker_of(index, item)
        if asker:
            by_department.setdefault(asker, []).append(item)
    return AsksView(
        open=tuple(
            AskGroup(state, tuple(sorted(group, key=_oldest_first)))
            for state in OPEN
            if (group := [item for item in items if item.state == state])
        ),
        total=rate("", items),
        departments=tuple(rate(id, by_department[id]) for id in sorted(by_department)),
    )


def asker_of(index: Index, item: AskItem) -> str:
    """The department that an ask counts for: the one that asked, or the first of the person who did; empty if none."""
    own = index.by_id("department", item.asked_by)
    person = index.by_id("person", item.asked_by)
    named = person.fields.departments if person else ()
    first = index.by_id("department", named[0]) if named else None
    found = own or first
    return found.id if found else ""


def rate(department: str, items: Sequence[AskItem]) -> AskRate:
    """What became of *items*, which *department* asked for."""
    return AskRate(
        department=department,
        asked=len(items),
        answered=sum(item.answered for item in items),
        to_answer=_pace(item.days_to_answer for item in items),
        done=sum(item.state == "done" or item.days_to_done is not None for item in items),
        to_done=_pace(item.days_to_done for item in items),
    )


def _pace(days: Iterable[int | None]) -> Pace:
    known = sorted(day for day in days if day is not None)
    has_middle = len(known) > 2
    return Pace(
        known=len(known),
        median=median(known) if has_middle else None,
        days=() if has_middle else tuple(known),
    )


def _days(index: Index, since: date | None, until: Moment | None) -> int | None:
    return _between(since, until.day_in(index.calendar.zone) if until else None)


def _between(since: date | None, until: date | None) -> int | None:
    """The days from *since* to *until*; None where one is missing, or they stand the wrong way round."""
    if since is None or until is None or until < since:
        return None
    return (until - since).days


def _oldest_first(item: AskItem) -> tuple[int, str]:
    return -(item.age or 0), str(item.path)
