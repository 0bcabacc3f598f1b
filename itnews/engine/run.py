"""One run of the pipeline: answers keys, from the store where an answer still holds, else from its task."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from sys import intern
from typing import TypeVar, cast

from itnews.digest import Digest, digest_bytes
from itnews.engine.aside import ASIDE
from itnews.engine.frontier import Frontier
from itnews.engine.key import Answer, Fetch, Key, parse_key
from itnews.engine.phase import Input, Phase
from itnews.engine.rows import (
    Row,
    Written,
    decoded_places,
    decoded_problems,
    decoded_reads,
    written,
)
from itnews.engine.store import Store
from itnews.engine.trace import Trace, described, why_stale
from itnews.errors import CycleError, ItnewsError, StoreDamaged
from itnews.files.output import Output, Placed
from itnews.files.sources import SourceChanged
from itnews.problems import Problem

T = TypeVar("T")

FIRST = "made for the first time"
_RECENT = 256

Memory = Mapping[Key[object], tuple[Digest, object]]
"""Values of an earlier run in the same process, each with the digest that it has to have."""

Verifier = Callable[[Trace | None, Digest, Callable[[Key[object]], Digest]], str | None]


class Run:
    """Answers keys for one state of the inputs; makes each key at most once.

    *deliver* receives the outputs of the phases that deliver. *verifier* is `why_stale`; tests give broken ones to
    see the laws catch them. Without a *frontier* an answer is verified when it is asked for, by all that it read; with
    one, `catch_up` verifies what changed inputs concern, and the rest of what the frontier trusts is taken as it is.
    *memory* is what an earlier run of this process held.
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
        memory: Memory | None = None,
    ) -> None:
        self._phases = phases
        self._store = store
        self._code = code
        self._deliver = deliver
        self._verifier = verifier
        self._frontier = frontier
        self._memory = memory if memory is not None else {}
        self._digests: dict[Key[object], Digest] = {}
        self._problems: dict[Key[object], tuple[Problem, ...]] = {}
        self._held: dict[Key[object], object] = {}
        self._recent: OrderedDict[Key[object], object] = OrderedDict()
        self._open: set[Key[object]] = set()
        self.made: dict[Key[object], str] = {}
        """The keys that were made, each with the reason why its old answer did not hold."""
        self.replaced: dict[Key[object], tuple[Placed, ...]] = {}
        """Where the outputs of the keys that were made lay before."""
        self.unkept: dict[Key[object], Written] = {}
        """The answers that cannot be remembered: the next run has to ask for everything again."""

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

    def catch_up(self, *, outputs: bool, many: Callable[[Sequence[Key[object]]], None]) -> None:
        """Verifies what changed inputs concern: first all but the keys that deliver outputs, then these.

        *many* is told the keys of one kind that are in doubt before the first of them is verified; it may have them
        answered elsewhere (`adopt`). Raises ItnewsError without a frontier.
        """
        frontier = self._frontier
        if frontier is None:
            raise ItnewsError("nothing is known that a run could catch up with")
        if not outputs:
            for key in frontier.changed_inputs():
                self.digest(key)
                frontier.touch(key)
        kind = ""
        while (doubted := frontier.next(outputs=outputs)) is not None:
            if doubted.kind != kind:
                kind = doubted.kind
                many(frontier.waiting(kind))
                continue
            self.digest(doubted)
            if frontier.doubts(doubted):
                raise StoreDamaged(f"The store's readers of {doubted} have no end")

    def give_up(self, key: Key[object], problem: Problem | None = None) -> None:
        """Answers *key* with nothing, with the *problem* that this is: no process survived its task."""
        if key in self._digests:
            return
        phase = self._phase(key)
        nothing = () if isinstance(phase, Phase) and phase.delivers else None
        row = Row(
            digest_bytes(b"given up"), Trace(key, self._code, ()), (problem,) if problem else ()
        )
        self.unkept[key] = written(row)
        self._digests[key] = row.digest
        self._note_problems(key, row.problems)
        self._held[key] = nothing
        self._note_made(key, phase, "no process survived its task")
        if self._frontier is not None:
            self._frontier.settle(key, before=None, after=row.digest)

    def adopt(self, answer: Written, reason: str, *, keep: bool) -> None:
        """Takes over an answer that a worker made; with *keep* false it holds for this run only.

        Raises SourceChanged if the worker read another state of the sources than this run.
        """
        key = parse_key(answer.key)
        if key in self._digests:
            return  # another worker made it, too
        reads = decoded_reads(answer.reads)
        for read, digest in reads:
            if self.is_input(read) and self.digest(read) != digest:
                raise SourceChanged(f"{described(read)} has changed while the site was built.")
        row = self._store.row(key) if self._frontier else None
        self._digests[key] = Digest(answer.digest)
        self._note_problems(key, decoded_problems(answer.problems))
        self._note_made(key, self._phase(key), intern(reason))  # thousands have the same
        if keep:
            self._store.keep(answer)
        else:
            self.unkept[key] = answer
            if answer.placed:
                self._held[key] = decoded_places(answer.placed)
        if self._frontier is not None:
            before = row.digest if row else None
            self._frontier.settle(key, before=before, after=self._digests[key])
            self._frontier.reread(row.trace.reads if row else (), (read for read, _ in reads))

    def adopt_verified(self, key: Key[object], digest: Digest, *, is_troubled: bool) -> None:
        """Takes over that the remembered answer to *key* holds, as a worker found."""
        if key in self._digests:
            return
        self._digests[key] = digest
        row = self._store.row(key) if is_troubled else None
        if row is not None:
            self._problems[key] = row.problems
        if self._frontier is not None:
            self._frontier.settle(key, before=digest, after=digest)

    def assume(self, digests: Mapping[str, Digest]) -> None:
        """Takes *digests*, by the text of keys, as what this run has found."""
        self._digests.update((parse_key(text), digest) for text, digest in digests.items())

    def elsewhere(self, store: Store, deliver: Callable[[Output], Placed]) -> "Run":
        """This run in a process that was forked off: with its own connection to the store, and its own deliveries."""
        self._kept_open = self._store  # SQLite forbids to close in a fork what was opened before
        self._store, self._deliver = store, deliver
        if self._frontier is not None:
            self._frontier.elsewhere(store)
        self.made.clear()
        self.unkept.clear()
        return self

    def memory(self) -> Memory:
        """The values that this run held, and those that it was given and did not need, with their digests."""
        held = {
            key: (self._digests[key], value)
            for key, value in self._held.items()
            if key not in self.unkept and key in self._digests
        }
        return {**self._memory, **held}

    def remake(self, key: Key[object]) -> None:
        """Makes *key* again although its answer holds: its outputs were lost or altered on disk."""
        phase = self._phase(key)
        if isinstance(phase, Phase):
            self._make(key, phase, self._store.row(key), "an output of it was deleted or altered")

    def problems_of(self, key: Key[object]) -> tuple[Problem, ...]:
        """The problems of a key that this run reached, or that the last one did."""
        if key in self._problems:
            return self._problems[key]
        row = self._store.row(key) if key not in self.made else None
        return row.problems if row else ()

    @property
    def troubled(self) -> Iterable[Key[object]]:
        """The keys with problems, of those that this run asked for."""
        return tuple(self._problems)

    def problems_known(self, key: Key[object]) -> tuple[Problem, ...]:
        """The problems of a key that this run asked for."""
        return self._problems.get(key, ())

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
        frontier = self._frontier
        if frontier is not None and frontier.knows(key) and not frontier.doubts(key):
            known = self._store.digest(key)
            if known is not None:
                self._digests[key] = known
                return known
        row = self._store.row(key)
        if row is None:
            return self._make(key, phase, None, FIRST)
        is_doubted = frontier is not None and frontier.knows(key)
        recall = self._recollection(row.trace) if is_doubted else self.digest
        stale = self._verifier(row.trace, self._code, recall)
        if stale is not None:
            return self._make(key, phase, row, stale)
        self._digests[key] = row.digest
        self._note_problems(key, row.problems)
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
        self._note_problems(key, answer.problems)
        self._note_made(key, phase, reason)
        self._remember(key, phase, answer.value)
        made = Row(digest, Trace(key, self._code, tuple(asked.reads.items())), answer.problems)
        placed = cast("tuple[Placed, ...]", answer.value) if phase.delivers else ()
        note = written(made, payload if phase.stored else None, placed)
        if answer.keep and asked.complete:
            self._store.keep(note)
        else:
            self.unkept[key] = note
            self._held[key] = answer.value
        if self._frontier is not None:
            self._frontier.settle(key, before=row.digest if row else None, after=digest)
            self._frontier.reread(row.trace.reads if row else (), asked.reads)
        return digest

    def _note_made(
        self, key: Key[object], phase: Phase[object] | Input[object], reason: str
    ) -> None:
        self.made[key] = reason
        if self._frontier is not None and isinstance(phase, Phase) and phase.delivers:
            self.replaced.setdefault(key, self._store.placed(key))

    def _note_problems(self, key: Key[object], problems: tuple[Problem, ...]) -> None:
        if problems:
            self._problems[key] = problems

    def _recall(self, trace: Trace) -> None:
        """Takes over the digests of what *trace* read, so far as the frontier says that they hold."""
        frontier = self._frontier
        if frontier is None or not frontier.knows(trace.key):
            return
        for key, digest in trace.reads:
            if key in self._digests or frontier.doubts(key):
                continue
            if not self.is_input(key):  # the border has to know what was told of its files
                self._digests[key] = digest

    def _asked(self, key: Key[object], phase: Phase[object], fetch: Fetch) -> Answer[object]:
        with ASIDE.answering():
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
        known, remembered = self._memory.get(key, (None, None))
        if known is not None and known == self._digests[key]:
            self._held[key] = remembered
            return remembered
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
