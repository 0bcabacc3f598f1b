"""Where in a line of a template a problem lies, of which Jinja tells the line only."""

import re

from msgspec.structs import replace

from itnews.problems import Problem

_NAMED = re.compile(r"'([^'\n]+)'")


def pinned(problem: Problem, payload: bytes | None) -> Problem:
    """*problem* at what its message quotes, so far as that stands in its line; else at all that the line says.

    *payload* is the template's. A problem that has its column, or no line, is left as it is.
    """
    at = problem.at
    lines = (
        payload.decode("utf-8", "replace").removeprefix("\ufeff").splitlines() if payload else []
    )
    if at.column or not 0 < at.line <= len(lines):
        return problem
    line = lines[at.line - 1]
    begin, end = _span(line, _NAMED.findall(problem.message))
    return replace(problem, at=replace(at, column=begin + 1, length=end - begin))


def _span(line: str, words: list[str]) -> tuple[int, int]:
    for word in words:
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)
        if found:
            return found.span()
    said = line.strip()
    begin = line.find(said)
    return begin, begin + len(said)
