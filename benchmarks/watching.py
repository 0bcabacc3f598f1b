"""Watch mode: how long it takes from a save until the new text is in the page, and until the last byte is written."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import BenchmarkFailed, check, cpu_of_tree, running
from benchmarks.tools import Tool

_POLL = 0.001  # seconds from one look at the page to the next
_LOOK = 0.25  # seconds from one look at the CPU to the next...
_IDLE = 0.011  # ...in which a process that rests uses a tick at most
_CALM = 3  # looks in a row at a process that rests
_LONGEST = 600.0  # seconds until a build in watch mode is given up
_ENDS = 15.0  # seconds that an interrupted process may take to end
_READY = "Ctrl"
"""Both say how to end them ("Ctrl-C ends it", "Press Ctrl+C to stop") when they begin to watch."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from just before a save until the new text is in the page, and until the last file was written.

    *last* is the newest change time in the output folder, when all is quiet again. The kernel stamps files by its
    tick, 10 ms early at most, so it is never less than *page*.
    """

    page: float
    last: float


@dataclass(slots=True)
class Watcher:
    """A tool that watches its site. Made by `watching`."""

    tool: Tool
    process: subprocess.Popen[bytes]
    log: Path

    def save(self, mark: str) -> Latency:
        """Saves a post with *mark* in its body and waits until nothing happens any more."""
        before, begun = time.time(), time.monotonic()
        expected = self.tool.edit_body(mark)
        page = self._shows(expected.pages[0], mark) - begun
        self.settle()
        expected.check(self.tool.name)
        last = newest_change(self.tool.output) - before
        if last <= 0:
            raise BenchmarkFailed(f"{self.tool.name}: nothing in the output is newer than the save")
        return Latency(page, max(page, last))

    def settle(self) -> None:
        """Waits until the process has said that it watches, and rests."""
        begun, calm, used = time.monotonic(), 0, cpu_of_tree(self.process.pid)
        while calm < _CALM:
            self._go_on(begun)
            time.sleep(_LOOK)
            now = cpu_of_tree(self.process.pid)
            rests = now - used <= _IDLE and _READY in self._said()
            calm, used = calm + 1 if rests else 0, now

    def end(self) -> None:
        """Interrupts the process as Ctrl-C does; it has to end by itself."""
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(_ENDS)
        except subprocess.TimeoutExpired:
            raise BenchmarkFailed(
                f"{self.tool.name} goes on after Ctrl-C: {self._said()}"
            ) from None
        check(self.process, self.log)

    def _shows(self, page: Path, mark: str) -> float:
        """The monotonic time at which *mark* is in the file *page*. It is read when its state has changed."""
        begun, known = time.monotonic(), None
        while True:
            state = _state(page)
            if state != known and mark.encode() in _content(page):
                return time.monotonic()
            known = state
            self._go_on(begun)
            time.sleep(_POLL)

    def _go_on(self, begun: float) -> None:
        """Raises BenchmarkFailed if the process has ended, or has taken too long since *begun*."""
        if self.process.poll() is not None:
            check(self.process, self.log)
            raise BenchmarkFailed(f"{self.tool.name} stopped watching: {self._said()}")
        if time.monotonic() - begun > _LONGEST:
            raise BenchmarkFailed(f"{self.tool.name} took too long: {self._said()}")

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def watching(tool: Tool, log: Path) -> Iterator[Watcher]:
    """Within, *tool* watches its site, and has built it."""
    with running(tool.watch(), log) as process:
        watcher = Watcher(tool, process, log)
        watcher.settle()
        yield watcher
        watcher.end()


def newest_change(folder: Path) -> float:
    """The newest change time (seconds since 1970) of the files below *folder*; a rename counts as a change."""
    newest = 0.0
    for above, _, names in os.walk(folder):
        for name in names:
            newest = max(newest, os.stat(os.path.join(above, name)).st_ctime)
    return newest


def _state(page: Path) -> tuple[int, int, int] | None:
    with suppress(OSError):
        status = page.stat()
        return status.st_ino, status.st_mtime_ns, status.st_size
    return None


def _content(page: Path) -> bytes:
    with suppress(OSError):
        return page.read_bytes()
    return b""
