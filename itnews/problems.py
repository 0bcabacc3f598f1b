"""What an author or a publisher got wrong, as values: where, what, and what to do."""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from itnews.paths import SourcePath

_LONG = 200
_LONG_WORD = re.compile(r"(\S{60})\S+")

Level = Literal["error", "warning"]


class Span(Struct, frozen=True):
    """A place in a source file.

    *line* and *column* count from 1; line 0 means the file as a whole. *length* is in characters, 0 where only the
    beginning is known. With *in_body* the line counts from the first line after the front matter, so that an edit of
    the front matter leaves the body's problems as they are; `placed` makes it absolute.
    """

    path: SourcePath
    line: int = 0
    column: int = 0
    length: int = 0
    in_body: bool = False


class Problem(Struct, frozen=True):
    """One finding. *code* is an entry of docs/problems.md; *subject* is what equal warnings are grouped by."""

    code: str
    level: Level
    at: Span
    message: str
    hint: str = ""
    subject: str = ""


def error(code: str, at: Span, message: str, *, hint: str = "", subject: str = "") -> Problem:
    return Problem(code, "error", at, _line(message), _line(hint), subject)


def warning(code: str, at: Span, message: str, *, hint: str = "", subject: str = "") -> Problem:
    return Problem(code, "warning", at, _line(message), _line(hint), subject)


def _line(text: str) -> str:
    """*text* on one line, long words cut: what it quotes from a source may hold line breaks, and anything at length."""
    text = text if text.isprintable() else " ".join(text.split())
    return text if len(text) <= _LONG else _LONG_WORD.sub(r"\1…", text)


def placed(problem: Problem, body_line: int) -> Problem:
    """*problem* with its line counted from the top of the file; the body begins on line *body_line*."""
    at = problem.at
    if not at.in_body:
        return problem
    line = at.line + body_line - 1 if at.line else 0
    return replace(problem, at=replace(at, line=line, in_body=False))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by path and position, so that a report does not depend on who found what first."""
    return tuple(sorted(set(problems), key=_position))


def _position(problem: Problem) -> tuple[str, int, int, str, str]:
    at = problem.at
    return str(at.path), at.line, at.column, problem.code, problem.message
