"""Jinja's own filters and tests that take anything and tell its address in memory, held to texts, numbers and dates."""

from collections.abc import Iterable, Mapping
from functools import wraps
from typing import cast

from jinja2 import TemplateRuntimeError, pass_eval_context
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext

from itnews.theme.filters import Filter
from itnews.theme.guard import printable

_OF_TEXT = (
    "capitalize center e escape forceescape format indent lower replace safe striptags title trim truncate"
    " upper urlize wordcount wordwrap"
)


def text_filters() -> Mapping[str, Filter]:
    """The filters by Jinja's names."""
    strict = {name: _strict(FILTERS[name]) for name in _OF_TEXT.split()}
    return {
        **strict,
        "string": _string,
        "join": _join,
        "urlencode": _urlencode,
        "xmlattr": _xmlattr,
    }


def same_as(value: object, other: object) -> bool:
    """The test `sameas`, for True, False and None: whether two texts are one in memory depends on what was built."""
    if other is not None and not isinstance(other, bool):
        raise TemplateRuntimeError("The test 'sameas' is for true, false and none: write `==`.")
    return value is other


def _strict(standard: Filter) -> Filter:
    before = hasattr(standard, "jinja_pass_arg")  # then Jinja hands it a context before the text

    @wraps(standard)
    def strict(*values: object, **named: object) -> object:
        text, *rest = values[before:]
        for value in (*rest, *named.values()):
            printable(value)
        return standard(*values[:before], printable(text), *rest, **named)

    return strict


def _string(value: object) -> object:
    return FILTERS["string"](printable(value))


@pass_eval_context
def _join(
    context: EvalContext,
    value: Iterable[object],
    d: object = "",
    attribute: str | int | None = None,
) -> object:
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    return FILTERS["join"](context, map(printable, value), printable(d))


@pass_eval_context
def _xmlattr(
    context: EvalContext, attributes: Mapping[str, object], *options: bool, **named: bool
) -> object:
    for value in attributes.values():
        printable(value)
    return FILTERS["xmlattr"](context, attributes, *options, **named)


def _urlencode(value: object) -> object:
    if isinstance(value, Mapping):
        value = value.items()
    elif isinstance(value, str) or not isinstance(value, Iterable):
        return FILTERS["urlencode"](printable(value))
    pairs = cast("Iterable[tuple[object, object]]", value)
    return FILTERS["urlencode"]([(printable(name), printable(one)) for name, one in pairs])
