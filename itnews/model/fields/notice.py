"""The fields of a notice, and the parts that only notices have."""

from typing import Annotated, ClassVar

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from itnews.model.common import Common
from itnews.model.duration import Duration
from itnews.model.moment import Moment
from itnews.model.names import CERTAINTY, IMPACT_LEVEL, NOTICE_TYPE, TIMELINE_STATE
from itnews.model.parts import Part, not_before
from itnews.model.references import Refers
from itnews.model.scalars import Line, Listed, Text


class Entry(Part):
    """What was known about an incident at a moment."""

    at: Moment = Field(title="At", description="The day and the time.")
    state: Annotated[str, TIMELINE_STATE] = Field(
        default="",
        title="State",
        description="investigating, identified, monitoring or resolved.",
    )
    text: Text = Field(default="", title="Text", description="What is known, in plain words.")


class Notice(Common):
    """Something that stops, changes or stays as it is for a while, and when."""

    may_be_urgent: ClassVar[bool] = True

    notice_type: Annotated[str, NOTICE_TYPE] = Field(
        default="",
        title="Type",
        description="maintenance, change, incident, security, retirement or freeze.",
    )
    starts: Moment | None = Field(default=None, title="Starts", description="When it begins.")
    ends: Moment | None = Field(default=None, title="Ends", description="When it is over.")
    duration: Duration | None = Field(
        default=None, title="Duration", description="Instead of an end: 90m, 2h or 3d."
    )
    impact_level: Annotated[str, IMPACT_LEVEL] = Field(
        default="", title="Impact level", description="none, at-risk, degraded or outage."
    )
    what_you_will_notice: Text = Field(
        default="", title="What you will notice", description="What is different in the meantime."
    )
    fallback: Text = Field(
        default="", title="Fallback", description="How to go on working in the meantime."
    )
    certainty: Annotated[str, CERTAINTY] = Field(
        default="confirmed", title="Certainty", description="tentative, confirmed or cancelled."
    )
    supersedes: Annotated[Line, Refers(("notice",))] = Field(
        default="", title="Supersedes", description="The notice that this one replaces."
    )
    cause: Text = Field(default="", title="Cause", description="Why it happened.")
    timeline: Listed[Entry] = Field(
        default=(), title="Timeline", description="What was known when, for incidents."
    )
    change_ref: Line = Field(
        default="", title="Change reference", description="Its number in IT's own records."
    )

    _in_order = field_validator("ends")(not_before("starts"))

    @field_validator("duration")
    @classmethod
    def _instead_of_an_end(cls, duration: Duration | None, info: ValidationInfo) -> Duration | None:
        if duration is not None and info.data.get("ends") is not None:
            raise PydanticCustomError(
                "duration_beside_ends",
                "The end is written twice: as a moment and as a duration.",
                {"hint": "remove ends, or the duration"},
            )
        return duration
