"""The parts that documents are made of: fields that have fields of their own."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from itnews.model.moment import Moment
from itnews.model.names import (
    AUDIENCE_WORDS,
    BENEFIT_KIND,
    CONFIDENCE,
    COST_CLASS,
    HORIZON,
    STAGE,
    STATUS,
)
from itnews.model.period import Period
from itnews.model.references import BenefitReference, Refers
from itnews.model.scalars import (
    Address,
    Audience,
    Before,
    Deadline,
    FilledLine,
    Id,
    Line,
    Listed,
    Number,
    Text,
    Unit,
    WholeNumber,
)

PERSON = Refers(("person",), lenient=True)
PARTY = Refers(("person", "department"), lenient=True)
DEPARTMENT = Refers(("department",))
AUDIENCE = Refers(("department",), words=AUDIENCE_WORDS)
GOAL = Refers(("goal",))
PROJECT = Refers(("project",))


class Part(BaseModel):
    """Fields of a front matter, or of a map inside one. Those that no one knows are kept and reported as warnings.

    What is not set is empty: `""` for texts and words, `()` for lists, `{}` for maps, None for the rest.
    """

    # defer_build: the validator of a kind is made for the first document that is read of it.
    model_config = ConfigDict(
        extra="allow",
        frozen=True,
        serialize_by_alias=True,
        validate_by_alias=True,
        defer_build=True,
    )

    @property
    def extra(self) -> Mapping[str, object]:
        """The fields that the model does not know, as written."""
        return self.model_extra or {}

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, value: object) -> object:
        """A field with nothing behind its colon is one that is not set."""
        if isinstance(value, Mapping):
            return {name: item for name, item in value.items() if item is not None}
        if isinstance(value, cls):
            return value
        names = ", ".join(field.alias or name for name, field in cls.model_fields.items())
        raise PydanticCustomError(
            "map_expected",
            "Here belong fields, each on a line of its own.",
            {"hint": f"indent them below the name: {names}"},
        )


def shorthand(name: str) -> Before:
    """Lets one text stand for a part of which only *name* is set: `why: Paper gets lost.`"""
    return Before(lambda value: {name: value} if isinstance(value, str) else value)


class Why(Part):
    """Why something is done: the reason, why now, and what happens otherwise."""

    why: Text = Field(
        default="", title="Why", description="The reason, in words about people's work."
    )
    now: Text = Field(default="", title="Why now", description="Why not a year earlier or later.")
    otherwise: Text = Field(
        default="", title="Otherwise", description="What happens if it is not done."
    )


class Action(Part):
    """What readers need to do."""

    what: FilledLine = Field(title="What", description="What the reader has to do, as a command.")
    by: Moment | None = Field(
        default=None, title="By", description="The last day, or the time, to do it."
    )
    minutes: WholeNumber | None = Field(
        default=None, title="Minutes", description="How long it takes.", ge=0
    )
    who: Annotated[Line, PARTY] = Field(default="", title="Who", description="Who has to do it.")
    link: Address = Field(default="", title="Link", description="Where it is done or explained.")


class Link(Part):
    """A link to further reading."""

    url: Address = Field(title="Address", description="Where the link leads.", min_length=1)
    title: Line = Field(default="", title="Title", description="The words of the link.")


class Recovery(Part):
    """How a project gets back on track."""

    what: FilledLine = Field(title="What", description="What is being done about it.")
    by: Deadline = Field(default=None, title="By", description="When it is to be on track again.")
    owner: Annotated[Line, PERSON] = Field(default="", title="Owner", description="Who sees to it.")


class Cost(Part):
    """What something costs."""

    amount: Number | None = Field(
        default=None, title="Amount", description="The sum, in digits only."
    )
    band: Line = Field(default="", title="Band", description="A range in words, shown as written.")
    currency: Line = Field(
        default="", title="Currency", description="ISO 4217 code; else the site's."
    )
    cost_class: Annotated[str, COST_CLASS] = Field(
        default="", alias="class", title="Class", description="Run, grow or transform the business."
    )
    basis: Line = Field(
        default="", title="Basis", description="What the sum holds: budget, actual, per year."
    )
    as_of: Moment | None = Field(
        default=None, title="As of", description="The day the sum was known."
    )


class Milestone(Part):
    """A step on a project's way."""

    name: FilledLine = Field(title="Name", description="What is reached.")
    due: Deadline = Field(default=None, title="Due", description="A day or a period.")
    done: Moment | None = Field(default=None, title="Done", description="The day it was reached.")


class Need(Part):
    """Something that a project needs from a person or a department."""

    who: Annotated[Line, PARTY] = Field(
        default="", title="Who", description="Whom it is needed from."
    )
    what: FilledLine = Field(title="What", description="What is needed.")
    by: Deadline = Field(default=None, title="By", description="A day or a period.")


class Training(Part):
    """A course or a session that prepares people."""

    what: FilledLine = Field(title="What", description="What is learnt.")
    date: Moment | None = Field(default=None, title="Date", description="When it takes place.")
    for_whom: Annotated[Listed[Audience], AUDIENCE] = Field(
        default=(), alias="for", title="For", description="Departments, or everyone."
    )
    link: Address = Field(default="", title="Link", description="Where to sign up.")


class Promise(Part):
    """What was promised about a project on a day."""

    date: Moment = Field(title="Date", description="The day it was promised.")
    target: Period | None = Field(default=None, title="Target", description="The period promised.")
    status: Annotated[str, STATUS] = Field(
        default="", title="Status", description="The status on that day."
    )
    horizon: Annotated[str, HORIZON] = Field(
        default="", title="Horizon", description="The horizon on that day."
    )
    confidence: Annotated[str, CONFIDENCE] = Field(
        default="", title="Confidence", description="How sure the target was."
    )


