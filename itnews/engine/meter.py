"""Where the time of a build goes: seconds by kind of key, by template and by kind of work, none counted twice.

What is measured is a stack of spans. Each counts what passes inside it, less what passes inside the spans that it
contains: so all of them add up to the time of the outermost.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from time import perf_counter
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from itnews.engine.key import Answer, Fetch, Key, Task
from itnews.engine.phase import Codec, Input, Phase, Pipeline

A = TypeVar("A")
R = TypeVar("R")
T = TypeVar("T")

ENGINE = "engine: compare and remember"
READING = "read sources and settings"

Span = AbstractContextManager[None]
Clock = Callable[[], float]


class Cost(Struct):
    """How often something was done, and the *seconds* that it took in all."""

    times: int = 0
    seconds: float = 0.0

    def add(self, times: int, seconds: float) -> None:
        self.times += times
        self.seconds += seconds


Costs = dict[str, Cost]


class Spent(Struct):
    """What a process spent, in plain values: so it comes from a worker, too.

    *tasks* by kind of key, *works* by their names; together they are the time. *parts* are of it, not beside it:
    templates by their names. *names*: the seconds of single keys, by kind and name, of those kinds that are wanted in
    detail. *peaks*: the highest memory (bytes, 0 if unknown) of workers, by process.
    """

    tasks: Costs = field(default_factory=dict)
    works: Costs = field(default_factory=dict)
    parts: Costs = field(default_factory=dict)
    names: dict[tuple[str, str], float] = field(default_factory=dict)
    peaks: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Spent") -> None:
        """Adds what another process spent, or this one before."""
        pairs = (
            (self.tasks, other.tasks),
            (self.works, other.works),
            (self.parts, other.parts),
        )
        for ours, theirs in pairs:
            for name, cost in theirs.items():
                ours.setdefault(name, Cost()).add(cost.times, cost.seconds)
        for at, seconds in other.names.items():
            self.names[at] = self.names.get(at, 0.0) + seconds
        for process, peak in other.peaks.items():
            self.peaks[process] = max(peak, self.peaks.get(process, 0))


class Meter:
    """What a build has that nobody profiles: it measures nothing, and the pipeline is as it was."""

    def work(self, name: str) -> Span:
        """Counts what passes inside as the work *name*."""
        return nullcontext()

    def part(self, name: str) -> Span:
        """Counts what passes inside as the part *name* of what surrounds it, where it stays counted."""
        return nullcontext()

    def timed(self, name: str, function: Callable[[A], R]) -> Callable[[A], R]:
        """*function*, counted as the work *name*."""
        return function

    def measured(self, pipeline: Pipeline) -> Pipeline:
        """*pipeline* with each of its tasks and inputs counted."""
        return pipeline

    def take(self) -> Spent | None:
        """What was spent since the last call; None if nobody measures."""
        return None

    def add(self, spent: Spent | None) -> None:
        """Adds what a worker spent."""


UNMEASURED = Meter()


class Stopwatch(Meter):
    """A meter that measures, by *clock* (seconds); it notes single keys of the kinds *detailed*."""

    def __init__(
        self, detailed: frozenset[str] = frozenset(), *, clock: Clock = perf_counter
    ) -> None:
        self._detailed = detailed
        self._clock = clock
        self._spent = Spent()
        self._nested: list[float] = [0.0]  # seconds inside the spans of each open span

    def work(self, name: str) -> Span:
        """Counts what passes inside as the work *name*."""
        return self._open(self._spent.works, name)

    def part(self, name: str) -> Span:
        """Counts what passes inside as the part *name* of what surrounds it, where it stays counted."""
        return _OpenPart(self._nested, self._clock, self._spent.parts, name, 1)

    def timed(self, name: str, function: Callable[[A], R]) -> Callable[[A], R]:
        """*function*, counted as the work *name*."""

        def counted(argument: A) -> R:
            with self.work(name):
                return function(argument)

        return counted

    def measured(self, pipeline: Pipeline) -> Pipeline:
        """*pipeline* with each of its tasks and inputs counted."""
        return tuple(
            self._input(one) if isinstance(one, Input) else self._phase(one) for one in pipeline
        )

    def take(self) -> Spent:
        """What was spent since the last call, in spans that have ended."""
        spent = self._spent
        self._spent = Spent()
        return spent

    def add(self, spent: Spent | None) -> None:
        """Adds what a worker spent."""
        if spent is not None:
            self._spent.add(spent)

    def _open(self, costs: Costs, name: str, *, times: int = 1) -> "_Open":
        return _Open(self._nested, self._clock, costs, name, times)

    def _input(self, one: Input[object]) -> Input[object]:
        digest = self.timed(READING, one.digest) if one.digest else None
        return replace(one, answer=self.timed(READING, one.answer), digest=digest)

    def _phase(self, phase: Phase[object]) -> Phase[object]:
        codec = _Counted(phase.codec, lambda: self._open(self._spent.tasks, phase.kind, times=0))
        return replace(phase, task=self._task(phase.task), codec=codec)

    def _task(self, task: Task[object]) -> Task[object]:
        def counted(key: Key[object], fetch: Fetch) -> Answer[object]:
            # What a question costs beside its answer is the engine's, not of the task that asked.
            def ask(asked: Key[T], /) -> T:
                with self.work(ENGINE):
                    return fetch(asked)

            span = self._open(self._spent.tasks, key.kind)
            with span:
                answer = task(key, ask)
            if key.kind in self._detailed:
                at, names = (key.kind, key.name), self._spent.names
                names[at] = names.get(at, 0.0) + span.own
            return answer

        return counted


class _Counted(Codec[object]):
    """*codec*, inside of what *around* returns: what it takes to write an answer down belongs to its kind."""

    def __init__(self, codec: Codec[object], around: Callable[[], Span]) -> None:
        self._codec, self._around = codec, around

    def encode(self, value: object, /) -> bytes:
        with self._around():
            return self._codec.encode(value)

    def decode(self, payload: bytes, /) -> object:
        with self._around():
            return self._codec.decode(payload)


class _Open:
    """A span, counted in *costs* under *name* when it ends; *own* is then what it took without those inside it."""

    __slots__ = ("_begun", "_clock", "_costs", "_name", "_nested", "_times", "own")

    def __init__(
        self, nested: list[float], clock: Clock, costs: Costs, name: str, times: int
    ) -> None:
        self._nested, self._clock = nested, clock
        self._costs, self._name, self._times = costs, name, times

    def __enter__(self) -> None:
        self._nested.append(0.0)
        self._begun = self._clock()

    def __exit__(self, *fault: object) -> None:
        elapsed = self._clock() - self._begun
        inside = self._nested.pop()
        self.own = elapsed - inside
        self._nested[-1] += self._outside(elapsed, inside)
        cost = self._costs.get(self._name)
        if cost is None:
            cost = self._costs[self._name] = Cost()
        cost.add(self._times, self.own)

    def _outside(self, elapsed: float, inside: float) -> float:
        """What the surrounding span shall not count."""
        return elapsed


class _OpenPart(_Open):
    __slots__ = ()

    def _outside(self, elapsed: float, inside: float) -> float:
        return inside
