"""Workers: batches of keys answered in other processes, and what becomes of a key that no process survives."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

Batch = tuple[str, ...]
Work = Callable[[Batch], T]
"""Answers a batch of keys, by their names. Goes to the workers, so it has to be one that pickle can name."""

_AHEAD = (
    2  # batches that wait for each worker, so that none is idle; more would only be held in memory
)


class Pool(Generic[T]):
    """Answers batches of keys by *work* in *jobs* processes, or in those of *executor*, whatever that is.

    *logs* is a folder in which a worker notes the key that it is about to answer (`at_work`): so it is known which key
    a worker died of.
    """

    def __init__(self, work: Work[T], logs: Path, *, jobs: int, executor: Executor | None) -> None:
        self._work = work
        self._logs = logs
        self._jobs = jobs
        self._given = executor
        self._executor = executor or _processes(jobs)
        self._is_ours = executor is None

    def close(self) -> None:
        """Lets the processes go; an executor that was given stays open."""
        if self._is_ours:
            self._executor.shutdown(cancel_futures=True)
            gc.unfreeze()

    def kill(self) -> None:
        """Ends the processes without waiting for what they do."""
        if self._is_ours and isinstance(self._executor, ProcessPoolExecutor):
            for process in list((self._executor._processes or {}).values()):
                process.kill()
            self._executor.shutdown(wait=False, cancel_futures=True)
            gc.unfreeze()

    def answers(self, batches: Sequence[Batch]) -> Iterator[T | str]:
        """The results in the order of *batches*, or a name in their place: that of a key which no worker survived."""
        waiting, running = deque(batches), deque[tuple[Batch, Future[T]]]()
        try:
            yield from self._answers(waiting, running)
        finally:
            # Nothing of this build is answered when it has ended, not even by an executor that goes on.
            left = [future for _, future in running if not future.cancel()]
            if not self._is_ours:
                wait(left)

    def _answers(
        self, waiting: deque[Batch], running: deque[tuple[Batch, Future[T]]]
    ) -> Iterator[T | str]:
        while waiting or running:
            try:
                while waiting and len(running) < self._jobs * (1 + _AHEAD):
                    running.append((waiting[0], self._executor.submit(self._work, waiting[0])))
                    waiting.popleft()
                yield running[0][1].result()
                running.popleft()
            except BrokenExecutor:
                lost = [batch for batch, _ in running]
                running.clear()
                yield from self._after_a_death(lost, waiting)

    def _after_a_death(self, lost: Sequence[Batch], waiting: deque[Batch]) -> Iterator[T | str]:
        """Answers what workers were about to answer each in a process of its own; the rest of *lost* goes back."""
        suspects = self._at_work(lost)
        self._renew(self._jobs)
        for name in suspects:
            yield self._alone(name)
        left = [tuple(name for name in batch if name not in suspects) for batch in lost]
        waiting.extendleft(reversed([batch for batch in left if batch]))

    def _alone(self, name: str) -> T | str:
        self._renew(1)
        try:
            return self._executor.submit(self._work, (name,)).result()
        except BrokenExecutor:
            return name
        finally:
            self._renew(self._jobs)

    def _renew(self, jobs: int) -> None:
        self.close()
        self._executor, self._is_ours = _processes(jobs), True

    def _at_work(self, lost: Sequence[Batch]) -> list[str]:
        """The keys that workers were about to answer; all of *lost* where none has said anything."""
        found = set()
        for log in self._logs.glob("*.at"):
            with suppress(OSError):
                found.add(log.read_text(encoding="utf-8"))
                log.unlink()
        names = [name for batch in lost for name in batch]
        return [name for name in names if name in found] or names


def at_work(logs: Path, name: str) -> None:
    """Notes in the folder *logs* that this process is about to answer the key *name*; empty: that it has done so."""
    with open(logs / f"{os.getpid()}.at", "w", encoding="utf-8") as stream:
        stream.write(name)


def cores() -> int:
    """How many processes this machine runs side by side."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processes(jobs: int) -> ProcessPoolExecutor:
    gc.freeze()  # what a fork shares with this process stays shared: no collection touches it
    return ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_begin)


def _context() -> BaseContext:
    """How processes are begun: by `fork` where that is safe, that is on Linux with no thread but this one."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


def _begin() -> None:
    """What a worker does first: it leaves Ctrl-C to the process that began it, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
