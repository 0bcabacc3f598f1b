"""What a project's plan was on each day on which it changed: target, horizon, confidence (CONTENT-MODEL "Views")."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, tzinfo
from typing import TypeVar

from itnews.model.fields.project import Project, Promise
from itnews.model.history import Revision
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.views.slips import told
from itnews.views.values import Plan

_UNDATED = ("later", "stopped")
"""Horizons without a promise: what is put there has no target any more, unless one is named."""

T = TypeVar("T")


def plans(fields: Project, revisions: Sequence[Revision], zone: tzinfo) -> tuple[Plan, ...]:
    """The plans of a project, oldest first. What a change says nothing of stays as it was.

    They come from the project's history, and from *revisions* on days that it does not name. The last is what the
    project says now; it has no day if nobody has told since when. A target that it does not name is none.
    """
    return tuple(_changes(_by_day(fields, revisions, zone)))


def _by_day(fields: Project, revisions: Sequence[Revision], zone: tzinfo) -> Iterator[Plan]:
    def said(part: Callable[[Promise | Revision], T]) -> dict[date, T]:
        entries = told(part, fields, revisions, zone)
        return {past.date.day_in(zone): part(past) for past in entries}

    targets = said(lambda past: past.target)
    horizons = said(lambda past: past.horizon)
    confidences = said(lambda past: past.confidence)
    plan = Plan(None, None, "", "")
    for day in sorted({*targets, *horizons, *confidences}):
        plan = Plan(
            date=Moment(day.isoformat()),
            target=targets.get(day, None if horizons.get(day) in _UNDATED else plan.target),
            horizon=horizons.get(day, plan.horizon),
            confidence=confidences.get(day, plan.confidence),
        )
        yield plan
    yield Plan(
        date=None,
        target=fields.target,
        horizon=fields.horizon or plan.horizon,
        confidence=fields.confidence or plan.confidence,
    )


def _changes(found: Iterable[Plan]) -> Iterator[Plan]:
    """*found* without those that say what the one before says, or nothing."""
    before: tuple[Period | None, str, str] = (None, "", "")
    for plan in found:
        parts = (plan.target, plan.horizon, plan.confidence)
        if parts != before:
            yield plan
        before = parts
