"""The addresses that a style sheet mentions: found, and written anew (CSS Syntax Level 3, `url()` and `@import`).

Strings that `image-set()` takes without `url()` are not seen: write `url()` inside it.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from msgspec import Struct

_STRING = r""" "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' """
# Comments, name spaces and other strings are matched so that nothing inside them is taken for an address.
_TOKEN = re.compile(
    rf"""
      /\* .*? (?: \*/ | \Z )
    | @namespace \b [^;{{}}]*
    | @import \s+ (?P<imported> {_STRING} )
    | (?<![\w-]) url\( \s* (?: (?P<quoted> {_STRING} ) | (?P<bare> (?: [^"'()\\\s] | \\. )+ ) ) \s* \)
    | {_STRING}
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\r?\n|(.))", re.DOTALL)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_EXTERNAL = re.compile(r"(?:(?:https?|ftp):)?//", re.IGNORECASE)
_LAST_CHARACTER = 0x10FFFF


class Mention(Struct, frozen=True):
    """An address as a style sheet means it; *line* and *column* count from 1, *length* is that of its token."""

    address: str
    line: int
    column: int
    length: int

    @property
    def is_external(self) -> bool:
        """Whether it leads to another host."""
        return _EXTERNAL.match(self.address) is not None

    @property
    def is_relative(self) -> bool:
        """Whether it names a file beside the style sheet: no scheme, no host, not from the root, not a fragment."""
        return (
            bool(self.address) and self.address[0] not in "/#?" and not _SCHEME.match(self.address)
        )

    @property
    def suffix(self) -> str:
        """The query and the fragment, with `?` or `#`."""
        return self.address[len(_path(self.address)) :]


def mentions(payload: bytes) -> tuple[Mention, ...]:
    """All addresses of a style sheet, in order."""
    return tuple(mention for _, mention in _found(_text(payload)))


def target(mention: Mention, stylesheet: str) -> str | None:
    """The name of the asset that is meant, or None: not a relative address, or one that leaves the assets folder."""
    if not mention.is_relative:
        return None
    joined = posixpath.join(posixpath.dirname(stylesheet), unquote(_path(mention.address)))
    name = posixpath.normpath(joined)
    if name.startswith(("../", "/")) or name in {"..", "."} or "\\" in name:
        return None
    # NUL and bytes that are no text: no file of a theme has them in its name.
    return name if name.isprintable() else None


def relative(name: str, stylesheet: str) -> str:
    """The address by which a style sheet names the asset *name*."""
    return quote(posixpath.relpath(name, posixpath.dirname(stylesheet) or "."))


def rewritten(payload: bytes, address: Callable[[Mention], str | None]) -> bytes:
    """The style sheet with the addresses that *address* answers with; None leaves one as it is written."""
    text = _text(payload)
    pieces, written = [], 0
    for match, mention in _found(text):
        new = address(mention)
        if new is not None:
            wrapped = f'"{new}"' if match["imported"] else f'url("{new}")'
            start = match.start("imported") if match["imported"] else match.start()
            pieces += [text[written:start], wrapped]
            written = match.end()
    pieces.append(text[written:])
    return "".join(pieces).encode("utf-8", "surrogateescape")


def _found(text: str) -> Iterator[tuple[re.Match[str], Mention]]:
    line, line_start = 1, 0
    for match in _TOKEN.finditer(text):
        token = match["imported"] or match["quoted"] or match["bare"]
        if token is None:
            continue
        start = match.start("imported") if match["imported"] else match.start()
        line += text.count("\n", line_start, start)
        line_start = text.rfind("\n", 0, start) + 1
        yield match, Mention(_meant(token), line, start - line_start + 1, match.end() - start)


def _meant(token: str) -> str:
    unquoted = token[1:-1] if token[0] in "\"'" else token
    return _ESCAPE.sub(_unescaped, unquoted).strip()


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2] or ""
    code = int(match[1], 16)
    return chr(code) if 0 < code <= _LAST_CHARACTER and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _path(address: str) -> str:
    return re.split("[?#]", address, maxsplit=1)[0]


def _text(payload: bytes) -> str:
    # Bytes that are no UTF-8 go through unharmed: a style sheet in another encoding is the theme's own affair.
    return payload.decode("utf-8", "surrogateescape")
