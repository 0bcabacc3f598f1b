"""What is wrong with a text that is no YAML, in words for its author."""

import re
from collections.abc import Mapping

import yaml

from itnews.yaml.places import Fault, Place

_MISFIT = (
    "This line does not fit to the line above it.",
    "is it indented too far, or does the line above lack its colon and a blank?",
)

_BEHIND_QUOTE = (
    "The text goes on behind its closing quote.",
    "put all of it in double quotes; inside '...' write '' for an apostrophe",
)
_TAB = "Lines are indented with blanks, not with tabs.", "replace the tab by two blanks"
_QUOTED = re.compile(r"""(?:[:-][ ]+|^)(['"]).*\1[ ]*""")

_SYNTAX: Mapping[str, tuple[str, str, str]] = {
    # part of libyaml's and PyYAML's message: which mark, our message, our hint
    "mapping values are not allowed": (
        "problem",
        "A text that holds ': ' has to be in quotes.",
        'write title: "VPN: new address"',
    ),
    "unexpected end of stream": (
        "context",
        "The quote that opens here is never closed.",
        "close it; inside '...' write '' for an apostrophe",
    ),
    "document indicator": ("context", "The quote that opens here is never closed.", "close it"),
    "expected ',' or ']'": (
        "context",
        "The list that begins with [ is never closed.",
        "close it with ]",
    ),
    "expected ',' or '}'": (
        "context",
        "The map that begins with { is never closed.",
        "close it with }",
    ),
    "undefined alias": (
        "problem",
        "A text that begins with '*' has to be in quotes.",
        'write "*text*"',
    ),
    "expected alphabetic or numeric character": (
        "problem",
        "A text that begins with '*' or '&' has to be in quotes.",
        'write "*text*"',
    ),
    "escape character": (
        "problem",
        "In double quotes a backslash begins a code, and this is none.",
        "use single quotes: 'C:\\temp'",
    ),
    "hexdecimal number": (
        "problem",
        "In double quotes a backslash begins a code, and this is none.",
        "use single quotes: 'C:\\users'",
    ),
    "invalid Unicode character escape": (
        "problem",
        "This code stands for no character.",
        "write the character itself",
    ),
    "could not find expected ':'": (
        "context",
        "A field is written as a name, a colon, a blank and a value.",
        "is the blank after the colon missing, or the colon?",
    ),
    "expected key": (
        "problem",
        "This line does not fit to the lines above it.",
        "begin all fields of a map in the same column; put a text that begins with a quote wholly in quotes",
    ),
    "block end": (
        "problem",
        "This line does not fit to the lines above it.",
        "begin all fields of a map in the same column; put a text that begins with a quote wholly in quotes",
    ),
    "'-' indicator": (
        "problem",
        "This line does not fit to the list above it.",
        "begin all items of a list with - in the same column",
    ),
    "block sequence entries are not allowed": (
        "problem",
        "A list cannot begin on this line.",
        "begin each item with - on a line of its own",
    ),
    "duplicate anchor": ("problem", "Two values are marked with the same &name.", "write them out"),
    "single document": (
        "problem",
        "A second document begins here.",
        "remove the line of three hyphens",
    ),
    "expected node content": (
        "problem",
        "A value is missing here, or a bracket is not closed.",
        "put text that begins with [, ], { or } in quotes",
    ),
    "undefined tag handle": (
        "problem",
        "A text that begins with '!' has to be in quotes.",
        'write "!text!"',
    ),
}


def syntax_fault(fault: yaml.YAMLError, text: str, place: Place) -> Fault:
    said = " ".join(
        str(part) for part in (getattr(fault, "problem", ""), getattr(fault, "context", "")) if part
    )
    mark = getattr(fault, "problem_mark", None)
    if "expected key" in said and mark is not None and _ends_in_quote(text, mark):
        return _marked(mark, text, place, _BEHIND_QUOTE)
    if "mapping values" in said and mark is not None and _is_first_colon(text, mark):
        return _marked(mark, text, place, _MISFIT)
    for part, (which, message, hint) in _SYNTAX.items():
        if part in said:
            context = getattr(fault, "context_mark", None)
            return _marked((which == "context" and context) or mark, text, place, (message, hint))
    if "cannot start any token" in said and mark is not None:
        return _marked(mark, text, place, _bad_start(text, mark))
    if "tab character" in said:
        return _marked(mark, text, place, _TAB)
    words = ("This cannot be read as YAML.", f"the YAML reader says: {said or fault}")
    return _marked(mark, text, place, words)


def _is_first_colon(text: str, mark: yaml.Mark) -> bool:
    """Whether the line looks like a field as such, so that the fault is in how it follows the line above."""
    before = text.split("\n")[mark.line][: mark.column]
    return re.fullmatch(r"[ \t]*[\w-]+", before) is not None


def _ends_in_quote(text: str, mark: yaml.Mark) -> bool:
    before = text.split("\n")[mark.line][: mark.column]
    found = _QUOTED.search(before)
    return found is not None and found.end() == len(before)


def _bad_start(text: str, mark: yaml.Mark) -> tuple[str, str]:
    character = text.split("\n")[mark.line][mark.column : mark.column + 1]
    if character == "\t":
        return _TAB
    return f"A text that begins with '{character}' has to be in quotes.", f'write "{character}..."'


def _marked(mark: yaml.Mark | None, text: str, place: Place, words: tuple[str, str]) -> Fault:
    if mark is None:
        return Fault("yaml-syntax", place.at(0, 0), words[0], words[1])
    lines = text.removesuffix("\n").split("\n")
    if mark.line < len(lines):
        line, column = mark.line, min(mark.column, len(lines[mark.line]))
    else:  # the end of the text: its last line is where the author looks
        line, column = len(lines) - 1, len(lines[-1])
    return Fault("yaml-syntax", place.at(line, column), words[0], words[1])
