"""Modules that are loaded when something in them is first used.

The libraries that read Markdown, render templates and write feeds take longer to load than most builds take to find
that they need none of them. A module that may not be needed is named twice: for readers, type checkers and the floors
it is imported as any other, for the program it is late.

    if TYPE_CHECKING:
        from itnews.markup import reading
    else:
        reading = late("itnews.markup.reading")
"""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from types import ModuleType

Around = Callable[[], AbstractContextManager[None]]

_around: list[Around] = [nullcontext]


class _Late(ModuleType):
    """Stands for the module of its name."""

    def __getattr__(self, name: str) -> object:
        if self.__name__ not in sys.modules:
            with _around[-1]():
                import_module(self.__name__)
        return getattr(import_module(self.__name__), name)


def late(name: str) -> ModuleType:
    """The module *name*, which is loaded by the first question for an attribute; a failure to load says so there."""
    return _Late(name)


def watch_loading(around: Around | None) -> None:
    """From now on each late module is loaded inside of what *around* returns: loading takes a while, which somebody
    may want to tell from the work that asked for it. None ends this."""
    _around[-1] = around or nullcontext
