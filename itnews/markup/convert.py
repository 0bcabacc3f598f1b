"""One Markdown instance per process: which extensions it has, and how a body becomes raw HTML."""

import re
from functools import lru_cache
from html import escape
from threading import Lock
from xml.etree.ElementTree import Element

import markdown
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from itnews.markup.code import CodeExtension
from itnews.markup.quick import quicken

FOREIGN = re.compile(r"\{\{.{0,400}?\}\}|\{%.{0,400}?%\}", re.DOTALL)
"""Template syntax of other systems; the length is bounded, or a flood of `{{` would take a time in its square."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_IN_TAG = re.compile(r"<[a-zA-Z][^<>]*\Z")

_EXTENSIONS: tuple[str, ...] = (
    "tables",
    "footnotes",
    "attr_list",
    "abbr",
    "def_list",
    "admonition",
    "toc",
    "sane_lists",
    "smarty",
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
    # The page's title is the only h1.
    "toc": {"baselevel": 2},
    # `~5 to ~10` is how people write "about"; only `~~struck~~` is markup.
    "pymdownx.tilde": {"subscript": False},
}

QUICK_FOR = frozenset({(3, 11)})
"""The versions of Python-Markdown that tests/markup/test_fast_path.py has been run with."""

_in_use = Lock()


class ForeignTemplates(Extension):
    """Leaves `{{ x }}`, `{{< x >}}` and `{% x %}` as text, word for word."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # After code spans (190), before escapes (180).
        md.inlinePatterns.register(_Foreign(md), "foreign", 185)


class UnbrokenLevels(Extension):
    """Lets headings leave no level out: the highest stand right below the page's title, be they written `#` or `##`.

    `toc` then lowers all by one. Many authors leave `#` to the title, and take `####` after `##` for its looks; who
    listens to a page finds their way by levels that follow each other (WCAG 1.3.1).
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # Before toc (5), which reads the levels.
        md.treeprocessors.register(_UnbrokenLevels(md), "unbroken-levels", 5.5)


class _UnbrokenLevels(Treeprocessor):
    def run(self, root: Element) -> None:
        above: list[str] = []  # the headings that the current one stands under, as written
        for heading in root.iter():
            if heading.tag not in _HEADINGS:
                continue
            while above and above[-1] >= heading.tag:
                above.pop()
            above.append(heading.tag)
            heading.tag = _HEADINGS[len(above) - 1]


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
    """The raw HTML of the Markdown *text*; nothing in it is safe yet.

    With *escape_html* tags in the text are shown as text. Without *quick* the library's own paths are taken; the output
    is the same.
    """
    with _in_use:
        md = _instance(escape_html=escape_html, quick=quick)
        try:
            md.reset()
            return md.convert(text)
        except BaseException:
            # What was interrupted in the middle has left its state behind.
            _instance.cache_clear()
            raise


@lru_cache(maxsize=8)
def _instance(*, escape_html: bool, quick: bool) -> Markdown:
    mixed = () if escape_html else ("md_in_html",)
    md = Markdown(
        extensions=[
            CodeExtension(),
            *mixed,
            *_EXTENSIONS,
            UnbrokenLevels(),
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
