"""The lock of a site: one build at a time, and none left behind by a build that died."""

import json
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from itnews.errors import EnvironmentFault
from itnews.files import disk

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.05  # seconds between two attempts
# Windows forbids to read locked bytes, so the byte that is locked lies far behind the holder's name.
_LOCKED_BYTE = 1 << 30


class Lock:
    """The lock in *state*, the site's `.itnews` folder.

    The operating system holds it for the process, and lets go of it when the process ends in whatever way.
    """

    def __init__(self, state: Path) -> None:
        self._path = state / "lock"

    @contextmanager
    def held(self, wait: float) -> Iterator[None]:
        """Holds the lock within, after waiting for it *wait* seconds at most.

        Raises EnvironmentFault that says who holds it, or that there can be no lock in that folder.
        """
        descriptor = self._open()
        try:
            self._acquire(descriptor, wait)
            try:
                self._sign(descriptor)
                yield
            finally:
                _release(descriptor)
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        self._refuse_links()
        try:
            disk.make_folders(os.path.realpath(self._path.parent))
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise disk.fault(error, "without it no build can begin") from error
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        raise EnvironmentFault(f"{self._path} is no file; remove it and build again.")

    def _refuse_links(self) -> None:
        """Raises EnvironmentFault for a state folder that is a link, or holds one."""
        folder = self._path.parent
        links = [folder] if folder.is_symlink() else []
        if folder.is_dir():
            links += [Path(entry.path) for entry in os.scandir(folder) if entry.is_symlink()]
        if links:
            raise EnvironmentFault(
                f"{links[0]} is a link, and a build would write where it leads; remove it and build again."
            )

    def _acquire(self, descriptor: int, wait: float) -> None:
        deadline = time.monotonic() + wait
        while True:
            try:
                _try(descriptor)
            except (BlockingIOError, PermissionError) as error:
                if time.monotonic() >= deadline:
                    raise EnvironmentFault(
                        f"Another build of this site is running{self._holder()}; "
                        "wait until it has finished, or stop it."
                    ) from error
            except OSError as error:
                raise disk.fault(error, "the folder must be on a disk that knows locks") from error
            else:
                return
            time.sleep(_PAUSE)

    def _sign(self, descriptor: int) -> None:
        since = time.strftime("%Y-%m-%d %H:%M:%S")
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(holder).encode("ascii"))

    def _holder(self) -> str:
        """Who holds the lock, in words; nothing if it has just been taken and is not signed yet."""
        try:
            found = json.loads(self._path.read_bytes())
            return f" (process {found['pid']} on {found['host']}, since {found['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return ""


if sys.platform == "win32":

    def _try(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
