"""Alignment: which projects serve which goal for which department, and what stands alone, both ways."""

from itnews.model.article import Card
from itnews.model.query import Query
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import Passed, paths
from itnews.views.overviews import AlignmentRow, AlignmentView
from itnews.views.roadmap import CLOSED, project_items


def alignment_view(index: Index, *, passed: Passed) -> AlignmentView:
    """The matrix, in the order of the lists of goals and of departments."""
    items = project_items(index, passed=passed)
    projects = [index.cards[item.path] for item in items if item.horizon not in CLOSED]
    goals, departments = _ordered(index, "goal"), _ordered(index, "department")
    serving = {goal.path: _serving(index, goal, projects) for goal in goals}
    concerning = {one.path: _concerning(index, one, projects) for one in departments}
    aimed = {path for found in serving.values() for path in found}
    return AlignmentView(
        departments=paths(departments),
        rows=tuple(
            AlignmentRow(
                goal,
                tuple(
                    tuple(path for path in found if path in concerned)
                    for concerned in concerning.values()
                ),
            )
            for goal, found in serving.items()
        ),
        goals_alone=tuple(path for path, found in serving.items() if not found),
        departments_alone=tuple(path for path, found in concerning.items() if not found),
        projects_alone=tuple(card.path for card in projects if card.path not in aimed),
    )


def _ordered(index: Index, kind: str) -> tuple[Card, ...]:
    return index.select(Query((kind,), order="order"))


def _serving(index: Index, goal: Card, projects: list[Card]) -> tuple[SourcePath, ...]:
    return paths(card for card in projects if goal.id in index.ids("goal", card.fields.goals))


def _concerning(index: Index, department: Card, projects: list[Card]) -> frozenset[SourcePath]:
    return frozenset(paths(card for card in projects if department.id in index.concerns(card)))
