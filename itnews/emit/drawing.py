"""SVG drawings: whether a file is one, and whether anything in it would run if somebody opened it by itself.

In an `<img>` browsers run no script of a drawing and load nothing for it. But its address is one of the site: opened in
a tab of its own, a script in it may do there whatever the reader may.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

SVG = "image/svg+xml"

_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>\s*|<\?[^>]*\?>\s*)*"
    rb"<(?:[\w-]+:)?svg[\s/>]",
    re.DOTALL,
)
_ELEMENTS = frozenset({"embed", "handler", "iframe", "listener", "object", "script"})
_ADDRESSES = frozenset({"action", "data", "from", "href", "src", "to", "values"})
_SCHEME = re.compile(r"(?:javascript|vbscript|data:(?:text|application|image/svg))", re.IGNORECASE)
_PASSED_OVER = re.compile(r"[\x00-\x20]")  # by browsers, in front of a scheme and within it
_ENTITIES = 100  # drawing programs declare a dozen


def is_one(payload: bytes) -> bool:
    """Whether *payload* begins like a drawing."""
    return _BEGINNING.match(payload[:100_000]) is not None


def read(payload: bytes) -> tuple[str, str]:
    """Why *payload* is no drawing, empty if it is one; and what in it would run, empty if nothing would."""
    reader = _Reader()
    try:
        reader.read(payload)
    except expat.ExpatError as fault:
        return (
            f"line {fault.lineno} is no XML ({expat.errors.messages.get(fault.code, 'fault')})",
            "",
        )
    except (_TooMuchError, ValueError, LookupError):
        return "it declares too much, or is in an unknown encoding", ""
    return ("", reader.active) if reader.root == "svg" else ("its outermost element is another", "")


class _TooMuchError(Exception):
    """More entities than any drawing has."""


class _Reader:
    """Reads a drawing element by element; *active* is the first that would run."""

    def __init__(self) -> None:
        self.root = ""
        self.active = ""
        self._entities = 0

    def read(self, payload: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._entity
        parser.Parse(payload, True)

    def _element(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        self.root = self.root or local
        if local in _ELEMENTS:
            self._found(f"the element <{local}>")
        for key, value in attributes.items():
            attribute = _local(key)
            if attribute.startswith("on"):
                self._found(f"the event '{attribute}'")
            elif attribute in _ADDRESSES and _SCHEME.match(_PASSED_OVER.sub("", value)):
                self._found(f"an address in '{attribute}' that is a program or a page")

    def _instruction(self, target: str, text: str) -> None:
        if target.lower() == "xml-stylesheet":
            self._found("a style sheet that may be a program")

    def _entity(self, *declared: object) -> None:
        self._entities += 1
        if self._entities > _ENTITIES:
            raise _TooMuchError

    def _found(self, what: str) -> None:
        self.active = self.active or what


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
