"""Code blocks: coloured by Pygments with classes, and the stylesheet for these classes in light and in dark."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Never

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.style import Style, StyleMeta
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound
from pymdownx.highlight import Highlight, HighlightExtension

LONGEST_COLOURED = 20_000
"""Characters of one code block that are still coloured: most lexers are quadratic on some text; more is a log."""

LONGEST_INLINE = 200
"""The same for code within a line."""

Palette = tuple[tuple[str, str, str], ...]

PALETTE: Palette = (
    ("keyword", "#8a1f5c", "#f0a3cf"),
    ("string", "#1d6335", "#9bd6a8"),
    ("number", "#7a4300", "#e9bf80"),
    ("comment", "#5c6270", "#a9afbb"),
    ("name", "#1b4b8f", "#9cc3f5"),
    ("type", "#5a3591", "#c9b1f2"),
    ("inserted", "#1d6335", "#9bd6a8"),
    ("deleted", "#96222b", "#f3a5a5"),
    ("error", "#96222b", "#f3a5a5"),
)
"""Name, colour on light paper, colour on ink: each at least 4.5:1 on `#f3f1ea` and on `#1c212c` (WCAG 2.2, 1.4.3)."""

_ROLES = (
    (Token.Generic.Deleted, "deleted"),
    (Token.Generic.Inserted, "inserted"),
    (Token.Generic.Error, "error"),
    (Token.Generic.Heading, "name"),
    (Token.Generic.Subheading, "name"),
    (Token.Generic.Prompt, "comment"),
    (Token.Generic.Output, "comment"),
    (Token.Error, "error"),
    (Token.Comment, "comment"),
    (Token.Keyword, "keyword"),
    (Token.Operator.Word, "keyword"),
    (Token.Literal.String, "string"),
    (Token.Literal.Number, "number"),
    (Token.Literal.Date, "number"),
    (Token.Name.Class, "type"),
    (Token.Name.Decorator, "type"),
    (Token.Name.Exception, "type"),
    (Token.Name.Namespace, "type"),
    (Token.Name.Function, "name"),
    (Token.Name.Tag, "name"),
    (Token.Name.Attribute, "type"),
    (Token.Name.Builtin, "name"),
    (Token.Name.Constant, "number"),
    (Token.Name.Variable, "type"),
)


class _BareMeta(StyleMeta):
    """A style without rules: colours come from the stylesheet, and making a formatter is then nearly free."""

    def __iter__(cls) -> Iterator[Never]:  # noqa: N805 - a metaclass
        return iter(())


class BareStyle(Style, metaclass=_BareMeta):
    """The style that formatters are given, which only write classes."""


@lru_cache(maxsize=256)
def _lexer(language: str, *, stripnl: bool) -> Lexer:
    """The lexer for *language*; plain text for a name that Pygments does not know."""
    try:
        return get_lexer_by_name(language, stripnl=stripnl)
    except ClassNotFound:
        return TextLexer(stripnl=stripnl)


class _Highlight(Highlight):  # type: ignore[misc] # pymdown-extensions are not typed.
    def get_lexer(  # The library's signature.
        self,
        src: str,
        language: str,
        inline: bool,  # noqa: FBT001
        stripnl: bool,  # noqa: FBT001
    ) -> tuple[Lexer, str]:
        """The lexer and the name of the language, which becomes a class."""
        if len(src) > (LONGEST_INLINE if inline else LONGEST_COLOURED):
            return _lexer("text", stripnl=stripnl), "text"
        lexer = _lexer((language or "text").lower(), stripnl=stripnl)
        return lexer, lexer.aliases[0] if lexer.aliases else "text"


class CodeExtension(HighlightExtension):  # type: ignore[misc] # pymdown-extensions are not typed.
    """`pymdownx.highlight` with lexers that are kept, classes only, and a limit."""

    def __init__(self) -> None:
        super().__init__(
            pygments_style=BareStyle,
            pygments_lang_class=True,
            linenums_style="inline",
            guess_lang=False,
        )

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        return _Highlight


def stylesheet() -> str:
    """The rules for coloured code, light and dark, as CSS custom properties and classes; the same bytes each time."""
    light = "".join(f"  --code-{name}: {colour};\n" for name, colour, _ in PALETTE)
    dark = "".join(f"    --code-{name}: {colour};\n" for name, _, colour in PALETTE)
    rules = [
        f":root {{\n{light}}}",
        f"@media (prefers-color-scheme: dark) {{\n  :root {{\n{dark}  }}\n}}",
    ]
    for name, _, _ in PALETTE:
        classes = sorted(short for token, short in STANDARD_TYPES.items() if _role(token) == name)
        selector = ",\n".join(f".highlight .{short}" for short in classes)
        rules.append(f"{selector} {{\n  color: var(--code-{name});\n}}")
    rules.append(".highlight .ge {\n  font-style: italic;\n}")
    rules.append(".highlight .gs,\n.highlight .gh,\n.highlight .gu {\n  font-weight: 700;\n}")
    rules.append(".highlight .hll {\n  display: block;\n  outline: 1px solid currentcolor;\n}")
    rules.append(".highlight .linenos {\n  color: var(--code-comment);\n  user-select: none;\n}")
    return "\n".join(rules) + "\n"


def _role(token: _TokenType) -> str:
    if not STANDARD_TYPES.get(token):
        return ""
    return next((role for above, role in _ROLES if token[: len(above)] == above), "")
