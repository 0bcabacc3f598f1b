"""What a build tells about its progress, to whoever shows it."""

from typing import Protocol


class Progress(Protocol):
    """Receives the phases of a build: a name and how many steps it has, then each step."""

    def phase(self, name: str, total: int) -> None: ...

    def advance(self, number: int = 1) -> None: ...


class Silent:
    """Shows nothing."""

    def phase(self, name: str, total: int) -> None:
        """Passes over the phase *name*."""

    def advance(self, number: int = 1) -> None:
        """Passes over *number* steps."""


SILENT = Silent()
