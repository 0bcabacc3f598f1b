"""What a body says and how it is built: its plain text, its headings, and elements that belong into others."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from markdown.extensions.toc import slugify

from itnews.markup.refs import ATTRIBUTES
from itnews.model.article import Heading

WORDS_A_MINUTE = 220
"""How fast adults read English on a screen: 238 words a minute in fiction, less in reports (Brysbaert 2019)."""

_LEFT_OUT = re.compile(
    rf"<(pre|h[2-6]|script|style)(?:{ATTRIBUTES})>.*?</\1>"
    rf'|<sup id="fnref[^"]*">.*?</sup>'
    rf'|<a class="footnote-backref"{ATTRIBUTES}>.*?</a>',
    re.DOTALL,
)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh][ >])")
_BLOCK = re.compile(
    rf"</?(?:address|article|aside|blockquote|caption|dd|details|div|dl|dt|figcaption|figure|footer|header|hr|li|main"
    rf"|nav|ol|p|section|summary|table|tbody|tfoot|thead|tr|ul)(?:{ATTRIBUTES})>"
)
_TAG = re.compile(rf"</?[a-z][a-z0-9]*(?:{ATTRIBUTES})>")
_HEADING = re.compile(rf"<h([1-6])({ATTRIBUTES})>(.*?)</h\1>", re.DOTALL)
_HEADING_OR_SCRIPT = re.compile(
    rf"{_HEADING.pattern}|<(?i:script)\b.*?</(?i:script)\s*>|<(?i:style)\b.*?</(?i:style)\s*>|<!--.*?-->",
    re.DOTALL,
)
_IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
_ID = re.compile(r' id="([^"]*)"')
_NOTE_MARK = re.compile(r'<sup id="fnref[^"]*">.*?</sup>', re.DOTALL)


def plain_text(markup: str) -> str:
    """The words of *markup*, canonical HTML: paragraphs, list items and table rows apart by an empty line.

    Headings (they are in the outline), code blocks and footnote marks are left out; the cells of a row are parted by
    ` | `.
    """
    text = _LEFT_OUT.sub("", markup)
    if "<t" in text:
        text = _CELL_END.sub(" | ", text)
    text = _BLOCK.sub("\n\n", text.replace("\n", " ").replace("<br>", " "))
    text = unescape(_TAG.sub("", text))
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


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


def reading_minutes(text: str) -> int:
    """Minutes that *text* takes to read, at least 1."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


# --- elements that belong into others ---------------------------------------------------------------------------------

_WITHIN = {
    "dd": {"dl"},
    "dt": {"dl"},
    "figcaption": {"figure"},
    "li": {"ol", "ul"},
    "rp": {"ruby"},
    "rt": {"ruby"},
    "source": {"audio", "picture", "video"},
    "summary": {"details"},
    "track": {"audio", "video"},
}
_NOT_WITHIN = {
    "address": {"address", "article", "aside", "footer", "header", "nav", "section"},
    "footer": {"footer", "header"},
    "header": {"footer", "header"},
}
_NEEDS = {"bdo": " dir=", "data": " value=", "time": " datetime=", "track": " src="}
_INLINE = frozenset(["bdo", "data", "rp", "rt", "time"])
_VOID = frozenset(["br", "col", "hr", "img", "input", "source", "track", "wbr"])
_LISTS = frozenset(["ol", "ul"])
_PHRASING = """abbr b bdi bdo cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label mark p pre q rp rt ruby s samp small
    span strong sub summary sup time u var"""
_OF_WORDS = frozenset(_PHRASING.split())
"""Elements that hold words and no blocks."""

PARTS_WRITTEN = re.compile(
    rf"<(?:details|ol|ul|{'|'.join([*_WITHIN, *_NOT_WITHIN, *_NEEDS])})\b", re.IGNORECASE
)
"""What an author has to write in HTML so that `with_parts_in_order` could find something."""

_VALUE = re.compile(r' value="[^"]*"')
_TOKEN = re.compile(rf"<(/?)([a-z][a-z0-9]*)({ATTRIBUTES})>")


def with_parts_in_order(markup: str) -> str:
    """*markup*, canonical, with list items in lists, captions in figures, and so on, as HTML asks for (4.4 to 4.11).

    What stands outside of its parent stays as a block, or as words among words; so its id does.
    """
    return _Parts().put(markup)


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: as which it is *shown*, what it has *inside*, what follows its end."""

    shown: str
    begin: int = 0
    after: str = ""
    inside: list[str] = field(default_factory=list)


class _Parts:
    def __init__(self) -> None:
        self._open = [_Open("div")]
        self._above: Counter[str] = (
            Counter()
        )  # Asked in place of the open elements: these may be thousands.
        self._pieces: list[str] = []

    def put(self, markup: str) -> str:
        done = 0
        for match in _TOKEN.finditer(markup):
            self._words(markup[done : match.start()])
            closing, name, written = match.groups()
            if not closing:
                self._begin(name, written)
            elif len(self._open) > 1:
                self._end()
            done = match.end()
        self._words(markup[done:])
        return "".join(self._pieces)

    def _words(self, words: str) -> None:
        parent = self._open[-1]
        if words.strip():
            parent.inside.append("")
            if parent.shown in _LISTS:
                words = f"<li>{words}</li>"
        self._pieces.append(words)

    def _begin(self, name: str, written: str) -> None:
        parent = self._open[-1]
        if not self._fits(name, written):
            if name in _VOID:
                return
            words = name in _INLINE or any(self._above[above] for above in _OF_WORDS)
            name, written = "span" if words else "div", _VALUE.sub("", written)
        parent.inside.append(name)
        wrapped = parent.shown in _LISTS and name != "li"
        self._pieces.append(f"{'<li>' if wrapped else ''}<{name}{written}>")
        after = "</li>" if wrapped else ""
        if name in _VOID:
            self._pieces.append(after)
            return
        # A group of terms in a list of them holds what the list holds.
        grouped = name == "div" and parent.shown == "dl"
        self._above[name] += 1
        self._open.append(_Open(name, len(self._pieces), after, [] if not grouped else ["dl"]))

    def _end(self) -> None:
        element = self._open.pop()
        self._above[element.shown] -= 1
        if element.shown == "details" and element.inside[:1] != ["summary"]:
            self._pieces.insert(element.begin, "<summary>Details</summary>")
        self._pieces.append(f"</{element.shown}>{element.after}")

    def _fits(self, name: str, written: str) -> bool:
        parent = self._open[-1]
        if _NEEDS.get(name, "") not in written:
            return False
        if name == "source" and (" srcset=" in written) != (parent.shown == "picture"):
            return False
        if any(name in within and self._above[above] for above, within in _NOT_WITHIN.items()):
            return False
        holder = "dl" if parent.shown == "div" and parent.inside[:1] == ["dl"] else parent.shown
        if name in _WITHIN and holder not in _WITHIN[name]:
            return False
        if name == "summary":
            return not parent.inside
        return name != "figcaption" or "figcaption" not in parent.inside
