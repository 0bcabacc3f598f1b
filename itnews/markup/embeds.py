"""Views inside a page: from an `itnews` fence to a place in the body and what shall fill it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import TYPE_CHECKING, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from itnews.late import late
from itnews.model.article import Embed, WrittenEmbed
from itnews.model.embed import FILTER_WORDS, LIMIT, VIEWS, Specification
from itnews.model.marks import problem_of
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error
from itnews.words import did_you_mean

if TYPE_CHECKING:
    from itnews import yaml
else:
    yaml = late("itnews.yaml")  # few bodies hold a view

LANGUAGE = "itnews"
"""What stands behind the backticks of a fence that asks for a view."""

DEEPEST = 5
"""The level below which no heading of a view begins: those of its entries are one deeper, and HTML has six."""

_CLASS = "itnews-embed"
# `plain_text` leaves out what is in a `pre`, so no excerpt and no reading time counts an embed.
_MARKED = re.compile(rf'<pre class="{_CLASS}">(.*?)</pre>\n?', re.DOTALL)
_PLACE = re.compile(rf'<pre class="{_CLASS}">(\d+)</pre>')
_HEADING = re.compile(r"<h([2-6])[ >]")
_FENCE = re.compile(
    rf"(?P<indent>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(?:`{{3,}}|~{{3,}})[ \t]*\{{?[ \t]*\.?{LANGUAGE}\b"
)
_BEFORE_TEXT = " \t>"


class _Written(Struct, frozen=True):
    """The text of a fence and where in the body of *path* it stands; see `WrittenEmbed`."""

    path: SourcePath
    text: str
    line: int = 0
    indent: int = 0

    def span(self, loc: Sequence[str | int], *, key: bool = False) -> Span:
        """The place of the value at *loc*, or of its name with *key*; that of the fence if it cannot be found."""
        if not self.line:
            return Span(self.path, in_body=True)
        mark = yaml.locate(self.text, loc, first_line=self.line, key=key)
        return self._indented(Span(self.path, mark.line, mark.column, mark.length))

    def faulty(self, wrong: "yaml.YamlError") -> Problem:
        problem = problem_of(wrong, self.path)
        return replace(problem, at=self._indented(problem.at))

    def _indented(self, at: Span) -> Span:
        column = at.column + self.indent if at.column else 0
        return replace(at, line=at.line if self.line else 0, column=column, in_body=True)


def marked(source: str, *_: object, **__: object) -> str:
    """What Markdown makes of a fence: its text, by which `collect_embeds` finds it again in the HTML."""
    return f'<pre class="{_CLASS}">{escape(source, quote=False)}</pre>'


def place(number: int) -> str:
    """What stands in a body for its embed *number*, which counts from 0."""
    return f'<pre class="{_CLASS}">{number}</pre>'


def with_embeds(markup: str, shown: Sequence[str]) -> str:
    """*markup* with *shown*, HTML, in the places of its embeds."""
    return _PLACE.sub(lambda match: shown[int(match[1])], markup) if shown else markup


def collect_embeds(
    path: SourcePath, markup: str, body_text: str
) -> tuple[str, tuple[WrittenEmbed, ...], tuple[Problem, ...]]:
    """*markup*, canonical, with a place for each view that it asks for; these views, and what is wrong with them.

    A fence that asks for nothing that there is leaves no place.
    """
    if _CLASS not in markup:
        return markup, (), ()
    embeds: list[WrittenEmbed] = []
    problems: list[Problem] = []
    fences = iter(tuple(_fences(body_text)))

    def put(match: re.Match[str]) -> str:
        written = _found(path, unescape(match[1]), fences)
        specification, wrong = _specification(written)
        problems.extend(wrong)
        if specification is None:
            return ""
        embed = Embed(specification, _level(markup, match.start()))
        embeds.append(WrittenEmbed(embed, written.text, written.line, written.indent))
        return place(len(embeds) - 1)

    return _MARKED.sub(put, markup), tuple(embeds), tuple(problems)


def embed_span(path: SourcePath, embed: WrittenEmbed, loc: Sequence[str | int]) -> Span:
    """Where the value at *loc* of *embed*, in the body of *path*, is written."""
    return _Written(path, embed.text, embed.line, embed.indent).span(loc)


def _level(markup: str, at: int) -> int:
    """The level of the first heading of what stands *at* a place: no level is left out."""
    above = _HEADING.findall(markup, 0, at)
    return min(int(above[-1]) + 1, DEEPEST) if above else 2


def _fences(body_text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Of each fence of our language: the line of the body after it, its indent, and all lines that follow."""
    lines = body_text.split("\n")
    for number, line in enumerate(lines, start=1):
        match = _FENCE.match(line)
        if match:
            yield number + 1, len(match["indent"]), lines[number : number + 1]


