"""The fast path of Python-Markdown's inline pass: a pattern is asked only where it could match.

Python-Markdown asks each of some thirty patterns about each text of a document, and nearly all of them cannot match:
`*emphasis*` needs a `*`. Here a pattern stands behind a test for the characters that it cannot do without. What the
pass does is Python-Markdown's own (`markdown.treeprocessors.InlineProcessor`), and its output is held to be the same
bytes by tests/markup/test_fast_path.py.
"""

import re
from collections.abc import Callable, Iterable
from itertools import product
from typing import TypeVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, AtomicString, Registry
from msgspec import Struct

T = TypeVar("T")
MayMatch = Callable[[str], bool]


_WWW = tuple("".join(letters) + "." for letters in product("wW", repeat=3))

NEEDS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "foreign": ("{{", "{%"),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "magic-link": ("://", *_WWW),
    "magic-mail": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "delimiter": ("~", "="),
    "smarty-em-dashes": ("---",),
    "smarty-en-dashes": ("--",),
    "smarty-ellipses": ("...",),
    **{f"smarty-quotes-{number}": ("'",) for number in (0, 6, 7, 8, 9, 10)},
    **{f"smarty-quotes-{number}": ('"',) for number in (1, 11, 12, 13, 14)},
    **{f"smarty-quotes-{number}": ("\"'",) for number in (2, 5)},
    **{f"smarty-quotes-{number}": ("'\"",) for number in (3, 4)},
}
"""For each inline pattern, by its name in the registry: a text with none of these cannot match it."""


def named(registry: Registry[T]) -> dict[str, T]:
    """The members of *registry* by their names: the registry's own dictionary."""
    members: dict[str, T] = registry._data  # type: ignore[attr-defined] # There is no public way to the names.
    return members


def may_match(name: str) -> MayMatch | None:
    """The test that stands before the pattern *name*, or None for a pattern that we know nothing of."""
    needles = NEEDS.get(name)
    if needles is None:
        return None
    if len(needles) == 1:
        (needle,) = needles
        return lambda text: needle in text
    if len(needles) == 2:
        first, second = needles
        return lambda text: first in text or second in text
    found = sparks(needles).search
    return lambda text: found(text) is not None


def sparks(needles: Iterable[str]) -> re.Pattern[str]:
    """What finds any of *needles*."""
    longest_last = sorted(set(needles), key=lambda needle: (len(needle), needle))
    return re.compile("|".join(map(re.escape, longest_last)))


class _Step(Struct, frozen=True):
    pattern: InlinePattern
    may_match: MayMatch | None
    excluded_below: tuple[str, ...]


