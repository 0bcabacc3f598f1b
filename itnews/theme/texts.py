"""Jinja's own filters and tests that take anything and tell its address in memory, held to texts, numbers and dates.

And to sizes that a page can hold (`allowance`).
"""

from collections.abc import Iterable, Mapping
from functools import wraps
from typing import cast

from jinja2 import Environment, TemplateRuntimeError, pass_environment, pass_eval_context
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext

from itnews.theme.allowance import check_format, check_length, check_width
from itnews.theme.filters import Filter
from itnews.theme.guard import printable

_OF_TEXT = (
    "capitalize center e escape forceescape format indent lower safe striptags title trim truncate"
    " upper urlize wordcount wordwrap"
)
_OF_NUMBERS = ("batch", "round", "slice", "tojson")


def text_filters() -> Mapping[str, Filter]:
    """The filters by Jinja's names."""
    strict = {name: _strict(FILTERS[name]) for name in _OF_TEXT.split()}
    return {
        **strict,
        **{name: _narrow(FILTERS[name]) for name in _OF_NUMBERS},
        "replace": _replace,
        "sum": _sum,
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
            check_width(value)
        if standard is FILTERS["format"]:
            check_format(str(text))
        found = standard(*values[:before], printable(text), *rest, **named)
        if isinstance(found, str):
            check_length(len(found))
        return found

    return strict


def _narrow(standard: Filter) -> Filter:
    """A filter of lists or numbers that would make as much as it is told."""

    @wraps(standard)
    def narrow(*values: object, **named: object) -> object:
        check_width(*values[1 + hasattr(standard, "jinja_pass_arg") :], *named.values())
        return standard(*values, **named)

    return narrow


@pass_eval_context
def _replace(
    context: EvalContext, s: object, old: object, new: object, count: int | None = None
) -> object:
    text, before, after = _text(s), _text(old), _text(new)
    check_length(len(text) + text.count(before) * len(after))
    return FILTERS["replace"](context, text, before, after, count)


def _text(value: object) -> str:
    found = printable(value)
    return found if isinstance(found, str) else str(found)


@pass_environment
def _sum(
    environment: Environment,
    values: Iterable[object],
    attribute: str | int | None = None,
    start: object = 0,
) -> object:
    if not isinstance(start, int | float):
        raise TemplateRuntimeError("The filter 'sum' adds numbers only.")
    return FILTERS["sum"](environment, values, attribute, start)


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
    parts = [printable(part) for part in value]
    between = printable(d)
    lengths = sum(len(part) if isinstance(part, str) else 20 for part in parts)
    check_length(lengths + len(str(between)) * len(parts))
    return FILTERS["join"](context, parts, between)


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
