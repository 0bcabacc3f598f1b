"""One run of the pipeline: answers keys, from the store where an answer still holds, else from its task."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from itnews.digest import Digest, digest_bytes
from itnews.engine.key import Answer, Fetch, Key
from itnews.engine.phase import Input, Phase
from itnews.engine.store import Row, Store
from itnews.engine.trace import Trace, why_stale
from itnews.errors import CycleError, ItnewsError, StoreDamaged
from itnews.files.output import Output, Placed
from itnews.problems import Problem

T = TypeVar("T")

_RECENT = 64

Verifier = Callable[[Trace | None, Digest, Callable[[Key[object]], Digest]], str | None]


class Run:
    """Answers keys for one state of the inputs; makes each key at most once.

    *deliver* receives the outputs of the phases that deliver. *verifier* is `why_stale`; tests give broken ones to
    see the laws catch them.
    """

    def __init__(
        self,
        phases: Mapping[str, Phase[object] | Input[object]],
        store: Store,
        *,
        code: Digest,
        deliver: Callable[[Output], Placed],
        verifier: Verifier = why_stale,
    ) -> None:
        self._phases = phases
        self._store = store
        self._code = code
        self._deliver = deliver
        self._verifier = verifier
        self._digests: dict[Key[object], Digest] = {}
        self._problems: dict[Key[object], tuple[Problem, ...]] = {}
        self._held: dict[Key[object], object] = {}
        self._recent: OrderedDict[Key[object], object] = OrderedDict()
        self._open: set[Key[object]] = set()
        self.made: dict[Key[object], str] = {}
        """The keys that were made, each with the reason why its old answer did not hold."""

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
        self._enter(key)
        try:
            return self._verified(key, phase)
        finally:
            self._open.discard(key)

    def remake(self, key: Key[object]) -> None:
        """Makes *key* again although its answer holds: its outputs were lost or altered on disk."""
        phase = self._phase(key)
        if isinstance(phase, Phase):
            self._make(key, phase, "an output of it was deleted or altered")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all keys that were reached, made now or remembered."""
        return tuple(problem for found in self._problems.values() for problem in found)

    @property
    def reached(self) -> frozenset[Key[object]]:
        """All keys that were asked for in this run, directly or by a task, inputs included."""
        return frozenset(self._digests)

    def _phase(self, key: Key[object]) -> Phase[object] | Input[object]:
        try:
            return self._phases[key.kind]
        except KeyError:
            raise ItnewsError(f"no phase answers {key}") from None

    def _enter(self, key: Key[object]) -> None:
        if key in self._open:
            raise CycleError(f"{key} was asked for while it was being made")
        self._open.add(key)

    def _verified(self, key: Key[object], phase: Phase[object]) -> Digest:
        row = self._store.row(key)
        stale = self._verifier(row.trace if row else None, self._code, self.digest)
        if row is None or stale is not None:
            return self._make(key, phase, stale or "made for the first time")
        self._digests[key] = row.digest
        if row.problems:
            self._problems[key] = row.problems
        return row.digest

    def _make(self, key: Key[object], phase: Phase[object], reason: str) -> Digest:
        asked = _Reads(self)
        answer = self._asked(key, phase, asked)
        payload = phase.codec.encode(answer.value)
        digest = digest_bytes(payload)
        self._digests[key] = digest
        self._problems[key] = answer.problems
        self.made[key] = reason
        self._remember(key, phase, answer.value)
        if answer.keep and asked.complete:
            trace = Trace(key, self._code, tuple(asked.reads.items()))
            kept = payload if phase.stored or phase.delivers else None
            self._store.keep(key, Row(digest, trace, answer.problems), kept)
        return digest

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
        value = self._stored(key, phase) if phase.stored or phase.delivers else None
        if value is None:
            value = self._asked(key, phase, _Reads(self)).value
        self._remember(key, phase, value)
        return value

    def _stored(self, key: Key[object], phase: Phase[object]) -> object:
        payload = self._store.value(key)
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
