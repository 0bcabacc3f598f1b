"""Elements that belong into others: an item outside a list, a summary outside details, each put right."""

import re
from collections import Counter

from msgspec import Struct, field

from itnews.markup.refs import ATTRIBUTES

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


class _Open(Struct):
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
