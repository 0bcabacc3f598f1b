"""The second reader of the traces: what a key reads, what reads it, and what led to its being made."""

from collections.abc import Mapping
from functools import cached_property

from itnews.engine.key import Key, parse_key
from itnews.engine.store import Store
from itnews.engine.trace import described

_TOLD = " has changed"


class Graph:
    """The reads of every remembered answer of one *variant*, and of those that are the same for all.

    Reads the store when it is asked: all of it for `reads` and `readers`, else the rows that a question is about.
    """

    def __init__(self, store: Store, variant: str) -> None:
        self._store = store
        self._variant = variant
        self._known: dict[Key[object], tuple[Key[object], ...]] = {}

    @cached_property
    def reads(self) -> Mapping[Key[object], tuple[Key[object], ...]]:
        """What each key read, in the order in which it asked."""
        keys = (parse_key(name) for name in self._store.names())
        rows = ((key, self._store.row(key)) for key in keys if key.variant in ("", self._variant))
        return {key: tuple(read for read, _ in row.trace.reads) for key, row in rows if row}

    @cached_property
    def readers(self) -> Mapping[Key[object], tuple[Key[object], ...]]:
        """The keys that read a key directly; inputs are among those that are read."""
        found: dict[Key[object], list[Key[object]]] = {}
        for key, reads in self.reads.items():
            for read in reads:
                found.setdefault(read, []).append(key)
        return {read: tuple(readers) for read, readers in found.items()}

    def reads_of(self, key: Key[object]) -> tuple[Key[object], ...]:
        """What *key* read, in the order in which it asked; nothing for an input."""
        if key not in self._known:
            row = self._store.row(key)
            self._known[key] = tuple(read for read, _ in row.trace.reads) if row else ()
        return self._known[key]

    def culprit(self, key: Key[object], reason: str) -> Key[object] | None:
        """The key because of which *key* was made, if *reason* is that one of its reads has changed."""
        if not reason.endswith(_TOLD):
            return None
        # What differed then is read again: up to it a task asks the same questions.
        told = reason.removesuffix(_TOLD)
        return next((read for read in self.reads_of(key) if described(read) == told), None)

    def trail(
        self, key: Key[object], made: Mapping[str, str]
    ) -> tuple[tuple[Key[object], str], ...]:
        """Why *key* was made, down to what began it: keys with their reasons from *made*; empty if it was not made.

        The last step may be an input, whose reason is empty: nobody makes it.
        """
        steps = []
        reason = made.get(str(key), "")
        while reason:
            steps.append((key, reason))
            culprit = self.culprit(key, reason)
            if culprit is None:
                break
            key = culprit
            reason = made.get(str(key), "")
            if not reason:
                steps.append((key, ""))
        return tuple(steps)
