"""What a build makes: outputs, where they are placed, and which addresses exclude each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from itnews.digest import Digest
from itnews.errors import PathError
from itnews.paths import SourcePath, UrlPath, output_file, url_path
from itnews.words import fold

RESERVED = ".itnews"
"""No part of an address begins with this: the manifest and the staging folder have such names."""

_LONGEST = 255  # bytes of one name, on every file system in use
_INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site. *owner* is the source that is named when two outputs collide.

    *payload* is the bytes, or the place of a file that is copied.
    """

    url: UrlPath
    media_type: str
    payload: bytes | Path
    owner: SourcePath


@dataclass(frozen=True, slots=True)
class Placed:
    """An output that is on disk or staged: all that is kept of it."""

    url: UrlPath
    digest: Digest
    owner: SourcePath


@dataclass(frozen=True, slots=True)
class Change:
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
    try:
        encoded = path.encode()
    except UnicodeEncodeError as error:
        raise PathError(f"{url!r} holds characters that no file name can have") from error
    if len(encoded) > _LONGEST and any(len(part) > _LONGEST for part in encoded.split(b"/")):
        raise PathError(f"{url} has a part that is longer than {_LONGEST} bytes")
    return path


def collisions(urls: Iterable[UrlPath]) -> tuple[tuple[UrlPath, UrlPath], ...]:
    """The pairs of addresses that cannot both be published, the one that comes first in *urls* first.

    They would be the same file, also where case and Unicode normalisation do not count, or one is a file where the
    other needs a folder: `/a` and `/a/`. Equal addresses are a pair, too.
    """
    files: dict[str, UrlPath] = {}
    folders: dict[str, UrlPath] = {}
    found = []
    for url in urls:
        path = fold(output_file(url))
        above = parents(path)
        other = files.get(path) or folders.get(path)
        other = other or next((files[folder] for folder in above if folder in files), None)
        if other is not None:
            found.append((other, url))
            continue
        files[path] = url
        for folder in above:
            folders.setdefault(folder, url)
    return tuple(found)


def parents(path: str) -> tuple[str, ...]:
    """The folders above *path*, the innermost first: `a/b/c` gives `a/b`, `a`."""
    found = []
    while "/" in path:
        path = path.rpartition("/")[0]
        found.append(path)
    return tuple(found)
