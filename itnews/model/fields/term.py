"""The fields of a term of the glossary."""

from collections.abc import Mapping

from pydantic import Field, model_validator

from itnews.model.common import Common
from itnews.model.scalars import Line, Listed


class Term(Common):
    """A word of IT in plain words. Either *term* or *title* is enough."""

    term: Line = Field(default="", title="Term", description="The word; else the title.")
    plain: Line = Field(
        default="", title="Plain meaning", description="What it means, in 25 words at most."
    )
    also_called: Listed[Line] = Field(
        default=(), title="Also called", description="Other words for the same."
    )
    say_instead: Line = Field(
        default="", title="Say instead", description="What to write where one can do without it."
    )

    @model_validator(mode="before")
    @classmethod
    def _one_name(cls, value: object) -> object:
        if isinstance(value, Mapping):
            name = value.get("term") or value.get("title")
            return {**value, "title": value.get("title") or name, "term": name}
        return value
