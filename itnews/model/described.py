"""The fields of a kind as a person is told of them: their names, what they hold, in words."""

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from itnews.model.duration import Duration
from itnews.model.moment import Moment
from itnews.model.names import Enumeration
from itnews.model.period import Period
from itnews.model.references import ADDRESS, Refers
from itnews.model.scalars import Flag, Id, Line, Number, SitePath, Text, Unit, WholeNumber
from itnews.words import with_article

Form = Literal[
    "text",
    "line",
    "number",
    "whole",
    "flag",
    "moment",
    "period",
    "deadline",
    "duration",
    "choice",
    "id",
    "unit",
    "path",
    "address",
    "reference",
    "map",
    "part",
]

_SCALARS: tuple[tuple[object, Form], ...] = (
    (Text, "text"),
    (Line, "line"),
    (Flag, "flag"),
    (Number, "number"),
    (WholeNumber, "whole"),
    (Id, "id"),
    (Unit, "unit"),
    (SitePath, "path"),
)
_BY_MARK: Mapping[object, Form] = {get_args(scalar)[1]: form for scalar, form in _SCALARS}
_BY_TYPE: Mapping[object, Form] = {Moment: "moment", Period: "period", Duration: "duration"}
_WORDS: Mapping[Form, tuple[str, str]] = {
    # of one, of several
    "text": ("text", "texts"),
    "line": ("short text", "short texts"),
    "number": ("number", "numbers"),
    "whole": ("whole number", "whole numbers"),
    "flag": ("`true` or `false`", "`true` or `false`"),
    "moment": ("day, or day and time", "days, or days and times"),
    "period": ("year, half, quarter, month or day", "periods"),
    "deadline": ("day, day and time, or period", "days or periods"),
    "duration": ("duration: `90m`, `2h`, `3d`", "durations: `90m`, `2h`, `3d`"),
    "id": ("name without blanks", "names without blanks"),
    "unit": ("unit, as in hours/month", "units"),
    "path": ("path on this site", "paths on this site"),
    "address": ("address, path or `kind:id`", "addresses, paths or `kind:id`"),
    "map": ("a text for each name", "texts by name"),
}


class Described(Struct, frozen=True):
    """A field: *name* as it is written, what it means, and what it holds.

    *listed*: several, of which one may stand alone. *words*: what may be chosen from. *refers*: what it names. *part*:
    the model of the fields in it.
    """

    name: str
    title: str
    description: str
    required: bool
    form: Form
    listed: bool = False
    words: tuple[str, ...] = ()
    refers: Refers | None = None
    part: type[BaseModel] | None = None


def described(model: type[BaseModel]) -> tuple[Described, ...]:
    """The fields of *model*, in its order."""
    return tuple(_described(name, field) for name, field in model.model_fields.items())


def parts_of(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """The models of the fields that have fields of their own, each once, the outer ones first."""
    found: dict[type[BaseModel], None] = {}
    for field in described(model):
        if field.part:
            found |= dict.fromkeys((field.part, *parts_of(field.part)))
    return tuple(found)


def in_words(field: Described) -> str:
    """What *field* holds, for people."""
    if field.part:
        inner = ", ".join(f"`{one.name}`" for one in described(field.part))
        return f"list, each with {inner}" if field.listed else f"fields: {inner}"
    if field.form == "choice":
        words = ", ".join(f"`{word}`" for word in field.words)
        return f"list of {words}" if field.listed else f"one of {words}"
    if field.refers and field.form != "address":
        return _reference_in_words(field, field.refers)
    one, several = _WORDS[field.form]
    return f"list of {several}" if field.listed else one


def _reference_in_words(field: Described, refers: Refers) -> str:
    words = [f"`{word}`" for word in refers.words]
    if field.form == "map":
        return "a text for each " + ", ".join([" or ".join(refers.kinds), *words])
    if field.listed:
        named = " or ".join(map(_several, refers.kinds))
        return ", ".join([f"list of ids of {named}", *words, *["or names"][: refers.lenient]])
    named = " or ".join(refers.kinds)
    return ", ".join([f"id of {with_article(named)}", *words, *["or a name"][: refers.lenient]])


def _several(kind: str) -> str:
    return "people" if kind == "person" else f"{kind}s"


def _described(name: str, field: FieldInfo) -> Described:
    marks: list[object] = [*field.metadata]
    kinds = [*_layers(field.annotation, marks)]
    base = kinds[-1]
    choice = next((mark for mark in marks if isinstance(mark, Enumeration)), None)
    return Described(
        name=field.alias or name,
        title=field.title or name,
        description=field.description or "",
        required=field.is_required(),
        form=_form(base, marks),
        listed=tuple in kinds,
        words=choice.words if choice else (),
        refers=next((mark for mark in marks if isinstance(mark, Refers)), None),
        part=base if isinstance(base, type) and issubclass(base, BaseModel) else None,
    )


def _layers(annotation: object, marks: list[object]) -> Iterator[object]:
    """The types that *annotation* is made of, from the outside in; what they are marked with is added to *marks*."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks += inner[1:]
        yield from _layers(inner[0], marks)
    elif origin in (Union, UnionType):
        there = [one for one in inner if one is not NoneType]
        if {*there} == {Moment, Period}:
            yield "deadline"
        else:
            yield from _layers(there[0], marks)
    elif origin is tuple:
        yield tuple
        yield from _layers(inner[0], marks)
    else:
        yield origin or annotation


def _form(base: object, marks: list[object]) -> Form:
    if base == "deadline":
        return "deadline"
    if base is dict:
        return "map"
    if isinstance(base, type) and issubclass(base, BaseModel):
        return "part"
    if base in _BY_TYPE:
        return _BY_TYPE[base]
    if any(isinstance(mark, Enumeration) for mark in marks):
        return "choice"
    if ADDRESS in marks:
        return "address"
    if any(isinstance(mark, Refers) for mark in marks):
        return "reference"
    return next((_BY_MARK[mark] for mark in marks if _is_known(mark)), "line")


def _is_known(mark: object) -> bool:
    return mark.__hash__ is not None and mark in _BY_MARK
