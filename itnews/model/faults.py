"""What pydantic finds wrong with fields, as sentences for their author."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from itnews.model.references import Location
from itnews.words import did_you_mean

_TEXTS: Mapping[str, tuple[str, str, str]] = {
    # pydantic's type of error: our code, message, hint
    "greater_than_equal": ("number-invalid", "This number is too small.", "write {ge} or more"),
    "less_than_equal": ("number-invalid", "This number is too large.", "write {le} or less"),
    "string_too_short": ("field-missing", "There is nothing here.", "write it down"),
    "too_short": ("field-missing", "There is nothing here.", "write one at least"),
    "string_type": ("text-expected", "A text is expected here.", "put it in quotes"),
    "model_type": (
        "map-expected",
        "Here belong fields, each on a line of its own.",
        "indent them below the name",
    ),
    "dict_type": (
        "map-expected",
        "Here belong names, each with a colon and its text.",
        "as in finance: You get your money back faster.",
    ),
}


_NOT_WRITTEN = ("[key]", "<benefit>", "<reference>")
"""Parts of pydantic's locations that no author wrote: that a map's key is meant, and the tags of a union."""


class Fault(Struct, frozen=True):
    """Something wrong with the value at *loc*, or with its name if *key*: code, message and hint of its problem."""

    code: str
    loc: Location
    message: str
    hint: str = ""
    key: bool = False


def faults(wrong: ValidationError) -> Iterator[Fault]:
    """Everything that is *wrong*, in the order of the fields."""
    for entry in wrong.errors(include_url=False):
        loc = tuple(part for part in entry["loc"] if part not in _NOT_WRITTEN)
        fault = _fault(entry, loc)
        yield replace(fault, key=True) if "[key]" in entry["loc"] else fault


def _fault(entry: ErrorDetails, loc: Location) -> Fault:
    context = entry.get("ctx", {})
    kind = entry["type"]
    if kind == "missing":
        hint = f"write {loc[-1]}: and what it is"
        return Fault("field-missing", loc, f"The field '{loc[-1]}' is missing.", hint)
    if kind == "extra_forbidden":
        return Fault("field-unknown", loc, f"Unknown field '{str(loc[-1])[:40]}'.", key=True)
    if kind == "literal_error":
        return _unknown_word(entry, loc)
    if kind in _TEXTS:
        code, message, hint = _TEXTS[kind]
        return Fault(code, loc, message, hint.format_map(context))
    if "hint" in context:  # one of ours; *within*: the name inside the value that is meant
        inner = tuple(context.get("within", ()))
        code, message = kind.replace("_", "-"), entry["msg"]
        return Fault(code, (*loc, *inner), message, str(context["hint"]), key=bool(inner))
    return Fault("field-invalid", loc, "This cannot be read.", entry["msg"])


def _unknown_word(entry: ErrorDetails, loc: Location) -> Fault:
    """A word that is none of those that a setting may hold."""
    known = re.findall("'([^']*)'", str(entry.get("ctx", {})["expected"]))
    written = entry["input"]
    word = f" '{written[:40]}'" if isinstance(written, str) else ""
    hint = did_you_mean(word.strip(" '"), known) or f"write one of {', '.join(known)}"
    return Fault("choice-unknown", loc, f"Unknown word{word}.", hint)
