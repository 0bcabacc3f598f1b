"""What `itnews new` asks somebody at a terminal."""

from collections.abc import Mapping
from datetime import date

from itnews.cli.console import Console
from itnews.cli.judging import wrong_field
from itnews.errors import UsageFault
from itnews.model.common import Named
from itnews.model.described import Described, described
from itnews.model.kinds import Kind

_ALSO: Mapping[str, tuple[str, ...]] = {
    "term": ("plain",),
    "person": ("role",),
    "notice": ("starts",),
    "ask": ("asked_by",),
    "consultation": ("question", "closes"),
}
"""By kind: what may be left open, but says what the document is about."""


def is_named(kind: Kind, values: Mapping[str, object]) -> bool:
    """Whether *values* say what the document is called."""
    own = {kind.model.named_by} if issubclass(kind.model, Named) else set()
    return any(values.get(name) not in (None, "") for name in {"title", *own})


def missing(kind: Kind, values: Mapping[str, object]) -> list[Described]:
    """The fields that a document of *kind* needs and *values* do not have."""
    needed = [field for field in described(kind.model) if field.required or field.name == "title"]
    return [
        field
        for field in needed
        if not (is_named(kind, values) if field.name == "title" else field.name in values)
    ]


def refuse_missing(kind: Kind, fields: list[Described]) -> None:
    """Raises UsageFault that names *fields*, if there are any: they are missing and cannot be asked for."""
    if not fields:
        return
    title = ['"A title"' for field in fields if field.name == "title"]
    others = [field for field in fields if field.name != "title"]
    told = [f"What is the {kind.singular.lower()} called?"] * len(title)
    told += [f"{field.name} is missing: {field.description}" for field in others]
    command = " ".join(
        [f"itnews new {kind.name}", *title, *(f"--set {field.name}=..." for field in others)]
    )
    raise UsageFault(" ".join(told) + f" Write {command}")


def ask(console: Console, kind: Kind, values: dict[str, object], today: date) -> None:
    """Asks for what is required, or worth knowing, and puts the answers into *values*. Asks again what is wrong."""
    wanted = missing(kind, values)
    needed = {field.name for field in wanted}
    if kind.dated and "date" not in values:
        wanted += [field for field in described(kind.model) if field.name == "date"]
    also = _ALSO.get(kind.name, ())
    fields = {field.name: field for field in described(kind.model)}
    wanted += [fields[name] for name in also if name in fields and name not in values]
    for field in wanted:
        default = today.isoformat() if field.name == "date" else ""
        answer = _answer(console, kind, field, default, needed=field.name in needed)
        if answer:
            values[field.name] = answer


def _answer(console: Console, kind: Kind, field: Described, default: str, *, needed: bool) -> str:
    title = f"{field.title} of the {kind.singular.lower()}"
    question = (
        title if field.name == "title" else f"{field.title} ({field.description.rstrip('.')})"
    )
    while True:
        answer = console.ask(question, default=default)
        if not answer and not needed:
            return ""
        wrong = wrong_field(kind, field.name, answer)
        if wrong is None:
            return answer
        console.fault(wrong.message, hint=wrong.hint)
