"""The operations: what is done before each run, what is run, and what must be true afterwards."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

from benchmarks import figures
from benchmarks.figures import Figure
from benchmarks.processes import BenchmarkFailed, Memory, Spent, mib, timed, watched_memory
from benchmarks.tools import Expected, Tool
from benchmarks.watching import Latency, newest_change, watching

_PAUSE = 0.1
"""Seconds between an edit and the build: a file that was written a moment ago is read twice, by any careful build."""

_SAVES = 5  # at least, in watch mode
_STARTS = 10  # at least
_MEMORY_RUNS = 3  # at most: they differ little

_T = TypeVar("_T")
_numbers = count(1)

EDITS: Mapping[str, tuple[str, Callable[[Tool, str], Expected]]] = {
    "nothing": (figures.NOTHING, Tool.unchanged),
    "body": (figures.BODY, Tool.edit_body),
    "title": (figures.TITLE, Tool.edit_title),
    "post": (figures.POST, Tool.add_post),
    "template": (figures.TEMPLATE, Tool.edit_template),
    "settings": (figures.SETTINGS, Tool.edit_settings),
}
OPERATIONS = ("start", "cold", *EDITS, "watch", "memory")
"""What can be measured, in the order in which it is."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Sites of *posts* posts each, one for each tool, that are measured in turns, *runs* times each.

    *folder* takes what the tools print.
    """

    posts: int
    tools: Sequence[Tool]
    runs: int
    folder: Path

    def measure(self, name: str) -> list[Figure]:
        """The figures of the operation *name* of OPERATIONS."""
        if name in EDITS:
            return self._edited(name)
        others = {
            "start": self._start,
            "cold": self._cold,
            "watch": self._watch,
            "memory": self._memory,
        }
        return others[name]()

    def _start(self) -> list[Figure]:
        """How long the tool takes to say its version and its help; there is no site."""
        found = []
        for name in self.tools[0].starts():

            def run(tool: Tool, name: str = name) -> Spent:
                return timed(tool.starts()[name], self._log(tool))

            self._turns(run, 1)  # the very first run compiles the modules
            found += self._times(f"start: {name}", self._turns(run, max(self.runs, _STARTS)))
        return found

    def _cold(self) -> list[Figure]:
        """A build of a site that was never built."""

        def run(tool: Tool) -> Spent:
            tool.clean()
            os.sync()
            return self._built(tool, tool.unchanged(""))

        return self._times(figures.COLD, self._turns(run, self.runs))

    def _edited(self, name: str) -> list[Figure]:
        """A new process builds after an edit of EDITS."""
        operation, edit = EDITS[name]

        def run(tool: Tool) -> Spent:
            before = newest_change(tool.output) if tool.is_incremental else 0.0
            expected = edit(tool, _mark())
            time.sleep(_PAUSE)
            spent = self._built(tool, expected)
            if tool.is_incremental:
                has_written = newest_change(tool.output) > before
                _check_written(tool, operation, has_written=has_written)
            return spent

        self._build_first()
        return self._times(operation, self._turns(run, self.runs))

    def _watch(self) -> list[Figure]:
        """Saves in watch mode. Both tools watch all the time, and files are saved for them in turns."""
        self._build_first()
        with ExitStack() as stack:
            watchers = {
                tool.name: stack.enter_context(watching(tool, self._log(tool)))
                for tool in self.tools
            }

            def run(tool: Tool) -> Latency:
                return watchers[tool.name].save(_mark())

            turns = self._turns(run, max(self.runs, _SAVES))
        return [
            *(
                Figure(self.posts, figures.IN_PAGE, tool, "s", tuple(each.page for each in saves))
                for tool, saves in turns.items()
            ),
            *(
                Figure(self.posts, figures.LAST_BYTE, tool, "s", tuple(each.last for each in saves))
                for tool, saves in turns.items()
            ),
        ]

    def _memory(self) -> list[Figure]:
        """The memory of a cold build; in runs of their own, because looking takes time."""

        def run(tool: Tool) -> Memory:
            tool.clean()
            peak = watched_memory(tool.build_of_two(), self._log(tool))
            tool.unchanged("").check(tool.name)
            tool.built = True
            return peak

        turns = self._turns(run, min(self.runs, _MEMORY_RUNS))
        return [figure for tool, peaks in turns.items() for figure in self._peaks(tool, peaks)]

    def _peaks(self, tool: str, peaks: Sequence[Memory]) -> Iterator[Figure]:
        shares = all(peak.shared_once for peak in peaks)
        for operation, values, note in (
            (figures.LARGEST, [peak.largest for peak in peaks], "VmHWM"),
            (figures.TOGETHER, [peak.together for peak in peaks], "PSS" if shares else "RSS"),
            (figures.PARENT, [peak.parent for peak in peaks], "VmHWM"),
        ):
            yield Figure(self.posts, operation, tool, "MiB", tuple(map(mib, values)), note=note)

    def _turns(self, run: Callable[[Tool], _T], runs: int) -> dict[str, list[_T]]:
        """What *run* answers for each tool, *runs* times: the tools take turns, so that all meet the same weather."""
        found: dict[str, list[_T]] = {tool.name: [] for tool in self.tools}
        for _ in range(runs):
            for tool in self.tools:
                found[tool.name].append(run(tool))
        return found

    def _times(self, operation: str, turns: Mapping[str, Sequence[Spent]]) -> list[Figure]:
        posts = 0 if operation.startswith("start") else self.posts
        return [
            Figure(
                posts,
                operation,
                tool,
                "s",
                tuple(each.wall for each in spent),
                tuple(each.cpu for each in spent),
            )
            for tool, spent in turns.items()
        ]

    def _built(self, tool: Tool, expected: Expected) -> Spent:
        """Builds, and looks whether what was to be made is there."""
        spent = timed(tool.build(), self._log(tool))
        expected.check(tool.name)
        tool.built = True
        return spent

    def _build_first(self) -> None:
        """Builds what was not built yet, so that the operation meets a site that was."""
        for tool in self.tools:
            if not tool.built:
                print(f"  (building with {tool.name} first)", file=sys.stderr, flush=True)
                self._built(tool, tool.unchanged(""))
        time.sleep(_PAUSE)

    def _log(self, tool: Tool) -> Path:
        return self.folder / f"{tool.name}.log"


def _mark() -> str:
    """A word that no site holds yet."""
    return f"mark{next(_numbers):05d}"


def _check_written(tool: Tool, operation: str, *, has_written: bool) -> None:
    """Raises BenchmarkFailed if a build wrote although nothing had changed, or wrote nothing although something had."""
    if has_written is (operation == figures.NOTHING):
        what = "wrote into the output" if has_written else "wrote nothing"
        raise BenchmarkFailed(f"{tool.name}, {operation}: {what}")
