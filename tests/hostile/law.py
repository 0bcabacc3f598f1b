"""The law for hostile input: no traceback, no hang, nothing outside, nothing lost, and a message that helps."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from itnews.app.report import Report
from itnews.problems import Problem
from tests.sites import Site, contents

SECONDS = 300.0
"""What one build of a few hundred inputs may take on a slow machine that is busy with other things."""

SECRET = "wallaby-7f3a"
"""Stands in a file beside the site, and must never stand in its output."""

# What is wrong with these is the file as such: there is no line to name.
WHOLE_FILES = (
    "file-",
    "folder-expected",
    "address-unfit",
    "kind-missing",
    "address-taken",
    "template-missing",
)

Payload = str | bytes | Callable[[Path], None]
"""A text or bytes to be written, or what makes something at a place by itself."""


@dataclass(frozen=True)
class Case:
    """One hostile input: what is written at *path* of the site, and the *codes* of the problems in that file."""

    name: str
    path: str
    payload: Payload
    codes: frozenset[str]

    @property
    def shown(self) -> str:
        """The path as problems name it: what cannot be printed is replaced there."""
        text = self.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return re.sub(r"[\x00-\x1f\x7f\\]", "\N{REPLACEMENT CHARACTER}", text)

    def put(self, site: Path) -> None:
        place = site / self.path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(self.payload, str):
            place.write_text(self.payload, encoding="utf-8", newline="")
        elif isinstance(self.payload, bytes):
            place.write_bytes(self.payload)
        else:
            self.payload(place)


def case(name: str, path: str, payload: Payload, codes: str = "") -> Case:
    return Case(name, path, payload, frozenset(codes.split()))


def beside_a_secret(folder: Path) -> Path:
    """Where a site may lie in *folder*, beside a file of somebody else's."""
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere/secret.md").write_text(SECRET)
    return folder / "site"


def built_site(folder: Path) -> Site:
    """A site of one update in *folder*, beside a file of somebody else's; its output is the last good one."""
    made = Site(beside_a_secret(folder))
    made.document("updates/a", "Text.", date="2026-01-01")
    made.build()
    return made


@contextmanager
def in_time(seconds: float = SECONDS) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def helps(problem: Problem) -> str:
    """What a problem lacks to be of help, empty if it lacks nothing."""
    if not str(problem.at.path).strip("."):
        return f"no file: {problem}"
    if not problem.at.line and not problem.code.startswith(WHOLE_FILES):
        return f"no line: {problem}"
    if not problem.message.strip() or not problem.hint.strip():
        return f"no remedy: {problem}"
    if "\n" in problem.message + problem.hint:
        return f"more than a line: {problem!r}"
    if len(problem.message) + len(problem.hint) > 600:
        return f"a wall of words: {problem.code} {problem.at}"
    return ""


def without_help(report: Report) -> list[str]:
    return [lack for problem in report.problems if (lack := helps(problem))]


def neighbours(site: Site) -> dict[str, bytes]:
    """All that lies beside the site's folder, which no build may touch."""
    return {
        path.relative_to(site.folder.parent).as_posix(): path.read_bytes()
        for path in sorted(site.folder.parent.rglob("*"))
        if path.is_file() and not path.is_relative_to(site.folder)
    }


def leaks(site: Site) -> list[str]:
    return [name for name, payload in contents(site.output).items() if SECRET.encode() in payload]
