"""The fields of a service."""

from typing import Annotated

from pydantic import Field, field_validator

from itnews.model.common import Common
from itnews.model.names import LIFECYCLE
from itnews.model.parts import shorthand
from itnews.model.scalars import Address, Line, Listed
from itnews.model.worth import Benefit, Cost, distinct


class Service(Common):
    """Something that IT keeps running for the company."""

    users: Line = Field(default="", title="Users", description="Who uses it, in words.")
    turnaround: Line = Field(
        default="", title="Turnaround", description="How long things take, in words."
    )
    help_link: Address = Field(default="", title="Help", description="Where one gets help.")
    lifecycle: Annotated[str, LIFECYCLE] = Field(
        default="", title="Lifecycle", description="planned, live, retiring or retired."
    )
    cost: Annotated[Cost, shorthand("band")] | None = Field(
        default=None, title="Cost", description="Of a year: an amount, or a band in words."
    )
    benefits: Listed[Benefit] = Field(
        default=(), title="Benefits", description="What people get for it."
    )

    _distinct = field_validator("benefits")(distinct)
