"""Positions in a body: found again when a problem needs them, so that documents without problems do not pay."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from html.entities import html5
from typing import NamedTuple
from urllib.parse import quote, unquote

from itnews.model.article import Reference
from itnews.paths import SourcePath
from itnews.problems import Span


class Place(NamedTuple):
    """Line and column count from 1 in the body; line 0: not found. *length* is in characters."""

    line: int
    column: int
    length: int


NOWHERE = Place(0, 0, 0)

_Spot = tuple[int, int]
"""Where a target begins in the text, and where it ends."""

_FENCE = re.compile(r"[ \t>]*(?:[-*+]\s+)?(`{3,}|~{3,})")
_TICKS = re.compile(r"`+")
_BLANK = re.compile(r"\n[ \t]*\n")
_EMPTY_LINK = re.compile(
    r"(?<=\])\(\s{0,9}(?:<\s{0,9}>\s{0,9})?\)|href\s{0,9}=\s{0,9}(?:\"\s{0,9}\"|'\s{0,9}')",
    re.IGNORECASE,
)
_GAP = r"[\s>]+"  # A target that goes on in the next line of a quote has its `>` within.
_LONGEST_DISGUISED = 100
_OPENERS = frozenset("(<\"'=:|")
_CLOSERS = frozenset(")>\"' \t\n,|")


def find_references(
    body_text: str, wanted: Iterable[Reference], *, among: Iterable[Reference]
) -> dict[int, Place]:
    """Where the targets of *wanted* are written in *body_text*, by the references' numbers.

    *among* are all the references of the document: by them the second of two equal targets is found at its second
    place. A definition (`[words]: target`) serves all that use it. Code is passed over.
    """
    ordinals: dict[int, int] = {}
    seen: Counter[str] = Counter()
    for reference in sorted(among, key=lambda reference: reference.number):
        ordinals[reference.number] = seen[reference.target]
        seen[reference.target] += 1
    places: dict[int, Place] = {}
    spots: dict[str, list[_Spot]] = {}
    for reference in wanted:
        if reference.target not in spots:
            spots[reference.target] = _spots(body_text, reference.target)
        found = spots[reference.target]
        places[reference.number] = NOWHERE
        if found:
            begin, end = found[min(ordinals.get(reference.number, 0), len(found) - 1)]
            places[reference.number] = place_of(body_text, begin, end - begin)
    return places


def find_reference(
    body_text: str, reference: Reference, *, among: Sequence[Reference] = ()
) -> Place:
    """Where the target of one *reference* is written; see `find_references`, which is the one to call for many."""
    return find_references(body_text, [reference], among=among or [reference])[reference.number]


def find_tag(body_text: str, name: str) -> Place:
    """Where the raw HTML element *name* first begins in *body_text*, outside code."""
    pattern = re.compile(rf"<{re.escape(name)}(?![\w-])", re.IGNORECASE)
    # What looks like code here may have been none to Markdown.
    match = pattern.search(masked(body_text)) or pattern.search(body_text)
    return place_of(body_text, match.start(), len(match[0])) if match else NOWHERE


def find_text(body_text: str, pattern: re.Pattern[str]) -> Place:
    """Where *pattern* first matches in *body_text*, outside code."""
    match = pattern.search(masked(body_text))
    return place_of(body_text, match.start(), len(match[0])) if match else NOWHERE


def find_words(body_text: str, words: str) -> Place:
    """The line in which *words*, as a reader sees them, probably begin."""
    first = words.split()[:5]
    for number in range(len(first), 0, -1):
        pattern = re.compile(r"\W+".join(map(re.escape, first[:number])))
        match = pattern.search(body_text)
        if match:
            return place_of(body_text, match.start(), 0)
    return NOWHERE


def written_at(body_text: str, place: Place) -> str:
    """What stands in *body_text* at *place*."""
    line = body_text.split("\n")[place.line - 1] if place.line else ""
    return line[place.column - 1 : place.column - 1 + place.length]


def place_of(text: str, offset: int, length: int) -> Place:
    """The place of the character number *offset*, from 0; a length never passes the end of the line."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    longest = (len(text) if end == -1 else end) - offset
    return Place(text.count("\n", 0, offset) + 1, offset - begin + 1, min(length, longest))


def body_span(path: SourcePath, place: Place) -> Span:
    """*place* in the body of *path*."""
    return Span(path, place.line, place.column, place.length, in_body=True)


@lru_cache(maxsize=4)
def masked(text: str) -> str:
    """*text* with blanks in place of its code and comments; each character keeps its offset.

    Takes time in proportion to the text, whatever stands in it.
    """
    kept = _without_fences(text)
    return _without_comments(_without_spans(kept))


