"""The two kinds of path that the program knows, and their only constructors."""

from functools import lru_cache
from pathlib import PurePosixPath
from typing import NewType

from itnews.errors import PathError

SourcePath = NewType("SourcePath", PurePosixPath)
"""A file below the site folder (`content/updates/vpn.md`) or below a named theme root (`@newsroom/...`)."""

UrlPath = NewType("UrlPath", str)
"""The address of an output below the site's base, from `/`: `/updates/vpn-outage/`, `/feed.xml`."""

_DRIVE = ":"


@lru_cache(maxsize=4096)  # a build asks for the same names again and again
def source_path(text: str) -> SourcePath:
    """The path that *text* names, always with `/`.

    Raises PathError for what could leave the site folder: an absolute path, a `..`, a drive, a NUL.
    """
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in text or text[1:2] == _DRIVE:
        raise PathError(f"{text!r} does not lie below the site folder")
    return SourcePath(path)


def url_path(text: str) -> UrlPath:
    """The address that *text* names, from `/`, without `.`, `..` or empty parts inside.

    Raises PathError for an address that could leave the output folder.
    """
    parts = text.strip("/").split("/") if text.strip("/") else []
    if any(part in {"", ".", ".."} or "\0" in part or "\\" in part for part in parts):
        raise PathError(f"{text!r} is no address below the site")
    closing = "/" if parts and text.endswith("/") else ""
    return UrlPath("/" + "/".join(parts) + closing)


def output_file(url: UrlPath) -> str:
    """The file below the output folder that answers *url*: a page's address ends in `/`, its file is `index.html`."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]
