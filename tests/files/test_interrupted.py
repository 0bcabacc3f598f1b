"""Whatever stops a build, at whatever instruction: the output folder is never torn, and the next build is clean."""

import errno
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from itnews.errors import EnvironmentFault, OutputRefused
from tests.files.building import (
    Killed,
    Snapshot,
    build,
    failing_at,
    files,
    killed_at,
    open_tree,
    put_all,
    snapshot,
    stamps,
)

BEFORE = {
    "/": "home, old",
    "/updates/": "list, old",
    "/updates/a/": "a",
    "/old/b/": "b",
    "/plan": "a file that becomes a folder",
    "/docs/guide/": "a folder that becomes a file",
    "/feed.xml": "feed, old",
    "/assets/x.css": "css, old",
    "/.well-known/security.txt": "contact, old",
    "/Logo.svg": "logo",
}
AFTER = {
    "/": "home, new",
    "/updates/": "list, new",
    "/updates/a/": "a",
    "/updates/c/": "c",
    "/plan/": "a page",
    "/docs": "a file",
    "/feed.xml": "feed, new",
    "/assets/y.css": "css, new",
    "/.well-known/security.txt": "contact, new",
    "/logo.svg": "logo",
}
ELSEWHERE = {"/": "home, newer", "/updates/a/": "a, changed", "/plan": "a file again"}
MANY = 1000  # more primitives than any of these builds has


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose BEFORE is published; tests work on copies of it."""
    site = tmp_path / "site"
    site.mkdir()
    build(site, BEFORE)
    return site


def clean(tmp_path: Path, pages: dict[str, str]) -> Snapshot:
    site = tmp_path / "clean"
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    build(site, pages)
    return snapshot(site / "output")


def copied(site: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site, copy)
    return copy


def primitives_of(site: Path, tmp_path: Path, pages: dict[str, str]) -> int:
    return len(names_of_primitives(site, tmp_path, pages))


def names_of_primitives(site: Path, tmp_path: Path, pages: dict[str, str]) -> list[str]:
    with killed_at(MANY, moment="before") as calls:
        build(copied(site, tmp_path), pages)
    assert 0 < len(calls) < MANY
    return calls


def kill(site: Path, number: int, moment: str, pages: dict[str, str]) -> None:
    with killed_at(number, moment=moment), pytest.raises(Killed):
        build(site, pages)


def assert_nothing_left(site: Path) -> None:
    left = [path.name for path in site.rglob("*") if path.name.startswith(".itnews-")]
    assert left == [".itnews-manifest.json"]
    assert list((site / ".itnews" / "staging").iterdir()) == []


@pytest.mark.parametrize("moment", ["before", "after", "torn"])
def test_killed_at_any_primitive_the_next_build_is_a_clean_one(
    site: Path, tmp_path: Path, moment: str
) -> None:
    wanted = clean(tmp_path, AFTER)
    for number, name in enumerate(names_of_primitives(site, tmp_path, AFTER)):
        if moment == "torn" and name != "write":
            continue
        copy = copied(site, tmp_path)
        kill(copy, number, moment, AFTER)
        build(copy, AFTER)
        assert snapshot(copy / "output") == wanted, number
        assert_nothing_left(copy)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_primitive_no_published_file_is_torn(
    site: Path, tmp_path: Path, moment: str
) -> None:
    old, new = clean(tmp_path, BEFORE), clean(tmp_path, AFTER)
    for number in range(primitives_of(site, tmp_path, AFTER)):
        copy = copied(site, tmp_path)
        kill(copy, number, moment, AFTER)
        for name, payload in snapshot(copy / "output").items():
            if not name.startswith(".itnews-"):
                assert payload in (old.get(name), new.get(name)), (number, name)


def test_killed_at_any_primitive_the_next_build_finds_the_old_site_or_the_new_one(
    site: Path, tmp_path: Path
) -> None:
    """Also if it fails before it commits anything: half a site is completed, not left."""
    old, new = clean(tmp_path, BEFORE), clean(tmp_path, AFTER)
    seen = []
    for number in range(primitives_of(site, tmp_path, AFTER)):
        copy = copied(site, tmp_path)
        kill(copy, number, "after", AFTER)
        open_tree(copy).discard()
        found = snapshot(copy / "output")
        assert found in (old, new), number
        seen.append(found == new)
    assert seen == sorted(seen), "once a build has begun to move files it is always completed"
    assert set(seen) == {True, False}


def test_killed_at_any_primitive_another_site_may_be_built_next(site: Path, tmp_path: Path) -> None:
    wanted = clean(tmp_path, ELSEWHERE)
    for number in range(primitives_of(site, tmp_path, AFTER)):
        copy = copied(site, tmp_path)
        kill(copy, number, "after", AFTER)
        build(copy, ELSEWHERE)
        assert snapshot(copy / "output") == wanted, number


def test_killed_again_while_the_next_build_completes_the_first(site: Path, tmp_path: Path) -> None:
    wanted = clean(tmp_path, AFTER)
    first = primitives_of(site, tmp_path, AFTER)
    for number in range(12, first, 9):
        half = tmp_path / "half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(site, half)
        kill(half, number, "after", AFTER)
        for again in range(0, primitives_of(half, tmp_path, AFTER), 3):
            copy = copied(half, tmp_path)
            kill(copy, again, "after", AFTER)
            build(copy, AFTER)
            assert snapshot(copy / "output") == wanted, (number, again)


def test_killed_while_it_deletes_what_was_withdrawn(site: Path, tmp_path: Path) -> None:
    def prune(folder: Path) -> None:
        tree = open_tree(folder)
        tree.prune(tree.surplus(AFTER.keys() & BEFORE.keys()))  # type: ignore[arg-type] # addresses as written

    whole = copied(site, tmp_path)
    with killed_at(MANY, moment="before") as calls:
        prune(whole)
    wanted = snapshot(whole / "output")
    for number in range(len(calls)):
        copy = copied(site, tmp_path)
        with killed_at(number, moment="after"), pytest.raises(Killed):
            prune(copy)
        prune(copy)
        assert snapshot(copy / "output") == wanted, number


@pytest.mark.parametrize("full", [False, True])
def test_a_disk_that_fails_at_any_primitive_leaves_the_site_as_it_was(
    site: Path, tmp_path: Path, full: bool
) -> None:
    clean(tmp_path, AFTER)
    new = files(tmp_path / "clean" / "output")
    faults = 0
    for number in range(primitives_of(site, tmp_path, AFTER)):
        copy = copied(site, tmp_path)
        old, old_stamps = snapshot(copy / "output"), stamps(copy / "output")
        with failing_at(number, errno.ENOSPC, full=full):
            try:
                build(copy, AFTER)
            except EnvironmentFault:
                faults += 1
        if files(copy / "output") != new:  # a failure after the final manifest, or of no weight
            assert snapshot(copy / "output") == old, number
            assert stamps(copy / "output") == old_stamps, number
        build(copy, AFTER)
        assert files(copy / "output") == new, number
        assert_nothing_left(copy)
    assert faults > 20


def test_a_full_disk_is_told_in_one_sentence(site: Path) -> None:
    with (
        failing_at(8, errno.ENOSPC),
        pytest.raises(EnvironmentFault, match=r"^The disk is full: .*;"),
    ):
        build(site, AFTER)


def test_a_disk_that_fails_while_all_is_put_back_leaves_the_rest_to_the_next_build(
    site: Path, tmp_path: Path
) -> None:
    clean(tmp_path, AFTER)
    wanted = files(tmp_path / "clean" / "output")
    with killed_at(MANY, moment="before") as calls:
        build(copied(site, tmp_path), AFTER)
    last_move = len(calls) - 1 - calls[::-1].index("move")
    for number in range(20, last_move):
        copy = copied(site, tmp_path)
        # The move that fails is followed by one that puts something back, and that one fails as well.
        with (
            failing_at(number, errno.EIO),
            failing_at(number + 1, errno.EIO),
            suppress(EnvironmentFault),
        ):
            build(copy, AFTER)
        build(copy, AFTER)
        assert files(copy / "output") == wanted, number


def test_a_file_that_was_put_in_the_way_of_an_interrupted_build_survives(
    site: Path, tmp_path: Path
) -> None:
    """The manifest lists the address already, but what lies there is not what itnews wrote."""
    for number in range(primitives_of(site, tmp_path, AFTER)):
        copy = copied(site, tmp_path)
        kill(copy, number, "after", AFTER)
        page = copy / "output" / "updates" / "c" / "index.html"
        if page.exists():
            continue
        page.parent.mkdir(exist_ok=True, parents=True)
        page.write_text("by hand")
        with pytest.raises(OutputRefused, match=r"updates/c/index\.html"):
            build(copy, AFTER)
        assert page.read_text() == "by hand", number
        page.unlink()
        build(copy, AFTER)
        assert snapshot(copy / "output") == clean(tmp_path, AFTER)


def test_an_interrupted_build_is_completed_where_the_staging_had_been_removed(
    site: Path, tmp_path: Path
) -> None:
    wanted = clean(tmp_path, AFTER)
    for number in range(primitives_of(site, tmp_path, AFTER)):
        copy = copied(site, tmp_path)
        kill(copy, number, "after", AFTER)
        shutil.rmtree(copy / ".itnews")
        build(copy, AFTER)
        assert snapshot(copy / "output") == wanted, number


def test_the_journal_outlives_a_discard_after_a_commit_was_stopped(
    site: Path, tmp_path: Path
) -> None:
    tree = open_tree(site)
    wanted = put_all(tree, AFTER)
    with killed_at(9, moment="after"), pytest.raises(Killed):
        tree.commit(wanted)
    tree.discard()  # as a `finally` does after Ctrl-C
    open_tree(site)
    assert snapshot(site / "output") == clean(tmp_path, AFTER)


_CHILD = """
import os, sys
from pathlib import Path
from itnews.files import disk
from tests.files.building import PRIMITIVES, build
from tests.files.test_interrupted import AFTER
site, number, calls = Path(sys.argv[1]), int(sys.argv[2]), 0
def deadly(primitive):
    def wrapped(*args):
        global calls
        calls += 1
        if calls > number:
            os._exit(9)
        return primitive(*args)
    return wrapped
for name in PRIMITIVES:
    setattr(disk, name, deadly(getattr(disk, name)))
build(site, AFTER)
"""


@pytest.mark.parametrize("number", [5, 25, 40])
def test_a_process_that_really_dies(site: Path, tmp_path: Path, number: int) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    child = [sys.executable, "-c", _CHILD, str(site), str(number)]
    assert subprocess.run(child, env=environment, check=False).returncode == 9
    build(site, AFTER)
    assert snapshot(site / "output") == clean(tmp_path, AFTER)
