"""Kinds and settings as JSON Schema: for editors, which complete and check by it while somebody writes."""

from collections.abc import Callable, Mapping

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue as Schema

from itnews.model.kinds import Kind
from itnews.model.written import either

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NULL: Schema = {"type": "null"}
_EMPTY: tuple[object, ...] = (None, "", [], {})
_VALUES = ("enum", "examples", "default")  # keywords behind which no schema stands
_RENAMED = {"ge": "minimum", "le": "maximum"}  # pydantic's names, where a value may be left out


def kind_schema(kind: Kind, field_names: Mapping[str, str] | None = None) -> Schema:
    """The front matter of *kind* as authors may write it; *field_names*: foreign name -> ours, as in the settings.

    What the program reads is accepted: one value for a list, numbers for texts, synonyms in any case. Fields that no
    kind knows are allowed, as they are a warning only.
    """
    schema = _of_model(kind.model, f"kind:{kind.name}")
    where = f"in content/{kind.folder}/" if kind.folder else "that introduces a list"
    schema["title"] = kind.singular
    meaning = schema.get("description", "")
    schema["description"] = f"{meaning} The front matter of a document {where}.".strip()
    return _with_foreign(schema, field_names or {})


def settings_schema(model: type[BaseModel]) -> Schema:
    """The settings of a site, whose *model* this is (`model.config`). Settings that nobody knows are refused."""
    return {**_with_blanks(_of_model(model, "settings")), "title": "itnews.yaml"}


def _of_model(model: type[BaseModel], name: str) -> Schema:
    found = model.model_json_schema(by_alias=True, mode="validation")
    inner: dict[str, Schema] = found.pop("$defs", {})
    inner = {known: _plain(schema) for known, schema in inner.items()}
    schema = _plain(found)
    for one in (schema, *inner.values()):
        _complete(one, inner)
    head = {"$schema": DIALECT, "$id": f"urn:itnews:{name}"}
    return {**head, **schema, **({"$defs": inner} if inner else {})}


def _plain(schema: Schema) -> Schema:
    """*schema* without pydantic's own words, and without defaults that say nothing."""
    return {
        _RENAMED.get(name, name): _within(name, value, _plain)
        for name, value in schema.items()
        if name != "default" or value not in _EMPTY
    }


def _within(name: str, value: object, change: Callable[[Schema], Schema]) -> object:
    """The *value* of the keyword *name*, with *change* made to the schemas in it."""
    if name in _VALUES:
        return value
    if isinstance(value, list):
        return [_within("", one, change) for one in value]
    if not isinstance(value, dict):
        return value
    if name == "properties":  # whose keys are fields, be they called as a keyword is
        return {field: change(one) for field, one in value.items()}
    return change(value)


def _complete(schema: Schema, inner: Mapping[str, Schema]) -> None:
    """Lets every field that may be left out be empty, and gives each a title and a description."""
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        title = field.pop("title", "") or name.replace("_", " ").capitalize()
        description = field.pop("description", "") or _meaning(field, inner)
        if name not in required:
            default = {"default": field.pop("default")} if "default" in field else {}
            schema["properties"][name] = {**_nullable(field), **default}
        schema["properties"][name] |= {"title": title, "description": description}


def _nullable(schema: Schema) -> Schema:
    """*schema*, or nothing: a field with nothing behind its colon is one that is not set."""
    if not schema or _NULL in schema.get("anyOf", ()):
        return schema
    return either(schema, _NULL)


def _with_blanks(schema: Schema) -> Schema:
    """*schema* with maps in which a name may have nothing behind its colon."""
    found = {name: _within(name, value, _with_blanks) for name, value in schema.items()}
    values = found.get("additionalProperties")
    return (
        {**found, "additionalProperties": _nullable(values)} if isinstance(values, dict) else found
    )


def _meaning(field: Schema, inner: Mapping[str, Schema]) -> str:
    """What the group of fields that *field* refers to is."""
    name = str(field.get("$ref", "")).rpartition("/")[2]
    return str(inner[name].get("description", "")) if name in inner else ""


def _with_foreign(schema: Schema, field_names: Mapping[str, str]) -> Schema:
    """*schema* with the names of another system for our fields, where the site has some."""
    fields = schema["properties"]
    for foreign, ours in field_names.items():
        if ours not in fields or foreign in fields:
            continue
        fields[foreign] = {**_nullable(fields[ours]), "description": f"Here for `{ours}`."}
        if ours in schema.get("required", ()):
            # Either name will do; which of them it is, the build checks.
            schema["required"].remove(ours)
            fields[ours] = _nullable(fields[ours])
    return schema
