"""The fields of a person."""

from typing import Annotated, ClassVar

from pydantic import Field

from itnews.model.common import Named
from itnews.model.names import SIDE
from itnews.model.scalars import Line


class Person(Named):
    """Somebody to talk to. Either *name* or *title* is enough."""

    named_by: ClassVar[str] = "name"

    name: Line = Field(default="", title="Name", description="The person's name; else the title.")
    role: Line = Field(default="", title="Role", description="What the person does.")
    side: Annotated[str, SIDE] = Field(default="", title="Side", description="it or business.")
    contact: Line = Field(
        default="", title="Contact", description="An e-mail address, a number, a place."
    )
    photo: Line = Field(default="", title="Photo", description="A picture beside the file.")
