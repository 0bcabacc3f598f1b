"""A build with nothing to do: what it takes for one, and what it tells again."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from itnews.app.project import Project, load_project
from itnews.app.replay import replay
from itnews.app.report import Report
from itnews.app.unchanged import STATE, STORE
from itnews.engine.store import Store
from itnews.files import manifest, sources
from itnews.files.sources import Files
from itnews.files.state import FileState, read_file
from itnews.problems import Problem
from tests.sites import SETTINGS, Site, told

Loaded = tuple[Project | None, Files, tuple[Problem, ...]]
HEAVY = ("feedgen", "jinja2", "lxml", "markdown", "nh3", "pydantic", "pygments", "rich", "yaml")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.keep_going = True
    made.document("updates/vpn", "See [it](nowhere.md).", date="2026-03-02", title="VPN", oops="1")
    made.document("updates/soon", "Later.", date="2026-12-24", title="Soon")
    made.write("static/robots.png", "picture")
    made.build()
    return made


def again(site: Site) -> Report | None:
    found = replay(site.options())
    return found if isinstance(found, Report) else None


def test_the_outcome_is_told_again(site: Site) -> None:
    first, second = site.build(), again(site)
    assert second is not None
    assert told(second) == told(first)
    assert (second.coming, second.wakes, second.pages) == (first.coming, first.wakes, first.pages)
    assert not second.change
    at = second.problems[0].at
    assert second.line(at.path, at.line) is not None


@pytest.mark.parametrize(
    "path",
    ["content/updates/vpn.md", "content/updates/new.md", "static/robots.png", "static/new.txt",
     "itnews.yaml", "theme/templates/update.html", "content/README.md"],
)  # fmt: skip
def test_a_source_that_was_written_is_a_change(site: Site, path: str) -> None:
    site.write(path, SETTINGS + "mission: To sail.\n")
    assert again(site) is None


def test_a_source_that_is_gone_is_a_change(site: Site) -> None:
    site.remove("content/updates/soon.md")
    assert again(site) is None


def test_a_source_that_was_saved_as_it_was_is_none(site: Site) -> None:
    path = site.folder / "content/updates/vpn.md"
    path.write_bytes(path.read_bytes())
    assert again(site) is not None


def test_an_output_that_is_not_as_it_was_is_a_change(site: Site) -> None:
    page = site.output / "updates/vpn/index.html"
    page.write_text("altered")
    assert again(site) is None
    site.build()
    page.unlink()
    assert again(site) is None
    site.build()
    (site.output / "stranger.txt").touch()
    assert again(site) is None
    (site.output / "stranger.txt").unlink()
    assert again(site) is not None
    (site.output / manifest.NAME).unlink()
    assert again(site) is None


def test_the_clock_counts_only_where_an_answer_changes(site: Site) -> None:
    site.now += timedelta(minutes=1)
    assert again(site) is not None
    site.now += timedelta(days=40)  # the update of Christmas is out
    assert again(site) is None
    site.build()
    site.now -= timedelta(days=40)
    assert again(site) is None


@pytest.mark.parametrize("flag", ["strict", "keep_going", "prune"])
def test_what_was_asked_for_counts(site: Site, flag: str) -> None:
    setattr(site, flag, not getattr(site, flag))
    assert again(site) is None


def test_a_site_that_was_moved_is_judged_by_its_own_output(site: Site) -> None:
    copy = Site(site.folder.parent / "copy", keep_going=True)
    shutil.copytree(site.folder, copy.folder, dirs_exist_ok=True)
    assert again(copy) is not None
    (copy.output / "updates/vpn/index.html").unlink()
    assert again(copy) is None


def test_a_note_that_cannot_be_read_is_none(site: Site) -> None:
    store = site.folder / STATE / STORE
    store.write_bytes(b"no database at all" * 99)
    assert again(site) is None
    assert site.build().notices


def test_a_file_that_was_away_for_an_instant_is_looked_for_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.document("updates/new", "New.", date="2026-03-03")

    def vanished(path: str) -> tuple[bytes, FileState]:
        if path.endswith("new.md"):
            raise FileNotFoundError(2, "No such file", path)
        return read_file(path)

    with monkeypatch.context() as patch:
        patch.setattr(sources, "read_file", vanished)
        site.build()
    assert again(site) is None
    site.build()
    assert "New." in site.page("/updates/new/")


def test_an_interrupted_commit_is_a_change(site: Site) -> None:
    site.document("updates/new", "New.", date="2026-03-03")
    program = (
        "import os; from itnews.files import disk; real = disk.move\n"
        "def move(one, other):\n    real(one, other)\n    if other.endswith('.html'): os._exit(9)\n"
        "disk.move = move\nfrom itnews.cli.main import main; main()"
    )
    arguments = ["build", "--site", str(site.folder), "--keep-going", "--now", site.now.isoformat()]
    done = subprocess.run([sys.executable, "-c", program, *arguments], check=False, env=os.environ)
    assert done.returncode == 9
    site.remove("content/updates/new.md")
    assert again(site) is None


def test_nothing_that_makes_pages_is_loaded_to_find_that_there_is_nothing_to_do(site: Site) -> None:
    program = (
        "import sys; from itnews.cli.console import Console; from itnews.cli.main import run\n"
        f"code = run({['build', '--site', str(site.folder)]!r}, Console(sys.stdout, sys.stderr))\n"
        f"print(code, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(site.now.timestamp()))}
    site.keep_going = False
    site.remove("content/updates/vpn.md")
    site.build()
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, env=environment, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "0 []"


def test_the_question_knows_the_lowest_floors_only() -> None:
    program = "import sys, itnews.app.unchanged; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    ours = {name.split(".")[1] for name in done.stdout.split() if name.startswith("itnews.")}
    assert ours <= {
        "app",
        "digest",
        "engine",
        "errors",
        "files",
        "late",
        "paths",
        "problems",
        "words",
    }


def test_a_file_that_was_written_after_the_look_and_is_gone_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path / "site")
    site.document("updates/flicker", "Half.", date="2026-03-02")

    def meanwhile(site_folder: Path, files: Files, store: Store | None = None) -> Loaded:
        site.document("updates/flicker", "An editor saves it.", date="2026-03-02")
        return load_project(site_folder, files, store)

    monkeypatch.setattr("itnews.app.build.load_project", meanwhile)
    site.build()
    monkeypatch.undo()
    site.remove("content/updates/flicker.md")
    site.build()
    assert not (site.output / "updates/flicker").exists()
