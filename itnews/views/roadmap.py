"""The roadmap: projects, and plans too small for a file, by horizon."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from itnews.model.article import Card
from itnews.model.fields.project import Project
from itnews.model.fields.roadmap import PlannedItem, Roadmap, Selection
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.paths import SourcePath
from itnews.site.index import Calendar, Index
from itnews.views.cards import Passed, fields_of, having, shown
from itnews.views.relations import relations
from itnews.views.slips import slips
from itnews.views.status import unconfirmed_since
from itnews.views.values import Board, BoardColumn, RoadmapItem

OPEN = ("now", "next", "later")
"""The columns that a board has even when they are empty: nothing planned is an answer, too."""

CLOSED = ("done", "stopped")
_ENDED = {"complete": "done", "cancelled": "stopped"}
_UNDER_WAY = frozenset({"on-track", "at-risk", "off-track", "paused"})


def board(index: Index, path: SourcePath | None = None, *, passed: Passed) -> Board:
    """The board of the roadmap document *path*, or of all projects."""
    items = project_items(index, passed=passed)
    if path is None:
        return Board(_columns(items, OPEN, index.calendar))
    roadmap = fields_of(index.cards[path], Roadmap)
    chosen = [*_selected(index, items, roadmap.select), *_own_items(index, path, roadmap)]
    horizons = roadmap.select.horizons if roadmap.select else ()
    return Board(_columns(chosen, horizons or OPEN, index.calendar))


def selected_board(index: Index, select: Selection, *, passed: Passed) -> Board:
    """The columns of the projects that *select* names that hold any."""
    chosen = tuple(_selected(index, project_items(index, passed=passed), select))
    return Board(_columns(chosen, (), index.calendar))


def project_items(
    index: Index, cards: Iterable[Card] | None = None, *, passed: Passed
) -> tuple[RoadmapItem, ...]:
    """The roadmap items of the projects among *cards*, or of all that are listed, in their order."""
    chosen = index.of_kind("project") if cards is None else cards
    return tuple(project_item(index, card, passed=passed) for card, _ in having(chosen, Project))


def project_item(index: Index, project: Card, *, passed: Passed) -> RoadmapItem:
    """A project's standing."""
    fields, calendar = fields_of(project, Project), index.calendar
    marks = relations(index).statuses[project.path]
    status = marks[-1].status if marks else ""
    promised = slips(fields, calendar, index.revisions.get(project.path, ()))
    horizon = horizon_of(fields, status)
    return RoadmapItem(
        path=project.path,
        own=False,
        title=project.title,
        horizon=horizon,
        status=status,
        outcome=fields.outcome,
        target=fields.target,
        targets=promised.targets,
        moved=promised.moved,
        brought_forward=promised.brought_forward,
        confidence=fields.confidence,
        departments=tuple(sorted(shown(index, "department", index.concerns(project)))),
        goals=shown(index, "goal", fields.goals),
        unconfirmed_since=unconfirmed_since(marks, fields, calendar=calendar, passed=passed),
        slipped_days=promised.days,
        is_overdue=not is_over(horizon, status) and _has_ended(fields.target, calendar, passed),
    )


def is_over(horizon: str, status: str) -> bool:
    """Whether nothing of a project is still to come: an update may have ended it before its horizon is changed."""
    return horizon in CLOSED or status in _ENDED


def _has_ended(target: Period | None, calendar: Calendar, passed: Passed) -> bool:
    last = target.last(calendar.fiscal_year_start) if target else None
    return last is not None and passed(Moment(last.isoformat()).end(calendar.zone))


def horizon_of(plan: Project | PlannedItem, status: str) -> str:
    """The horizon as written, else what *status* tells of it; a plan with a target only is next."""
    if plan.horizon:
        return plan.horizon
    if status in _ENDED:
        return _ENDED[status]
    if status in _UNDER_WAY:
        return "now"
    return "next" if plan.target else "later"


def in_order(items: Iterable[RoadmapItem], calendar: Calendar) -> tuple[RoadmapItem, ...]:
    """*items* as a column lists them: what is due first comes first, what has no date last, then by title."""
    return tuple(sorted(items, key=lambda item: _position(item, calendar)))


def latest_first(items: Iterable[RoadmapItem], calendar: Calendar) -> tuple[RoadmapItem, ...]:
    """*items* that are over: what was due last comes first, what has no date last."""
    ordered = in_order(items, calendar)
    dated = (item for item in reversed(ordered) if item.target)
    return (*dated, *(item for item in ordered if not item.target))


def by_horizon(items: Sequence[RoadmapItem], calendar: Calendar) -> tuple[RoadmapItem, ...]:
    """*items* from now to stopped, each horizon in its own order."""
    return Board(_columns(items, (), calendar)).items


def _columns(
    items: Sequence[RoadmapItem], horizons: Sequence[str], calendar: Calendar
) -> tuple[BoardColumn, ...]:
    return tuple(
        BoardColumn(horizon, column)
        for horizon in (*OPEN, *CLOSED)
        if (column := _column(items, horizon, calendar)) or horizon in horizons
    )


def _column(
    items: Sequence[RoadmapItem], horizon: str, calendar: Calendar
) -> tuple[RoadmapItem, ...]:
    column = [item for item in items if item.horizon == horizon]
    return latest_first(column, calendar) if horizon in CLOSED else in_order(column, calendar)


def _position(item: RoadmapItem, calendar: Calendar) -> tuple[date, str, str]:
    return _due(item.target, calendar), item.title.casefold(), str(item.path)


def _due(target: Period | None, calendar: Calendar) -> date:
    return target.last(calendar.fiscal_year_start) if target else date.max


def _selected(
    index: Index, items: Iterable[RoadmapItem], select: Selection | None
) -> Iterator[RoadmapItem]:
    """The items that *select* names: any within a key, all across keys; its projects are added."""
    if select is None:
        return
    named = {card.path for id in select.projects if (card := index.by_id("project", id))}
    for item in items:
        if item.path in named or _matches(index, item, select):
            yield item


def _matches(index: Index, item: RoadmapItem, select: Selection) -> bool:
    keys = (
        (select.goals, shown(index, "goal", select.goals), item.goals),
        (select.departments, shown(index, "department", select.departments), item.departments),
        (select.services, select.services, index.cards[item.path].fields.services),
        (select.horizons, select.horizons, (item.horizon,)),
    )
    asked = [(wanted, found) for written, wanted, found in keys if written]
    return bool(asked) and all(set(wanted) & set(found) for wanted, found in asked)


def _own_items(index: Index, path: SourcePath, roadmap: Roadmap) -> Iterator[RoadmapItem]:
    for plan in roadmap.items:
        yield RoadmapItem(
            path=path,
            own=True,
            title=plan.title,
            horizon=horizon_of(plan, plan.status),
            status=plan.status,
            outcome=plan.outcome,
            target=plan.target,
            targets=(plan.target,) if plan.target else (),
            departments=shown(index, "department", plan.departments),
            goals=shown(index, "goal", plan.goals),
        )
