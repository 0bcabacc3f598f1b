"""Fields that are given on the command line: `--set action.by=2026-12-01`. Pure."""

from collections.abc import Iterable, Mapping

from itnews.errors import UsageFault
from itnews.yaml import YamlError, load

_QUOTED = ("'", '"')
_OPENERS = ("[", "{")

Values = dict[str, object]


def values_of(given: Iterable[str], field_names: Mapping[str, str]) -> Values:
    """The fields in *given*, each `name=value` or `group.name=value`; foreign names (*field_names*) are ours.

    Raises UsageFault for what is no field, has no value that YAML can read, or is given twice.
    """
    values: Values = {}
    for one in given:
        name, equals, text = one.partition("=")
        parts = name.strip().split(".")
        if not equals or not all(parts):
            raise UsageFault(
                f"--set {_short(one)}: write a field and its value, as in --set tags=[vpn]."
            )
        parts[0] = field_names.get(parts[0], parts[0])
        _put(values, parts, value_of(name, text), name)
    return values


def value_of(name: str, text: str) -> object:
    """The value that *text* is for the field *name*.

    Lists, maps and what is in quotes are YAML, as are numbers and yes or no; anything else is a text as it stands, so
    that `Remember: book a slot` needs no quotes. Raises UsageFault for YAML that cannot be read.
    """
    text = text.strip()
    is_marked = text.startswith((*_QUOTED, *_OPENERS))
    try:
        value: object = load(text)
    except YamlError as fault:
        if is_marked:
            hint = f" ({fault.fault.hint})" if fault.fault.hint else ""
            raise UsageFault(f"--set {name}: {fault.fault.message}{hint}") from None
        return text
    if is_marked or isinstance(value, bool | int | float):
        return value
    return text or None


def _put(values: Values, parts: list[str], value: object, name: str) -> None:
    """Puts *value* into *values* at the place that *parts* lead to."""
    inner = values
    for part in parts[:-1]:
        group = inner.setdefault(part, {})
        if not isinstance(group, dict):
            raise UsageFault(
                f"--set {name}: '{part}' is given as one value and by its parts. Keep one of the two."
            )
        inner = group
    if parts[-1] in inner:
        raise UsageFault(f"--set {name}: this is given twice. Keep one of the two.")
    inner[parts[-1]] = value


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
