"""The digest of the code: the package's own source and the versions of what it runs on are inputs like any other."""

import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from itnews.digest import Digest, digest_bytes, digest_value
from itnews.engine.store import Store
from itnews.files.state import FileState, settled, state_of
from itnews.late import late

if TYPE_CHECKING:
    from importlib import metadata
else:
    metadata = late("importlib.metadata")  # needed only when a library came or went

_LIBRARIES = (
    "babel", "feedgen", "jinja2", "lxml", "markdown", "msgspec", "nh3", "pydantic", "pygments",
    "pymdown-extensions", "python-slugify", "pyyaml",
)  # fmt: skip
_NOTE = "code"


def code_digest(store: Store) -> Digest:
    """The digest of everything but the site that decides the bytes of a build.

    *store* remembers it: while no file of the package and no folder of Python's path has changed, nothing is read.
    """
    states, is_calm = _states()
    seen = digest_value([states, sys.version, _folders()])
    known, _, digest = store.meta(_NOTE).partition(" ")
    if known == seen:
        return Digest(digest)
    taken = _taken()
    if is_calm:
        store.set_meta(_NOTE, f"{seen} {taken}")
    return taken


@cache
def _taken() -> Digest:
    package = Path(__file__).parent.parent
    source = {
        path.relative_to(package).as_posix(): digest_bytes(path.read_bytes())
        for path in sorted(package.rglob("*.py"))
    }
    return digest_value(
        [source, platform.python_version(), [_version(name) for name in _LIBRARIES]]
    )


@cache
def _states() -> tuple[list[tuple[str, FileState]], bool]:
    """The state of every module of the package, and whether none was saved just now."""
    now = time.time_ns()
    found = sorted(_modules(os.path.dirname(os.path.dirname(__file__))))
    return found, all(settled(state, now) for _, state in found)


def _modules(folder: str) -> Iterator[tuple[str, FileState]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                yield entry.path, state_of(entry.stat())


def _folders() -> list[tuple[str, int]]:
    """The folders that libraries are installed into, with when something was added or removed there.

    Nothing is installed into the current folder, where things come and go.
    """
    here = ""
    with suppress(OSError):  # the current folder was removed
        here = os.getcwd()
    return [
        (folder, os.stat(folder).st_mtime_ns)
        for folder in sys.path
        if os.path.isdir(folder) and folder not in ("", here)
    ]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # Run from a tree that was never installed.
        return ""
