"""From a file's bytes to its fields and its body: encoding, fences, and what is wrong with them."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from itnews.late import late
from itnews.model.marks import problem_of
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error, warning

if TYPE_CHECKING:
    from itnews import yaml
else:
    yaml = late("itnews.yaml")  # a body is read without it

FENCE = "---"
_OPENING = re.compile(r"\s*^---[ \t]*\n", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_NEARLY_A_FENCE = re.compile(
    r"^[ \t]*[-–—+]{2,}[ \t]*$", re.MULTILINE
)  # as word processors leave it
_LINE_ENDS = re.compile("\r\n?")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)  # XML 1.0 section 2.2 has no way to write them
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Parts(Struct, frozen=True):
    """A document's text in its two parts, without the fences; the lines on which they begin count from 1.

    *fault* says why there is no front matter, empty where there is one; *front* is empty then.
    """

    front: str
    body: str
    front_line: int
    body_line: int
    fault: Literal["", "missing", "unterminated"] = ""


def decode(payload: bytes, path: SourcePath) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file in UTF-8, with `\\n` as its line ends, without a byte order mark and control characters.

    None if the bytes are no such text. Control characters are taken out with a warning: feeds cannot carry them.
    """
    if payload.startswith(_UTF16):
        return None, (_utf16_problem(path),)
    if b"\0" in payload:
        return None, (_binary_problem(payload, path),)
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return None, (_encoding_problem(payload, fault, path),)
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    stranger = _CONTROLS.search(text)
    if stranger is None:
        return text, ()
    return _CONTROLS.sub("", text), (_control_problem(text, stranger, path),)


def split(text: str) -> Parts:
    """The parts of a decoded text. Blank lines may stand above the first fence; `...` closes, too."""
    opening = _OPENING.match(text)
    if opening is None:
        return Parts("", text, 1, 1, "missing")
    front_line = opening[0].count("\n") + 1
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return Parts("", "", front_line, front_line, "unterminated")
    front = text[opening.end() : closing.start()]
    body_line = front_line + front.count("\n") + 1
    return Parts(front, text[closing.end() :], front_line, body_line)


def read_fields(
    text: str, path: SourcePath
) -> tuple[Mapping[str, Any] | None, tuple[Problem, ...]]:
    """The fields of a decoded text's front matter, as plain data; None, and why, if there are none."""
    parts = split(text)
    if parts.fault == "missing":
        return None, (_missing_problem(text, path),)
    if parts.fault == "unterminated":
        return None, (_unterminated_problem(text, parts.front_line, path),)
    try:
        fields = yaml.load(parts.front, parts.front_line)
    except yaml.YamlError as fault:
        return None, (problem_of(fault, path),)
    if isinstance(fields, dict) and fields:
        return fields, ()
    return None, (_no_map_problem(fields, parts, path),)


def head(text: str) -> str:
    """What of a decoded text says what its fields are: all up to the end of the front matter.

    Where a fence is missing that is the whole: what is wrong depends on all of it.
    """
    parts = split(text)
    return text if parts.fault else text[: len(text) - len(parts.body)]


def fence(parts: Parts, path: SourcePath) -> Span:
    """The opening fence: where what is missing from a front matter is reported."""
    return Span(path, max(parts.front_line - 1, 1), 1, len(FENCE))


def _utf16_problem(path: SourcePath) -> Problem:
    return error(
        "encoding-utf16",
        Span(path, 1, 1),
        "This file is saved as UTF-16 ('Unicode').",
        hint="save it as UTF-8",
    )


def _binary_problem(payload: bytes, path: SourcePath) -> Problem:
    return error(
        "encoding-binary",
        _place_of_byte(payload, payload.index(b"\0"), path),
        "This file holds a zero byte, so it is no text.",
        hint="is it an image or a document with the ending .md?",
    )


def _encoding_problem(payload: bytes, fault: UnicodeDecodeError, path: SourcePath) -> Problem:
    # utf-8-sig counts from behind the mark
    start = fault.start + (len(payload) - len(fault.object))
    byte = payload[start]
    meant = bytes([byte]).decode("cp1252", "replace")
    known = (
        f"; in Windows-1252 the byte would be '{meant}'"
        if meant.isprintable() and meant != "�"
        else ""
    )
    return error(
        "encoding-invalid",
        _place_of_byte(payload, start, path),
        f"This is not UTF-8: the byte 0x{byte:02X} stands here.",
        hint=f"save the file as UTF-8{known}",
    )


def _place_of_byte(payload: bytes, offset: int, path: SourcePath) -> Span:
    before = _LINE_ENDS.sub("\n", payload[:offset].decode("utf-8-sig", "replace"))
    line, column = _position(before, len(before))
    return Span(path, line, column, 1)


def _control_problem(text: str, stranger: re.Match[str], path: SourcePath) -> Problem:
    line, column = _position(text, stranger.start())
    return warning(
        "encoding-control",
        Span(path, line, column, 1),
        f"The invisible character U+{ord(stranger[0]):04X} is left out.",
        hint="delete it; it often comes along with text pasted from other programs",
    )


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _missing_problem(text: str, path: SourcePath) -> Problem:
    first = text.split("\n", 1)[0].rstrip()
    if first == "+++":
        return error(
            "frontmatter-toml",
            Span(path, 1, 1, 3),
            "The front matter is written in TOML; itnews reads YAML.",
            hint="put --- for both +++, and write title: ... for title = ...",
        )
    nearly = _NEARLY_A_FENCE.match(text)
    return error(
        "frontmatter-missing",
        Span(path, 1, 1, len(first)),
        "There is no front matter.",
        hint="write exactly three hyphens on the first line"
        if nearly
        else "begin the file with a line ---, a line title: ..., and a line ---",
    )


def _unterminated_problem(text: str, front_line: int, path: SourcePath) -> Problem:
    start = sum(len(line) + 1 for line in text.split("\n")[: front_line - 1])
    nearly = _NEARLY_A_FENCE.search(text, start)
    if nearly:
        line, column = _position(text, nearly.start())
        at, hint = (
            Span(path, line, column, len(nearly[0].rstrip())),
            "write exactly three hyphens, in the first column",
        )
    else:
        at, hint = (
            Span(path, front_line - 1, 1, len(FENCE)),
            "write a line of three hyphens below its last field",
        )
    return error("frontmatter-unterminated", at, "The front matter is never closed.", hint=hint)


def _no_map_problem(fields: object, parts: Parts, path: SourcePath) -> Problem:
    if fields is None or fields == {}:
        return error(
            "frontmatter-empty",
            fence(parts, path),
            "The front matter is empty.",
            hint="write at least title: and what it is about",
        )
    first = next(
        number for number, line in enumerate(parts.front.split("\n")) if _says_something(line)
    )
    line = parts.front.split("\n")[first]
    return error(
        "frontmatter-list" if isinstance(fields, list) else "frontmatter-text",
        Span(path, parts.front_line + first, len(line) - len(line.lstrip()) + 1, len(line.strip())),
        f"The front matter is a {'list' if isinstance(fields, list) else 'text'}, not fields.",
        hint="write each field as a name, a colon, a blank and a value, as in title: VPN",
    )


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