def _spots(body_text: str, target: str) -> list[_Spot]:
    """Where *target* is written in *body_text*: in the first of its spellings that is there."""
    # What looks like code here may have been none to Markdown.
    texts = (masked(body_text), body_text)
    if not target.strip():
        return [match.span() for match in _EMPTY_LINK.finditer(texts[0])]
    for text in texts:
        for written in _spellings(target):
            found = _likely(text, _plain_spots(text, written))
            if found:
                return found
    hidden = disguised(target)
    found_each = (
        _likely(text, [match.span() for match in hidden.finditer(text)]) for text in texts
    )
    return next(filter(None, found_each), [])


def _spellings(target: str) -> Iterator[str]:
    """How *target* may stand in the source: as it is, with entities, escaped, with or without percent signs."""
    yield from filter(
        None,
        dict.fromkeys(
            (
                target,
                escape(target, quote=False),
                re.sub(r"([_*`\[\]()#+.!~-])", r"\\\1", target),
                re.sub(r"([_*])", r"\\\1", target),
                unquote(target),
                quote(target, safe="/#?=&:.,;@~+!$'()*%"),
                target.split("#", maxsplit=1)[0],
            )
        ),
    )


def disguised(target: str, *, gap: str = "") -> re.Pattern[str]:
    """What finds *target* though any of its characters is escaped or an entity; *gap* may stand between any two.

    Of a very long target the beginning is looked for.
    """
    return re.compile(gap.join(map(_disguises, target[:_LONGEST_DISGUISED])))


def _disguises(char: str) -> str:
    if char == " ":
        return _GAP
    percent = "".join(f"%{byte:02x}" for byte in char.encode(errors="replace"))
    named = "".join(f"|&{name}" for name in _entities().get(char, ()))
    code = ord(char)
    return rf"(?:\\?{re.escape(char)}|&#0*{code};?|(?i:&#x0*{code:x};?|{percent}){named})"


@lru_cache(maxsize=1)
def _entities() -> dict[str, list[str]]:
    """The names of each character in HTML."""
    names: dict[str, list[str]] = {}
    for name, char in html5.items():
        if name.endswith(";"):
            names.setdefault(char, []).append(name)
    return names


def _plain_spots(text: str, written: str) -> list[_Spot]:
    """Where *written* stands in *text*; a blank of it may be any white space there."""
    if " " in written:
        words = re.compile(_GAP.join(map(re.escape, written.split())))
        return [match.span() for match in words.finditer(text)]
    spots: list[_Spot] = []
    at = text.find(written)
    while at != -1:
        spots.append((at, at + len(written)))
        at = text.find(written, at + len(written))
    return spots


def _likely(text: str, spots: Iterable[_Spot]) -> list[_Spot]:
    """Those of *spots* where an address may stand, or else all that are whole words."""
    likely: list[_Spot] = []
    whole: list[_Spot] = []
    for begin, end in spots:
        before, after = text[begin - 1 : begin], text[end : end + 1]
        if (not after or after in _CLOSERS) and (before in _OPENERS or _is_definition(text, begin)):
            likely.append((begin, end))
        elif not before.isalnum() and not after.isalnum():
            whole.append((begin, end))
    return likely or whole


def _is_definition(text: str, at: int) -> bool:
    return text[max(at - 8, 0) : at].rstrip(" \t").endswith("]:")


def _without_fences(text: str) -> str:
    lines = text.split("\n")
    closing = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if closing:
            bare = line.strip(" \t>")
            if bare.startswith(closing) and not bare.strip(closing[0]):
                closing = ""
            lines[number] = " " * len(line)
        elif match:
            closing = match[1]
            lines[number] = " " * len(line)
    return "\n".join(lines)


def _without_spans(text: str) -> str:
    if "`" not in text:
        return text
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    paragraph_ends = [match.start() for match in _BLANK.finditer(text)]
    kept: list[str] = []
    done = index = paragraph = 0
    while index < len(runs):
        start, end = runs[index]
        while paragraph < len(paragraph_ends) and paragraph_ends[paragraph] < start:
            paragraph += 1
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        limit = paragraph_ends[paragraph] if paragraph < len(paragraph_ends) else len(text)
        if same and runs[same[-1]][0] < limit:
            index = same[-1]
            close = runs[index][1]
            kept.append(text[done:start])
            kept.append(_blank(text[start:close]))
            done = close
        index += 1
    kept.append(text[done:])
    return "".join(kept)


def _without_comments(text: str) -> str:
    kept: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) != -1 and (end := text.find("-->", start)) != -1:
        kept.append(text[done:start])
        kept.append(_blank(text[start : end + 3]))
        done = end + 3
    kept.append(text[done:])
    return "".join(kept)


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
