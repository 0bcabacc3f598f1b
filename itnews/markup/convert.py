"""One Markdown instance per process, or two: which extensions it has, and how a body becomes raw HTML."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from importlib import import_module
from threading import Lock
from xml.etree.ElementTree import Element

import markdown
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from itnews.markup.code import CodeExtension
from itnews.markup.embeds import LANGUAGE, marked
from itnews.markup.quick import quicken

FOREIGN = re.compile(r"\{\{.{0,400}?\}\}|\{%.{0,400}?%\}", re.DOTALL)
"""Template syntax of other systems; the length is bounded, or a flood of `{{` would take a time in its square."""

_IN_TAG = re.compile(r"<[a-zA-Z][^<>]*\Z")

_EXTENSIONS: tuple[str, ...] = (
    "markdown.extensions.tables",
    "markdown.extensions.footnotes",
    "markdown.extensions.attr_list",
    "markdown.extensions.abbr",
    "markdown.extensions.def_list",
    "markdown.extensions.admonition",
    "markdown.extensions.toc",
    "markdown.extensions.sane_lists",
    "markdown.extensions.smarty",
    "pymdownx.superfences",
    "pymdownx.inlinehilite",
    "pymdownx.details",
    "pymdownx.tasklist",
    "pymdownx.tilde",
    "pymdownx.mark",
    "pymdownx.tabbed",
    "pymdownx.blocks.caption",
    "pymdownx.magiclink",
)
_CONFIGS: dict[str, dict[str, object]] = {
    # `~5 to ~10` is how people write "about"; only `~~struck~~` is markup.
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.superfences": {
        "custom_fences": [{"name": LANGUAGE, "class": LANGUAGE, "format": marked}]
    },
}

RARE: dict[str, tuple[str, ...]] = {
    "pymdownx.tilde": ("~~", r"\~"),
    "pymdownx.mark": ("==", r"\="),
    "pymdownx.blocks.caption": ("///", r"\/"),
}
"""Extensions that compile expressions for as long as all others take to load, with what a text must have to concern
them, the escapes that they bring included. The instance for other texts lacks them; most builds need no more."""

_NEEDLES = tuple(needle for needles in RARE.values() for needle in needles)

QUICK_FOR = frozenset({(3, 11)})
"""The versions of Python-Markdown that tests/markup/test_fast_path.py has been run with."""

_in_use = Lock()


class _Markdown(Markdown):
    """Python-Markdown without plugins."""

    def build_extension(self, ext_name: str, configs: Mapping[str, object]) -> Extension:
        """The extension that the module *ext_name* makes.

        The library looks for it among the entry points of all packages first, which is long, and what else is installed
        must not change a page.
        """
        extension: Extension = import_module(ext_name).makeExtension(**configs)
        return extension


class ForeignTemplates(Extension):
    """Leaves `{{ x }}`, `{{< x >}}` and `{% x %}` as text, word for word."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # After code spans (190), before escapes (180).
        md.inlinePatterns.register(_Foreign(md), "foreign", 185)


class _Foreign(InlineProcessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(FOREIGN.pattern, md)

    def handleMatch(  # type: ignore[override] # noqa: N802 - the library's name; its stubs know the old style only.
        self, match: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        if _IN_TAG.search(data, max(0, match.start() - 500), match.start()):
            # Within a tag the pattern for raw HTML takes it along, as it is.
            return None, None, None
        assert self.md is not None
        return self.md.htmlStash.store(escape(match[0])), match.start(), match.end()


def convert(text: str, *, escape_html: bool = False, quick: bool = True) -> str:
    """The raw HTML of the Markdown *text*; nothing in it is safe yet, and headings have the levels that were written.

    With *escape_html* tags in the text are shown as text. Without *quick* the library's own paths are taken; the output
    is the same.
    """
    with _in_use:
        rare = not quick or any(needle in text for needle in _NEEDLES)
        md = _instance(escape_html=escape_html, quick=quick, rare=rare)
        try:
            md.reset()
            return md.convert(text)
        except BaseException:
            # What was interrupted in the middle has left its state behind.
            _instance.cache_clear()
            raise


@lru_cache(maxsize=8)
def _instance(*, escape_html: bool, quick: bool, rare: bool) -> Markdown:
    mixed = () if escape_html else ("markdown.extensions.md_in_html",)
    extensions = [name for name in _EXTENSIONS if rare or name not in RARE]
    md = _Markdown(
        extensions=[
            CodeExtension(),
            *mixed,
            *extensions,
            ForeignTemplates(),
        ],
        extension_configs=_CONFIGS,
        output_format="html",
    )
    if escape_html:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
    # The fast path knows the library's insides: it is held to be equal for these versions, and not taken for others.
    return quicken(md) if quick and markdown.__version_info__[:2] in QUICK_FOR else md
