"""The fields of a term of the glossary."""

from typing import ClassVar

from pydantic import Field

from itnews.model.common import Named
from itnews.model.scalars import Line, Listed


class Term(Named):
    """A word of IT in plain words. Either *term* or *title* is enough."""

    named_by: ClassVar[str] = "term"

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
