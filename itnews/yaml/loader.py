"""The strict YAML loader: YAML 1.2 scalars, no duplicate keys, no tags, limits; and where values stand."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from itnews.yaml.faults import syntax_fault
from itnews.yaml.places import Fault, Mark, Place, WrittenFloat, YamlError

MAX_LENGTH = 2**20
"""Characters. A front matter is read whole at every change; a million is a thousand times what a document needs."""
MAX_DEPTH = 100
"""Levels of nesting. The deepest field of the content model is at level 4."""
MAX_NODES = 10_000
"""Values, with aliases expanded: nine lines of aliases to aliases would otherwise make a billion."""
MAX_DIGITS = 15
"""Digits of a number: JSON readers keep no more exactly. Longer ones are names (accounts, tickets) and want quotes."""

_SUSPICIOUS_DEPTH = (
    200  # the composer recurses on the C stack: beyond this, it is measured before it runs
)
_SUSPICIOUS_LENGTH = 2**16
_DEEP_LINE = re.compile(rf"^[ \t\-?:]{{{_SUSPICIOUS_DEPTH}}}", re.MULTILINE)
_NOT_YAML = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # YAML 1.2.2, production [1] c-printable
_LINE_ENDS = re.compile("\r\n?")
_ODD_BREAKS = re.compile(
    "[\x85\u2028\u2029]"
)  # line breaks for YAML 1.1, but not for the author's editor
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)|\.[0-9]+)"
)
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset(_TAG + name for name in ("str", "int", "float", "bool", "null"))


def load(text: str, first_line: int = 1) -> Any:
    """The value of the one YAML document in *text*: dicts with text keys, lists, str, int, float, bool, None.

    Scalars follow YAML 1.2's core schema without octal, hexadecimal, infinite and not-a-number; dates stay texts.
    *first_line* is the line of the file on which *text* begins. Raises YamlError.
    """
    place = Place(first_line)
    text = _normal(text)
    _check_text(text, place)
    root = _compose(text, place)
    return None if root is None else _Construction(place).value(root, 0)


def locate(text: str, loc: Sequence[str | int], *, first_line: int, key: bool = False) -> Mark:
    """Where in *text* the value at *loc* stands, or its name with *key*.

    Parts of *loc* that the text does not hold are skipped, so a missing field is found at the map it is missing from,
    and the position in a list where one value stands for a list is that of the value. A value that is empty, or spans
    lines, is found at its name or its first line. Never raises; what cannot be found is at line *first_line*.
    """
    place = Place(first_line)
    text = _normal(text)
    try:
        root = _root(text)
    except (yaml.YAMLError, RecursionError):
        root = None
    if root is None:
        return Mark(first_line)
    name, node = _walk(root, loc)
    shown = name if name is not None and (key or _is_empty(node)) else node
    return place.of_node(shown, text)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen at run time
    """Composes nodes; which plain scalars are no texts is YAML 1.2's, not PyYAML's YAML 1.1."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(_TAG + tag, re.compile(f"(?:{pattern})\\Z"), list(first))


_resolve("bool", "|".join(_BOOLEANS), "tTfF")
_resolve("int", _INT.pattern, "-+0123456789")
_resolve("float", _FLOAT.pattern, "-+0123456789.")
_Loader.add_implicit_resolver(
    _TAG + "null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]
)

RESOLVERS = _Loader.yaml_implicit_resolvers
"""Which plain scalars are no texts: what is written has to be quoted by the same rules that it is read by."""


def _normal(text: str) -> str:
    """*text* with `\\n` as its only line break, everything else in its place."""
    return _ODD_BREAKS.sub(" ", _LINE_ENDS.sub("\n", text))


def _check_text(text: str, place: Place) -> None:
    if len(text) > MAX_LENGTH:
        raise YamlError(
            Fault(
                "yaml-too-long",
                place.at(0, 0),
                f"This is longer than {MAX_LENGTH:,} characters.",
                hint="move the long text below the closing ---",
            )
        )
    stranger = _NOT_YAML.search(text)
    if stranger:
        line = text.count("\n", 0, stranger.start())
        column = stranger.start() - (text.rfind("\n", 0, stranger.start()) + 1)
        raise YamlError(_character_fault(stranger[0], place.at(line, column, 1)))
    openers = text.count("[") + text.count("{")
    if len(text) > _SUSPICIOUS_LENGTH or openers > _SUSPICIOUS_DEPTH or _DEEP_LINE.search(text):
        _check_size(text, place)


def _character_fault(character: str, at: Mark) -> Fault:
    return Fault(
        "yaml-character",
        at,
        f"The invisible character U+{ord(character):04X} cannot stand here.",
        hint="delete it; it often comes along with text pasted from other programs",
    )


