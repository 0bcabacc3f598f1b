"""The fields of a page."""

import re

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from itnews.model.common import Common
from itnews.model.scalars import Line, Number

_TEMPLATE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.html")  # no way out of templates/


class PlainPage(Common):
    """Anything else."""

    menu: Number | None = Field(default=None, title="Menu", description="Its position in the menu.")
    template: Line = Field(
        default="", title="Template", description="Another template than the usual."
    )

    @field_validator("template")
    @classmethod
    def _a_template(cls, template: str) -> str:
        if template and not _TEMPLATE.fullmatch(template):
            raise PydanticCustomError(
                "template_invalid",
                "This is no template's name.",
                {"hint": "write a file's name, as in landing.html"},
            )
        return template
