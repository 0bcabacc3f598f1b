"""One run of the pipeline: answers keys, from the store where an answer still holds, else from its task."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

from itnews.digest import Digest, digest_bytes
from itnews.engine.frontier import Frontier
from itnews.engine.key import Answer, Fetch, Key
from itnews.engine.phase import Input, Phase
from itnews.engine.rows import Row
from itnews.engine.store import Store
from itnews.engine.trace import Trace, why_stale
from itnews.errors import CycleError, ItnewsError, StoreDamaged
from itnews.files.output import Output, Placed
from itnews.problems import Problem

T = TypeVar("T")

FIRST = "made for the first time"
_RECENT = 64

Verifier = Callable[[Trace | None, Digest, Callable[[Key[object]], Digest]], str | None]


class Run:
    """Answers keys for one state of the inputs; makes each key at most once.

    *deliver* receives the outputs of the phases that deliver. *verifier* is `why_stale`; tests give broken ones to
    see the laws catch them. Without a *frontier* an answer is verified when it is asked for, by all that it read; with
    one, `catch_up` verifies what changed inputs concern, and the rest of what the frontier trusts is taken as it is.
    """

    def __init__(
        self,
        phases: Mapping[str, Phase[object] | Input[object]],
        store: Store,
        *,
        code: Digest,
        deliver: Callable[[Output], Placed],
        verifier: Verifier = why_stale,
        frontier: Frontier | None = None,
    ) -> None:
        self._phases = phases
        self._store = store
        self._code = code
        self._deliver = deliver
        self._verifier = verifier
        self._frontier = frontier
        self._digests: dict[Key[object], Digest] = {}
        self._problems: dict[Key[object], tuple[Problem, ...]] = {}
        self._held: dict[Key[object], object] = {}
        self._recent: OrderedDict[Key[object], object] = OrderedDict()
        self._open: set[Key[object]] = set()
        self.made: dict[Key[object], str] = {}
        """The keys that were made, each with the reason why its old answer did not hold."""
        self.unkept: set[Key[object]] = set()
        """The keys whose answers cannot be remembered: the next run has to ask for everything again."""

    def fetch(self, key: Key[T]) -> T:
        """The answer to *key*."""
        asked = cast("Key[object]", key)
        self.digest(asked)
        return cast("T", self.value(asked))

    def digest(self, key: Key[object]) -> Digest:
        """The digest of the answer to *key*; the answer itself is made only if the remembered one does not hold."""
        known = self._digests.get(key)
        if known is not None:
            return known
        phase = self._phase(key)
        if isinstance(phase, Input):
            self._digests[key] = digest = phase.digest_of(key)
            return digest
        if key in self._open:
            raise CycleError(f"{key} was asked for while it was being made")
        self._open.add(key)
        try:
            return self._verified(key, phase)
        finally:
            self._open.discard(key)

    def catch_up(self, *, outputs: bool) -> None:
        """Verifies what changed inputs concern: first all but the keys that deliver outputs, then these.

        Raises ItnewsError without a frontier.
        """
        frontier = self._frontier
        if frontier is None:
            raise ItnewsError("nothing is known that a run could catch up with")
        if not outputs:
            for key in frontier.changed_inputs(self.digest):
                frontier.touch(key)
        while (doubted := frontier.next(outputs=outputs)) is not None:
            self.digest(doubted)

    def remake(self, key: Key[object]) -> None:
        """Makes *key* again although its answer holds: its outputs were lost or altered on disk."""
        phase = self._phase(key)
        if isinstance(phase, Phase):
            self._make(key, phase, self._store.row(key), "an output of it was deleted or altered")

    def problems_of(self, key: Key[object]) -> tuple[Problem, ...]:
        """The problems of a key that this run reached, or that the last one did."""
        if key in self._problems:
            return self._problems[key]
        row = self._store.row(key)
        return row.problems if row else ()

    @property
    def troubled(self) -> Iterable[Key[object]]:
        """The keys with problems, of those that this run asked for."""
        return tuple(key for key, found in self._problems.items() if found)

    @property
    def reached(self) -> Mapping[Key[object], Digest]:
        """All keys that were asked for in this run, directly or by a task, inputs included."""
        return self._digests

    def is_input(self, key: Key[object]) -> bool:
        return isinstance(self._phase(key), Input)

    def _phase(self, key: Key[object]) -> Phase[object] | Input[object]:
        try:
            return self._phases[key.kind]
        except KeyError:
            raise ItnewsError(f"no phase answers {key}") from None

    def _verified(self, key: Key[object], phase: Phase[object]) -> Digest:
        row = self._store.row(key)
        if row is None:
            return self._make(key, phase, None, FIRST)
        frontier = self._frontier
        if frontier is None or not frontier.knows(key):
            stale = self._verifier(row.trace, self._code, self.digest)
        elif frontier.doubts(key):
            stale = self._verifier(row.trace, self._code, self._recollection(row.trace))
        else:
            stale = None
        if stale is not None:
            return self._make(key, phase, row, stale)
        self._digests[key] = row.digest
        self._problems[key] = row.problems
        if frontier is not None:
            frontier.settle(key, before=row.digest, after=row.digest)
        return row.digest

    def _recollection(self, trace: Trace) -> Callable[[Key[object]], Digest]:
        """The digests of what *trace* read, as it was then where nothing is known to have changed since."""
        read = dict(trace.reads)

        def recalled(key: Key[object]) -> Digest:
            if key in self._digests or self._frontier is None or self._frontier.doubts(key):
                return self.digest(key)
            return read[key]

        return recalled

    def _make(self, key: Key[object], phase: Phase[object], row: Row | None, reason: str) -> Digest:
        if row is not None:
            self._recall(row.trace)
        asked = _Reads(self)
        answer = self._asked(key, phase, asked)
        payload = phase.codec.encode(answer.value)
        digest = digest_bytes(payload)
        self._digests[key] = digest
        self._problems[key] = answer.problems
        self.made[key] = reason
        self._remember(key, phase, answer.value)
        if answer.keep and asked.complete:
            made = Row(digest, Trace(key, self._code, tuple(asked.reads.items())), answer.problems)
            placed = cast("tuple[Placed, ...]", answer.value) if phase.delivers else ()
            self._store.keep(key, made, payload if phase.stored else None, placed)
        else:
            self.unkept.add(key)
            self._held[key] = answer.value
        if self._frontier is not None:
            self._frontier.settle(key, before=row.digest if row else None, after=digest)
            self._frontier.reread(row.trace.reads if row else (), asked.reads)
        return digest

    def _recall(self, trace: Trace) -> None:
        """Takes over the digests of what *trace* read, so far as the frontier says that they hold."""
        frontier = self._frontier
        if frontier is None or not frontier.knows(trace.key):
            return
        for key, digest in trace.reads:
            if key not in self._digests and not frontier.doubts(key):
                self._digests[key] = digest

    def _asked(self, key: Key[object], phase: Phase[object], fetch: Fetch) -> Answer[object]:
        answer = phase.task(key, fetch)
        if not phase.delivers:
            return answer
        outputs = cast("tuple[Output, ...]", answer.value)
        return answer._replace(value=tuple(self._deliver(output) for output in outputs))

    def value(self, key: Key[object]) -> object:
        """The value of a key whose digest is known in this run."""
        if key in self._held:
            return self._held[key]
        if key in self._recent:
            self._recent.move_to_end(key)
            return self._recent[key]
        phase = self._phase(key)
        if isinstance(phase, Input):
            return phase.answer(key)
        value = self._stored(key, phase)
        if value is None:
            row = self._store.row(key) if self._frontier else None
            if row is not None:
                self._recall(row.trace)
            value = self._asked(key, phase, _Reads(self)).value
        self._remember(key, phase, value)
        return value

    def _stored(self, key: Key[object], phase: Phase[object]) -> object:
        if phase.delivers:
            return self._store.placed(key)
        payload = self._store.value(key) if phase.stored else None
        if payload is None:
            return None
        if digest_bytes(payload) != self._digests[key]:
            raise StoreDamaged(f"The store's value of {key} is not the one that was put there")
        return phase.codec.decode(payload)

    def _remember(self, key: Key[object], phase: Phase[object], value: object) -> None:
        if phase.held:
            self._held[key] = value
            return
        self._recent[key] = value
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)


class _Reads:
    """The `fetch` of one task: records what it asks, in order.

    *complete* is false once an answer failed: a task that went on all the same has read what is not recorded.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self.reads: dict[Key[object], Digest] = {}
        self.complete = True

    def __call__(self, key: Key[T], /) -> T:
        asked = cast("Key[object]", key)
        try:
            self.reads[asked] = self._run.digest(asked)
            return cast("T", self._run.value(asked))
        except BaseException:
            self.complete = False
            raise
