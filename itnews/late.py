"""Modules that are loaded when something in them is first used.

The libraries that read Markdown, render templates and write feeds take longer to load than most builds take to find
that they need none of them. A module that may not be needed is named twice: for readers, type checkers and the floors
it is imported as any other, for the program it is late.

    if TYPE_CHECKING:
        from itnews.markup import reading
    else:
        reading = late("itnews.markup.reading")
"""

from importlib import import_module
from types import ModuleType


class _Late(ModuleType):
    """Stands for the module of its name."""

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


def late(name: str) -> ModuleType:
    """The module *name*, which is loaded by the first question for an attribute; a failure to load says so there."""
    return _Late(name)
