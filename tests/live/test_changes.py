"""Which events mean something, and that watching survives what editors and git do to files and folders."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.api import ObservedWatch
from watchdog.observers.polling import PollingObserver

from itnews.live.changes import Changes, SiteWatch, source_of, watched
from itnews.live.git import git_busy_in
from itnews.live.mounts import needs_polling
from itnews.paths import source_path

SITE = os.sep + os.path.join("home", "dana", "news")
PATIENCE = 20.0  # seconds; a busy machine is no failure


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("content/updates/vpn.md", "content/updates/vpn.md"),
        ("content", "content"),
        ("itnews.yaml", "itnews.yaml"),
        ("theme/templates/base.html", "theme/templates/base.html"),
        ("themes/harbour/theme.yaml", "themes/harbour/theme.yaml"),
        ("static/.well-known/security.txt", "static/.well-known/security.txt"),
        ("static/output/x.txt", "static/output/x.txt"),
        ("content/updates/café [1].md", "content/updates/café [1].md"),
        ("output/index.html", None),
        (".itnews/store.sqlite", None),
        (".git/index", None),
        (".git/index.lock", None),
        ("README.md", None),
        ("contents/vpn.md", None),
        ("itnews.yaml.swp", None),
        ("content/updates/.vpn.md.swp", None),
        ("content/updates/vpn.md~", None),
        ("content/updates/.#vpn.md", None),
        ("content/updates/#vpn.md#", None),
        ("content/updates/4913", None),
        ("content/updates/vpn.md___jb_tmp___", None),
        ("content/.DS_Store", None),
        ("static/.DS_Store", None),
        ("", None),
    ],
)
def test_event_means_a_source_or_nothing(place: str, path: str | None) -> None:
    found = source_of(os.path.join(SITE, *place.split("/")) if place else SITE, SITE)
    assert found == (None if path is None else source_path(path))


def test_event_outside_the_site_means_nothing() -> None:
    assert source_of(SITE + "2" + os.sep + "content", SITE) is None


def test_what_was_taken_is_not_taken_again() -> None:
    changes = Changes()
    assert not changes.wait(0.001)
    changes.put(source_path("content/a.md"))
    changes.put(source_path("content/a.md"))
    assert changes.wait(0.001)
    assert changes.take() == {source_path("content/a.md")}
    assert not changes.wait(0.001)
    assert changes.take() == frozenset()


# A real observer. Nothing sleeps: each test waits for what has to come, and fails when it does not.


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content" / "updates").mkdir(parents=True)
    (tmp_path / "content" / "updates" / "vpn.md").write_text("one", encoding="utf-8")
    (tmp_path / "itnews.yaml").write_text("site: {}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def watch(site: Path) -> Iterator[SiteWatch]:
    with watched(site) as (found, notice):
        assert notice == ""
        yield found


def until(watch: SiteWatch, path: str) -> set[str]:
    """All that came until *path* did."""
    deadline = time.monotonic() + PATIENCE
    found: set[str] = set()
    while path not in found:
        assert time.monotonic() < deadline, f"{path} never came, but {sorted(found)}"
        watch.wait(0.2)
        found |= {str(one) for one in watch.take()}
    return found


def appears(watch: SiteWatch, path: Path, site: Path) -> None:
    """Writes the new file *path* again and again until the watch tells of it: a new folder is watched with delay."""
    name = path.relative_to(site).as_posix()
    deadline = time.monotonic() + PATIENCE
    found: set[str] = set()
    number = 0
    while name not in found:
        assert time.monotonic() < deadline, f"{name} never came, but {sorted(found)}"
        number += 1
        path.write_text(str(number), encoding="utf-8")
        watch.wait(0.1)
        found |= {str(one) for one in watch.take()}


def save_in_place(path: Path) -> None:
    path.write_text("two", encoding="utf-8")


def save_atomically(path: Path) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text("two", encoding="utf-8")
    os.replace(beside, path)


def save_as_vim(path: Path) -> None:
    backup = path.with_name(path.name + "~")
    os.rename(path, backup)
    path.write_text("two", encoding="utf-8")
    backup.unlink()


@pytest.mark.parametrize("save", [save_in_place, save_atomically, save_as_vim, Path.unlink])
@pytest.mark.parametrize("name", ["content/updates/vpn.md", "itnews.yaml"])
def test_every_way_to_save_is_seen_and_seen_again(
    watch: SiteWatch, site: Path, save: Callable[[Path], None], name: str
) -> None:
    for _ in range(2):
        save(site / name)
        assert {path for path in until(watch, name) if "~" in path or "tmp" in path} == set()
        if not (site / name).exists():
            (site / name).write_text("three", encoding="utf-8")
            until(watch, name)


def test_reading_is_no_change(watch: SiteWatch, site: Path) -> None:
    (site / "content/updates/vpn.md").read_bytes()
    os.chmod(site / "content/updates/vpn.md", 0o644)
    (site / "content/mark.md").write_text("", encoding="utf-8")
    assert until(watch, "content/mark.md") == {"content/mark.md"}


def test_output_and_state_are_no_change(watch: SiteWatch, site: Path) -> None:
    for folder in ("output", ".itnews", ".git"):
        (site / folder).mkdir()
        (site / folder / "index").write_text("x", encoding="utf-8")
    (site / "content/mark.md").write_text("", encoding="utf-8")
    assert until(watch, "content/mark.md") == {"content/mark.md"}


def test_new_folder_is_watched(watch: SiteWatch, site: Path) -> None:
    (site / "content/pages").mkdir()
    appears(watch, site / "content/pages/about.md", site)


def test_folder_that_is_moved_in_is_watched(
    watch: SiteWatch, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "2026"
    outside.mkdir()
    (outside / "a.md").write_text("", encoding="utf-8")
    shutil.move(outside, site / "content/updates/2026")
    until(watch, "content/updates/2026")
    appears(watch, site / "content/updates/2026/b.md", site)


def test_deleted_folder_is_a_change(watch: SiteWatch, site: Path) -> None:
    shutil.rmtree(site / "content/updates")
    until(watch, "content/updates")


@pytest.mark.parametrize("name", ["static", "theme", "themes"])
def test_source_folder_that_comes_later_is_watched(watch: SiteWatch, site: Path, name: str) -> None:
    (site / name).mkdir()
    until(watch, name)
    appears(watch, site / name / "a.txt", site)


def test_content_folder_that_was_removed_and_made_again_is_watched(
    watch: SiteWatch, site: Path
) -> None:
    shutil.rmtree(site / "content")
    until(watch, "content")
    (site / "content").mkdir()
    until(watch, "content")
    appears(watch, site / "content/a.md", site)


def test_content_folder_that_was_swapped_for_another_is_watched(
    watch: SiteWatch, site: Path
) -> None:
    (site / "next").mkdir()
    (site / "next/a.md").write_text("", encoding="utf-8")
    os.rename(site / "content", site / "before")
    os.rename(site / "next", site / "content")
    until(watch, "content")
    appears(watch, site / "content/a.md", site)


def test_site_reached_over_a_link_is_watched(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("links") / "news"
    link.symlink_to(site, target_is_directory=True)
    with watched(link) as (watch, _):
        save_atomically(link / "content/updates/vpn.md")
        until(watch, "content/updates/vpn.md")


def test_network_drive_is_polled_and_that_is_said(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("itnews.live.changes.needs_polling", lambda folder: True)
    monkeypatch.setattr("itnews.live.changes._POLL", 0.05)
    with watched(site) as (watch, notice):
        assert notice == "This is a network drive: changes are looked for every second."
        appears(watch, site / "content/updates/vpn.md", site)


def test_system_without_free_watches_is_polled(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Exhausted(PollingObserver):
        def schedule(self, *arguments: object, **options: object) -> ObservedWatch:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("itnews.live.changes.Observer", Exhausted)
    monkeypatch.setattr("itnews.live.changes._POLL", 0.05)
    with watched(site) as (watch, notice):
        assert "no more watches" in notice
        appears(watch, site / "content/updates/vpn.md", site)


# Git and mounts


def test_git_is_busy_while_its_index_is_locked(site: Path) -> None:
    assert not git_busy_in(site)()
    (site / ".git").mkdir()
    busy = git_busy_in(site / "content")
    assert not busy()
    (site / ".git/index.lock").touch()
    assert busy()


def test_work_tree_has_its_git_folder_elsewhere(site: Path) -> None:
    (site / "real").mkdir()
    (site / ".git").write_text("gitdir: real\n", encoding="utf-8")
    (site / "real/index.lock").touch()
    assert git_busy_in(site)()


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
//server/news /mnt/my\\040news cifs rw 0 0
tmpfs /mnt/c/tmp tmpfs rw 0 0
overlay /over nfs rw 0 0
overlay /over ext4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "polls"),
    [
        ("/srv/news", False),
        ("/home/dana/news", True),
        ("/home", True),
        ("/homes/dana", False),
        ("/home/local/news", False),
        ("/mnt/c/Users/dana", True),
        ("/mnt/c/tmp/news", False),
        ("/mnt/my news/it", True),
        ("/over/news", False),
    ],
)
def test_folders_that_do_not_tell_of_changes_are_polled(folder: str, *, polls: bool) -> None:
    assert needs_polling(folder, MOUNTS) is polls


def test_machine_without_a_list_of_mounts_is_not_polled() -> None:
    assert not needs_polling("/home/dana", "")
