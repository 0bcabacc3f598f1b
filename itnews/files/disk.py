"""The primitives that change the output folder and the staging: all that a build does to these is a sequence of them.

The tests stop the program at each. The store (SQLite's own file) and the lock write for themselves: what becomes of
them decides what the next build has to do, never what is published.
"""

import errno
import os
import shutil
import sys
import time

from itnews.digest import Digest
from itnews.errors import EnvironmentFault
from itnews.files.state import new_hasher, open_regular

_CHUNK = 1 << 20
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_IN_THE_WAY = frozenset({errno.EEXIST, errno.EISDIR, errno.ENOTDIR})
# Seconds. On Windows a virus scanner or an indexer holds a new file for an instant, and it cannot be moved.
_PAUSES = (0.01, 0.05, 0.2) if sys.platform == "win32" else ()
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def write(path: str, payload: bytes) -> None:
    """Makes *path* a file of these bytes; what was there is lost, and a reader may see a part."""
    descriptor = os.open(path, _WRITE, 0o666)
    try:
        rest = memoryview(payload)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError as error:
        error.filename = path  # a descriptor has no name to report
        raise
    finally:
        os.close(descriptor)


def copy(source: str, path: str) -> Digest:
    """Makes *path* a copy of *source*; the digest of the bytes that were copied."""
    hasher = new_hasher()
    reading, _ = open_regular(source)
    with os.fdopen(reading, "rb") as stream, open(path, "wb") as target:
        while part := stream.read(_CHUNK):
            hasher.update(part)
            target.write(part)
    return Digest(hasher.hexdigest())


def move(source: str, path: str) -> None:
    """Makes *source* be *path* in one step: a reader sees the old file or the new one."""
    for pause in _PAUSES:
        try:
            os.replace(source, path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(source, path)


def keep(path: str, spare: str) -> None:
    """Makes *spare* another name of *path*, or a copy where the file system has no links."""
    try:
        os.link(path, spare)
    except OSError:
        shutil.copy2(path, spare)


def remove(path: str) -> None:
    os.unlink(path)


def make_folder(path: str) -> None:
    os.mkdir(path)


def remove_folder(path: str) -> None:
    """Removes the empty folder *path*; OSError if it holds anything."""
    os.rmdir(path)


def make_folders(path: str) -> tuple[str, ...]:
    """Makes the folder *path* and those above it that are missing, which it returns, the outermost first.

    Raises OSError, and has made none of them then.
    """
    missing = []
    while not os.path.isdir(path):
        missing.append(path)
        path = os.path.dirname(path)
    made: list[str] = []
    try:
        for folder in reversed(missing):
            make_folder(folder)
            made.append(folder)
    except OSError:
        # The caller cannot know which of them are there: all or none.
        for folder in reversed(made):
            remove_folder(folder)
        raise
    return tuple(made)


def fault(error: OSError, outcome: str) -> EnvironmentFault:
    """What *error* means, in one sentence that ends in *outcome*."""
    name = _named(error)
    if error.errno in _FULL:
        reason = f"The disk is full: {name} could not be written"
    elif error.errno in _FORBIDDEN:
        reason = f"itnews is not allowed to use {name} (see the permissions of its folder)"
    elif error.errno == errno.EROFS:
        reason = f"{name} lies on a disk that is read-only"
    elif error.errno in _IN_THE_WAY:
        reason = f"Something else is in the place of {name}; remove it"
    else:
        reason = f"{name} could not be written ({error.strerror or error})"
    return EnvironmentFault(f"{reason}; {outcome}.")


def _named(error: OSError) -> str:
    """The file to name: of a move's two, the one that the reader of the message knows."""
    names = [str(one) for one in (error.filename2, error.filename) if one]
    known = [one for one in names if "/.itnews/staging/" not in one.replace(os.sep, "/")]
    name = (known or names or ["a file"])[0]
    return os.path.dirname(name) if os.path.basename(name).startswith(".itnews-") else name
