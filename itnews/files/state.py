"""By what a file is known again without reading it: its state, and when a state may be trusted."""

import errno
import os
import stat
from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple

from itnews.digest import Digest

_WINDOWS = os.name == "nt"
_CHUNK = 1 << 20
# NONBLOCK: a pipe that took the place of a file since the scan must not hold the build.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FINE_NS = 50_000_000  # a kernel stamps files by its tick (10 ms at most), not by the clock
_COARSE_NS = 2_000_000_000  # FAT counts in two seconds, HFS+ and some servers in one


class FileState(NamedTuple):
    """What the file system says of a file: size in bytes, times in nanoseconds since 1970, inode.

    The inode is 0 on Windows, where a folder's listing does not tell it.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Seen(NamedTuple):
    """A file's digest, and the state in which it was taken.

    *settled*: the file had been left alone for so long that any later change shows in its state. An unsettled digest
    was right when it was taken, but an equal state proves nothing (git calls such a file racy).
    """

    state: FileState
    digest: Digest
    settled: bool


def state_of(status: os.stat_result) -> FileState:
    inode = 0 if _WINDOWS else status.st_ino
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, inode)


def settled(state: FileState, at_ns: int) -> bool:
    """Whether a change at or after *at_ns* must give a file of *state* another state."""
    for stamp in (state.mtime_ns, state.ctime_ns):
        grain = _COARSE_NS if stamp % 1_000_000 == 0 else _FINE_NS
        if stamp + grain >= at_ns:
            return False
    return True


def trusted(seen: Seen | None, state: FileState) -> bool:
    """Whether a file in *state* has the digest of *seen* without being read."""
    return seen is not None and seen.settled and seen.state == state


def open_regular(path: str) -> tuple[int, os.stat_result]:
    """A descriptor to read *path* by, and its status; OSError unless it is a regular file."""
    descriptor = os.open(path, _READ)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", path)
    return descriptor, status


def read_file(path: str) -> tuple[bytes, FileState]:
    """The bytes of *path*, and its state when it was opened."""
    descriptor, status = open_regular(path)
    try:
        payload = _read_all(descriptor, status.st_size)
    finally:
        os.close(descriptor)
    return payload, state_of(status)


def _read_all(descriptor: int, size: int) -> bytes:
    parts = []
    while part := os.read(descriptor, max(size + 1, 4096)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def digest_file(path: str) -> tuple[Digest, FileState]:
    """The digest of *path*, taken piece by piece, and its state when it was opened."""
    descriptor, status = open_regular(path)
    hasher = new_hasher()
    try:
        while part := os.read(descriptor, _CHUNK):
            hasher.update(part)
    finally:
        os.close(descriptor)
    return Digest(hasher.hexdigest()), state_of(status)


def new_hasher() -> blake2b:
    """Takes bytes piece by piece to the digest that `digest.digest_bytes` gives of the whole."""
    return blake2b(digest_size=16)


def difference(
    before: Mapping[str, Seen], after: Mapping[str, Seen]
) -> tuple[dict[str, Seen], list[str]]:
    """What of *after* differs from *before*, and the names that are in *before* only."""
    changed = {name: seen for name, seen in after.items() if before.get(name) != seen}
    return changed, [name for name in before if name not in after]
