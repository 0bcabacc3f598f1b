"""What a build makes: outputs, where they are placed, and which file answers which address."""

import re
from pathlib import Path

from msgspec import Struct

from itnews.digest import Digest
from itnews.errors import PathError
from itnews.paths import SourcePath, UrlPath, output_file, url_path

RESERVED = ".itnews"
"""No part of an address begins with this: the manifest and the staging folder have such names."""

_LONGEST = 255  # bytes of one name, on every file system in use
# Bytes of all names together: macOS takes 1024 with the folder in which the output lies, Linux 4096.
_LONGEST_PATH = 800
_INDEX = "index.html"
# What a web server of the company, or an author's laptop, cannot have as a file; and what belongs to git.
_NO_FILE = re.compile(
    r"(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?(?:/|$)"
    r'|[. ](?:/|$)|[<>:"|?*]|(?:^|/)\.(?:git|hg|svn)(?:/|$)',
    re.IGNORECASE,
)


class SourceFile(Struct, frozen=True):
    """A file to be published as it is: where it lies, and the digest that its bytes had when they were asked for."""

    path: Path
    digest: Digest


class Output(Struct, frozen=True):
    """One file of the site. *owner* is the source that is named when two outputs collide.

    *payload* is the bytes, or a file that is copied.
    """

    url: UrlPath
    media_type: str
    payload: bytes | SourceFile
    owner: SourcePath


class Placed(Struct, frozen=True):
    """An output that is on disk or staged: all that is kept of it."""

    url: UrlPath
    digest: Digest
    owner: SourcePath


class Change(Struct, frozen=True):
    """What a commit did to the output folder; *unchanged* counts the files that it did not touch."""

    written: tuple[UrlPath, ...] = ()
    deleted: tuple[UrlPath, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.written or self.deleted)


def url_of(path: str) -> UrlPath:
    """The address that the file *path* of the output folder answers."""
    if path == _INDEX or path.endswith("/" + _INDEX):
        path = path[: -len(_INDEX)]
    return UrlPath("/" + path)


def checked_file(url: UrlPath) -> str:
    """The file below the output folder for *url*.

    Raises PathError if it would lie outside, if its name is reserved, or if no file can have that name.
    """
    if url_path(url) != url:
        raise PathError(f"{url!r} is no address below the site")
    path = output_file(url)
    if "/" + RESERVED in "/" + path:
        raise PathError(f"{url} is reserved: no part of an address may begin with {RESERVED}")
    if _NO_FILE.search(path):
        raise PathError(f"{url} would be a file that Windows cannot have, or that belongs to git")
    try:
        encoded = path.encode()
    except UnicodeEncodeError as error:
        raise PathError(f"{url!r} holds characters that no file name can have") from error
    if len(encoded) > _LONGEST_PATH:
        raise PathError(f"{url[:60]}… is longer than {_LONGEST_PATH} bytes")
    if len(encoded) > _LONGEST and any(len(part) > _LONGEST for part in encoded.split(b"/")):
        raise PathError(f"{url[:60]}… has a part that is longer than {_LONGEST} bytes")
    return path


def parents(path: str) -> tuple[str, ...]:
    """The folders above *path*, the innermost first: `a/b/c` gives `a/b`, `a`."""
    found = []
    while "/" in path:
        path = path.rpartition("/")[0]
        found.append(path)
    return tuple(found)
