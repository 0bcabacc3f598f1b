"""The order of the phases and what they share, on which catching up relies: read off the traces of real builds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from itnews.app.pipeline import PHASES
from itnews.app.unchanged import STATE, STORE
from itnews.engine.key import parse_key
from itnews.engine.store import Store
from tests.laws.edits import Editor
from tests.sites import Site

ROOT = Path(__file__).parents[2]
SEEDS = range(4)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Store]]:
    """What builds left behind: of the demonstration, and of small sites with everything that can be wrong."""
    folder = tmp_path_factory.mktemp("pipeline")
    shutil.copytree(ROOT / "content", folder / "demonstration/content")
    shutil.copy(ROOT / "itnews.yaml", folder / "demonstration")
    sites = [Site(folder / "demonstration")]
    for seed in SEEDS:
        sites.append(Site(folder / str(seed)))
        for _ in Editor(sites[-1], seed).edits(8):
            sites[-1].build()
    for site in sites:
        site.build()
    opened = [Store(site.folder / STATE / STORE) for site in sites]
    yield opened
    for store in opened:
        store.close()


def test_no_phase_reads_a_later_one(stores: list[Store]) -> None:
    position = {phase.kind: number for number, phase in enumerate(PHASES)}
    pairs = set()
    for store in stores:
        for name in store.names():
            row = store.row(parse_key(name))
            pairs |= (
                {(row.trace.key.kind, read.kind) for read, _ in row.trace.reads} if row else set()
            )
    backwards = {
        (reader, read)
        for reader, read in pairs
        if read in position and position[read] >= position[reader]
    }
    assert backwards <= {("fragment", "fragment")}


def test_keys_have_a_variant_unless_all_editions_share_them(stores: list[Store]) -> None:
    shared = {phase.kind for phase in PHASES if phase.shared}
    keys = {parse_key(name) for store in stores for name in store.names()}
    assert all(bool(key.variant) != (key.kind in shared) for key in keys)


def test_what_is_shared_reads_only_what_is_shared(stores: list[Store]) -> None:
    shared = {phase.kind for phase in PHASES if phase.shared}
    for store in stores:
        for key in map(parse_key, store.names()):
            row = store.row(key)
            if key.kind in shared and row:
                assert not any(read.variant for read, _ in row.trace.reads), key
