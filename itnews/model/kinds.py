"""The kinds of document: one model each, and where their files and lists live."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from itnews.model.common import Common
from itnews.model.moment import Moment
from itnews.model.names import CADENCE, CONFIDENCE, HORIZON, PHASE, SIDE, STATUS
from itnews.model.parts import (
    AUDIENCE,
    DEPARTMENT,
    PARTY,
    PERSON,
    Benefit,
    BenefitOrReference,
    Blackout,
    Cost,
    Effort,
    Figure,
    Measure,
    Milestone,
    Need,
    PlannedItem,
    Promise,
    Quote,
    Recovery,
    Selection,
    Training,
    no_target_on_later,
    shorthand,
)
from itnews.model.period import Period
from itnews.model.references import Refers
from itnews.model.scalars import Audience, Flag, Line, Listed, Number, Text

__all__ = ["INTRODUCTION", "KINDS", "Common", "Kind", "kind_named", "kind_of_folder"]

_TEMPLATE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.html")  # no way out of templates/


class Update(Common):
    """News of a project or a team."""

    status: Annotated[str, STATUS] = Field(
        default="", title="Status", description="Moves the project's status when newer."
    )
    status_reason: Text = Field(
        default="", title="Reason", description="Why the status is what it is."
    )
    completed: Listed[Text] = Field(default=(), title="Completed", description="What got done.")
    upcoming: Listed[Text] = Field(default=(), title="Upcoming", description="What comes next.")
    blockers: Listed[Text] = Field(
        default=(), title="Blockers", description="What stands in the way."
    )
    period: Period | None = Field(
        default=None, title="Period", description="The time it reports on."
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
    asks: Listed[Line] = Field(default=(), title="Asks", description="The asks that it answers.")
    benefits: Listed[Benefit] = Field(
        default=(), title="Benefits", description="What people get for it."
    )
    history: Listed[Promise] = Field(
        default=(), title="History", description="What was promised before, kept as written."
    )

    _honest = field_validator("target")(no_target_on_later)


class Accomplishment(Common):
    """Something that got done, and what it changed."""

    challenge: Text = Field(default="", title="Challenge", description="What was wrong.")
    solution: Text = Field(default="", title="Solution", description="What was done about it.")
    result: Text = Field(default="", title="Result", description="What is better now.")
    figures: Listed[Annotated[Figure, shorthand("figure")]] = Field(
        default=(), title="Figures", description="The result at a glance."
    )
    benefits: Listed[BenefitOrReference] = Field(
        default=(),
        title="Benefits",
        description="Benefits, or project:ID#benefit-id for a project's.",
    )
    cost: Annotated[Cost, shorthand("band")] | None = Field(
        default=None, title="Cost", description="An amount, or a band in words."
    )
    took: Effort | None = Field(default=None, title="Took", description="People, weeks and steps.")
    quote: Annotated[Quote, shorthand("text")] | None = Field(
        default=None, title="Quote", description="What somebody says about it."
    )
    also_useful_for: Annotated[Listed[Audience], AUDIENCE] = Field(
        default=(), title="Also useful for", description="Departments that could have it, too."
    )
    exemplar: Flag = Field(default=False, title="Exemplar", description="An example for others.")


class Roadmap(Common):
    """A plan told as a story, with the projects that belong to it."""

    period: Period | None = Field(default=None, title="Period", description="The time it covers.")
    select: Selection | None = Field(
        default=None, title="Select", description="Which projects it shows."
    )
    items: Listed[Annotated[PlannedItem, shorthand("title")]] = Field(
        default=(), title="Items", description="Plans too small for a project file."
    )


class Department(Common):
    """A part of the company that IT works for."""

    relationship_manager: Annotated[Line, PERSON] = Field(
        default="", title="Relationship manager", description="IT's one contact for the department."
    )
    role_label: Line = Field(default="", title="Role", description="How that role is called here.")
    head: Annotated[Line, PERSON] = Field(default="", title="Head", description="Who leads it.")
    representatives: Annotated[Listed[Line], PERSON] = Field(
        default=(), title="Representatives", description="Who speaks for it to IT."
    )
    last_meeting: Moment | None = Field(default=None, title="Last meeting", description="With IT.")
    next_meeting: Moment | None = Field(default=None, title="Next meeting", description="With IT.")
    blackouts: Listed[Blackout] = Field(
        default=(), title="Blackouts", description="Days that cannot bear changes."
    )
    cares_about: Listed[Text] = Field(
        default=(), title="Cares about", description="What matters to it."
    )
    parent: Annotated[Line, DEPARTMENT] = Field(
        default="", title="Part of", description="The department it belongs to."
    )


class Goal(Common):
    """A goal of the company."""

    statement: Text = Field(default="", title="Statement", description="The goal in a sentence.")
    period: Period | None = Field(
        default=None, title="Period", description="When it is to be reached."
    )
    measures: Listed[Annotated[Measure, shorthand("what")]] = Field(
        default=(), title="Measures", description="How one sees that it is reached."
    )
    parent: Annotated[Line, Refers(("goal",))] = Field(
        default="", title="Part of", description="The goal it serves."
    )


class Person(Common):
    """Somebody to talk to. Either *name* or *title* is enough."""

    name: Line = Field(default="", title="Name", description="The person's name; else the title.")
    role: Line = Field(default="", title="Role", description="What the person does.")
    side: Annotated[str, SIDE] = Field(default="", title="Side", description="it or business.")
    contact: Line = Field(
        default="", title="Contact", description="An e-mail address, a number, a place."
    )
    photo: Line = Field(default="", title="Photo", description="A picture beside the file.")

    @model_validator(mode="before")
    @classmethod
    def _one_name(cls, value: object) -> object:
        if isinstance(value, Mapping):
            name = value.get("name") or value.get("title")
            return {**value, "title": value.get("title") or name, "name": name}
        return value


class PlainPage(Common):
    """Anything else."""

    menu: Number | None = Field(default=None, title="Menu", description="Its position in the menu.")
    template: Line = Field(
        default="", title="Template", description="Another template than the usual."
    )

    @field_validator("template")
    @classmethod
    def _a_template(cls, template: str) -> str:
        if template and not _TEMPLATE.fullmatch(template):
            raise PydanticCustomError(
                "template_invalid",
                "This is no template's name.",
                {"hint": "write a file's name, as in landing.html"},
            )
        return template


class Introduction(Common):
    """What stands above a kind's list: the `index.md` of the kind's folder."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    *folder* is where its files live below `content/`, and where its list lives on the site. *dated*: a date is
    required. *feed*: it is in the site's feed. *list*: it has a list. *page*: each document has a page of its own.
    """

    name: str
    folder: str
    model: type[Common]
    singular: str
    plural: str
    dated: bool = False
    feed: bool = False
    list: bool = True
    page: bool = True


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("update", "updates", Update, "Update", "News", dated=True, feed=True),
            Kind("project", "projects", Project, "Project", "Projects"),
            Kind(
                "accomplishment",
                "accomplishments",
                Accomplishment,
                "Accomplishment",
                "What we delivered",
                dated=True,
                feed=True,
            ),
            Kind("roadmap", "roadmaps", Roadmap, "Roadmap", "Roadmaps", feed=True),
            Kind("department", "departments", Department, "Department", "Departments"),
            Kind("goal", "goals", Goal, "Goal", "Goals"),
            Kind("person", "people", Person, "Person", "People"),
            Kind("page", "pages", PlainPage, "Page", "Pages", list=False),
        )
    }
)
"""The kinds that authors may name, in the order in which they are told of."""

INTRODUCTION = Kind(
    "introduction", "", Introduction, "Introduction", "Introductions", list=False, page=False
)
"""What introduces a list. Not in KINDS: no `kind:` names it, it has no page, feed or list of its own."""

_FOLDERS = {kind.folder: kind for kind in KINDS.values()}


def kind_named(name: str) -> Kind:
    """The kind of a card, introductions included. Raises KeyError for a name that no card bears."""
    return INTRODUCTION if name == INTRODUCTION.name else KINDS[name]


def kind_of_folder(folder: str) -> Kind | None:
    """The kind whose files live in *folder* of `content/`."""
    return _FOLDERS.get(folder)