class QuickInline(Treeprocessor):
    """Python-Markdown's inline pass over *patterns*, behind the tests of NEEDS.

    `stashed_nodes` is part of the interface: patterns look into the stash of the processor named `inline`.
    """

    def __init__(self, md: Markdown, patterns: Registry[InlinePattern]) -> None:
        super().__init__(md)
        self.inlinePatterns = patterns
        self.stashed_nodes: dict[str, Element | str] = {}
        self.ancestors: list[str] = []
        self._steps = tuple(_steps(patterns))
        # A pattern that we know nothing of may match anything: then no text may skip the pass.
        known = all(step.may_match for step in self._steps)
        needles = (needle for name in named(patterns) for needle in NEEDS.get(name, ()))
        self._spark = sparks(needles).search if known else None

    def run(self, root: Element, ancestors: Iterable[str] = ()) -> Element:
        """Put elements in place of the inline markup in *root*, which is changed and returned."""
        self.stashed_nodes = {}
        queue: list[tuple[Element, list[str]]] = [(root, [*ancestors, root.tag.lower()])]
        for element, above in queue:
            self.ancestors = above if element is root else [*above, element.tag.lower()]
            self._run_children(element, queue)
        return root

    def _run_children(self, parent: Element, queue: list[tuple[Element, list[str]]]) -> None:
        above = self.ancestors
        inserted: list[tuple[Element, list[Element]]] = []
        for child in parent:
            if (
                child.text
                and not isinstance(child.text, AtomicString)
                and self._concerns(child.text)
            ):
                self.ancestors = [*above, child.tag.lower()]
                text, child.text = child.text, None
                made = self._place(self._inline(text), child, in_text=True)
                queue.extend((node, [*self.ancestors]) for node in made)
                inserted.append((child, made))
                self.ancestors = above
            if child.tail and self._concerns(child.tail):
                self._run_tail(parent, child)
            if len(child):
                queue.append((child, above))
        for element, made in inserted:
            for index, node in enumerate(made):
                element.insert(index, node)

    def _run_tail(self, parent: Element, child: Element) -> None:
        holder = Element("d")
        tail, child.tail = self._inline(child.tail or ""), None
        made = self._place(tail, holder, in_text=False)
        if holder.tail:
            child.tail = holder.tail
        at = list(parent).index(child) + 1
        for node in reversed(made):
            parent.insert(at, node)

    def _concerns(self, text: str) -> bool:
        """False if the pass would leave *text* as it is."""
        if self._spark is None or self._spark(text) is not None:
            return True
        return INLINE_PLACEHOLDER_PREFIX in text

    def _inline(self, text: str, first: int = 0) -> str:
        """*text* with a placeholder for everything that the patterns from number *first* on make of it."""
        if isinstance(text, AtomicString):
            return text
        for number in range(first, len(self._steps)):
            step = self._steps[number]
            if step.may_match is not None and not step.may_match(text):
                continue
            if step.excluded_below and any(tag in self.ancestors for tag in step.excluded_below):
                continue
            text = self._apply(number, text)
        return text

    def _apply(self, number: int, text: str) -> str:
        pattern = self._steps[number].pattern
        at = 0
        while True:
            for match in pattern.getCompiledRegExp().finditer(text, at):
                node, start, end = pattern.handleMatch(match, text)
                if start is not None and end is not None:
                    break
            else:
                return text
            if node is None:
                at = end
                continue
            if not isinstance(node, str):
                self._inline_within(node, number)
            placeholder = self._stash(node)
            text = text[:start] + placeholder + text[end:]
            at = start + len(placeholder)

    def _inline_within(self, node: Element, number: int) -> None:
        if isinstance(node.text, AtomicString):
            return
        for part in [node, *node]:
            if part.text:
                self.ancestors.append(part.tag.lower())
                part.text = self._inline(part.text, number + 1)
                self.ancestors.pop()
            if part.tail:
                part.tail = self._inline(part.tail, number)

    def _stash(self, node: Element | str) -> str:
        key = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[key] = node
        return INLINE_PLACEHOLDER % key

    def _place(self, text: str, parent: Element, *, in_text: bool) -> list[Element]:
        """The elements that stand in *text* by placeholder; the words between go to *parent* or to the tails."""
        made: list[Element] = []
        start = 0
        while (found := text.find(INLINE_PLACEHOLDER_PREFIX, start)) != -1:
            match = _PLACEHOLDER.search(text, found)
            node = self.stashed_nodes.get(match[1]) if match else None
            if match is None or node is None:
                end = found + len(INLINE_PLACEHOLDER_PREFIX)
                _append(text[start:end], made, parent, in_text=in_text)
                start = end
                continue
            _append(text[start:found], made, parent, in_text=in_text)
            start = match.end()
            if isinstance(node, str):
                _append(node, made, parent, in_text=in_text)
            else:
                self._place_within(node)
                made.append(node)
        rest = text[start:]
        _append(
            AtomicString(rest) if isinstance(text, AtomicString) else rest,
            made,
            parent,
            in_text=in_text,
        )
        return made

    def _place_within(self, node: Element) -> None:
        for part in [node, *node]:
            if part.tail and part.tail.strip():
                tail, part.tail = part.tail, None
                at = list(node).index(part) + 1 if part is not node else 0
                for made in reversed(self._place(tail, part, in_text=False)):
                    node.insert(at, made)
            if part.text and part.text.strip():
                text, part.text = part.text, None
                for made in reversed(self._place(text, part, in_text=True)):
                    part.insert(0, made)


_PLACEHOLDER = re.compile(INLINE_PLACEHOLDER % r"([0-9]+)")


def _append(text: str, made: list[Element], parent: Element, *, in_text: bool) -> None:
    if not text:
        return
    if made:
        made[-1].tail = made[-1].tail + text if made[-1].tail else text
    elif in_text:
        parent.text = parent.text + text if parent.text else text
    else:
        parent.tail = parent.tail + text if parent.tail else text


def _steps(patterns: Registry[InlinePattern]) -> Iterable[_Step]:
    names = {id(pattern): name for name, pattern in named(patterns).items()}
    for pattern in patterns:
        excluded = tuple(tag.lower() for tag in pattern.ANCESTOR_EXCLUDES)
        yield _Step(pattern, may_match(names[id(pattern)]), excluded)