class Benefit(Part):
    """What people get for it, as a figure. *measured* is a level; the improvement is the change from *baseline*."""

    id: Id = Field(
        default="", title="Id", description="The name by which an accomplishment refers to it."
    )
    what: FilledLine = Field(title="What", description="What gets better, in plain words.")
    unit: Unit = Field(
        default="", title="Unit", description="hours/month, money/year, days, %, people..."
    )
    baseline: Number | None = Field(default=None, title="Baseline", description="The level before.")
    target: Number | None = Field(default=None, title="Target", description="The level aimed at.")
    measured: Number | None = Field(
        default=None, title="Measured", description="The level measured."
    )
    as_of: Moment | None = Field(
        default=None, title="As of", description="The day of the measurement."
    )
    kind: Annotated[str, BENEFIT_KIND] = Field(
        default="",
        title="Kind",
        description="Cash, cost avoided, time, quality, risk, compliance, revenue.",
    )
    stage: Annotated[str, STAGE] = Field(
        default="planned", title="Stage", description="Planned, claimed, measured or confirmed."
    )
    owner: Annotated[Line, PERSON] = Field(
        default="", title="Owner", description="Who answers for it."
    )
    confirmed_by: Annotated[Line, PERSON] = Field(
        default="", title="Confirmed by", description="The business person who confirms it."
    )
    evidence: Address = Field(
        default="", title="Evidence", description="Where the figure comes from."
    )


def _benefit_form(value: object) -> str:
    return "<reference>" if isinstance(value, str | BenefitReference) else "<benefit>"


BenefitOrReference = Annotated[
    Annotated[Benefit, Tag("<benefit>")] | Annotated[BenefitReference, Tag("<reference>")],
    Discriminator(_benefit_form),
]
"""A benefit, or the name of one that a project holds. The tags in angle brackets are no part of a location."""


class Figure(Part):
    """A figure that tells a result at a glance."""

    figure: FilledLine = Field(title="Figure", description="The number, shown as written.")
    unit: Line = Field(default="", title="Unit", description="What it counts.")
    label: Line = Field(default="", title="Label", description="What it means.")


class Effort(Part):
    """What an accomplishment took."""

    people: Number | None = Field(
        default=None, title="People", description="How many people.", ge=0
    )
    weeks: Number | None = Field(default=None, title="Weeks", description="How many weeks.", ge=0)
    steps: Listed[Line] = Field(
        default=(), title="Steps", description="What was done, step by step."
    )


class Quote(Part):
    """What somebody said about it."""

    text: Text = Field(title="Text", description="The words, as said.", min_length=1)
    person: Annotated[Line, PERSON] = Field(default="", title="Person", description="Who said it.")


class Measure(Part):
    """How one sees whether a goal is reached."""

    what: FilledLine = Field(title="What", description="What is measured.")
    unit: Unit = Field(default="", title="Unit", description="The unit of the figures.")
    baseline: Number | None = Field(default=None, title="Baseline", description="The level before.")
    target: Number | None = Field(default=None, title="Target", description="The level aimed at.")
    current: Number | None = Field(default=None, title="Current", description="The level now.")
    as_of: Moment | None = Field(
        default=None, title="As of", description="The day of the current level."
    )


class Blackout(Part):
    """Days on which a department cannot bear changes."""

    starts: Moment = Field(title="Starts", description="The first day or moment.")
    ends: Moment = Field(title="Ends", description="The last day or moment.")
    why: Line = Field(default="", title="Why", description="Year-end close, harvest, exams...")

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: Moment, info: ValidationInfo) -> Moment:
        starts = info.data.get("starts")
        if isinstance(starts, Moment) and ends.day < starts.day:
            raise PydanticCustomError(
                "end_before_start",
                "The end lies before the start.",
                {"hint": f"it starts on {starts.day.isoformat()}"},
            )
        return ends


class Selection(Part):
    """Which projects a roadmap shows: any within a key, all across keys; *projects* are added."""

    goals: Annotated[Listed[Line], GOAL] = Field(default=(), title="Goals", description="Goal ids.")
    departments: Annotated[Listed[Line], DEPARTMENT] = Field(
        default=(), title="Departments", description="Department ids."
    )
    services: Listed[Line] = Field(default=(), title="Services", description="Service ids.")
    projects: Annotated[Listed[Line], PROJECT] = Field(
        default=(), title="Projects", description="Projects to show in any case."
    )
    horizons: Listed[Annotated[str, HORIZON]] = Field(
        default=(), title="Horizons", description="now, next, later, done, stopped."
    )


def no_target_on_later(target: Period | None, info: ValidationInfo) -> Period | None:
    """Refuses a *target* beside the horizon `later`: a date there is a promise nobody made."""
    if target is not None and info.data.get("horizon") == "later":
        raise PydanticCustomError(
            "target_on_later",
            "A plan for later has no target: a date there is a promise that nobody made.",
            {"hint": "remove the target, or set the horizon to next"},
        )
    return target


class PlannedItem(Part):
    """A plan too small for a project file."""

    title: FilledLine = Field(title="Title", description="What is planned.")
    horizon: Annotated[str, HORIZON] = Field(
        default="", title="Horizon", description="now, next, later..."
    )
    target: Period | None = Field(
        default=None, title="Target", description="When it is to be done."
    )
    status: Annotated[str, STATUS] = Field(default="", title="Status", description="How it goes.")
    outcome: Text = Field(default="", title="Outcome", description="The change a user notices.")
    goals: Annotated[Listed[Line], GOAL] = Field(default=(), title="Goals", description="Goal ids.")
    departments: Annotated[Listed[Line], DEPARTMENT] = Field(
        default=(), title="Departments", description="Department ids."
    )

    _honest = field_validator("target")(no_target_on_later)
