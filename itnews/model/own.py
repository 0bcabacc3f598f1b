"""The fields of kinds that a site defines for itself, as plain values."""

from typing import TypedDict

from msgspec import Struct

FIELD_TYPES = (
    "line",
    "text",
    "number",
    "whole-number",
    "yes-no",
    "date",
    "period",
    "address",
    "choice",
    "party",
    "audience",
)
"""What a field of a kind of the site's own may hold, beside ids of documents."""


class FieldSetting(TypedDict):
    """A field of a kind of the site's own, as the settings have it."""

    type: str
    list: bool
    required: bool
    words: list[str]
    title: str
    description: str


class OwnField(Struct, frozen=True):
    """A field of a kind of the site's own: *name* as written in a front matter, *title* as shown.

    *type* is one of FIELD_TYPES, or the name of a kind: then it holds ids of documents of that kind. A choice is one of
    *words*. *many*: it is a list.
    """

    name: str
    type: str
    title: str
    description: str = ""
    many: bool = False
    required: bool = False
    words: tuple[str, ...] = ()