def _check_size(text: str, place: Place) -> None:
    """Measures depth and number of values without composing them."""
    depth = nodes = 0
    for event in _events(text, place):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        mark = event.start_mark
        at = place.at(mark.line, mark.column, 1) if mark else place.at(0, 0)
        if depth > MAX_DEPTH:
            raise YamlError(_depth_fault(at))
        if nodes > MAX_NODES:
            raise YamlError(_number_fault(at))


def _events(text: str, place: Place) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        raise YamlError(syntax_fault(fault, text, place)) from None


def _depth_fault(at: Mark) -> Fault:
    return Fault(
        "yaml-too-deep",
        at,
        f"Values are nested in more than {MAX_DEPTH} levels here.",
        hint="write it flatter; a value that holds itself counts without end",
    )


def _number_fault(at: Mark) -> Fault:
    return Fault(
        "yaml-too-many",
        at,
        f"These are more than {MAX_NODES:,} values.",
        hint="split it up, or write aliases (*name) out",
    )


def _compose(text: str, place: Place) -> Node | None:
    try:
        return _root(text)
    except yaml.YAMLError as fault:
        raise YamlError(syntax_fault(fault, text, place)) from None
    except RecursionError:  # the pure Python composer, where PyYAML was built without libyaml
        raise YamlError(_depth_fault(place.at(0, 0))) from None


@lru_cache(maxsize=1)  # loading and then locating several problems compose the same text
def _root(text: str) -> Node | None:
    loader = _Loader(text)
    try:
        root: Node | None = loader.get_single_node()
        return root
    finally:
        loader.dispose()


class _Construction:
    """Makes values of nodes, and counts them."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._nodes = 0

    def value(self, node: Node, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise YamlError(_number_fault(self._place.of_mark(node)))
        if depth > MAX_DEPTH:
            raise YamlError(_depth_fault(self._place.of_mark(node)))
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, SequenceNode) and node.tag == _TAG + "seq":
            return [self.value(item, depth + 1) for item in node.value]
        if isinstance(node, MappingNode) and node.tag == _TAG + "map":
            return self._mapping(node, depth)
        raise self._tag_error(node)

    def _mapping(self, node: MappingNode, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for name, value in node.value:
            key = self._key(name)
            if key in mapping:
                raise self._error(
                    "yaml-duplicate", name, f"'{key}' stands here twice.", "keep one of the two"
                )
            mapping[key] = self.value(value, depth + 1)
        return mapping

    def _key(self, node: Node) -> str:
        if not isinstance(node, ScalarNode):
            raise self._error(
                "yaml-key",
                node,
                "The name of a field has to be a word.",
                "put text that begins with [ or { in quotes",
            )
        if node.value == "<<" and not node.style:
            raise self._error(
                "yaml-merge", node, "Fields cannot be merged in with '<<'.", "write the fields out"
            )
        self._check_escapes(node)
        return str(node.value)

    def _scalar(self, node: ScalarNode) -> Any:
        text = str(node.value)
        if node.tag == _TAG + "str":
            self._check_escapes(node)
            return text
        if node.tag not in _SCALAR_TAGS:
            raise self._tag_error(node)
        if text in _BOOLEANS and node.tag == _TAG + "bool":
            return _BOOLEANS[text]
        if text in _NULLS and node.tag == _TAG + "null":
            return None
        return self._number(node, text)

    def _number(self, node: ScalarNode, text: str) -> Any:
        whole = _INT.fullmatch(text) and node.tag == _TAG + "int"
        if not whole and not (_FLOAT.fullmatch(text) and node.tag == _TAG + "float"):
            raise self._tag_error(node)  # `!!int abc`
        if sum(map(str.isdigit, text)) > MAX_DIGITS or not math.isfinite(float(text)):
            raise self._error(
                "yaml-number", node, "This number is too long.", "put it in quotes if it is a name"
            )
        return int(text) if whole else WrittenFloat(text)

    def _check_escapes(self, node: ScalarNode) -> None:
        """Refuses what `"\\0"` and `"\\uDC00"` stand for: XML, and so feeds, cannot carry it."""
        if node.style == '"' and (stranger := _NOT_YAML.search(node.value)):
            raise YamlError(_character_fault(stranger[0], self._place.of_mark(node)))

    def _tag_error(self, node: Node) -> YamlError:
        return self._error(
            "yaml-tag",
            node,
            "A text that begins with '!' has to be in quotes.",
            'write "!..." if it is text; YAML tags are not used here',
        )

    def _error(self, code: str, node: Node, message: str, hint: str) -> YamlError:
        return YamlError(Fault(code, self._place.of_mark(node), message, hint))


def _walk(root: Node, loc: Sequence[str | int]) -> tuple[Node | None, Node]:
    """The name (if it has one) and the value of the deepest node on the way *loc*."""
    name: Node | None = None
    node = root
    for part in loc:
        if isinstance(node, MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if pair is not None:
                name, node = pair
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            name, node = None, node.value[part]
    return name, node


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index
