"""Calling for workers: which keys are worth it, and what becomes of what they hand back."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from shutil import rmtree
from typing import TYPE_CHECKING, cast

from msgspec import Struct, field

from itnews.app import profile
from itnews.app.options import Options
from itnews.app.tasks.plan import SETTINGS
from itnews.app.unchanged import STORE
from itnews.digest import Digest, canonical
from itnews.engine.key import Key, parse_key
from itnews.engine.meter import UNMEASURED, Meter
from itnews.engine.run import Run
from itnews.engine.store import Store
from itnews.engine.trace import described
from itnews.files.nowhere import Destination
from itnews.late import late
from itnews.model.keys import document_key
from itnews.paths import source_path
from itnews.problems import Span, error

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from itnews.app import worker
    from itnews.engine import pool
else:
    worker = late("itnews.app.worker")
    pool = late("itnews.engine.pool")

PARALLEL = frozenset({"alias", "document", "feed", "front", "list", "page", "sheet", "shell"})
"""Kinds of key that are answered by workers if there are many: they take a millisecond and more each."""

WORTH_IT = 200
"""So many keys at once pay for processes, which take half a second to begin."""

_BATCH = 40
_OF_DOCUMENTS = frozenset({"document", "page", "sheet", "shell"})
_HINT = "take out what is unusual in it; where memory is short, build with --jobs 1"


class Workers(Struct, frozen=True):
    """The workers of one build, called for when there is enough to do; with one job only if there is an *executor*."""

    options: Options
    store: Store
    run: Run
    tree: Destination
    code: Digest
    executor: "Executor | None"
    meter: Meter = UNMEASURED
    lost: list[str] = field(default_factory=list)

    def answer(self, keys: Sequence[Key[object]], advance: Callable[[int], None]) -> None:
        """Answers those of *keys* that are worth it; the rest is left to the run itself."""
        names = [str(key) for key in keys if key.kind in PARALLEL]
        if len(names) < WORTH_IT:
            return
        jobs = self.options.jobs or pool.cores()
        if jobs < 2 and self.executor is None:
            return
        with self.meter.work(profile.STORING):
            self.store.commit()  # workers read what was written
        with self.meter.work(profile.WAITING), self._pool(jobs) as crew:
            for result in crew.answers(_batches(names, jobs)):
                if isinstance(result, str):
                    self._give_up(result)
                    continue
                self._adopt(result)
                advance(len(result.made) + len(result.verified))

    @contextmanager
    def _pool(self, jobs: int) -> "Iterator[pool.Pool[worker.Result]]":
        order = self._order()
        order.logs.mkdir(exist_ok=True)
        order.snapshot.write_bytes(
            canonical({str(key): one for key, one in self.run.reached.items()})
        )
        worker.lend(order, self.run, self.meter)
        work = partial(worker.work, order, self.lost)
        crew = pool.Pool(work, order.logs, jobs=jobs, executor=self.executor)
        try:
            yield crew
            crew.close()
        except BaseException:
            crew.kill()
            raise
        finally:
            worker.take_back(order)
            order.snapshot.unlink(missing_ok=True)
            rmtree(order.logs, ignore_errors=True)

    def _order(self) -> "worker.Order":
        asked, state = self.options, self.options.state_folder.resolve()
        return worker.Order(
            site=asked.site.resolve(),
            store=state / STORE,
            output=self.tree.root,
            staging=self.tree.staging_folder(),
            snapshot=state / "snapshot.json",
            logs=state / "workers",
            edition=asked.edition,
            drafts=asked.drafts,
            now=asked.now,
            code=self.code,
            token=secrets.token_hex(8),
            builder=os.getpid(),
            profile=self.meter is not UNMEASURED,
        )

    def _adopt(self, result: "worker.Result") -> None:
        self.meter.add(result.spent)
        with self.meter.work(profile.ADOPTING):
            self._take_over(result)

    def _take_over(self, result: "worker.Result") -> None:
        for answer, reason, keep in result.made:
            self.run.adopt(answer, reason, keep=keep)
        for name, digest, is_troubled in result.verified:
            self.run.adopt_verified(parse_key(name), digest, is_troubled=is_troubled)
        self.tree.adopt(result.staged)
        for name in result.failed:
            self._give_up(name)
        self.store.commit()

    def _give_up(self, name: str) -> None:
        """Leaves out the output *name*, and the body that it may have come from: no process survived it."""
        key = parse_key(name)
        path = source_path(key.name) if key.kind in _OF_DOCUMENTS else SETTINGS
        message = f"The process that made {described(key)} ended abruptly, or took longer than {worker.SECONDS} s."
        self.run.give_up(key, error("worker-lost", Span(path), message, hint=_HINT))
        self.lost.append(name)
        if key.kind in ("page", "shell"):
            document = cast("Key[object]", document_key(path))
            self.run.give_up(document)
            self.lost.append(str(document))


def _batches(names: Sequence[str], jobs: int) -> "list[pool.Batch]":
    """*names* in batches: not so large that a worker is left with one at the end while the others are idle."""
    size = max(1, min(_BATCH, len(names) // (4 * jobs)))
    return [tuple(names[first : first + size]) for first in range(0, len(names), size)]