def _found(path: SourcePath, text: str, fences: Iterator[tuple[int, int, list[str]]]) -> _Written:
    """*text* at the next of *fences* that begins as it does: code may show fences that nobody asks for."""
    first = text.partition("\n")[0].strip()
    for line, indent, following in fences:
        if not first or (following and following[0].strip(_BEFORE_TEXT) == first):
            return _Written(path, text, line, indent)
    return _Written(path, text)


def _specification(written: _Written) -> tuple[Specification | None, tuple[Problem, ...]]:
    """What a fence asks for; None, and why, where it asks for no view."""
    try:
        value: object = yaml.load(written.text, written.line or 1)
    except yaml.YamlError as wrong:
        return None, (written.faulty(wrong),)
    if isinstance(value, str):
        value = {value: None}
    if not _is_map(value) or len(value) != 1:
        return None, (_misshapen(written),)
    ((view, chosen),) = value.items()
    if view not in VIEWS:
        hint = did_you_mean(view, VIEWS) or f"write one of {', '.join(VIEWS)}"
        at = written.span((view,), key=True)
        return None, (error("embed-unknown", at, f"There is no view '{view}'.", hint=hint),)
    filters = {} if chosen is None else chosen
    return _narrowed(written, view, filters) if _is_map(filters) else (None, (_misshapen(written),))


def _is_map(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def _misshapen(written: _Written) -> Problem:
    return error(
        "embed-invalid",
        written.span(()),
        "An `itnews` block holds the name of one view, and behind it in braces what it is narrowed to.",
        hint="write for example roadmap: {departments: [finance], horizons: [now, next]}",
    )


def _narrowed(
    written: _Written, view: str, filters: Mapping[str, object]
) -> tuple[Specification | None, tuple[Problem, ...]]:
    where: list[tuple[str, tuple[str, ...]]] = []
    problems: list[Problem] = []
    limit = 0
    for name, value in filters.items():
        if name not in VIEWS[view]:
            problems.append(_no_filter(written, view, name))
        elif name != LIMIT:
            wanted, wrong = _wanted(written, view, name, value)
            problems += wrong
            where.append((name, wanted))
        elif isinstance(value, int) and value > 0 and value is not True:
            limit = value
        else:
            problems.append(_no_limit(written, view))
    if problems:
        return None, tuple(problems)
    return Specification(view, tuple(sorted(where)), limit), ()


def _no_filter(written: _Written, view: str, name: str) -> Problem:
    hint = did_you_mean(name, VIEWS[view]) or f"it has {', '.join(VIEWS[view])}"
    at = written.span((view, name), key=True)
    return error("embed-unknown", at, f"The view '{view}' has no filter '{name}'.", hint=hint)


def _no_limit(written: _Written, view: str) -> Problem:
    at = written.span((view, LIMIT))
    return error(
        "embed-invalid", at, "A limit is a whole number from 1.", hint="write for example limit: 5"
    )


def _wanted(
    written: _Written, view: str, name: str, value: object
) -> tuple[tuple[str, ...], list[Problem]]:
    """The ids or words of one filter; of an enumeration in its own words."""
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(one, str | int) for one in values):
        at = written.span((view, name))
        message = f"The filter '{name}' holds one word, or several as a list."
        return (), [error("embed-invalid", at, message, hint=f"write {name}: [one, another]")]
    words = tuple(map(str, values))
    enumeration = FILTER_WORDS.get(name)
    if enumeration is None:
        return words, []
    problems: list[Problem] = []
    for number, word in enumerate(words):
        if enumeration.canonical(word) is None:
            hint = (
                did_you_mean(word, enumeration.words)
                or f"write one of {', '.join(enumeration.words)}"
            )
            at = written.span((view, name, number))
            message = f"Unknown {enumeration.name} '{word}'."
            problems.append(error("embed-unknown", at, message, hint=hint))
    return tuple(enumeration.canonical(word) or word for word in words), problems
