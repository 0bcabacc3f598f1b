"""Text as a terminal shows it: cells, not characters, and nothing that steers the terminal."""

import unicodedata

from msgspec import Struct

_TAB = 4
# Invisible, or steering what stands around them: control, format, surrogate, line and paragraph separator.
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COMBINING = frozenset({"Mn", "Me"})
_WIDE = frozenset({"W", "F"})
# Vowels and closing consonants of Hangul that join the letter before; not combining by their category.
_JOINING_JAMO = range(0x1160, 0x1200)


class Glyph(Struct, frozen=True):
    """One character of a line: what is shown for it, and in how many cells (0 for a combining one)."""

    text: str
    width: int


def glyphs(line: str, encoding: str) -> list[Glyph]:
    """A glyph for each character of *line*: tabs are blanks up to the next fourth cell.

    What cannot be seen, or cannot be written in *encoding*, is its escape (`\\x1b`, `\\u202e`).
    """
    shown: list[Glyph] = []
    column = 0
    for character in line:
        glyph = _glyph(character, column, encoding)
        column += glyph.width
        shown.append(glyph)
    return shown


def visible(text: str, encoding: str) -> str:
    """*text* as one line without effect on the terminal: each run of white space one blank, the rest as `glyphs`."""
    return "".join(glyph.text for glyph in glyphs(" ".join(text.split()), encoding))


def width(text: str) -> int:
    """The cells that *text* takes, once it is visible."""
    return sum(_width(character) for character in text)


def writable(text: str, encoding: str) -> str:
    """*text* with its lines and tabs, as far as *encoding* has it; the rest, and what steers, escaped."""
    return "".join(
        character if character in "\n\t" else _glyph(character, 0, encoding).text
        for character in text
    )


def _glyph(character: str, column: int, encoding: str) -> Glyph:
    if " " <= character <= "~":
        return Glyph(character, 1)
    if character == "\t":
        blanks = _TAB - column % _TAB
        return Glyph(" " * blanks, blanks)
    if unicodedata.category(character) in _ESCAPED or not can_write(character, encoding):
        escape = character.encode("ascii", "backslashreplace").decode("ascii")
        # A control character is ASCII, so that the codec has no escape for it.
        escape = escape if len(escape) > 1 else f"\\x{ord(character):02x}"
        return Glyph(escape, len(escape))
    return Glyph(character, _width(character))


def can_write(text: str, encoding: str) -> bool:
    """Whether *encoding* has all of *text*."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _width(character: str) -> int:
    if unicodedata.category(character) in _COMBINING or ord(character) in _JOINING_JAMO:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
