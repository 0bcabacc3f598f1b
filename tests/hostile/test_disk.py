"""Folders, files and machines that are not as a build would like them: each a sentence, an exit code, and no harm."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from itnews.app.log import WITHOUT_REPOSITORY
from itnews.engine.store import BEGUN_ANEW
from tests.cli.running import itnews
from tests.hostile.law import beside_a_secret, in_time, leaks, neighbours, without_help
from tests.laws.edits import differences
from tests.sites import NOW, Site, contents

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="pipes, sockets, signals and limits of POSIX"
)

Change = Callable[[Site], object]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Site(tmp_path_factory.mktemp("built") / "site")
    made.document("updates/a", "Before.", date="2026-01-01", tags="[x]")
    made.document("projects/p", "Before.", status="on-track")
    made.build()
    return made.folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Site:
    folder = beside_a_secret(tmp_path)
    shutil.copytree(built, folder)
    return Site(folder)


def edit(site: Site) -> None:
    site.document("updates/a", "After.", date="2026-01-01", tags="[y]", title="New")
    site.document("updates/b", "After.", date="2026-01-02")


def removed(path: Path) -> Path:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return path


def file(path: str, payload: bytes = b"x") -> Change:
    return lambda site: removed(site.folder / path).write_bytes(payload)


def folder(path: str) -> Change:
    return lambda site: (removed(site.folder / path) / "x").mkdir(parents=True)


def link(path: str, target: str) -> Change:
    return lambda site: removed(site.folder / path).symlink_to(target)


def pipe(path: str) -> Change:
    return lambda site: os.mkfifo(removed(site.folder / path))


def many(*changes: Change) -> Change:
    return lambda site: [change(site) for change in changes]


REFUSED: dict[str, tuple[Change, int]] = {
    "the output is a file": (file("output"), 2),
    "the output is a pipe": (pipe("output"), 2),
    "the output is a ring": (link("output", "output"), 2),
    "the output is a folder of somebody else": (link("output", "../elsewhere"), 2),
    "the output is the content": (link("output", "content"), 2),
    "the output is the site": (link("output", "."), 2),
    "the output is above the site": (link("output", "../.."), 2),
    "a stranger in the output": (file("output/updates/stranger.txt"), 2),
    "a page of the output is a link": (link("output/index.html", "../../elsewhere/secret.md"), 2),
    "the manifest is empty": (file("output/.itnews-manifest.json", b""), 2),
    "the manifest is garbage": (file("output/.itnews-manifest.json", b"\xff\0garbage"), 2),
    "the manifest is deep": (file("output/.itnews-manifest.json", b"[" * 100_000), 2),
    "the manifest is a great number": (file("output/.itnews-manifest.json", b"9" * 9_000), 2),
    "the manifest is a folder": (folder("output/.itnews-manifest.json"), 2),
    "the manifest is gone": (lambda site: removed(site.output / ".itnews-manifest.json"), 2),
    "the state is a file": (file(".itnews"), 3),
    "the state is a pipe": (pipe(".itnews"), 3),
    "the state is a ring": (link(".itnews", ".itnews"), 3),
    "the state is a link to nowhere": (link(".itnews", "../nowhere"), 3),
    "the state is elsewhere": (link(".itnews", "../elsewhere"), 3),
    "the lock is a folder": (folder(".itnews/lock"), 3),
    "the lock is a pipe": (pipe(".itnews/lock"), 3),
    "the lock is a link": (link(".itnews/lock", "../../elsewhere/secret.md"), 3),
    "the staging is a file": (file(".itnews/staging"), 3),
    "the staging is a link": (link(".itnews/staging", "../../elsewhere"), 3),
    "the store is a folder": (folder(".itnews/store.sqlite"), 3),
    "the store is a link": (link(".itnews/store.sqlite", "../../elsewhere/secret.md"), 3),
    "the snapshot is a link": (link(".itnews/snapshot.json", "../../elsewhere/secret.md"), 3),
    "the settings are a folder": (folder("itnews.yaml"), 2),
    "the settings are a pipe": (pipe("itnews.yaml"), 2),
    "the settings are elsewhere": (link("itnews.yaml", "../elsewhere/secret.md"), 2),
    "the content is a file": (file("content"), 1),
    "the content is elsewhere": (link("content", "../elsewhere"), 1),
    "the theme is a pipe": (pipe("theme"), 1),
}


@POSIX
@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_in_the_way_is_named_and_nothing_is_harmed(
    change: Change, code: int, site: Site
) -> None:
    edit(site)
    change(site)
    before, beside = published(site), neighbours(site)
    with in_time():
        ran = itnews("build", "--site", site.folder, "--now", NOW.isoformat())
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    assert ran.err.isprintable() or "\n" in ran.err
    assert published(site) == before
    assert neighbours(site) == beside


def published(site: Site) -> dict[str, bytes]:
    """What the output holds; where it is the site itself, without the lock, which tells the time."""
    return {name: one for name, one in contents(site.output).items() if not name.endswith("/lock")}


BEGUN: dict[str, Change] = {
    "empty": file(".itnews/store.sqlite", b""),
    "garbage": file(".itnews/store.sqlite", b"garbage" * 1_000),
    "a pipe": pipe(".itnews/store.sqlite"),
    "truncated": lambda site: os.truncate(site.folder / ".itnews/store.sqlite", 5_000),
    "without names": lambda site: altered(site, "delete from keys"),
    "with names that are none": lambda site: altered(site, "update keys set key = 'x' || id"),
    "with half of the answers": lambda site: altered(site, "delete from answers where id % 2"),
    "with digests that are none": lambda site: altered(site, "update answers set digest = 'x'"),
    "with rings": lambda site: altered(site, "update or ignore edges set reader = 7"),
    "with outputs that are none": lambda site: altered(site, "update placed set digest = 'x'"),
    "with addresses that are none": lambda site: altered(site, "update placed set url = x'00ff'"),
    "with a memory of files that lies": lambda site: altered(site, "update files set digest = 'x'"),
    "from the future": lambda site: altered(
        site, "update meta set value = '999' where name = 'format'"
    ),
    "with another table": lambda site: altered(site, "drop table edges; create table edges (x)"),
}


def altered(site: Site, statements: str) -> None:
    connection = sqlite3.connect(site.folder / ".itnews/store.sqlite")
    connection.executescript(statements)
    connection.commit()
    connection.close()


@POSIX
@pytest.mark.parametrize("change", BEGUN.values(), ids=BEGUN)
def test_a_store_that_is_no_store_of_ours_is_begun_anew(
    change: Change, site: Site, tmp_path: Path
) -> None:
    edit(site)
    change(site)
    with in_time():
        report = site.build()
    assert report.exit_code == 0
    assert {*report.notices} <= {BEGUN_ANEW, WITHOUT_REPOSITORY}
    site.clean(tmp_path / "clean")
    assert differences(site.output, tmp_path / "clean/output") == []
    assert site.build().notices == ()


@POSIX
@pytest.mark.parametrize("place", ["content/updates", "static", "theme/templates", "theme/assets"])
def test_whatever_lies_among_the_sources_is_named_and_not_opened(
    place: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = site.folder / place
    home.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(home)  # a socket's path must not be long
    for name in ("pipe.md", "pipe.css", "home.html"):
        os.mkfifo(name)
    for name in ("socket.md", "socket.svg"):
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(name)
    links = {"out.md": "../../../elsewhere/secret.md", "zero.md": "/dev/zero", "ring.md": "ring.md"}
    links |= {"here": ".", "up": "../..", "gone.css": "gone", "etc": "/etc", "long.md": "a" * 255}
    for name, target in links.items():
        Path(name).symlink_to(target)
    site.keep_going = True
    with in_time():
        report = site.build()
    assert report.exit_code == 1
    assert {problem.code for problem in report.problems} == {
        *("file-special", "file-link-outside", "file-link-loop", "file-link-broken", "file-link-to-folder"),
    }  # fmt: skip
    assert len(report.problems) == len(os.listdir()) - (place == "content/updates")
    assert without_help(report) == []
    assert leaks(site) == []


def command(site: Site, *more: str) -> list[str]:
    options = ("--site", str(site.folder), "--now", NOW.isoformat(), *more)
    return [sys.executable, "-m", "itnews", "build", *options]


def started(site: Site) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(site), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@POSIX
def test_killed_at_whatever_instant_the_next_build_is_clean(site: Site, tmp_path: Path) -> None:
    for number in range(4):
        site.document(f"updates/n{number}", "Text.", date="2026-02-02")
        edit(site)
        running = started(site)
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.4 + 0.3 * number)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    assert site.build().exit_code == 0
    site.clean(tmp_path / "clean")
    assert differences(site.output, tmp_path / "clean/output") == []


@POSIX
def test_builds_at_the_same_time_do_not_disturb_one_another(site: Site, tmp_path: Path) -> None:
    edit(site)
    together = [started(site) for _ in range(3)]
    told = [one.communicate(timeout=120)[1] for one in together]
    codes = [one.returncode for one in together]
    assert set(codes) <= {0, 3}
    assert 0 in codes
    assert all("Another build" in said for said, code in zip(told, codes, strict=True) if code)
    site.clean(tmp_path / "clean")
    assert differences(site.output, tmp_path / "clean/output") == []


@POSIX
def test_a_disk_that_takes_no_more_leaves_the_site_as_it_was(site: Site) -> None:
    edit(site)
    before = contents(site.output)
    limited = ["sh", "-c", 'ulimit -f 40; exec "$@"', "sh", *command(site)]
    done = subprocess.run(
        limited, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert contents(site.output) == before
    assert site.build().exit_code == 0


@POSIX
@pytest.mark.parametrize("stream", [">&-", "2>&-", "> /dev/full", "| true", "< /dev/null"])
def test_nobody_has_to_listen(stream: str, site: Site) -> None:
    line = " ".join(f"'{part}'" for part in command(site, "--format", "json"))
    done = subprocess.run(
        ["sh", "-c", f"{line} {stream}"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip
    assert done.returncode in {0, 3}
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr


def test_a_source_that_comes_and_goes_during_builds_breaks_none(site: Site, tmp_path: Path) -> None:
    running = started(site)
    until = time.monotonic() + 60
    place = site.folder / "content/updates/flicker.md"
    while running.poll() is None and time.monotonic() < until:
        site.document("updates/flicker", "Text.", date="2026-01-05")
        place.unlink()
    told = running.communicate()[1]
    assert running.returncode in {0, 1, 3}, told  # 1: it was read half written
    assert "Traceback" not in told
    assert site.build().exit_code == 0
    site.clean(tmp_path / "clean")
    assert differences(site.output, tmp_path / "clean/output") == []
