"""The fields of a goal."""

from typing import Annotated

from pydantic import Field

from itnews.model.common import Common
from itnews.model.moment import Moment
from itnews.model.parts import Part, shorthand
from itnews.model.period import Period
from itnews.model.references import Refers
from itnews.model.scalars import FilledLine, Line, Listed, Number, Text, Unit


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
