"""A key names a question; fetching it answers the question and records that it was asked."""

from collections.abc import Callable
from sys import intern
from typing import Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from itnews.problems import Problem

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Key(Struct, Generic[T_co], frozen=True):
    """The name of a question whose answer is a `T_co`.

    *kind* is the sort of question, *name* its subject, *variant* the edition (and drafts) it is asked for, empty where
    the answer is the same for all. Made by the factories in each package's `keys.py`, which know what is answered.
    """

    kind: str
    name: str
    variant: str = ""

    def __str__(self) -> str:
        return f"{self.kind}|{self.variant}|{self.name}"


def parse_key(text: str) -> Key[object]:
    """The key whose `str` is *text*."""
    kind, variant, name = text.split("|", 2)
    # A document's path is the name of a dozen keys, a kind that of thousands: each is held once.
    return Key(intern(kind), intern(name), intern(variant))


class Fetch(Protocol):
    """Answers a key. Whoever fetches depends on the answer."""

    def __call__(self, key: Key[T], /) -> T: ...


class Answer(NamedTuple, Generic[T]):
    """What a task returns: a value, and the mistakes it found on the way.

    With *keep* false the answer holds for this run only, because more than the reads decided it: a time limit that
    a slow machine reached.
    """

    value: T
    problems: tuple[Problem, ...] = ()
    keep: bool = True


Task = Callable[[Key[T], Fetch], Answer[T]]
"""A pure function from a key and the answers it fetches to a value."""
