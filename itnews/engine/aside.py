"""How long answers have taken in this process: so whoever asks for one while he works can tell his own time from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Aside:
    """*seconds* on the clock that went into answers, each counted once, also where one asked for others."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Counts what is done inside."""
        before, begun = self.seconds, perf_counter()
        try:
            yield
        finally:
            # Not added up: what was asked for in between has counted itself, and is part of this.
            self.seconds = before + perf_counter() - begun


ASIDE = Aside()
"""That of this process. It decides nothing that is remembered."""
