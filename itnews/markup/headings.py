"""The headings of a body: levels that follow each other, anchors, and the outline."""

import re
from html import unescape

from markdown.extensions.toc import slugify

from itnews.markup.refs import ATTRIBUTES
from itnews.model.article import Heading

_TAG = re.compile(rf"</?[a-z][a-z0-9]*(?:{ATTRIBUTES})>")
_HEADING = re.compile(rf"<h([1-6])({ATTRIBUTES})>(.*?)</h\1>", re.DOTALL)
_HEADING_OR_SCRIPT = re.compile(
    rf"{_HEADING.pattern}|<(?i:script)\b.*?</(?i:script)\s*>|<(?i:style)\b.*?</(?i:style)\s*>|<!--.*?-->",
    re.DOTALL,
)
_IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
_ID = re.compile(r' id="([^"]*)"')
_NOTE_MARK = re.compile(r'<sup id="fnref[^"]*">.*?</sup>', re.DOTALL)


def levelled(markup: str, *, has_scripts: bool = False) -> tuple[str, tuple[Heading, ...]]:
    """*markup*, in which a level is as the author wrote it (`##` and `<h2>` are one), with the levels of a page.

    No level is left out: the highest headings stand right below the page's title, be they written `#` or `##`. Many
    authors leave `#` to the title, and take `####` after `##` for its looks; who listens to a page finds their way by
    levels that follow each other (WCAG 1.3.1). Each heading has an anchor, and is in the outline that comes with it.

    Trusted HTML *has_scripts*, styles and comments, which may hold what looks like a heading.
    """
    if "<h" not in markup:
        return markup, ()
    levels = _Levels(markup)
    headings = _HEADING_OR_SCRIPT if has_scripts else _HEADING
    return headings.sub(levels.replace, markup), tuple(levels.outline)


class _Levels:
    """The headings of one document, in order."""

    def __init__(self, markup: str) -> None:
        self.outline: list[Heading] = []
        self._markup = markup
        self._above: list[str] = []  # the headings that the current one stands under, as written
        self._used: set[str] = set()
        self._last: dict[str, int] = {}

    def replace(self, match: re.Match[str]) -> str:
        written, attributes, words = match.groups()
        if written is None:
            return match[0]
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        level = min(len(self._above) + 1, 6)
        text = _heading_words(words)
        found = _ID.search(attributes)
        anchor = unescape(found[1]) if found else self._new_anchor(text)
        if not found:
            attributes += f' id="{anchor}"'
        self.outline.append(Heading(level, anchor, text))
        if "<h" in words:
            words = _HEADING.sub(self.replace, words)
        return f"<h{level}{attributes}>{words}</h{level}>"

    def _new_anchor(self, text: str) -> str:
        """An anchor for a raw heading, as `toc` gives them to the others."""
        self._used = self._used or set(_ID.findall(self._markup))
        wanted = anchor = slugify(text, "-")
        while not anchor or anchor in self._used:
            self._last[wanted] = self._last.get(wanted, 0) + 1
            anchor = f"{wanted}_{self._last[wanted]}"
        self._used.add(anchor)
        return anchor


def _heading_words(markup: str) -> str:
    if "<" in markup:
        markup = _TAG.sub("", _IMAGE.sub(r" \1 ", _NOTE_MARK.sub("", markup)))
    return " ".join(unescape(markup).split())
