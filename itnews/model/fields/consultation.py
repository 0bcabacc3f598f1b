"""The fields of a consultation."""

from pydantic import Field, field_validator

from itnews.model.common import Common
from itnews.model.moment import Moment
from itnews.model.parts import not_before
from itnews.model.scalars import Address, Deadline, Text


class Consultation(Common):
    """A question to everybody, for as long as the answer can still change something."""

    opens: Moment | None = Field(
        default=None, title="Opens", description="From when on one can answer; else the date."
    )
    closes: Moment | None = Field(
        default=None, title="Closes", description="The last day, or moment, to answer."
    )
    question: Text = Field(default="", title="Question", description="What IT would like to know.")
    how: Address = Field(
        default="", title="How", description="Where to answer: a form, or mailto: and an address."
    )
    decision_by: Deadline = Field(
        default=None, title="Decision by", description="The day or period of the decision."
    )
    outcome: Text = Field(
        default="", title="Outcome", description="What was heard, and what was changed."
    )

    _in_order = field_validator("closes")(not_before("opens"))
