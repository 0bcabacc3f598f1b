"""The fields of an accomplishment, and the parts that only accomplishments have."""

from typing import Annotated

from pydantic import Field, field_validator

from itnews.model.common import Common
from itnews.model.parts import AUDIENCE, PERSON, Part, shorthand
from itnews.model.scalars import Audience, FilledLine, Flag, Line, Listed, Number, Text
from itnews.model.worth import BenefitOrReference, Cost, distinct


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

    _distinct = field_validator("benefits")(distinct)
