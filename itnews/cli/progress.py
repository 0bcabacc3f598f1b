"""How far long work has come: a bar on a terminal, a line for each phase elsewhere."""

import time
from collections.abc import Callable
from typing import Protocol, TextIO

# Most builds are over by then: they neither flicker nor wait for rich to be imported.
_DELAY = 0.5
_PAUSE = 0.1


class Display(Protocol):
    """What a run tells about itself. A phase ends where the next one begins."""

    def phase(self, name: str, total: int) -> None:
        """*name* ("Reading documents") begins, with *total* things to do; 0 where that is not known."""
        ...

    def advance(self, number: int = 1) -> None:
        """*number* more things of this phase are done."""
        ...

    def hide(self) -> None:
        """Something else is about to be written; what is shown goes away and comes back with the next advance."""
        ...


class Lines:
    """One line for each phase, for logs."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def phase(self, name: str, total: int) -> None:
        self._write(f"{name} ({total})" if total > 1 else name)

    def advance(self, number: int = 1) -> None:
        """A log has no place for this."""

    def hide(self) -> None:
        """Lines stay."""


class Bar:
    """A bar on the last line of a terminal. It has no thread of its own: it is drawn when something advances."""

    def __init__(
        self, stream: TextIO, *, colour: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._colour = colour
        self._clock = clock
        self._next_drawing = clock() + _DELAY
        self._name, self._total, self._completed = "", 0, 0
        self._hide: Callable[[], None] | None = None
        self._draw: Callable[[], None] | None = None

    def phase(self, name: str, total: int) -> None:
        self._name, self._total, self._completed = name, total, 0
        self.advance(0)

    def advance(self, number: int = 1) -> None:
        self._completed += number
        if self._clock() < self._next_drawing:
            return
        if self._draw is None:
            self._show()
        if self._draw is not None:
            self._draw()
        self._next_drawing = self._clock() + _PAUSE

    def hide(self) -> None:
        if self._hide is not None:
            self._hide()
        self._hide = self._draw = None

    def _show(self) -> None:
        # rich costs a tenth of a second: only work that is worth a bar pays it.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}", markup=False),
            console=Console(file=self._stream, force_terminal=True, no_color=not self._colour),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        task = bar.add_task(self._name, total=None)

        def draw() -> None:
            bar.update(
                task,
                description=self._name,
                completed=self._completed,
                total=self._total or None,
                refresh=True,
            )

        bar.start()
        self._hide, self._draw = bar.stop, draw
