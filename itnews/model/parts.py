"""The parts that documents are made of: fields that have fields of their own."""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from itnews.model.moment import Moment
from itnews.model.names import (
    AUDIENCE_WORDS,
)
from itnews.model.period import Period
from itnews.model.references import Refers
from itnews.model.scalars import (
    Address,
    Before,
    FilledLine,
    Line,
    Text,
    WholeNumber,
)
from itnews.model.written import or_text

PERSON = Refers(("person",), lenient=True)
PARTY = Refers(("person", "department"), lenient=True)
DEPARTMENT = Refers(("department",))
AUDIENCE = Refers(("department",), words=AUDIENCE_WORDS)
GOAL = Refers(("goal",))
PROJECT = Refers(("project",))
SERVICE = Refers(("service",))


class Part(BaseModel):
    """Fields of a front matter, or of a map inside one. Those that no one knows are kept and reported as warnings.

    What is not set is empty: `""` for texts and words, `()` for lists, `{}` for maps, None for the rest.
    """

    # defer_build: the validator of a kind is made for the first document that is read of it.
    model_config = ConfigDict(
        extra="allow",
        frozen=True,
        serialize_by_alias=True,
        validate_by_alias=True,
        defer_build=True,
    )

    @property
    def extra(self) -> Mapping[str, object]:
        """The fields that the model does not know, as written."""
        return self.model_extra or {}

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, value: object) -> object:
        """A field with nothing behind its colon is one that is not set."""
        if isinstance(value, Mapping):
            return {name: item for name, item in value.items() if item is not None}
        if isinstance(value, cls):
            return value
        names = ", ".join(field.alias or name for name, field in cls.model_fields.items())
        raise PydanticCustomError(
            "map_expected",
            "Here belong fields, each on a line of its own.",
            {"hint": f"indent them below the name: {names}"},
        )


def shorthand(name: str) -> Before:
    """Lets one text stand for a part of which only *name* is set: `why: Paper gets lost.`"""
    return Before(lambda value: {name: value} if isinstance(value, str) else value, or_text)


class Why(Part):
    """Why something is done: the reason, why now, and what happens otherwise."""

    why: Text = Field(
        default="", title="Why", description="The reason, in words about people's work."
    )
    now: Text = Field(default="", title="Why now", description="Why not a year earlier or later.")
    otherwise: Text = Field(
        default="", title="Otherwise", description="What happens if it is not done."
    )


class Action(Part):
    """What readers need to do."""

    what: FilledLine = Field(title="What", description="What the reader has to do, as a command.")
    by: Moment | None = Field(
        default=None, title="By", description="The last day, or the time, to do it."
    )
    minutes: WholeNumber | None = Field(
        default=None, title="Minutes", description="How long it takes.", ge=0
    )
    who: Annotated[Line, PARTY] = Field(default="", title="Who", description="Who has to do it.")
    link: Address = Field(default="", title="Link", description="Where it is done or explained.")


class Link(Part):
    """A link to further reading."""

    url: Address = Field(title="Address", description="Where the link leads.", min_length=1)
    title: Line = Field(default="", title="Title", description="The words of the link.")


def no_target_on_later(target: Period | None, info: ValidationInfo) -> Period | None:
    """Refuses a *target* beside the horizon `later`: a date there is a promise nobody made."""
    if target is not None and info.data.get("horizon") == "later":
        raise PydanticCustomError(
            "target_on_later",
            "A plan for later has no target: a date there is a promise that nobody made.",
            {"hint": "remove the target, or set the horizon to next"},
        )
    return target


def not_before(starts: str) -> Callable[[Moment | None, ValidationInfo], Moment | None]:
    """Refuses an end that lies before the moment in the field *starts*, which is written above it."""

    def validated(ends: Moment | None, info: ValidationInfo) -> Moment | None:
        begin = info.data.get(starts)
        if ends is not None and isinstance(begin, Moment) and ends.precedes(begin):
            raise PydanticCustomError(
                "end_before_start",
                "The end lies before the start.",
                {"hint": f"it starts on {begin}".replace("T", " ")},
            )
        return ends

    return validated
