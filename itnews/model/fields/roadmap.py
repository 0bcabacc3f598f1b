"""The fields of a roadmap: which projects it shows, and its own small plans."""

from typing import Annotated

from pydantic import Field, field_validator

from itnews.model.common import Common
from itnews.model.names import HORIZON, STATUS
from itnews.model.parts import (
    DEPARTMENT,
    GOAL,
    PROJECT,
    SERVICE,
    Part,
    no_target_on_later,
    shorthand,
)
from itnews.model.period import Period
from itnews.model.scalars import FilledLine, Line, Listed, Text


class Selection(Part):
    """Which projects a roadmap shows: any within a key, all across keys; *projects* are added."""

    goals: Annotated[Listed[Line], GOAL] = Field(default=(), title="Goals", description="Goal ids.")
    departments: Annotated[Listed[Line], DEPARTMENT] = Field(
        default=(), title="Departments", description="Department ids."
    )
    services: Annotated[Listed[Line], SERVICE] = Field(
        default=(), title="Services", description="Service ids."
    )
    projects: Annotated[Listed[Line], PROJECT] = Field(
        default=(), title="Projects", description="Projects to show in any case."
    )
    horizons: Listed[Annotated[str, HORIZON]] = Field(
        default=(), title="Horizons", description="now, next, later, done, stopped."
    )


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


class Roadmap(Common):
    """A plan told as a story, with the projects that belong to it."""

    period: Period | None = Field(default=None, title="Period", description="The time it covers.")
    select: Selection | None = Field(
        default=None, title="Select", description="Which projects it shows."
    )
    items: Listed[Annotated[PlannedItem, shorthand("title")]] = Field(
        default=(), title="Items", description="Plans too small for a project file."
    )
