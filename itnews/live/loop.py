"""When to build again: soon after a change, once for a burst of them, and when the next change is due by itself."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn, Protocol

from msgspec import Struct

from itnews.paths import SourcePath

FIRST = 0.012
"""Seconds from the first event to the build: an atomic save is over by then, and nobody notices."""

QUIET = 0.015
"""Seconds without an event that end a burst..."""

LONGEST = 0.5
"""...and how long it may last: whoever saves all the time sees a build twice a second."""

_GIT_LONGEST = 10.0  # seconds; a git that was killed leaves its lock behind for ever
_NAP = 30.0  # seconds: a clock that was put forward, or a laptop that slept, is noticed by then


class Source(Protocol):
    """Where changes come from."""

    def wait(self, seconds: float, /) -> bool:
        """Waits until there is something to take, about *seconds* at most (or less); whether there is."""
        ...

    def take(self) -> frozenset[SourcePath]:
        """What has changed since it was last taken."""
        ...


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The time of day, aware."""
        ...

    def seconds(self) -> float:
        """Seconds that only ever grow, from anywhere."""
        ...


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """As `Clock.now`, in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """As `Clock.seconds`."""
        return time.monotonic()


class Batch(Struct, frozen=True):
    """Why a build is made: *paths* that may have changed; none for the first build, and for one that was *due*."""

    paths: frozenset[SourcePath] = frozenset()
    due: bool = False


Build = Callable[[Batch], datetime | None]
"""Builds and reports; answers when another build is due without any change, None if never."""


def watch(
    build: Build, source: Source, clock: Clock, *, git_is_busy: Callable[[], bool] = lambda: False
) -> NoReturn:
    """Builds, and then again whenever there is a reason; what changes while a build runs is built after it.

    *git_is_busy*: whether git is writing, so that a checkout is built once, when it is complete. Ends with the
    exception that ends it: KeyboardInterrupt, or what *build* raises.
    """
    due = build(Batch())
    while True:
        if _comes_first(source, clock, due):
            due = build(Batch(_settled(source, clock, git_is_busy)))
        else:
            due = build(Batch(source.take(), due=True))


def _comes_first(source: Source, clock: Clock, due: datetime | None) -> bool:
    """Waits for a change or for the time that is *due*; whether it was a change."""
    while True:
        left = (due - clock.now()).total_seconds() if due else _NAP
        if left <= 0:
            return False
        if source.wait(min(left, _NAP)):
            return True


def _settled(
    source: Source, clock: Clock, git_is_busy: Callable[[], bool]
) -> frozenset[SourcePath]:
    """All that changes until a burst of changes is over, and git has finished."""
    begun = clock.seconds()
    paths = set(source.take())
    pause = FIRST
    while clock.seconds() - begun < (_GIT_LONGEST if git_is_busy() else LONGEST):
        if source.wait(pause):
            paths |= source.take()
        elif not git_is_busy():
            break
        pause = QUIET
    return frozenset(paths)
