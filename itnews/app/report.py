"""What a build has to say: problems at their places, what changed, what is still to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from itnews.content.frontmatter import decode, split
from itnews.files.output import Change
from itnews.files.sources import Files
from itnews.paths import SourcePath, UrlPath
from itnews.problems import Problem, in_order, placed
from itnews.site import schedule


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one build.

    *problems* have absolute positions, in order. *change* is what the output folder went through; with *published*
    false nothing was touched but, with `--prune`, the *withdrawn* outputs: those of documents that must not be there
    any more. *made* names the keys that were made, with the reasons. *coming* is what will change by itself; *wakes* is
    the instant from which another build gives other bytes, None if none is known.
    """

    problems: tuple[Problem, ...]
    exit_code: int
    published: bool = False
    change: Change = field(default_factory=Change)
    made: Mapping[str, str] = field(default_factory=dict)
    withdrawn: tuple[UrlPath, ...] = ()
    pruned: bool = False
    coming: tuple[schedule.Change, ...] = ()
    wakes: datetime | None = None
    notices: tuple[str, ...] = ()
    output: Path | None = None
    pages: int = 0
    files: Files | None = None

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


def settled(problems: Iterable[Problem], files: Files) -> tuple[Problem, ...]:
    """*problems* in order, each once, counted from the top of their files."""
    found = tuple(problems)
    paths = {problem.at.path for problem in found if problem.at.in_body}
    begins = {path: _body_line(path, files) for path in paths}
    return in_order(placed(problem, begins.get(problem.at.path, 1)) for problem in found)


def _body_line(path: SourcePath, files: Files) -> int:
    payload = files.read(path)
    text, _ = decode(payload, path) if payload is not None else (None, ())
    return split(text).body_line if text is not None else 1
