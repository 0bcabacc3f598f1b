"""The fields of a person."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from itnews.model.common import Common
from itnews.model.names import SIDE
from itnews.model.scalars import Line


class Person(Common):
    """Somebody to talk to. Either *name* or *title* is enough."""

    name: Line = Field(default="", title="Name", description="The person's name; else the title.")
    role: Line = Field(default="", title="Role", description="What the person does.")
    side: Annotated[str, SIDE] = Field(default="", title="Side", description="it or business.")
    contact: Line = Field(
        default="", title="Contact", description="An e-mail address, a number, a place."
    )
    photo: Line = Field(default="", title="Photo", description="A picture beside the file.")

    @model_validator(mode="before")
    @classmethod
    def _one_name(cls, value: object) -> object:
        if isinstance(value, Mapping):
            name = value.get("name") or value.get("title")
            return {**value, "title": value.get("title") or name, "name": name}
        return value
