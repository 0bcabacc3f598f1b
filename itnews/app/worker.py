"""A worker: answers batches of output keys in a process of its own, and hands back what it made.

It asks the store for what is known already, reads sources as the build does, and stages pages itself. Only the build
writes the store. What a worker read of the inputs goes back with its answers, and the build compares.
"""

import faulthandler
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from itnews.app import profile
from itnews.app.clock import Clock
from itnews.app.measured import measured
from itnews.app.project import load_project, scanned
from itnews.app.unchanged import SOURCES
from itnews.digest import Digest
from itnews.engine.key import parse_key
from itnews.engine.meter import ENGINE, UNMEASURED, Meter, Spent, Stopwatch
from itnews.engine.phase import by_kind
from itnews.engine.pool import Batch, at_work
from itnews.engine.rows import Written
from itnews.engine.run import Run
from itnews.engine.store import Store
from itnews.files import manifest
from itnews.files.nowhere import Nowhere
from itnews.files.output import Output, Placed
from itnews.files.sources import SourceChanged
from itnews.files.stager import Staged, Stager
from itnews.late import watch_loading

SECONDS = 60
"""How long the answer to one output key may take; no page of a sane site takes one of them."""


class Order(Struct, frozen=True):
    """What a build hands to its workers, in plain values. *snapshot* is a file with the digests that the build knows.

    *staging* is empty for a check, which publishes nothing. *token* tells one build from another in the same worker;
    *builder* is the process of the build. With *profile* a worker measures what takes time.
    """

    site: Path
    store: Path
    output: str
    staging: str
    snapshot: Path
    logs: Path
    edition: str
    drafts: bool
    now: datetime
    code: Digest
    token: str
    builder: int
    profile: bool


class Verified(NamedTuple):
    """A key whose remembered answer holds."""

    key: str
    digest: Digest
    is_troubled: bool


class Result(NamedTuple):
    """What came of a batch: answers that were made, each with the reason, and whether they may be kept; answers that
    hold; what was staged; the names of keys for which the memory did not suffice; what it took, if that is measured."""

    made: list[tuple[Written, str, bool]]
    verified: list[Verified]
    staged: list[Staged]
    failed: list[str]
    spent: Spent | None


_LENT: dict[str, tuple[Run, Meter]] = {}
_SESSIONS: dict[str, "_Session"] = {}
# In an executor of threads: Markdown and templates keep their state in the process.
_ONE_AT_A_TIME = Lock()


def lend(order: Order, run: Run, meter: Meter) -> None:
    """Lets processes that are forked from this one begin where *run* is; *meter* is the one that it has."""
    _LENT[order.token] = run, meter


def take_back(order: Order) -> None:
    """Ends what `lend` began, and what threads of this process have left of the build."""
    _LENT.pop(order.token, None)
    session = _SESSIONS.pop(order.token, None)
    if session is not None:
        session.close()


def work(order: Order, lost: Sequence[str], batch: Batch) -> Result:
    """Answers the keys of *batch*; *lost* are those that are known to end a worker."""
    with _ONE_AT_A_TIME:
        session = _SESSIONS.get(order.token)
        if session is None:
            while _SESSIONS:  # of earlier builds
                _SESSIONS.popitem()[1].close()
            session = _SESSIONS[order.token] = _Session(order)
        return session.answer(batch, lost)


class _Session:
    """What a worker keeps from batch to batch of one build."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._is_apart = os.getpid() != order.builder
        self._store = Store(order.store, writes=False)
        self._stager = (
            Stager(order.staging, manifest.load(order.output)[0]) if order.staging else Nowhere()
        )
        lent = _LENT.get(order.token) if self._is_apart else None
        if lent is not None:
            run, self._meter = lent
            self._meter.take()  # the build itself tells of what was before
            self._run = run.elsewhere(self._store, self._delivered())
        else:
            self._meter = Stopwatch(profile.DETAILED) if order.profile else UNMEASURED
            if order.profile and self._is_apart:
                watch_loading(lambda: self._meter.work(profile.LOADING))
            self._run = _run(order, self._store, self._delivered(), self._meter)
        self._reached = len(self._run.reached)

    def answer(self, batch: Batch, lost: Sequence[str]) -> Result:
        with self._meter.work(ENGINE):
            self._store.commit()  # sees from now on what the build has written since
            for name in lost:
                self._run.give_up(parse_key(name))
            failed = [name for name in batch if not self._answered(name)]
            found = self._made(), self._verified(), self._stager.take(), failed
        self._run.made.clear()
        self._store.commit()  # lets go of the file, where readers hold it
        return Result(*found, spent=profile.spent_here(self._meter))

    def _delivered(self) -> Callable[[Output], Placed]:
        return self._meter.timed(profile.STAGING, self._stager.put)

    def close(self) -> None:
        self._store.close()

    def _answered(self, name: str) -> bool:
        with self._watched(name):
            try:
                self._run.digest(parse_key(name))
            except MemoryError:
                return False
        return True

    @contextmanager
    def _watched(self, name: str) -> Iterator[None]:
        """Tells what is being answered, and ends this process if it takes too long.

        The clock of `faulthandler` runs outside of Python, which code that hangs may hold to itself.
        """
        if not self._is_apart:
            yield
            return
        at_work(self._order.logs, name)
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            faulthandler.dump_traceback_later(SECONDS, exit=True, file=nowhere)
            try:
                yield
            finally:
                faulthandler.cancel_dump_traceback_later()
        at_work(self._order.logs, "")

    def _made(self) -> list[tuple[Written, str, bool]]:
        reasons = {str(key): reason for key, reason in self._run.made.items()}
        kept = [(one, reasons[one.key], True) for one in self._store.taken()]
        unkept = [
            (one, reasons[one.key], False)
            for one in self._run.unkept.values()
            if one.key in reasons
        ]
        return [*kept, *unkept]

    def _verified(self) -> list[Verified]:
        """The keys that were reached since the last batch and were not made."""
        run = self._run
        new = list(islice(run.reached.items(), self._reached, None))
        self._reached += len(new)
        return [
            Verified(str(key), digest, bool(run.problems_known(key)))
            for key, digest in new
            if key not in run.made and not run.is_input(key)
        ]


def _run(order: Order, store: Store, deliver: Callable[[Output], Placed], meter: Meter) -> Run:
    """A run over the site as it lies on disk, which knows what the build knew when it called for workers."""
    project, _, _ = load_project(order.site, scanned(order.site, store.files(SOURCES)), store)
    if project is None:
        raise SourceChanged("itnews.yaml was changed while the site was built; build again.")
    edition = project.settings.edition(order.edition or None, drafts=order.drafts)
    clock = Clock(order.now, ZoneInfo(project.settings.text("site.timezone")))
    phases = by_kind(measured(project, edition, clock, meter))
    run = Run(phases, store, code=order.code, deliver=deliver)
    run.assume(json.loads(order.snapshot.read_bytes()))
    return run
