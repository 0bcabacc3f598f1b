"""The fast path of a Markdown instance around the inline pass: what a document has no use for is not run.

Each shortcut says what the text must lack for a processor to have no effect, or finds in C what Python-Markdown finds
character by character; the output is the same bytes, held by tests/markup/test_fast_path.py.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.toc import (
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)
from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor, Pattern
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.preprocessors import NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import ETX, STX, Registry

from itnews.markup.inline import QuickInline, named

T = TypeVar("T")
Test = Callable[[str], bool]

INDENT = "    "
"""What a block begins with that continues an admonition, a tab or a list: Python-Markdown's tab length."""


def quicken(md: Markdown) -> Markdown:
    """*md* with its shortcuts; called once, after all extensions are registered. Returns *md*."""
    source = _Source(md)
    for name, processor in named(md.preprocessors).items():
        _quicken_preprocessor(name, processor)
    for name, block_processor in named(md.parser.blockprocessors).items():
        _gate(name, block_processor, source)
    for pattern in md.inlinePatterns:
        _quicken_pattern(pattern)
    for name in list(named(md.treeprocessors)):
        _quicken_treeprocessor(named(md.treeprocessors), name, source)
    md.preprocessors.register(source, "source", 1000)
    md.preprocessors = _Settled(md.preprocessors)
    md.parser.blockprocessors = _Settled(md.parser.blockprocessors)
    md.inlinePatterns = _Settled(md.inlinePatterns)
    md.treeprocessors = _Settled(md.treeprocessors)
    # Asked for each element, and a list of sixty names otherwise.
    md.block_level_elements = _Names(md.block_level_elements)
    return md


class _Settled(Registry[T]):
    """A registry to which nothing is added any more: its order is a tuple, and not asserted at each access."""

    def __init__(self, registry: Registry[T]) -> None:
        super().__init__()
        self._settled = tuple(registry)
        vars(self).update(vars(registry))

    def __iter__(self) -> Iterator[T]:
        return iter(self._settled)


class _Names(list[str]):
    """A list that looks its members up in a set."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(names)
        self._names = frozenset(self)

    def __contains__(self, name: object) -> bool:
        return name in self._names


class _Source(Preprocessor):
    """Keeps the text of the document at hand, for those that decide by it whether they are needed."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        self.text = "\n".join(lines)
        return lines

    def lacks(self, needles: Iterable[str]) -> bool:
        """True if the text has none of *needles*."""
        return not any(needle in self.text for needle in needles)


def _override(processor: object, name: str, method: Callable[..., object]) -> None:
    """Put *method* in place of the method *name* of this one object, which stays of the class it is of.

    Extensions look for each other by class, so a wrapper would not be found.
    """
    setattr(processor, name, method)


# --- before the blocks ------------------------------------------------------------------------------------------------

TEXT_NEEDS: dict[str, tuple[str, ...]] = {
    "fenced_code_block": ("```", "~~~"),
    # `&#60 ` is given its semicolon there.
    "html_block": ("<", "&#"),
}
"""For a preprocessor by its name: a text with none of these passes through it as it is."""


