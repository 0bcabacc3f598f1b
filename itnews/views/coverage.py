"""Coverage: what IT has not told, or not confirmed. For IT itself (CONTENT-MODEL "Views")."""

from collections.abc import Iterator
from datetime import date, timedelta

from itnews.model.fields.project import Project
from itnews.model.moment import Moment
from itnews.site.index import Index
from itnews.views.cards import Passed, having
from itnews.views.overviews import CoverageGap, Gap
from itnews.views.relations import relations
from itnews.views.roadmap import CLOSED, project_item

QUIET = timedelta(days=92)
"""A quarter: after it a department, or a goal, has not been heard of."""


def coverage(index: Index, *, passed: Passed, today: date) -> tuple[CoverageGap, ...]:
    """What is missing: quiet departments, quiet goals, projects nobody confirms, reviews that are overdue."""
    return (
        *_quiet(index, "department", "not-addressed", today=today),
        *_quiet(index, "goal", "without-news", today=today),
        *_of_projects(index, passed=passed),
        *_overdue(index, passed=passed),
    )


def _quiet(index: Index, kind: str, gap: Gap, *, today: date) -> Iterator[CoverageGap]:
    """Those of *kind* that no dated document of the last quarter names."""
    for card in index.of_kind(kind):
        naming = (index.cards[path] for path in index.having(kind, card.id))
        days = (index.day(one) for one in naming if one.definition.dated)
        told = max(filter(None, days), default=None)
        if told is None or told < today - QUIET:
            since = Moment(told.isoformat()) if told else None
            yield CoverageGap(card.path, gap, since)


def _of_projects(index: Index, *, passed: Passed) -> Iterator[CoverageGap]:
    for card, _ in having(index.of_kind("project"), Project):
        item = project_item(index, card, passed=passed)
        if item.horizon in CLOSED or item.horizon == "later":
            continue
        marks = relations(index).statuses[card.path]
        if item.unconfirmed_since:
            yield CoverageGap(card.path, "cadence-broken", item.unconfirmed_since)
        elif not marks or marks[-1].date is None:
            yield CoverageGap(card.path, "not-confirmed", None)


def _overdue(index: Index, *, passed: Passed) -> Iterator[CoverageGap]:
    for card in index.listed:
        by = card.fields.review_by
        if by and passed(by.end(index.calendar.zone)):
            yield CoverageGap(card.path, "review-overdue", by)
