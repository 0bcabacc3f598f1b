"""What views answer with that look at the whole site: front page, value, alignment, portfolio, calendar, changes.

As in `values`, documents are named by path, and the page asks for their teasers.
"""

from dataclasses import dataclass
from typing import Literal

from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.paths import SourcePath
from itnews.views.values import (
    ActionItem,
    AskItem,
    AskRate,
    BenefitLine,
    BenefitTotal,
    ComingItem,
    ConsultationItem,
    NoticeItem,
    RoadmapItem,
)


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page, in the order of DESIGN section 12. *influence*: what else one can still say something about."""

    actions: tuple[ActionItem, ...]
    lead: SourcePath | None
    news: tuple[SourcePath, ...]
    accomplishments: tuple[SourcePath, ...]
    now: tuple[RoadmapItem, ...]
    next: tuple[RoadmapItem, ...]
    notices: tuple[NoticeItem, ...]
    consultations: tuple[ConsultationItem, ...]
    influence: tuple[SourcePath, ...]
    asks: tuple[AskItem, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """What a month has in store, day by day; *month* is `2026-12`."""

    month: Period
    items: tuple[ComingItem, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """All that lies ahead, by month, and *running*: notices that have begun and whose end is still to come."""

    running: tuple[ComingItem, ...]
    months: tuple[CalendarMonth, ...]


@dataclass(frozen=True, slots=True)
class CostTotal:
    """What amounts of equal *currency* (ISO 4217) and *cost_class* come to, each document's once."""

    currency: str
    cost_class: str
    amount: float
    paths: tuple[SourcePath, ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """Sums of costs, and the documents that state a band in words only, which no sum holds."""

    totals: tuple[CostTotal, ...]
    banded: tuple[SourcePath, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of *all* benefits are *summed*, and how many are not: *without_sum* have a unit that does not add up
    (%, days), *without_change* tell of no change, mostly because nobody knows how it was before."""

    all: int
    summed: int
    without_sum: int
    without_change: int


@dataclass(frozen=True, slots=True)
class ValueSource:
    """A project or service, or an accomplishment of no project, with all benefits that are told of it.

    *amount* and *band*: what it costs, as a sum or in words; None and empty where that is not said.
    """

    path: SourcePath
    kind: str
    benefits: tuple[BenefitLine, ...]
    amount: float | None = None
    currency: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class GoalValue:
    """What serves a goal (*path* None: no goal), what the projects of it cost, and what all of it brings."""

    path: SourcePath | None
    sources: tuple[ValueSource, ...]
    costs: Costs
    totals: tuple[BenefitTotal, ...]


@dataclass(frozen=True, slots=True)
class ValueView:
    """From goals to figures (the trace), and every benefit once (the ledger).

    *projects* is what all projects cost, *services* what it costs to run the services. What serves several goals stands
    under each, so costs under goals do not add up to these.
    """

    goals: tuple[GoalValue, ...]
    ledger: tuple[BenefitLine, ...]
    totals: tuple[BenefitTotal, ...]
    tally: Tally
    projects: Costs
    services: Costs


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """A goal, and for each department of the view the projects that serve the one and concern the other."""

    goal: SourcePath
    cells: tuple[tuple[SourcePath, ...], ...]


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """Goals by departments, of projects whose horizon is now, next or later; and what stands alone."""

    departments: tuple[SourcePath, ...]
    rows: tuple[AlignmentRow, ...]
    goals_alone: tuple[SourcePath, ...]
    departments_alone: tuple[SourcePath, ...]
    projects_alone: tuple[SourcePath, ...]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many projects under way have a status; empty: none is stated.

    Those whose status was not confirmed in time are counted apart (*is_confirmed* false).
    """

    status: str
    count: int
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """All on one page: the open projects with trouble first, what they cost, what IT brings and how it answers."""

    now: tuple[RoadmapItem, ...]
    next: tuple[RoadmapItem, ...]
    statuses: tuple[StatusCount, ...]
    costs: Costs
    totals: tuple[BenefitTotal, ...]
    tally: Tally
    asks: AskRate


@dataclass(frozen=True, slots=True)
class AskGroup:
    """The asks in one state."""

    state: str
    items: tuple[AskItem, ...]


@dataclass(frozen=True, slots=True)
class AsksView:
    """The asks that are not settled, by state, the oldest first; and how IT answers, in all and by department."""

    open: tuple[AskGroup, ...]
    total: AskRate
    departments: tuple[AskRate, ...]


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """How a project stands beside how it stood when a month began. *is_new*: it was not there yet.

    *status_before* and *target_before* are empty where nothing is known of then.
    """

    item: RoadmapItem
    is_new: bool
    status_before: str
    target_before: Period | None


@dataclass(frozen=True, slots=True)
class StepReached:
    """A milestone of the project *path* and the day on which it was reached."""

    path: SourcePath
    name: str
    done: Moment


@dataclass(frozen=True, slots=True)
class MonthOfNews:
    """The dated documents of a month, newest first."""

    month: Period
    paths: tuple[SourcePath, ...]


@dataclass(frozen=True, slots=True)
class SinceView:
    """What changed since a month began: projects, the *steps* they reached, documents by month, the newest first.

    *more* is how many older documents of these months the page does not list.
    """

    projects: tuple[ProjectChange, ...]
    steps: tuple[StepReached, ...]
    months: tuple[MonthOfNews, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MonthsView:
    """The months that have a page of what changed since, the newest first."""

    months: tuple[Period, ...]


Gap = Literal["not-addressed", "without-news", "cadence-broken", "not-confirmed", "review-overdue"]
"""A department that no news names, a goal that none serves, a status older than its cadence, one that nobody has ever
confirmed, a document that was to be looked at again."""


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """Something that IT owes its readers. *since*: when it was given last, or was due; None: never."""

    path: SourcePath
    gap: Gap
    since: Moment | None


@dataclass(frozen=True, slots=True)
class CoverageView:
    """All that IT owes its readers: *gaps* of one sort stand together."""

    gaps: tuple[CoverageGap, ...]


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """A span of the archive that has a page: *name* `2026` or `FY27-Q1`, *count* dated documents in it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """Years and fiscal quarters that hold anything, newest first."""

    years: tuple[ArchivePart, ...]
    quarters: tuple[ArchivePart, ...]
