"""The fields of a kind of the site's own: a model made of what the settings say."""

import operator
from collections.abc import Callable, Mapping
from functools import cache
from types import new_class
from typing import Annotated, cast

from pydantic import Field
from pydantic.fields import FieldInfo

from itnews.model.common import Common
from itnews.model.moment import Moment
from itnews.model.names import enumeration
from itnews.model.own import OwnField
from itnews.model.parts import AUDIENCE, PARTY, PERSON
from itnews.model.period import Period
from itnews.model.references import Refers
from itnews.model.scalars import (
    Address,
    Audience,
    Flag,
    Line,
    Listed,
    Number,
    Text,
    WholeNumber,
)

_TYPES: Mapping[str, object] = {
    "line": Line,
    "text": Text,
    "number": Number,
    "whole-number": WholeNumber,
    "yes-no": Flag,
    "date": Moment,
    "period": Period,
    "address": Address,
    "party": Line,
    "audience": Audience,
}
_MARKS = {"person": PERSON, "party": PARTY, "audience": AUDIENCE}
_UNFILLED = frozenset({"number", "whole-number", "yes-no", "date", "period"})
"""Types whose values are never empty: what is not set is None."""

# Annotations that are made while the program runs: for the type checker they are plain objects.
_of = cast("Callable[[object, object], object]", operator.getitem)
_or = cast("Callable[[object, object], object]", operator.or_)


@cache
def model_of(kind: str, own: tuple[OwnField, ...]) -> type[Common]:
    """The model of the *kind* whose *own* fields come on top of the common ones."""
    body = {
        "__module__": __name__,
        "__annotations__": {field.name: _annotation(field) for field in own},
        "own_names": frozenset(field.name for field in own),
        **{field.name: _default(field) for field in own},
    }
    made = new_class(kind.title().replace("-", ""), (Common,), exec_body=lambda ns: ns.update(body))
    return cast("type[Common]", made)


def _annotation(field: OwnField) -> object:
    """What a front matter may hold there."""
    one = _TYPES.get(field.type, Line)
    if field.type == "choice":
        one = _of(Annotated, (str, enumeration(field.title.lower(), field.words)))
    if field.many:
        one = _of(Listed, one)
    elif field.type in _UNFILLED and not field.required:
        one = _or(one, None)
    mark = _MARKS.get(field.type) or (None if field.type in _PLAIN else Refers((field.type,)))
    return _of(Annotated, (one, mark)) if mark else one


_PLAIN = frozenset({"choice", *_TYPES} - _MARKS.keys())
"""Types that name no document."""


def _default(field: OwnField) -> FieldInfo:
    has_length = field.many or field.type not in _UNFILLED
    empty: object = () if field.many else "" if has_length else None
    made = Field(
        default=... if field.required else empty,
        min_length=1 if field.required and has_length else None,
        title=field.title,
        description=field.description,
    )
    return cast("FieldInfo", made)
