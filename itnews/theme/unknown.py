"""What a template asks for that is not there: how it is told, and what was probably meant."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import cast

from jinja2 import StrictUndefined, TemplateRuntimeError, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from itnews.theme.closure import FOLDER
from itnews.theme.reader import Reader
from itnews.words import did_you_mean


class UnknownName(UndefinedError):
    """A template used *name*, which *owner* has not (`missing`: no variable is called so)."""

    def __init__(self, message: str, *, owner: object, name: object) -> None:
        super().__init__(message)
        self._owner = owner
        self._name = name

    def hint(self, variables: Iterable[str]) -> str:
        """What was probably meant, or nothing; *variables* are the names that the template has."""
        known = variables if self._owner is missing else _names_of(self._owner)
        return did_you_mean(str(self._name), known)


class Unknown(StrictUndefined):
    """The value of a name that is not there: whatever is done with it fails, but to ask whether it is there."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        fault = partial(UnknownName, owner=obj, name=name)
        super().__init__(hint, obj, name, cast("type[TemplateRuntimeError]", fault))

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, owner = self._undefined_name, self._undefined_obj
        if owner is missing:
            return f"There is no '{name}' here."
        wanted = f"'{name}'" if isinstance(name, str) else f"element {name}"
        return f"There is no {wanted} in {_called(owner)}."


def _called(owner: object) -> str:
    if isinstance(owner, TemplateModule):
        return f"'{str(owner.__name__).partition(f'/{FOLDER}/')[2]}'"
    kind = Reader if Reader in type(owner).__mro__ else type(owner)
    return f"this {kind.__name__}"


def _names_of(owner: object) -> list[str]:
    names = map(str, owner) if isinstance(owner, Mapping) else dir(owner)
    return [name for name in names if not name.startswith(("_", "model_"))]