def _quicken_preprocessor(name: str, processor: Preprocessor) -> None:
    if isinstance(processor, NormalizeWhitespace):
        _override(processor, "run", _normalised)
        return
    needles = TEXT_NEEDS.get(name)
    if needles is None:
        return
    run = processor.run

    def run_if_needed(lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return run(lines) if any(needle in text for needle in needles) else text.split("\n")

    _override(processor, "run", run_if_needed)


_BLANK_LINE = re.compile(r"(?<=\n) +\n")


def _normalised(lines: list[str]) -> list[str]:
    text = "\n".join(lines).replace(STX, "").replace(ETX, "")
    text = text.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
    text = text.expandtabs(len(INDENT))
    return (_BLANK_LINE.sub("\n", text) if " \n" in text else text).split("\n")


# --- blocks -----------------------------------------------------------------------------------------------------------


def _begins_indented_or_has(needle: str) -> Test:
    return lambda block: block.startswith(INDENT) or needle in block


BLOCK_GATES: dict[str, Test] = {
    "markdown_block": lambda block: block.startswith(STX),
    "admonition": _begins_indented_or_has("!!!"),
    "details": _begins_indented_or_has("???"),
    "tabbed": _begins_indented_or_has("==="),
    "code": lambda block: block.startswith(INDENT),
    "table": lambda block: "|" in block and "\n" in block,
    "hashheader": lambda block: "#" in block,
    "setextheader": lambda block: "\n=" in block or "\n-" in block,
    "hr": lambda block: "-" in block or "*" in block or "_" in block,
    "deflist": lambda block: ": " in block,
    "quote": lambda block: ">" in block,
    "footnote": lambda block: "[^" in block,
    "abbr": lambda block: "*[" in block,
    "reference": lambda block: "]:" in block,
}
"""For a block processor by its name in the registry: False only for a block that it would decline."""


def _gate(name: str, processor: BlockProcessor, source: _Source) -> None:
    test = processor.test
    opens = BLOCK_GATES.get(name)
    if name == "blocks":
        # Inside an open `///` it takes everything; without any in the document none is open.
        _override(
            processor,
            "test",
            lambda parent, block: "///" in source.text and test(parent, block),
        )
    elif opens is not None:
        _override(processor, "test", lambda parent, block: opens(block) and test(parent, block))


# --- inline patterns --------------------------------------------------------------------------------------------------

_BRACKET = re.compile(r"[\[\]]")
_SIMPLE_ADDRESS = re.compile(r"\(\s*([^\s()<>'\"]+)\)")


def _quicken_pattern(pattern: Pattern) -> None:
    if isinstance(pattern, LinkInlineProcessor):
        _override(pattern, "getText", _text_in_brackets)
        _quicken_address(pattern)
    elif type(pattern) is DelimiterProcessor:
        _quicken_delimiters(pattern)


def _text_in_brackets(text: str, index: int) -> tuple[str, int, bool]:
    """What `LinkInlineProcessor.getText` finds: the text up to the `]` of the `[` before *index*."""
    depth = 1
    for match in _BRACKET.finditer(text, index):
        depth += 1 if match[0] == "[" else -1
        if depth == 0:
            return text[index : match.start()], match.end(), True
    return text[index:], max(index, len(text)), False


def _quicken_address(pattern: LinkInlineProcessor) -> None:
    read = pattern.getLink

    def read_quickly(text: str, index: int) -> tuple[str, str | None, int, bool]:
        match = _SIMPLE_ADDRESS.match(text, index)
        if match is None:
            return read(text, index)
        return pattern.unescape(match[1]).strip(), None, match.end(), True

    _override(pattern, "getLink", read_quickly)


def _quicken_delimiters(pattern: DelimiterProcessor) -> None:
    delimiters = pattern.delimiters
    tokens = pattern.getCompiledRegExp()

    def search(text: str, start: int) -> re.Match[str] | None:
        for token in tokens.finditer(text, start):
            delimiter = delimiters[token[0]]
            match = delimiter.boundary.match(text, token.start())
            if match is not None and (
                delimiter.stack or not (match.lastgroup or "").startswith("e")
            ):
                return match
        return None

    _override(pattern, "search", search)


# --- the tree ---------------------------------------------------------------------------------------------------------

TREE_NEEDS: dict[str, tuple[str, ...]] = {
    "attr_list": ("{",),
    # Tabs become spaces before the lists are read.
    "task-list": ("[ ]", "[x]", "[X]", "\t"),
    "unescape": ("\\",),
    "caption-auto": ("///",),
    "footnote-duplicate": ("[^",),
}
"""For a tree processor by its name: a document whose text has none of these is left as it is."""


def _quicken_treeprocessor(members: dict[str, Treeprocessor], name: str, source: _Source) -> None:
    processor = members[name]
    if isinstance(processor, InlineProcessor):
        # The stubs confound it with the treeprocessor of the same name.
        patterns = cast("Registry[InlinePattern]", processor.inlinePatterns)
        if not all(isinstance(pattern, InlinePattern) for pattern in patterns):
            return  # An extension brought a pattern of the old style, which QuickInline does not know.
        members[name] = QuickInline(processor.md, patterns)
    elif isinstance(processor, TocTreeprocessor):
        members[name] = _Headings(processor, source)
    elif name in TREE_NEEDS:
        run, needles = processor.run, TREE_NEEDS[name]
        _override(processor, "run", lambda root: None if source.lacks(needles) else run(root))


class _Headings(Treeprocessor):
    """The part of the `toc` extension that concerns headings; its list is made only where a document asks for it."""

    def __init__(self, toc: TocTreeprocessor, source: _Source) -> None:
        super().__init__(toc.md)
        self._toc = toc
        self._source = source

    def run(self, root: Element) -> None:
        toc = self._toc
        if not self._source.lacks((toc.marker, "data-toc-label")):
            toc.run(root)
            return
        used: set[str] = set()
        headings: list[Element] = []
        for element in root.iter():
            if "id" in element.attrib:
                used.add(element.attrib["id"])
            if isinstance(element.tag, str) and toc.header_rgx.match(element.tag):
                headings.append(element)
        counters: dict[str, int] = {}
        for heading in headings:
            toc.set_level(heading)
            if "id" not in heading.attrib:
                wanted = toc.slugify(html.unescape(self._name(heading)), toc.sep)
                # Without the counters a flood of equal headings takes a time in its square.
                heading.attrib["id"] = unique(wanted, used, counters)  # type: ignore[call-arg] # The stubs are older.

    def _name(self, heading: Element) -> str:
        text = heading.text or ""
        if not len(heading) and not any(mark in text for mark in "\x02<>&"):
            return " ".join(text.split())
        return strip_tags(render_inner_html(remove_fnrefs(heading), self.md))
