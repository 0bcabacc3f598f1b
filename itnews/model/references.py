"""References of one document to others: marked in the models, walked generically."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from itnews.late import late

if TYPE_CHECKING:
    import pydantic
    import pydantic_core
    from pydantic import BaseModel
    from pydantic_core import CoreSchema, core_schema
else:
    pydantic, pydantic_core = late("pydantic"), late("pydantic_core")
    core_schema = late("pydantic_core.core_schema")

Location = tuple[str | int, ...]
"""The way to a value in a front matter: field names and positions in lists, which count from 0."""


class Refers(Struct, frozen=True):
    """Marks a field whose value (text, list of texts, keys of a map) names documents of *kinds*.

    *lenient*: what is no id is a name. *words* are values that stand for themselves.
    """

    kinds: tuple[str, ...]
    lenient: bool = False
    words: tuple[str, ...] = ()


ADDRESS = Refers(())
"""Marks a field that holds an address, which names a document by a path or `kind:id` if it names one at all."""


class FieldReference(Struct, frozen=True):
    """A value that names a document: *id* of one of *kinds*, at *loc*.

    *lenient*: an unknown value is a name and no mistake. *part* is the id of a benefit inside the document, or empty.
    *is_name*: it is not the value at *loc* but its name, as in `impact: {finance: ...}`.
    """

    kinds: tuple[str, ...]
    id: str
    loc: Location
    lenient: bool = False
    part: str = ""
    is_name: bool = False


class BenefitReference(Struct, frozen=True):
    """A benefit that another document holds, by the *text* `project:expenses#hours-saved`."""

    text: str

    @property
    def project(self) -> str:
        return self.text.removeprefix("project:").partition("#")[0]

    @property
    def benefit(self) -> str:
        return self.text.partition("#")[2]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: "pydantic.GetCoreSchemaHandler"
    ) -> "CoreSchema":
        return core_schema.no_info_after_validator_function(
            cls._validate,
            core_schema.str_schema(strip_whitespace=True),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def _validate(cls, text: str) -> "BenefitReference":
        reference = cls(text)
        if not (text.startswith("project:") and reference.project and reference.benefit):
            raise pydantic_core.PydanticCustomError(
                "benefit_reference_invalid",
                "This names no project's benefit.",
                {
                    "hint": "write project:, the project's id, # and the benefit's id: project:expenses#hours-saved"
                },
            )
        return reference


def references(fields: "BaseModel") -> Iterator[FieldReference]:
    """All ids in *fields* that name documents, in the order of the model's fields."""
    return (found for found in _walk(fields, ()) if found.kinds)


def addresses(fields: "BaseModel") -> Iterator[tuple[Location, str]]:
    """All addresses in *fields* (`links`, `action.link`, `evidence`...), as written, with their places."""
    return ((found.loc, found.id) for found in _walk(fields, ()) if not found.kinds)


def unknown_fields(fields: "BaseModel") -> Iterator[tuple[Location, tuple[str, ...]]]:
    """The fields that no kind knows: where each is, and the names that are known there."""
    for name in fields.model_extra or {}:
        yield (name,), _known(type(fields))
    for name, _ in _plan(type(fields)):
        for loc, part in _parts(getattr(fields, name), (_written(type(fields), name),)):
            for inner, known in unknown_fields(part):
                yield (*loc, *inner), known


def _walk(fields: "BaseModel", loc: Location) -> Iterator[FieldReference]:
    for name, refers in _plan(type(fields)):
        value = getattr(fields, name)
        here = (*loc, _written(type(fields), name))
        if refers is not None:
            yield from _marked(value, here, refers)
            continue
        for at, part in _parts(value, here):
            yield from _walk(part, at)
        yield from _benefits(value, here)


def _marked(value: object, loc: Location, refers: Refers) -> Iterator[FieldReference]:
    for at, id in _ids(value, loc):
        if id and id not in refers.words:
            is_name = isinstance(value, Mapping)
            yield FieldReference(refers.kinds, id, at, refers.lenient, is_name=is_name)


def _ids(value: object, loc: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, tuple):
        yield from (((*loc, number), item) for number, item in enumerate(value))
    elif isinstance(value, Mapping):
        yield from (((*loc, key), key) for key in value)


def _benefits(value: object, loc: Location) -> Iterator[FieldReference]:
    if not isinstance(value, tuple):
        return
    for number, item in enumerate(value):
        if isinstance(item, BenefitReference):
            yield FieldReference(("project",), item.project, (*loc, number), part=item.benefit)


def _parts(value: object, loc: Location) -> "Iterator[tuple[Location, BaseModel]]":
    if isinstance(value, pydantic.BaseModel):
        yield loc, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            if isinstance(item, pydantic.BaseModel):
                yield (*loc, number), item


@cache
def _plan(model: "type[BaseModel]") -> tuple[tuple[str, Refers | None], ...]:
    """The fields that can hold references or parts. A plain text or number can not, and is not looked at."""
    marks = (
        (name, next((mark for mark in field.metadata if isinstance(mark, Refers)), None), field)
        for name, field in model.model_fields.items()
    )
    return tuple(
        (name, mark)
        for name, mark, field in marks
        if mark is not None or field.annotation not in (str, int, float, bool)
    )


@cache
def _known(model: "type[BaseModel]") -> tuple[str, ...]:
    return tuple(_written(model, name) for name in model.model_fields)


@cache
def _written(model: "type[BaseModel]", name: str) -> str:
    return model.model_fields[name].alias or name
