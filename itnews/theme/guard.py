"""What a template may not do with the values it is given: ask the clock, change what others see, print an address."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from types import GeneratorType

from jinja2 import TemplateRuntimeError, Undefined

from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.theme.slot import BodySlot

_PRINTABLE = (str, int, float, Moment, Period, date, Undefined)
_CHANGING = (
    "add append clear difference_update discard extend insert intersection_update pop popitem remove"
    " reverse setdefault sort symmetric_difference_update update"
)

_RULES: tuple[tuple[type | tuple[type, ...], str, str], ...] = (
    (
        (date, time),
        "astimezone fromtimestamp now strftime strptime timestamp today utcfromtimestamp utcnow",
        "it asks the machine, not the site: there are filters for dates, and `site.today()`",
    ),
    (
        (list, dict, set),
        _CHANGING,
        "other pages see the same value: make a new one, as in `rows + [row]`",
    ),
    (str, "format format_map translate", "put the parts together with `~`"),
    (str, "escape join replace", "use the filter of this name"),
    (str, "center expandtabs ljust rjust zfill", "use the filter `center`, or a style sheet"),
    (int, "to_bytes", "it is no text"),
    (GeneratorType, "gi_code gi_frame gi_yieldfrom", "it is internal"),
    (object, "model_fields_set", "it is a set, and those have no order"),
)

GUARDED: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    name: (kinds, reason) for kinds, names, reason in _RULES for name in names.split()
}
"""The names that some values may not be asked for: of which types, and why."""


def check_asked(value: object, name: str) -> None:
    """Raises TemplateRuntimeError if a template may not have *name* of *value*."""
    if name.startswith("_"):
        raise TemplateRuntimeError(f"A template may not use '{name}': it is internal.")
    kinds, reason = GUARDED.get(name, ((), ""))
    if isinstance(value, BodySlot):
        value = value.read()
    if isinstance(value, kinds):
        raise TemplateRuntimeError(
            f"A template may not use '{name}' of a {type(value).__name__}: {reason}."
        )


def printable(value: object) -> object:
    """*value* as a part of a text: None is nothing. Raises TemplateRuntimeError for what is no text, number or date."""
    if value is None:
        return ""
    if isinstance(value, _PRINTABLE):
        return value
    if isinstance(value, BodySlot):
        return value.read()
    kind = "a method without its ()" if callable(value) else f"a {type(value).__name__}"
    raise TemplateRuntimeError(f"This prints {kind}, which is no text, number or date.")


def check_formatted(value: object) -> None:
    """Raises TemplateRuntimeError if `text % value` would print what is no text, number or date."""
    parts: Iterable[object] = (value,)
    if isinstance(value, tuple):
        parts = value
    elif isinstance(value, Mapping):
        parts = value.values()
    for part in parts:
        printable(part)
