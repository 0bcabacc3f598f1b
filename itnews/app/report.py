"""What a build has to say: problems at their places, what changed, what is still to come."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from msgspec import Struct, field

from itnews.engine.key import Key, parse_key
from itnews.engine.rows import decoded_problems, encoded_problems
from itnews.files.output import Change
from itnews.files.sources import Files
from itnews.paths import SourcePath, UrlPath, source_path
from itnews.problems import Problem
from itnews.site.coming import Coming, What


class Cause(Struct, frozen=True):
    """What began it: *reason* in words, or, where that is empty, that the answer to *key* is another than it was.

    *added* and *removed* are the files that came and went. *about* is the document that *key* was asked for, if it is
    about the time. *back*: a point in time is to come again, because the site was built as if it were earlier.
    """

    reason: str = ""
    key: Key[object] | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    about: str = ""
    back: bool = False


class Rebuilt(Struct, frozen=True):
    """Outputs that were made for one *cause*: their addresses, sorted. A page and its pictures are one output."""

    cause: Cause
    urls: tuple[UrlPath, ...]


class MadeKeys(Mapping[str, str]):
    """The keys that a build *made*, by their text, with the reasons. A view: there may be a hundred thousand."""

    def __init__(self, made: Mapping[Key[object], str]) -> None:
        self._made = made

    def __getitem__(self, text: str) -> str:
        return self._made[parse_key(text)]

    def __iter__(self) -> Iterator[str]:
        return map(str, self._made)

    def __len__(self) -> int:
        return len(self._made)


class Report(Struct, frozen=True):
    """The outcome of one build.

    *problems* have absolute positions, in order. *change* is what the output folder went through; with *published*
    false nothing was touched but, with `--prune`, the *withdrawn* outputs: those of documents that must not be there
    any more. *made* names the keys that were made, with the reasons; *rebuilt* the outputs among
    them by their causes, if that was asked for. *coming* is what will change by itself; *wakes* is the instant from
    which another build gives other bytes, None if none is known. *zone* is the name of the site's time zone,
    *base_path* the path below which its pages expect to be served.
    """

    problems: tuple[Problem, ...]
    exit_code: int
    published: bool = False
    change: Change = field(default_factory=Change)
    made: Mapping[str, str] = field(default_factory=dict)
    rebuilt: tuple[Rebuilt, ...] = ()
    withdrawn: tuple[UrlPath, ...] = ()
    pruned: bool = False
    coming: tuple[Coming, ...] = ()
    wakes: datetime | None = None
    notices: tuple[str, ...] = ()
    output: Path | None = None
    pages: int = 0
    files: Files | None = None
    zone: str = "UTC"
    base_path: str = ""

    def line(self, path: SourcePath, number: int) -> str | None:
        """Line *number* of a source file, for the caret line of a message."""
        payload = self.files.read(path) if self.files else None
        if payload is None:
            return None
        lines = payload.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else None


def exit_code(problems: Iterable[Problem], *, strict: bool) -> int:
    """0 without errors, 1 with; with *strict* a warning is an error."""
    return int(any(strict or problem.level == "error" for problem in problems))


class Record(TypedDict):
    """A report as plain data: what a build tells again in which nothing has changed since."""

    problems: str
    exit_code: int
    published: bool
    files: int
    coming: list[tuple[str, What, str, str]]
    wakes: str
    pages: int
    zone: str
    base_path: str


def recorded(report: Report) -> Record:
    """The record of *report*."""
    return {
        "problems": encoded_problems(report.problems),
        "exit_code": report.exit_code,
        "published": report.published,
        "files": len(report.change.written) + report.change.unchanged,
        "coming": [
            (one.at.isoformat(), one.what, str(one.path), one.title) for one in report.coming
        ],
        "wakes": report.wakes.isoformat() if report.wakes else "",
        "pages": report.pages,
        "zone": report.zone,
        "base_path": report.base_path,
    }


def replayed(record: Record, files: Files, output: Path) -> Report:
    """The report of a build in which nothing has changed since *record* was made. Raises as a dict does."""
    coming = (
        Coming(datetime.fromisoformat(at), what, source_path(path), title)
        for at, what, path, title in record["coming"]
    )
    return Report(
        problems=decoded_problems(record["problems"]),
        exit_code=record["exit_code"],
        published=record["published"],
        change=Change(unchanged=record["files"]),
        coming=tuple(coming),
        wakes=datetime.fromisoformat(record["wakes"]) if record["wakes"] else None,
        output=output,
        pages=record["pages"],
        files=files,
        zone=record["zone"],
        base_path=record["base_path"],
    )
