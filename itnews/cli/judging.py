"""What is wrong with fields before there is a file that holds them: the same sentences as in a build. Pure."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from pydantic import BaseModel, ValidationError

from itnews.content.card import parse_card
from itnews.content.rules import CardRules
from itnews.model.described import described
from itnews.model.faults import faults
from itnews.model.kinds import Kind
from itnews.model.references import FieldReference, Location, references
from itnews.model.scalars import KINDS_KNOWN
from itnews.paths import SourcePath
from itnews.words import did_you_mean

Knows = Callable[[str], tuple[str, ...]]
"""The ids of all documents of a kind."""


class Wrong(Struct, frozen=True):
    """A sentence about a field, and what to do."""

    message: str
    hint: str = ""


def wrong_values(
    kind: Kind, values: Mapping[str, object], rules: CardRules, ids_of: Knows
) -> Iterator[Wrong]:
    """All that the model of *kind* finds wrong with *values*, and what they name that is not there."""
    for loc, known in _strangers(kind.model, values, ()):
        if len(loc) > 1 or loc[0] not in rules.ignored_fields:
            hint = did_you_mean(str(loc[-1]), known) or f"there are {', '.join(known)}"
            yield _about(loc, "This is no field.", hint)
    try:
        fields = kind.model.model_validate(values, context={KINDS_KNOWN: rules.kinds})
    except ValidationError as wrong:
        for fault in faults(wrong):
            yield _about(fault.loc, fault.message, fault.hint)
        return
    for reference in references(fields):
        if not reference.lenient and reference.id not in _known(reference, ids_of):
            yield _unknown_id(reference, _known(reference, ids_of))


def wrong_field(kind: Kind, name: str, value: object) -> Wrong | None:
    """What the model of *kind* finds wrong with the *value* of one field."""
    try:
        kind.model.model_validate({"title": "A title", name: value})
    except ValidationError as wrong:
        found = [fault for fault in faults(wrong) if fault.loc[:1] == (name,)]
        return _about(found[0].loc, found[0].message, found[0].hint) if found else None
    return None


def wrong_text(path: SourcePath, text: str, rules: CardRules) -> Iterator[Wrong]:
    """The errors of a whole document, as a build would find them: groups, tags, and guards that are misspelt."""
    for problem in parse_card(path, text, rules)[1]:
        if problem.level == "error":
            yield Wrong(problem.message, problem.hint)


def _strangers(
    model: type[BaseModel], values: Mapping[str, object], loc: Location
) -> Iterator[tuple[Location, tuple[str, ...]]]:
    """The fields in *values* that *model* does not know, each with those that are known in its place."""
    fields = {field.name: field for field in described(model)}
    for name, value in values.items():
        if name not in fields:
            yield (*loc, name), tuple(fields)
            continue
        part = fields[name].part
        for number, one in enumerate(value if isinstance(value, list) else [value]):
            place = (*loc, name, number) if isinstance(value, list) else (*loc, name)
            if part and isinstance(one, dict):
                yield from _strangers(part, one, place)


def _known(reference: FieldReference, ids_of: Knows) -> tuple[str, ...]:
    return tuple(id for kind in reference.kinds for id in ids_of(kind))


def _unknown_id(reference: FieldReference, known: tuple[str, ...]) -> Wrong:
    kind = reference.kinds[0]
    named = "audience" if reference.loc[0] in {"audience", "impact"} else kind
    hint = did_you_mean(reference.id, known) or f"there is no {kind} with this id"
    return _about(reference.loc, f"Unknown {named} '{reference.id}'.", hint)


def _about(loc: Location, message: str, hint: str) -> Wrong:
    return Wrong(f"{'.'.join(map(str, loc))}: {message}", hint)
