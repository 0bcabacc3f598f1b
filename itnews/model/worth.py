"""What things cost, and what they bring: parts of projects, accomplishments and services."""

from typing import Annotated, TypeVar

from pydantic import Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from itnews.model.moment import Moment
from itnews.model.names import BENEFIT_KIND, COST_CLASS, STAGE
from itnews.model.parts import PERSON, Part
from itnews.model.references import BenefitReference
from itnews.model.scalars import Address, FilledLine, Id, Line, Number, Unit


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


Benefits = TypeVar("Benefits", bound=tuple[object, ...])


def distinct(benefits: Benefits) -> Benefits:
    """Refuses two benefits of one id: whoever refers to it would mean both."""
    seen: set[str] = set()
    for number, benefit in enumerate(benefits):
        id = benefit.id.casefold() if isinstance(benefit, Benefit) else ""
        if id and id in seen:
            raise PydanticCustomError(
                "benefit_duplicate",
                "Another benefit of this document has this id.",
                {"hint": "give one of them another id", "within": (number, "id")},
            )
        seen.add(id)
    return benefits
