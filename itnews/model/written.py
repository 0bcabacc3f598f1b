"""How values may be written, as JSON Schema: as leniently as the fields read them, and so wider than what is kept."""

import re
from collections.abc import Callable, Sequence

from pydantic.json_schema import JsonSchemaValue

Widen = Callable[[JsonSchemaValue], JsonSchemaValue]
"""Makes, of the schema of the value that is kept, that of the values that may be written for it."""

_NUMBER = r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?"
_WHOLE = r"[-+]?[0-9]{1,15}(\.0{1,15})?"


def as_kept(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Only what is kept may be written."""
    return schema


def text(schema: JsonSchemaValue) -> JsonSchemaValue:
    """A number is a text, too: its own digits."""
    return {**schema, "type": ["string", "number"]}


def filled_text(schema: JsonSchemaValue) -> JsonSchemaValue:
    """A text with something in it."""
    return text({**schema, "pattern": r"\S"})


def id_text(schema: JsonSchemaValue) -> JsonSchemaValue:
    """A text that could stand in an address."""
    return text({**schema, "pattern": r"^[^/\\#]*$"})


def number(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Digits in quotes are a number, too."""
    return either({**schema, "type": "number"}, _matching(_NUMBER))


def whole_number(schema: JsonSchemaValue) -> JsonSchemaValue:
    """As `number`, without a fraction."""
    return either({**schema, "type": "integer"}, _matching(_WHOLE))


def flag(words: Sequence[str]) -> Widen:
    """True or false, or one of *words* in any case."""
    written = _matching("|".join(map(any_case, words)))
    return lambda schema: either(schema, written)


def one_or_many(schema: JsonSchemaValue) -> JsonSchemaValue:
    """One value where a list is expected; a hyphen with nothing behind it is passed over."""
    item = schema.get("items")
    if not item:
        return either(schema, {})
    return either({**schema, "items": either(item, {"type": "null"})}, item)


def or_text(schema: JsonSchemaValue) -> JsonSchemaValue:
    """One text stands for the whole part."""
    return either({"type": "string"}, schema)


def either(*schemas: JsonSchemaValue) -> JsonSchemaValue:
    """What any of *schemas* takes."""
    inner = [one["anyOf"] if set(one) == {"anyOf"} else [one] for one in schemas]
    return {"anyOf": [choice for choices in inner for choice in choices]}


def words(listed: Sequence[str], others: Sequence[str]) -> JsonSchemaValue:
    """One of the words *listed*, which an editor offers, or of *others*; case, blanks, `_` and `-` do not count."""
    spelt = "|".join(spelling(word) for word in (*listed, *others))
    return {"anyOf": [{"enum": ["", *listed]}, _matching(spelt)], "type": "string"}


def spelling(word: str) -> str:
    """An expression for *word* in any case, with any separator for its hyphens."""
    return r"[\s_-]+".join(map(any_case, word.split("-")))


def any_case(word: str) -> str:
    """An expression for *word* in any case: the expressions of JSON Schema know no flag for it."""
    return "".join(
        f"[{letter}{letter.upper()}]" if letter.isalpha() else re.escape(letter)
        for letter in word.lower()
    )


def either_name(schema: JsonSchemaValue, one: str, other: str) -> JsonSchemaValue:
    """*schema* of a map in which the field *one*, which is required, may be missing where there is the *other*."""
    fields = dict(schema["properties"])
    fields[one] = {name: value for name, value in fields[one].items() if name != "pattern"}
    required = [name for name in schema["required"] if name != one]
    names = [{"required": [one]}, {"required": [other]}]
    rest = {name: value for name, value in schema.items() if name != "required"}
    return {
        **rest,
        "properties": fields,
        "anyOf": names,
        **({"required": required} if required else {}),
    }


def _matching(expression: str) -> JsonSchemaValue:
    return {"type": "string", "pattern": rf"^\s*(?:{expression})\s*$"}
