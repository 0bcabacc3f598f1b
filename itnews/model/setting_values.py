"""What a setting may hold: addresses, names and folders, each refused with a sentence that a publisher understands."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError


class Group(BaseModel):
    """Settings that belong together. A key that is not known is an error: it would be without effect."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        field_title_generator=lambda name, _: name.replace("_", " ").capitalize(),
    )


_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
_HOST = re.compile(r"[^\s/?#@:\[\]<>\"'\\%]+|[0-9A-Fa-f:.]+")
_BLANK = re.compile(r"[\s\x00-\x1f]")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


def refuse(
    code: str, message: str, hint: str, *, within: tuple[str, ...] = ()
) -> PydanticCustomError:
    """The error that pydantic is to raise for a value, or for the name *within* a value that is a map."""
    context = {"message": message, "hint": hint, "within": within}
    return PydanticCustomError(code, "{message}", context)


def _base_url(value: object) -> object:
    """An absolute address of http or https, whose path ends in `/`."""
    text = str(value).strip()
    try:
        parts = urlsplit(text)  # which passes over line breaks and tabs
        sound = not _BLANK.search(text) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound, parts = False, urlsplit("")
    sound = (
        sound
        and parts.scheme in ("http", "https")
        and _HOST.fullmatch(parts.hostname or "") is not None
    )
    sound = sound and parts.username is None and not parts.query and not parts.fragment
    if not sound or not _PATH.fullmatch(parts.path) or {".", ".."} & set(parts.path.split("/")):
        raise refuse(
            "base-url-invalid",
            "This is no address that a site can have.",
            "write the whole address, as in https://intranet.example.org/it/",
        )
    return text.rstrip("?#").rstrip("/") + "/"


def _name(value: object) -> object:
    text = str(value).strip()
    if not _NAME.fullmatch(text):
        raise refuse(
            "name-invalid", "This is no name.", "use letters, digits, hyphens and underscores"
        )
    return text


def _folder(value: object) -> object:
    text = str(value).strip()
    if not text or "\0" in text or "\n" in text:
        raise refuse("folder-invalid", "This is no folder.", "write a path, as in output/board")
    return text


BaseUrl = Annotated[str, BeforeValidator(_base_url)]
Name = Annotated[str, BeforeValidator(_name)]
Folder = Annotated[str, BeforeValidator(_folder)]
