"""The fields of a project, and the parts that only projects have."""

from typing import Annotated

from pydantic import Field, field_validator

from itnews.model.common import Common
from itnews.model.moment import Moment
from itnews.model.names import CADENCE, CONFIDENCE, HORIZON, PHASE, STATUS
from itnews.model.parts import AUDIENCE, PARTY, PERSON, Part, no_target_on_later, shorthand
from itnews.model.period import Period
from itnews.model.references import Refers
from itnews.model.scalars import Address, Audience, Deadline, FilledLine, Line, Listed, Text
from itnews.model.worth import Benefit, Cost, distinct


class Recovery(Part):
    """How a project gets back on track."""

    what: FilledLine = Field(title="What", description="What is being done about it.")
    by: Deadline = Field(default=None, title="By", description="When it is to be on track again.")
    owner: Annotated[Line, PERSON] = Field(default="", title="Owner", description="Who sees to it.")


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


class Project(Common):
    """Something IT is doing, planning or has done for the company; lives for years and is an item of the roadmap."""

    horizon: Annotated[str, HORIZON] = Field(
        default="", title="Horizon", description="now, next, later, done or stopped."
    )
    phase: Annotated[str, PHASE] = Field(
        default="", title="Phase", description="From idea to retired."
    )
    target: Period | None = Field(
        default=None, title="Target", description="When it is to be done; never on later."
    )
    confidence: Annotated[str, CONFIDENCE] = Field(
        default="", title="Confidence", description="How sure the target is."
    )
    status: Annotated[str, STATUS] = Field(default="", title="Status", description="How it goes.")
    status_as_of: Moment | None = Field(
        default=None, title="Status as of", description="The day the status was confirmed."
    )
    status_reason: Text = Field(
        default="", title="Reason", description="Why the status is what it is."
    )
    recovery: Annotated[Recovery, shorthand("what")] | None = Field(
        default=None, title="Recovery", description="How it gets back on track."
    )
    cadence: Annotated[str, CADENCE] = Field(
        default="", title="Cadence", description="How often the status is confirmed."
    )
    problem: Text = Field(
        default="", title="Problem", description="What is wrong today, in users' words."
    )
    outcome: Text = Field(default="", title="Outcome", description="The change a user will notice.")
    sponsor: Annotated[Line, PERSON] = Field(
        default="", title="Sponsor", description="The business person who wants it."
    )
    requested_by: Annotated[Listed[Line], PARTY] = Field(
        default=(), title="Requested by", description="Who asked for it."
    )
    partners: Annotated[Listed[Line], PARTY] = Field(
        default=(), title="Partners", description="Who works on it, too."
    )
    cost: Annotated[Cost, shorthand("band")] | None = Field(
        default=None, title="Cost", description="An amount, or a band in words."
    )
    milestones: Listed[Annotated[Milestone, shorthand("name")]] = Field(
        default=(), title="Milestones", description="The steps, with the day each is due and done."
    )
    needs_from: Listed[Need] = Field(
        default=(), title="Needs from", description="What it needs from whom, by when."
    )
    help_needed: Listed[Text] = Field(
        default=(), title="Help needed", description="What would help."
    )
    risks: Listed[Text] = Field(default=(), title="Risks", description="What may go wrong.")
    training: Listed[Annotated[Training, shorthand("what")]] = Field(
        default=(), title="Training", description="Courses and sessions."
    )
    asks: Annotated[Listed[Line], Refers(("ask",))] = Field(
        default=(), title="Asks", description="The asks that it answers."
    )
    benefits: Listed[Benefit] = Field(
        default=(), title="Benefits", description="What people get for it."
    )
    history: Listed[Promise] = Field(
        default=(), title="History", description="What was promised before, kept as written."
    )

    _honest = field_validator("target")(no_target_on_later)
    _distinct = field_validator("benefits")(distinct)
