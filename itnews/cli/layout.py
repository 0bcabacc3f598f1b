"""How problems are laid out (DESIGN section 6): text for people, objects for programs. Pure."""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from msgspec import Struct

from itnews.cli.cells import Glyph, can_write, glyphs, visible, width
from itnews.paths import SourcePath
from itnews.problems import Level, Problem, Span
from itnews.words import counted

LineOf = Callable[[SourcePath, int], str | None]
"""The text of a line of a source file (counted from 1), None if it is not there any more."""

Paint = Callable[[str, str], str]
"""A role (`error`, `warning`, `path`, `code`, `gutter`) and a text -> the text in that role's colour."""

_PLACES = 3
_NUMBER = 5
_INDENT = " " * (_NUMBER + 1)
# A terminal narrower than this wraps; nothing useful could be cut out for it.
_NARROWEST = 20


def counts(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning`; what there is none of is left out, so that no problem at all is an empty text."""
    levels = [problem.level for problem in problems]
    known: tuple[Level, ...] = ("error", "warning")
    found = ((levels.count(level), level) for level in known)
    return ", ".join(counted(number, level) for number, level in found if number)


def record(problem: Problem) -> dict[str, str | int]:
    """The problem for programs. The keys and their meaning are stable; 0 stands for a place that is not known."""
    at = problem.at
    return {
        "code": problem.code,
        "level": problem.level,
        "path": "" if _is_nowhere(at) else str(at.path),
        "line": at.line,
        "column": at.column,
        "length": at.length,
        "message": problem.message,
        "hint": problem.hint,
    }


def grouped(problems: Iterable[Problem]) -> list[tuple[Problem, ...]]:
    """Warnings of equal code and subject together, where the first of them stands; all others alone."""
    groups: dict[object, list[Problem]] = {}
    for problem in problems:
        repeats = problem.level == "warning" and problem.subject
        key = (problem.code, problem.subject) if repeats else problem
        groups.setdefault(key, []).append(problem)
    return [tuple(group) for group in groups.values()]


class Layout(Struct, frozen=True):
    """Lays problems out for a terminal *width* cells wide that can write *encoding*."""

    width: int
    encoding: str
    paint: Paint
    line_of: LineOf

    def block(self, group: Sequence[Problem]) -> str:
        """The lines for one problem, or for a group of repeated ones; without a line end at the end."""
        lines = self._one(group[0]) if len(group) == 1 else self._many(group)
        return "\n".join(line.rstrip() for line in lines)

    def _one(self, problem: Problem) -> list[str]:
        at = problem.at
        head = self._head(problem, problem.message, place=self._place(at))
        source = self.line_of(at.path, at.line) if at.line else None
        hint = visible(problem.hint, self.encoding)
        if source is None:
            return [head, *self._hint(hint)]
        return [head, *self._excerpt(problem, source.rstrip("\r\n"), hint)]

    def _many(self, group: Sequence[Problem]) -> list[str]:
        first = group[0]
        files = len({problem.at.path for problem in group})
        extent = counted(files, "file") if files > 1 else counted(len(group), "place")
        message = f"{first.message.removesuffix('.')} in {extent}."
        places = [f"{_INDENT}{self._place(problem.at)}" for problem in group[:_PLACES]]
        more = [f"{_INDENT}and {len(group) - _PLACES} more"] if len(group) > _PLACES else []
        hint = first.hint if len({problem.hint for problem in group}) == 1 else ""
        shown = self._hint(visible(hint, self.encoding))
        return [self._head(first, message, place=""), *places, *more, *shown]

    def _head(self, problem: Problem, message: str, *, place: str) -> str:
        where = f"{self.paint('path', place)}: " if place else ""
        level = self.paint(problem.level, problem.level)
        code = self.paint("code", f"[{visible(problem.code, self.encoding)}]")
        return f"{where}{level}: {visible(message, self.encoding)} {code}"

    def _place(self, at: Span) -> str:
        """`path:line:column`, as far as it is known; editors and terminals make a link of it."""
        if _is_nowhere(at):
            return ""
        numbers = [str(at.line), str(at.column)] if at.column else [str(at.line)]
        return ":".join([visible(str(at.path), self.encoding), *(numbers if at.line else ())])

    def _hint(self, hint: str) -> list[str]:
        return [f"{_INDENT}hint: {hint}"] if hint else []

    def _excerpt(self, problem: Problem, source: str, hint: str) -> list[str]:
        """The source line with its number; below it the carets, and the hint behind them if there is room."""
        number = f"{problem.at.line:>{_NUMBER}}"
        gutter, below = self._bar(number), self._bar(" " * len(number))
        room = max(self.width, _NARROWEST) - len(number) - len(" | ")
        shown = glyphs(source, self.encoding)
        start, stop = _marked(problem.at, shown)
        text, before, carets = _cut(shown, start, stop, room=room, dots=self._dots())
        lines = [f"{gutter} {text}"]
        mark = " " * before + "^" * carets
        if not problem.at.column:
            return [*lines, f"{below} {hint}"] if hint else lines
        painted = " " * before + self.paint(problem.level, "^" * carets)
        if not hint or width(mark) + len("  ") + width(hint) <= room:
            return [*lines, f"{below} {painted}  {hint}"]
        return [*lines, f"{below} {painted}", f"{below} {hint}"]

    def _bar(self, number: str) -> str:
        return self.paint("gutter", f"{number} |")

    def _dots(self) -> str:
        return "…" if can_write("…", self.encoding) else "..."


def _is_nowhere(at: Span) -> bool:
    return str(at.path) in {"", "."}


def _marked(at: Span, shown: Sequence[Glyph]) -> tuple[int, int]:
    """The glyphs under which carets stand, as a range; behind the last one if the place is the end of the line."""
    start = min(max(at.column - 1, 0), len(shown))
    # An accent is marked together with the letter that carries it.
    while 0 < start < len(shown) and shown[start].width == 0:
        start -= 1
    return start, max(min(at.column - 1 + max(at.length, 1), len(shown)), start)


def _cut(
    shown: Sequence[Glyph], start: int, stop: int, *, room: int, dots: str
) -> tuple[str, int, int]:
    """The part of a line around its mark that fits into *room* cells, the cells before the mark, the carets."""
    widths = [glyph.width for glyph in shown]
    first, last = 0, len(shown)
    if sum(widths) > room:
        first, last = _window(widths, start, stop, room=room - 2 * len(dots))
    opening = dots if first > 0 else ""
    closing = dots if last < len(shown) else ""
    text = "".join(glyph.text for glyph in shown[first:last])
    before = len(opening) + sum(widths[first:start])
    return f"{opening}{text}{closing}", before, max(1, sum(widths[start : min(stop, last)]))


def _window(widths: Sequence[int], start: int, stop: int, *, room: int) -> tuple[int, int]:
    """As much of a line as fits into *room* cells: its marked part first, then what stands around it, half and half."""
    last = start + _fitting(widths[start:stop], room)
    left = room - sum(widths[start:last])
    first = start - _fitting(widths[:start][::-1], left // 2)
    left -= sum(widths[first:start])
    after = _fitting(widths[last:], left)
    left -= sum(widths[last : last + after])
    first -= _fitting(widths[:first][::-1], left)
    # An accent without its letter would join the dots.
    while first < start and widths[first] == 0:
        first += 1
    return first, last + after


def _fitting(widths: Sequence[int], room: int) -> int:
    """How many of the glyphs fit into *room* cells, from the first on."""
    return sum(total <= room for total in accumulate(widths))
