"""The fields of an ask."""

from typing import Annotated

from pydantic import Field

from itnews.model.common import Common
from itnews.model.moment import Moment
from itnews.model.names import ASK_STATE, NEED_TYPE, SOURCE
from itnews.model.parts import PARTY, PERSON
from itnews.model.scalars import Line, Listed, Text


class Ask(Common):
    """Something that somebody asked IT for, and what became of it."""

    asked_by: Annotated[Line, PARTY] = Field(
        default="", title="Asked by", description="The person or department who asked."
    )
    asked_on: Moment | None = Field(
        default=None, title="Asked on", description="The day it was asked; else the date."
    )
    source: Annotated[str, SOURCE] = Field(
        default="", title="Source", description="meeting, form, survey, ticket or mail."
    )
    need_type: Annotated[str, NEED_TYPE] = Field(
        default="",
        title="Type of need",
        description="product, service, data, cost, mobile, efficiency or other.",
    )
    words: Text = Field(default="", title="Words", description="What was said, word for word.")
    state: Annotated[str, ASK_STATE] = Field(
        default="heard",
        title="State",
        description="heard, looking, planned, doing, done, not-now or declined.",
    )
    answer: Text = Field(default="", title="Answer", description="What IT answered.")
    answered_on: Moment | None = Field(
        default=None, title="Answered on", description="The day of the first answer."
    )
    answer_why: Text = Field(
        default="", title="Why", description="The reason, for not now and for no."
    )
    also_asked_by: Annotated[Listed[Line], PARTY] = Field(
        default=(), title="Also asked by", description="Who else wants it."
    )
    done_on: Moment | None = Field(
        default=None, title="Done on", description="The day it was done."
    )
    accepted_by: Annotated[Line, PERSON] = Field(
        default="", title="Accepted by", description="Who of those who asked says that it is done."
    )
    accepted_on: Moment | None = Field(
        default=None, title="Accepted on", description="The day on which they said so."
    )
