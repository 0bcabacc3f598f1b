"""The tables of docs/settings.md, made of the model of the settings: `make docs` puts them in, a test holds them."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from itnews.model.config import SettingsModel
from itnews.model.names import ENUMERATIONS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"

BLOCK = re.compile(r"(<!-- settings: ([a-z_, ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
"""What stands between two markers is written by this module: the settings that the first one names."""

LATER = frozenset({"digest", "plain_language", "publish"})
"""Settings of what is built later."""

_SCHEMA = SettingsModel.model_json_schema()
_ONE = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}
_SEVERAL = {"string": "texts"}
_BY_NAME = {
    "string": "texts by name",
    "integer": "numbers by name",
    "object": "texts by name, in groups",
}
_CADENCES = ENUMERATIONS["cadence"].words  # a schema lists what else is understood, too

Schema = Mapping[str, Any]


def with_tables(text: str) -> str:
    """*text* with the tables that its markers name, as the model says today."""
    return BLOCK.sub(lambda block: f"{block[1]}{_table(block[2].split(', '))}{block[3]}", text)


def settings() -> Iterator[tuple[str, Schema, bool]]:
    """Each setting with its dotted name, its schema, and whether it has to be there; `<name>` stands for any name."""
    for name, schema in _SCHEMA["properties"].items():
        if name not in LATER:
            yield from _below(name, schema, required=name in _SCHEMA["required"])


def _below(name: str, schema: Schema, *, required: bool) -> Iterator[tuple[str, Schema, bool]]:
    schema = {**schema, **schema.get("anyOf", [{}])[0]}
    members = _plain(schema.get("additionalProperties") or schema.get("items") or {})
    reference = schema.get("$ref") or members.get("$ref")
    if reference is None:
        yield name, schema, required
        return
    group = _SCHEMA["$defs"][reference.rpartition("/")[2]]
    inside = f"{name}.<name>" if "additionalProperties" in schema else name
    inside = f"{name}[]" if "items" in schema else inside
    for inner, below in group["properties"].items():
        needed = inner in group.get("required", ())
        yield from _below(f"{inside}.{inner}", below, required=needed)


def _table(wanted: list[str]) -> str:
    lines = ["| setting | holds | if not set | meaning |", "|---|---|---|---|"]
    for name, schema, required in settings():
        if re.split(r"[.\[]", name)[0] in wanted:
            otherwise = "has to be set" if required else _default(schema)
            meaning = re.sub(r"[\w/]*<\w+>", r"`\g<0>`", schema["description"])
            cells = (f"`{name}`", _holds(schema), otherwise, meaning)
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _plain(schema: Schema) -> Schema:
    """The first of several ways to write a value, which is the usual one; text where that may also be a number."""
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    one = next((one for one in options if "$ref" in one), options[0])
    if "anyOf" in one:
        return _plain(one)
    return {**one, "type": "string"} if isinstance(one.get("type"), list) else one


def _holds(schema: Schema) -> str:
    one = _plain(schema)
    if "enum" in one:
        words = _CADENCES if set(_CADENCES) <= set(one["enum"]) else one["enum"]
        return f"one of {', '.join(f'`{word}`' for word in words)}"
    if one["type"] == "array":
        return f"list of {_SEVERAL[_plain(one['items'])['type']]}"
    if one["type"] == "object":
        inner = _plain(one["additionalProperties"])["type"]
        return _BY_NAME[inner]
    bounds = [str(one[end]) for end in ("minimum", "maximum") if end in one]
    limits = f", {' to '.join(bounds)}{'' if len(bounds) == 2 else ' or more'}" if bounds else ""
    return f"{_ONE[one['type']]}{limits}"


def _default(schema: Schema) -> str:
    default = schema["default"]
    return f"`{json.dumps(default).strip(chr(34))}`" if default or default == 0 else "nothing"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
