"""The frontier of a run: what changed since the last one, and which answers that puts in doubt.

The last run of a variant verified every answer that it reached, and left behind what it read of the inputs. So only
the readers of a changed input can be out of date, and the readers of what was made anew and differs. They are settled
in the order of the phases, in which no phase reads a later one: whatever is not in doubt by then, holds.
"""

from collections.abc import Container, Iterable, Iterator

from itnews.digest import Digest
from itnews.engine.key import Key
from itnews.engine.phase import Input, Phase, Pipeline
from itnews.engine.settled import Inputs, Settled
from itnews.engine.store import Store
from itnews.engine.trace import Reads

AnyKey = Key[object]


class Frontier:
    """What one run knows of the one before, *last*, and what of it is in doubt.

    Of the inputs only *candidates* can have changed, by the text of their keys, if they are told. *pipeline* is in an
    order in which no phase reads a later one; a phase may read itself (a fragment a fragment).
    """

    def __init__(
        self,
        pipeline: Pipeline,
        store: Store,
        last: Settled,
        *,
        candidates: Iterable[str] | None = None,
    ) -> None:
        phases = [phase for phase in pipeline if isinstance(phase, Phase)]
        self._inputs = {one.kind: one for one in pipeline if isinstance(one, Input)}
        self._position = {phase.kind: number for number, phase in enumerate(phases)}
        self._shared = frozenset(phase.kind for phase in phases if phase.shared)
        self._delivering = frozenset(phase.kind for phase in phases if phase.delivers)
        self._waiting: tuple[dict[AnyKey, None], ...] = tuple({} for _ in phases)
        self._store = store
        self._last = last
        self._candidates = candidates
        self._wanted: frozenset[str] | None = None
        self._vetted: set[AnyKey] = set()
        self._dropped: dict[AnyKey, None] = {}
        self._returned: set[AnyKey] = set()

    def changed_inputs(self) -> Iterator[AnyKey]:
        """The inputs that differ from what the last run read."""
        inputs = self._last.inputs if self._candidates is None else self._chosen(self._candidates)
        for kind, known in inputs.items():
            yield from self._inputs[kind].changed(known)

    def _chosen(self, candidates: Iterable[str]) -> Inputs:
        found: dict[str, dict[str, Digest]] = {}
        for text in candidates:
            kind = text.partition("|")[0]
            digest = self._last.inputs.get(kind, {}).get(text)
            if digest is not None:
                found.setdefault(kind, {})[text] = digest
        return found

    def elsewhere(self, store: Store) -> None:
        """Asks *store* from now on: another connection to the same."""
        self._store = store

    def knows(self, key: AnyKey) -> bool:
        """Whether the last run reached *key*, so that what its row says was so then."""
        if key.kind in self._shared:
            return key in self._vetted
        return self._is_own(key)

    def doubts(self, key: AnyKey) -> bool:
        """Whether something that *key* read has changed."""
        position = self._position.get(key.kind)
        return position is not None and key in self._waiting[position]

    def touch(self, key: AnyKey) -> None:
        """Puts the readers of *key*, whose answer has changed, in doubt."""
        if key.kind in self._delivering:
            return
        for reader in self._store.readers(key):
            if reader.kind in self._shared or self._is_reached(reader):
                self._waiting[self._position[reader.kind]][reader] = None

    def next(self, *, outputs: bool) -> AnyKey | None:
        """A key in doubt, whose reads are none; keys that deliver only, or none that do. None if there is no other."""
        for kind, position in self._position.items():
            waiting = self._waiting[position]
            while waiting and (kind in self._delivering) == outputs:
                key = next(iter(waiting))
                if self._was_reached(key):
                    self._vetted.add(key)
                    return key
                del waiting[key]
        return None

    def waiting(self, kind: str) -> tuple[AnyKey, ...]:
        """The keys of *kind* in doubt that the last run reached."""
        waiting = self._waiting[self._position[kind]]
        return tuple(key for key in waiting if self._was_reached(key))

    def settle(self, key: AnyKey, *, before: Digest | None, after: Digest) -> None:
        """Takes *key* out of doubt; its readers come into doubt if its answer has changed, from *before*."""
        position = self._position[key.kind]
        if str(key) in self._last.unreached:
            self._returned.add(key)
        doubted = key in self._waiting[position]
        self._waiting[position].pop(key, None)
        # Another variant may have made a shared answer since: then its row does not tell what our readers read.
        may_differ = doubted and key.kind in self._shared and not self._last.latest
        if before != after or may_differ:
            self.touch(key)

    def drop(self, keys: Iterable[AnyKey]) -> None:
        """Notes that nobody may want *keys* any more."""
        self._dropped.update(dict.fromkeys(keys))

    def reread(self, before: Reads, after: Iterable[AnyKey]) -> None:
        """Notes that a key that read *before* now reads *after*."""
        kept = frozenset(after)
        self.drop(read for read, _ in before if read not in kept)

    def want(self, outputs: Iterable[str]) -> None:
        """Tells which keys deliver the outputs of this run, by name; the others of their kinds are done with."""
        self._wanted = frozenset(outputs)

    def lost(self, roots: Container[AnyKey]) -> frozenset[AnyKey]:
        """The keys that the last run reached and this one does not, inputs among them; *roots* and outputs are."""
        self._store.flush()
        lost: set[AnyKey] = set()
        pending = list(self._dropped)
        while pending:
            key = pending.pop()
            if key in lost or key in roots or self._is_wanted(key) or self._is_read(key, lost):
                continue
            lost.add(key)
            row = self._store.row(key)
            pending += [read for read, _ in row.trace.reads] if row else []
        return frozenset(lost)

    def _is_own(self, key: AnyKey) -> bool:
        return key.variant == self._last.variant and str(key) not in self._last.unreached

    def _is_reached(self, key: AnyKey) -> bool:
        """Whether the last run reached *key*, or this one does again."""
        return self._is_own(key) or key in self._returned

    def _is_wanted(self, key: AnyKey) -> bool:
        """Whether *key* delivers outputs of this run."""
        return key.kind in self._delivering and (self._wanted is None or str(key) in self._wanted)

    def _was_reached(self, key: AnyKey) -> bool:
        if key.kind in self._delivering:
            return self._is_wanted(key)
        return key.kind not in self._shared or self._is_read(key, frozenset())

    def _is_read(self, key: AnyKey, lost: Iterable[AnyKey]) -> bool:
        """Whether an answer of this variant read *key*, directly or through others that all variants share."""
        for reader in self._store.readers(key):
            if reader in lost:
                continue
            if reader.kind in self._delivering and reader.kind in self._shared:
                return True
            is_shared = reader.kind in self._shared
            if self._is_read(reader, lost) if is_shared else self._is_reached(reader):
                return True
        return False
