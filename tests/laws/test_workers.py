"""Builds with workers: the same bytes, problems and exit code, however many there are and however they begin."""

import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from itnews.app import worker, workers
from itnews.app.tasks import documents
from itnews.markup.parser import parse_document
from itnews.model.article import Document
from itnews.paths import SourcePath
from itnews.problems import Problem
from tests.laws.edits import Editor
from tests.laws.test_incremental import fault
from tests.sites import Site, contents, told

SEQUENCES = range(2000, 2008)
EDITS = 5

Begin = Callable[[], Executor | None]


@pytest.fixture(autouse=True)
def _worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are called for a single page, and forked although the test runner has threads."""
    monkeypatch.setattr(workers, "WORTH_IT", 1)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.fixture(scope="module")
def crews() -> Iterator[dict[str, tuple[int, Executor | None]]]:
    """How many jobs, and in whose processes; an executor that is given serves all builds."""
    ways = dict[str, tuple[int, Executor | None]]({"fork 2": (2, None), "fork 4": (4, None)})
    with ExitStack() as stack:
        ways["threads"] = 2, stack.enter_context(ThreadPoolExecutor(2))
        for way in {"spawn", "forkserver"} & {*multiprocessing.get_all_start_methods()}:
            context = multiprocessing.get_context(way)
            ways[way] = 2, stack.enter_context(ProcessPoolExecutor(2, mp_context=context))
        yield ways


@pytest.mark.parametrize("seed", SEQUENCES)
def test_incremental_equals_clean_with_workers(
    seed: int, crews: dict[str, tuple[int, Executor | None]], tmp_path: Path
) -> None:
    sites = [
        Site(tmp_path / way, jobs=jobs, executor=executor, keep_going=seed % 2 == 0)
        for way, (jobs, executor) in crews.items()
    ]
    editors = [Editor(site, seed) for site in sites]
    for site in sites:
        site.build()
    for edits in zip(*(editor.edits(EDITS) for editor in editors), strict=True):
        assert len(set(edits)) == 1, edits
        clean = sites[0].clean(tmp_path / "clean")
        for site, editor in zip(sites, editors, strict=True):
            wrong = fault(site, editor, site.build(), tmp_path / "clean", clean)
            assert not wrong, f"seed {seed}, {site.folder.name}, {edits[0]}: {wrong}"


def test_answers_come_in_the_same_order_with_any_number_of_jobs(tmp_path: Path) -> None:
    site = news(tmp_path, 30)
    alone = site.clean(tmp_path / "alone")
    for site.jobs in (2, 4):
        report = site.build()
        assert told(report) == told(alone)
        assert report.change == alone.change
        assert contents(site.output) == contents(tmp_path / "alone/output")
        shutil.rmtree(site.folder / ".itnews")
        shutil.rmtree(site.output)


def news(folder: Path, count: int) -> Site:
    """A site of *count* updates; the fifth is the one that kills."""
    site = Site(folder / "site", jobs=2, keep_going=True)
    for number in range(count):
        text = "DEADLY words." if number == 5 else "Plain words."
        site.document(f"updates/n{number}", text, date=f"2026-03-{number % 28 + 1:02}", summary="S")
    return site


def deadly(how: Callable[[], object]) -> Callable[..., object]:
    """The parser, but for the text that does *how* in a worker."""
    builder = os.getpid()

    def parse(
        path: SourcePath, text: str, *rules: object
    ) -> tuple[Document | None, tuple[Problem, ...]]:
        if "DEADLY" in text:
            assert os.getpid() != builder, "the build itself tried what kills"
            how()
        return parse_document(path, text, *rules)  # type: ignore[arg-type]

    return parse


def no_memory() -> None:
    raise MemoryError


@pytest.mark.parametrize(
    "how",
    [lambda: os._exit(9), lambda: os.kill(os.getpid(), 9), lambda: time.sleep(60), no_memory],
    ids=["exits", "killed", "hangs", "out of memory"],
)
def test_a_worker_that_is_lost_costs_one_document(
    how: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = news(tmp_path, 20)
    monkeypatch.setattr(worker, "SECONDS", 1)
    with monkeypatch.context() as patch:
        patch.setattr(documents, "parse_document", deadly(how))
        report = site.build()
    assert [(problem.code, str(problem.at.path)) for problem in report.problems] == [
        ("worker-lost", "content/updates/n5.md")
    ]
    assert report.exit_code == 1
    assert "Plain words." in site.page("/updates/n4/")
    assert not (site.output / "updates/n5").exists()
    assert told(site.build()) == (0, ())  # it was the machine: the next build does not remember
    assert contents(site.output) == contents_of_clean(site, tmp_path)


def contents_of_clean(site: Site, folder: Path) -> dict[str, bytes]:
    site.clean(folder / "clean")
    return contents(folder / "clean/output")


def test_only_the_build_writes_the_store_and_nothing_of_the_workers_stays(tmp_path: Path) -> None:
    site = news(tmp_path, 20)
    site.build()
    left = {path.name for path in (site.folder / ".itnews").iterdir()}
    assert left <= {"lock", "staging", "store.sqlite", "store.sqlite-shm", "store.sqlite-wal"}
