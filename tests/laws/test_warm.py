"""A watch that goes on from memory: the bytes, problems and exit code of a clean build after every edit."""

import os
import shutil
from pathlib import Path

import pytest

from itnews.app.build import build
from itnews.app.report import Report
from itnews.app.warm import Warm
from itnews.digest import digest_bytes
from itnews.paths import SourcePath, source_path
from tests.laws.edits import Editor
from tests.laws.test_incremental import difference
from tests.sites import Site

SEQUENCES = range(3000, 3024)
EDITS = 8


class Watch:
    """The builds of one watch of *site*, told which files have changed as the system tells it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.warm: dict[str, Warm] = {}
        self.went_on = 0
        self._seen = self._sources()

    def build(self, *, outputs_touched: bool = False) -> Report:
        before, self._seen = self._seen, self._sources()
        differing = {path for path, _ in before.items() ^ self._seen.items()}
        changed = None if outputs_touched else frozenset(differing)
        warm = self.warm.setdefault(self.site.edition, Warm())
        report = build(self.site.options(), warm=warm, changed=changed)
        return report

    def _sources(self) -> dict[SourcePath, str]:
        found = {}
        for folder in ("content", "static", "theme", "themes"):
            for above, _, names in os.walk(self.site.folder / folder):
                for path in (Path(above) / name for name in names):
                    name = path.relative_to(self.site.folder).as_posix()
                    found[source_path(name)] = digest_bytes(path.read_bytes())
        settings = self.site.folder / "itnews.yaml"
        return {**found, source_path("itnews.yaml"): digest_bytes(settings.read_bytes())}


@pytest.mark.parametrize("first", range(SEQUENCES.start, SEQUENCES.stop, 4))
def test_a_watch_equals_a_clean_build_after_every_edit(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 4):
        site = Site(tmp_path / str(seed))
        editor = Editor(site, seed)
        site.keep_going = seed % 2 == 0
        watch, history = Watch(site), [f"seed {seed}"]
        watch.build()
        for edit in editor.edits(EDITS):
            history.append(edit)
            report = watch.build(outputs_touched="the output" in edit)
            wrong = difference(site, report, tmp_path / "clean")
            assert not wrong, "\n".join([*history, wrong])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    for number in range(4):
        made.document(f"updates/n{number}", "Words.", date=f"2026-03-0{number + 1}", summary="S")
    return made


def test_a_body_edit_looks_at_one_file_and_no_folder(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(site)
    watch.build()
    site.document("updates/n1", "Other words.", date="2026-03-02", summary="S")
    looked: list[str] = []
    real = os.scandir

    def scandir(path: str) -> object:
        looked.append(str(path))
        return real(path)

    monkeypatch.setattr("itnews.files.scan.os.scandir", scandir)
    warm = watch.warm[""]
    report = build(
        site.options(), warm=warm, changed=frozenset({source_path("content/updates/n1.md")})
    )
    assert report.change.written
    assert not [path for path in looked if ".itnews" not in path]


def test_a_build_by_another_process_cools_the_watch(site: Site, tmp_path: Path) -> None:
    watch = Watch(site)
    watch.build()
    site.document("updates/n1", "Other words.", date="2026-03-02", summary="S")
    site.build()  # through its own connection to the store, as another process would
    site.document("updates/n2", "New words.", date="2026-03-03", summary="S")
    changed = frozenset({source_path("content/updates/n2.md")})
    report = build(site.options(), warm=watch.warm[""], changed=changed)
    assert not difference(site, report, tmp_path / "clean")


def test_a_store_that_was_taken_away_cools_the_watch(site: Site, tmp_path: Path) -> None:
    watch = Watch(site)
    watch.build()
    (site.folder / ".itnews/store.sqlite").unlink()
    site.document("updates/n2", "New words.", date="2026-03-03", summary="S")
    changed = frozenset({source_path("content/updates/n2.md")})
    report = build(site.options(), warm=watch.warm[""], changed=changed)
    assert not difference(site, report, tmp_path / "clean")


def test_a_folder_that_was_moved_is_seen_as_a_whole(site: Site, tmp_path: Path) -> None:
    watch = Watch(site)
    watch.build()
    (site.folder / "content/updates").rename(site.folder / "content/accomplishments")
    changed = frozenset({source_path("content/updates"), source_path("content/accomplishments")})
    report = build(site.options(), warm=watch.warm[""], changed=changed)
    assert not difference(site, report, tmp_path / "clean")
    assert not (site.output / "updates/n1").exists()


def test_an_output_folder_that_was_taken_away_comes_back_whole(site: Site, tmp_path: Path) -> None:
    watch = Watch(site)
    watch.build()
    shutil.rmtree(site.output)
    site.document("updates/n2", "New words.", date="2026-03-03", summary="S")
    changed = frozenset({source_path("content/updates/n2.md")})
    report = build(site.options(), warm=watch.warm[""], changed=changed)
    assert not difference(site, report, tmp_path / "clean")
