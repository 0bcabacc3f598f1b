"""What the views answer with: plain values that a template prints without asking anything further.

A view names documents by path; the page asks for their teasers, so that a new title re-renders what shows it and
nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.paths import SourcePath


@dataclass(frozen=True, slots=True)
class RoadmapItem:
    """A project, or a plan too small for a file of its own (then *path* is that of the roadmap that lists it).

    *own* is true for the latter: it has no page. *moved* counts targets that went later, *brought_forward* those that
    came earlier; *targets* are the promises in order, the current one last. *slipped_days* counts from the end of the
    first to that of the current, below 0 if it is earlier. *is_overdue*: the target has ended and the project has not.
    """

    path: SourcePath
    own: bool
    title: str
    horizon: str
    status: str
    outcome: str
    target: Period | None
    targets: tuple[Period, ...] = ()
    moved: int = 0
    brought_forward: int = 0
    confidence: str = ""
    departments: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    unconfirmed_since: Moment | None = None
    slipped_days: int = 0
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One horizon of a roadmap board: now, next, later, done or stopped."""

    horizon: str
    items: tuple[RoadmapItem, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A roadmap as columns (and as a table: the same items one after the other)."""

    columns: tuple[BoardColumn, ...]

    @property
    def items(self) -> tuple[RoadmapItem, ...]:
        return tuple(item for column in self.columns for item in column.items)


@dataclass(frozen=True, slots=True)
class StatusMark:
    """What a project's status was said to be on a day, and by which document (the project itself or an update)."""

    date: Moment | None
    status: str
    path: SourcePath


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned of a project since *date*, or what is now if that is not known (None)."""

    date: Moment | None
    target: Period | None
    horizon: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project's standing: its roadmap item with status and slips computed, and what was written about it.

    *plans* are oldest first; one alone says that nothing has changed.
    """

    item: RoadmapItem
    status_reason: str
    statuses: tuple[StatusMark, ...]
    updates: tuple[SourcePath, ...]
    accomplishments: tuple[SourcePath, ...]
    benefits: tuple["BenefitLine", ...]
    asks: tuple["AskItem", ...]
    notices: tuple["NoticeItem", ...]
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A benefit and the document it is written in.

    *value* is what its stage counts (CONTENT-MODEL "Arithmetic"): the target if planned, else the measured level.
    *improvement* is the change from the baseline towards the target, None where there is no baseline.
    """

    path: SourcePath
    id: str
    what: str
    unit: str
    kind: str
    stage: str
    baseline: float | None
    target: float | None
    measured: float | None
    value: float | None
    improvement: float | None
    as_of: Moment | None
    confirmed_by: str
    evidence: str


@dataclass(frozen=True, slots=True)
class BenefitTotal:
    """What benefits of equal *kind*, *unit* and *stage* come to: the sum of their improvements, and those it is of.

    *improvement* is negative where worsenings weigh more.
    """

    kind: str
    unit: str
    stage: str
    improvement: float
    lines: tuple[BenefitLine, ...]


@dataclass(frozen=True, slots=True)
class AccomplishmentView:
    """What an accomplishment brought; a benefit of its project carries the project's path."""

    benefits: tuple[BenefitLine, ...]


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """What IT does for a department: *doing*, *planned* and *done* are projects; *news* concerns it by name.

    *coming* is what its next ninety days hold, *lately* what was over in service within the last month.
    """

    doing: tuple[RoadmapItem, ...]
    planned: tuple[RoadmapItem, ...]
    done: tuple[RoadmapItem, ...]
    accomplishments: tuple[SourcePath, ...]
    news: tuple[SourcePath, ...]
    for_everyone: tuple[SourcePath, ...]
    actions: tuple["ActionItem", ...]
    needs: tuple["Need", ...]
    people: tuple[SourcePath, ...]
    notices: tuple["NoticeItem", ...]
    asks: tuple["AskItem", ...]
    coming: tuple["ComingItem", ...] = ()
    lately: tuple["NoticeItem", ...] = ()


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something a reader has to do, and the document that asks for it. Listed until *by* has passed."""

    path: SourcePath
    what: str
    by: Moment | None
    minutes: int | None
    who: str
    link: str
    audience: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a project needs from a department."""

    path: SourcePath
    what: str
    by: Moment | Period | None
    who: str


@dataclass(frozen=True, slots=True)
class GoalView:
    """What serves a goal."""

    projects: tuple[RoadmapItem, ...]
    accomplishments: tuple[SourcePath, ...]
    news: tuple[SourcePath, ...]
    subgoals: tuple[SourcePath, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a relationship manager is measured by: asks of their *departments*, and the benefits that these departments
    or people of theirs have confirmed, wherever they are written."""

    departments: tuple[SourcePath, ...]
    asks: "AskRate"
    confirmed: tuple[BenefitLine, ...]
    totals: tuple[BenefitTotal, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """Where a person is named as owner, sponsor, relationship manager (of *departments*), head or author.

    *heads*: departments that they lead or speak for. *scorecard* is None for who is nobody's relationship manager.
    """

    looks_after: tuple[SourcePath, ...]
    sponsors: tuple[SourcePath, ...]
    departments: tuple[SourcePath, ...]
    heads: tuple[SourcePath, ...]
    wrote: tuple[SourcePath, ...]
    scorecard: Scorecard | None = None


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """A notice and what it is at the time of the build.

    *state* is a word of `names.NOTICE_STATE`. *ends* is worked out where a duration is written. *successor* is the
    notice that supersedes it, *predecessor* the one that it supersedes, as far as they are to be seen.
    """

    path: SourcePath
    state: str
    notice_type: str
    level: str
    starts: Moment | None
    ends: Moment | None
    services: tuple[str, ...]
    successor: SourcePath | None = None
    predecessor: SourcePath | None = None


@dataclass(frozen=True, slots=True)
class NoticesView:
    """What is happening (the worst first) and what is coming (the next first). What is called off is coming until it
    would have begun."""

    current: tuple[NoticeItem, ...]
    coming: tuple[NoticeItem, ...]


@dataclass(frozen=True, slots=True)
class StateChange:
    """A change of state of a document that readers have to be told of, and the instant of it (UTC), from the content.

    *change* is a word of `names.CHANGE`. *successor* is the notice that a rescheduled one gave way to.
    """

    path: SourcePath
    change: str
    at: datetime
    successor: SourcePath | None = None


@dataclass(frozen=True, slots=True)
class AskItem:
    """An ask and how long it took. Days are those of the calendar in the site's zone, None where a date is missing.

    *answered*: there is an answer. *age* counts to the day of the build; `overviews.AsksView` knows it, of open asks.
    """

    path: SourcePath
    state: str
    asked_by: str
    asked: Moment | None
    answered: bool
    days_to_answer: int | None
    days_to_done: int | None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How many days something took, of so many of which that is *known*; half of them took *median* at most.

    One or two have no middle worth the name: *median* is None, and *days* are theirs, the shortest first.
    """

    known: int
    median: float | None
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AskRate:
    """What became of the asks of one department (empty: of all)."""

    department: str
    asked: int
    answered: int
    to_answer: Pace
    done: int
    to_done: Pace


@dataclass(frozen=True, slots=True)
class ConsultationItem:
    """A consultation and what it is at the time of the build: *state* is a word of `names.CONSULTATION_STATE`."""

    path: SourcePath
    state: str
    opens: Moment | None
    closes: Moment | None
    decision_by: Moment | Period | None


@dataclass(frozen=True, slots=True)
class ConsultationsView:
    """What one can answer now (what closes first comes first), and what opens later."""

    open: tuple[ConsultationItem, ...]
    coming: tuple[ConsultationItem, ...]


@dataclass(frozen=True, slots=True)
class HoursLost:
    """How long a service was out of order in a calendar *year*, in minutes; what overlaps counts once, as unplanned."""

    year: int
    planned: int
    unplanned: int


@dataclass(frozen=True, slots=True)
class ServiceView:
    """What uses a service and what happens to it; *past* are the newest notices that are over.

    *lost* has the years in which it was out of order, the newest first.
    """

    projects: tuple[RoadmapItem, ...]
    notices: tuple[NoticeItem, ...]
    past: tuple[SourcePath, ...]
    asks: tuple[AskItem, ...]
    accomplishments: tuple[SourcePath, ...]
    news: tuple[SourcePath, ...]
    benefits: tuple[BenefitLine, ...]
    lost: tuple[HoursLost, ...] = ()


Occasion = Literal[
    "notice",
    "freeze",
    "milestone",
    "training",
    "consultation",
    "input",
    "action",
    "target",
    "meeting",
]
"""What happens on a day: a notice begins, a freeze does, a step is due, people learn, a consultation closes, another
document can be influenced no longer, an action is due, a project's target ends, a department meets IT."""


@dataclass(frozen=True, slots=True)
class ComingItem:
    """Something that lies ahead. *on* is the day in the site's zone: of a period its last, as *when* was written.

    *text* says what it is where that is not the title of the document. *is_tentative*: it may not take place then.
    """

    path: SourcePath
    occasion: Occasion
    on: date
    when: Moment | Period
    text: str = ""
    until: Moment | None = None
    is_tentative: bool = False


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag in its most frequent spelling."""

    slug: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class EmbedView:
    """What a view inside a page shows: one of these, by what was asked for; the others are empty."""

    board: Board = Board(())
    benefits: tuple[BenefitLine, ...] = ()
    asks: tuple[AskItem, ...] = ()
    notices: tuple[NoticeItem, ...] = ()
    documents: tuple[SourcePath, ...] = ()
