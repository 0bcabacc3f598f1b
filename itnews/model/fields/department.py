"""The fields of a department."""

from typing import Annotated

from pydantic import Field, field_validator

from itnews.model.common import Common
from itnews.model.moment import Moment
from itnews.model.parts import DEPARTMENT, PERSON, Part, not_before
from itnews.model.scalars import Line, Listed, Text


class Blackout(Part):
    """Days on which a department cannot bear changes."""

    starts: Moment = Field(title="Starts", description="The first day or moment.")
    ends: Moment = Field(title="Ends", description="The last day or moment.")
    why: Line = Field(default="", title="Why", description="Year-end close, harvest, exams...")

    _in_order = field_validator("ends")(not_before("starts"))


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
