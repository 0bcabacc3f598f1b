"""What is remembered of an answer, and the one place that decides whether it still holds."""

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from itnews.digest import Digest
from itnews.engine.key import Key
from itnews.problems import Problem

T = TypeVar("T")

Reads = tuple[tuple[Key[object], Digest], ...]


class Trace(Struct, frozen=True):
    """How an answer came about: the code that gave it and what it read, in the order in which it asked."""

    key: Key[object]
    code: Digest
    reads: Reads


class Made(Struct, Generic[T], frozen=True):
    """An answer with all that is remembered of it."""

    value: T
    digest: Digest
    problems: tuple[Problem, ...]
    trace: Trace


def why_stale(
    trace: Trace | None, code: Digest, digest_of: Callable[[Key[object]], Digest]
) -> str | None:
    """Why an answer has to be made again, in words; None if it still holds.

    The reads are compared in the order in which they were asked, up to the first that differs: up to there a new run
    of the task asks the same questions, so nothing is asked here that a clean build would not ask.
    """
    if trace is None:
        return "made for the first time"
    if trace.code != code:
        return "made by another version of itnews or its libraries"
    for key, digest in trace.reads:
        if digest_of(key) != digest:
            return f"{described(key)} has changed"
    return None


def described(key: Key[object]) -> str:
    """A key as words for people: `source content/updates/vpn.md`."""
    words = f"{key.kind} {key.name}".rstrip()
    return f"{words} ({key.variant})" if key.variant else words
