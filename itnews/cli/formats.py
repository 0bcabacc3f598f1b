"""Problems in the formats of other programs: annotations of GitHub Actions, Code Quality reports of GitLab CI. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from itnews.files.scan import SETTINGS
from itnews.problems import Level, Problem, Span

_SEVERITIES: Mapping[Level, str] = {"error": "major", "warning": "minor"}


class Lines(TypedDict):
    """The lines of a finding; GitLab needs the first only."""

    begin: int


class Location(TypedDict):
    """Where a finding is, below the repository's folder."""

    path: str
    lines: Lines


class Finding(TypedDict):
    """One entry of a Code Quality report, with the keys that GitLab requires."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: Location


def github(problems: Iterable[Problem], prefix: str) -> Iterator[str]:
    """A workflow command for each problem; *prefix* leads from the repository's folder to the site's.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions; how values are escaped is said by
    the reference implementation (actions/toolkit, `command.ts`).
    """
    for problem in problems:
        at = problem.at
        places = {
            "file": _path(at, prefix),
            "line": str(at.line or ""),
            "col": str(at.column or ""),
            "endColumn": str(at.column + at.length) if at.length else "",
            "title": problem.code,
        }
        properties = ",".join(f"{name}={_property(text)}" for name, text in places.items() if text)
        text = "\n".join(filter(None, (problem.message, problem.hint)))
        yield f"::{problem.level} {properties}::{_message(text)}"


def gitlab(problems: Iterable[Problem], prefix: str) -> list[Finding]:
    """A Code Quality report; *prefix* leads from the repository's folder to the site's.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. A fingerprint is made of what is wrong
    and in which file, not of the line: what was moved is no new finding.
    """
    seen = Counter[tuple[str, ...]]()
    found: list[Finding] = []
    for problem in problems:
        path = _path(problem.at, prefix)
        what = problem.code, path, problem.message
        seen[what] += 1
        found.append(
            {
                "description": " ".join(filter(None, (problem.message, _sentence(problem.hint)))),
                "check_name": problem.code,
                "fingerprint": _fingerprint(*what, str(seen[what])),
                "severity": _SEVERITIES[problem.level],
                "location": {"path": path, "lines": {"begin": max(problem.at.line, 1)}},
            }
        )
    return found


def _path(at: Span, prefix: str) -> str:
    """The file from the repository's folder on; what is in no file is said of the settings."""
    name = str(at.path)
    return f"{prefix}{SETTINGS if name in {'', '.'} else name}"


def _sentence(hint: str) -> str:
    text = hint[:1].upper() + hint[1:]
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
