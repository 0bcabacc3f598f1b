"""What changed since a month began: for who was away, and for who reports."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from itnews.model.article import Card
from itnews.model.fields.project import Project
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import Passed, having
from itnews.views.overviews import MonthOfNews, MonthsView, ProjectChange, SinceView, StepReached
from itnews.views.relations import relations
from itnews.views.roadmap import project_item
from itnews.views.slips import promises

MONTHS = 12
"""The current month and eleven before."""

AT_MOST = 200
"""Documents on a page; the archive has all."""


def months_view(*, today: date) -> MonthsView:
    """The months that have a page."""
    last = today.year * 12 + today.month - 1
    numbers = range(last, last - MONTHS, -1)
    return MonthsView(tuple(Period(f"{one // 12:04}-{one % 12 + 1:02}") for one in numbers))


def since_view(index: Index, month: str, *, passed: Passed) -> SinceView:
    """What changed since *month* (`2026-09`) began, in the site's zone."""
    begins = Period(month).first(index.calendar.fiscal_year_start)
    known = relations(index)
    dated = [card for card in known.newest if _since(index, card, begins)]
    shown = groupby(dated[:AT_MOST], key=lambda card: f"{index.day(card):%Y-%m}")
    return SinceView(
        projects=tuple(_changes(index, begins, passed=passed)),
        steps=_steps(index, begins, passed=passed),
        months=tuple(
            MonthOfNews(Period(name), tuple(card.path for card in cards)) for name, cards in shown
        ),
        more=max(0, len(dated) - AT_MOST),
    )


def _since(index: Index, card: Card, begins: date) -> bool:
    day = index.day(card) if card.definition.dated else None
    return day is not None and day >= begins


def _changes(index: Index, begins: date, *, passed: Passed) -> Iterator[ProjectChange]:
    for card, fields in having(index.of_kind("project"), Project):
        item = project_item(index, card, passed=passed)
        is_new = _is_new(index, card, fields, begins)
        status = _status_before(index, card.path, begins)
        target = _target_before(index, card, fields, begins)
        is_another = bool(status) and status != item.status
        # A project that was stopped has no target any more: it has not moved.
        has_moved = bool(target and item.target) and target != item.target
        if is_new or is_another or has_moved:
            yield ProjectChange(item, is_new, status, target)


def _is_new(index: Index, card: Card, fields: Project, begins: date) -> bool:
    """Whether nothing that has a day was said of the project before *begins*; no, where nothing has one."""
    told = [past.date for past in fields.history]
    days = [day for day in (card.date, *told) if day]
    return bool(days) and not any(_is_before(index, day, begins) for day in days)


def _steps(index: Index, begins: date, *, passed: Passed) -> tuple[StepReached, ...]:
    """The milestones that were reached since *begins*, the newest first."""
    zone = index.calendar.zone
    reached = [
        StepReached(card.path, step.name, step.done)
        for card, fields in having(index.of_kind("project"), Project)
        for step in fields.milestones
        if step.done and step.done.day_in(zone) >= begins and passed(step.done.start(zone))
    ]
    return tuple(sorted(reached, key=lambda step: step.done.sort_key(zone), reverse=True))


def _status_before(index: Index, project: SourcePath, begins: date) -> str:
    """The status that was told last before *begins*; empty if none was."""
    marks = relations(index).statuses[project]
    told = [mark.status for mark in marks if _is_before(index, mark.date, begins)]
    return told[-1] if told else ""


def _target_before(index: Index, card: Card, fields: Project, begins: date) -> Period | None:
    """The target that was promised last before *begins*; None if none was."""
    told = promises(fields, index.revisions.get(card.path, ()), index.calendar.zone)
    before = [past.target for past in told if _is_before(index, past.date, begins)]
    return before[-1] if before else None


def _is_before(index: Index, moment: Moment | None, begins: date) -> bool:
    return moment is not None and moment.day_in(index.calendar.zone) < begins
