"""The output folder holds what a build wants, and of all others' files none is touched."""

import errno
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.digest import ABSENT, digest_bytes
from itnews.errors import EnvironmentFault, ItnewsError, OutputRefused, PathError
from itnews.files import disk, tree
from itnews.files.lock import Lock
from itnews.files.output import Change, Output, SourceFile, parents
from itnews.files.sources import SourceChanged
from itnews.files.tree import Tree
from itnews.paths import UrlPath, output_file, url_path
from itnews.words import fold
from tests.files.building import (
    OWNER,
    Pages,
    build,
    failing_at,
    files,
    open_tree,
    output_of,
    patched,
    put_all,
    snapshot,
    stamps,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file types")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def urls(*texts: str) -> tuple[UrlPath, ...]:
    return tuple(map(url_path, texts))


def lacking(opened: Tree, pages: Pages) -> tuple[UrlPath, ...]:
    """Those of *pages* that the output folder does not hold as they were written."""
    wanted = {url_path(url): text for url, text in pages.items()}
    return opened.lacking({url: digest_bytes(text.encode()) for url, text in wanted.items()})


def test_a_first_build_writes_what_is_wanted_and_the_manifest(site: Path) -> None:
    change = build(site, {"/": "home", "/a/b/": "page", "/feed.xml": "feed"})
    assert change == Change(urls("/a/b/", "/feed.xml", "/"), (), 0)
    found = snapshot(site / "output")
    assert found.pop(".itnews-manifest.json").startswith(b'{"format":1,\n"files":{"a/b/index.html"')
    assert found == {
        "a/": b"",
        "a/b/": b"",
        "a/b/index.html": b"page",
        "feed.xml": b"feed",
        "index.html": b"home",
    }


def test_nothing_is_published_before_the_commit(site: Path) -> None:
    tree = open_tree(site)
    put_all(tree, {"/": "home"})
    assert not (site / "output").exists()
    tree.discard()
    assert snapshot(site / ".itnews") == {"staging/": b""}


def test_equal_bytes_are_never_written_again(site: Path) -> None:
    build(site, {"/": "home", "/a/": "old"})
    before = stamps(site / "output")
    assert build(site, {"/": "home", "/a/": "new"}) == Change(urls("/a/"), (), 1)
    after = stamps(site / "output")
    assert before[str(site / "output" / "index.html")] == after[str(site / "output" / "index.html")]


def test_a_build_that_changes_nothing_touches_nothing(site: Path) -> None:
    build(site, {"/": "home", "/a/": "a"})
    before = stamps(site / "output")
    calls: list[str] = []

    def count(name: str, primitive: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object) -> object:
            calls.append(name)
            return primitive(*args)

        return wrapped

    with patched(count):
        assert not build(site, {"/": "home", "/a/": "a"})
    assert (calls, stamps(site / "output")) == ([], before)


def test_what_is_no_longer_wanted_is_deleted_with_the_folders_it_leaves_empty(site: Path) -> None:
    build(site, {"/": "home", "/a/b/c/": "c", "/a/d/": "d"})
    assert build(site, {"/": "home", "/a/d/": "d"}) == Change((), urls("/a/b/c/"), 2)
    assert "a/b/" not in snapshot(site / "output")
    assert "a/d/index.html" in snapshot(site / "output")


def test_an_altered_page_and_a_deleted_one_come_back(site: Path) -> None:
    pages = {"/": "home", "/a/": "a", "/b/": "b"}
    build(site, pages)
    wanted = snapshot(site / "output")
    (site / "output" / "index.html").write_text("hom3")
    (site / "output" / "a" / "index.html").unlink()
    assert build(site, pages) == Change(urls("/a/", "/"), (), 1)
    assert snapshot(site / "output") == wanted


def test_lacking_are_those_that_are_neither_on_disk_nor_staged(site: Path) -> None:
    build(site, {"/": "home", "/a/": "old", "/b/": "b"})
    tree = open_tree(site)
    placed = put_all(tree, {"/c/": "c"})
    for url, text in (("/", "home"), ("/a/", "new"), ("/d/", "d")):
        placed[url_path(url)] = digest_bytes(text.encode())
    assert tree.lacking(placed) == urls("/a/", "/d/")


def test_surplus_is_what_lies_there_and_is_not_wanted(site: Path) -> None:
    build(site, {"/": "home", "/secret/": "s", "/gone/": "g"})
    (site / "output" / "gone" / "index.html").unlink()
    assert open_tree(site).surplus([url_path("/")]) == urls("/secret/")


def test_prune_deletes_just_those_and_publishes_nothing(site: Path) -> None:
    build(site, {"/": "home", "/secret/": "s", "/secret/plan.txt": "p", "/b/": "b"})
    tree = open_tree(site)
    put_all(tree, {"/": "new home", "/c/": "c"})
    assert tree.prune(urls("/secret/", "/secret/plan.txt", "/never/")).deleted == urls(
        "/secret/", "/secret/plan.txt"
    )
    tree.discard()
    assert set(snapshot(site / "output")) == {
        ".itnews-manifest.json",
        "index.html",
        "b/",
        "b/index.html",
    }
    assert (site / "output" / "index.html").read_text() == "home"


def test_prune_of_nothing_makes_no_output_folder(site: Path) -> None:
    assert not open_tree(site).prune(urls("/a/"))
    assert not (site / "output").exists()


def test_a_commit_after_a_prune(site: Path) -> None:
    build(site, {"/": "home", "/a/": "a"})
    tree = open_tree(site)
    wanted = put_all(tree, {"/": "new"})
    tree.prune(urls("/a/"))
    assert tree.commit(wanted) == Change(urls("/"), (), 0)
    build(site, {"/": "new"})
    assert set(files(site / "output")) == {"index.html", ".itnews-manifest.json"}


def test_wanting_what_was_never_put_is_a_bug_and_changes_nothing(site: Path) -> None:
    build(site, {"/": "home"})
    before = snapshot(site / "output")
    with pytest.raises(ItnewsError, match="/a/ is wanted, but was never put"):
        open_tree(site).commit({url_path("/a/"): digest_bytes(b"a")})
    assert snapshot(site / "output") == before


def test_the_last_output_of_an_address_counts(site: Path) -> None:
    build(site, {"/": "home"})
    for texts in (["one", "two"], ["three", "two"], ["three", "three"]):
        tree = open_tree(site)
        for text in texts:
            placed = tree.put(output_of("/", text))
        tree.commit({placed.url: placed.digest})
        assert (site / "output" / "index.html").read_text() == texts[-1]


def test_two_addresses_of_one_file_are_refused(site: Path) -> None:
    tree = open_tree(site)
    with pytest.raises(PathError, match="the same file"):
        tree.commit(put_all(tree, {"/a/": "a", "/a/index.html": "b"}))


def test_a_file_and_a_folder_of_one_name_leave_the_site_as_it_was(site: Path) -> None:
    build(site, {"/": "home"})
    before = snapshot(site / "output")
    with pytest.raises(EnvironmentFault):
        build(site, {"/": "new", "/a/": "page", "/a": "file"})
    assert snapshot(site / "output") == before


def test_a_file_is_copied_and_only_if_it_differs(site: Path) -> None:
    picture = site / "content" / "plan.png"
    picture.write_bytes(b"\x89PNG" * 1000)
    output = copied(picture)
    for written in (1, 0):
        tree = open_tree(site)
        placed = tree.put(output)
        assert placed.digest == digest_bytes(picture.read_bytes())
        assert len(tree.commit({placed.url: placed.digest}).written) == written
    assert (site / "output" / "plan.png").read_bytes() == picture.read_bytes()


def copied(picture: Path) -> Output:
    file = SourceFile(picture, digest_bytes(picture.read_bytes()))
    return Output(url_path("/plan.png"), "image/png", file, OWNER)


@pytest.mark.parametrize("gone", [False, True])
def test_a_file_that_changes_before_it_is_copied_begins_the_build_again(
    gone: bool, site: Path
) -> None:
    picture = site / "content" / "plan.png"
    picture.write_bytes(b"before")
    output = copied(picture)
    if gone:
        picture.unlink()
    else:
        picture.write_bytes(b"after")
    with pytest.raises(SourceChanged, match="changed while the site was built"):
        open_tree(site).put(output)


def test_assets_come_before_pages_pages_before_feeds_and_deletions_last(site: Path) -> None:
    build(site, {"/": "old", "/gone/": "gone"})
    moved: list[str] = []

    def watch(name: str, primitive: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object) -> object:
            if name == "move":
                moved.append(os.path.relpath(str(args[1]), site).replace(os.sep, "/"))
            return primitive(*args)

        return wrapped

    with patched(watch):
        build(site, {"/": "new", "/feed.xml": "f", "/a/": "a", "/a/b/": "b", "/z.css": "c"})
    published = [name for name in moved if name.startswith("output/") and "itnews" not in name]
    assert published == [
        "output/z.css",
        "output/a/b/index.html",
        "output/a/index.html",
        "output/index.html",
        "output/feed.xml",
    ]
    assert "spare-" in moved[moved.index("output/feed.xml") + 1]


# What itnews did not write


@pytest.mark.parametrize("name", ["notes.txt", "a/notes.txt", "index.html"])
def test_a_folder_with_a_foreign_file_is_refused_by_name(site: Path, name: str) -> None:
    path = site / "output" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(OutputRefused, match=rf"did not write \('{name}'\)"):
        build(site, {"/": "home"})
    assert path.read_text() == "mine"


def test_many_foreign_files_are_named_in_part(site: Path) -> None:
    (site / "output").mkdir()
    for number in range(9):
        (site / "output" / f"{number}.txt").write_text("mine")
    with pytest.raises(OutputRefused, match=r"'0.txt', '1.txt', '2.txt' and 6 others"):
        open_tree(site)


def test_a_foreign_file_among_ours_is_refused_and_nothing_changes(site: Path) -> None:
    build(site, {"/": "home"})
    (site / "output" / "mine.txt").write_text("mine")
    before = snapshot(site / "output")
    with pytest.raises(OutputRefused):
        build(site, {"/": "new"})
    assert snapshot(site / "output") == before


def test_dot_files_cname_and_empty_folders_are_left_alone(site: Path) -> None:
    output = site / "output"
    (output / ".git" / "objects").mkdir(parents=True)
    (output / "empty").mkdir()
    for name in (".git/config", ".gitkeep", ".nojekyll", "CNAME"):
        (output / name).write_text("mine")
    build(site, {"/": "home"})
    build(site, {})
    found = snapshot(output)
    assert found.pop(".itnews-manifest.json") == b'{"format":1,\n"files":{}}\n'
    assert found == {
        ".git/": b"",
        ".git/config": b"mine",
        ".git/objects/": b"",
        ".gitkeep": b"mine",
        ".nojekyll": b"mine",
        "CNAME": b"mine",
        "empty/": b"",
    }


@pytest.mark.parametrize("name", ["CNAME", ".nojekyll", ".well-known/security.txt"])
def test_a_wanted_file_never_takes_the_place_of_one_that_is_left_alone(
    site: Path, name: str
) -> None:
    build(site, {"/": "home"})
    path = site / "output" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    before = snapshot(site / "output")
    with pytest.raises(OutputRefused, match=name):
        build(site, {"/": "new", "/" + name: "ours"})
    assert snapshot(site / "output") == before


def test_our_own_dot_files_are_replaced_and_deleted(site: Path) -> None:
    for text in ("old", "new"):
        build(site, {"/.well-known/security.txt": text, "/CNAME": text})
        assert (site / "output" / ".well-known" / "security.txt").read_text() == text
    build(site, {})
    assert set(snapshot(site / "output")) == {".itnews-manifest.json"}


def test_a_file_that_appears_while_we_build_is_not_overwritten(site: Path) -> None:
    build(site, {"/": "home"})
    tree = open_tree(site)
    wanted = put_all(tree, {"/": "new", "/a/": "a", "/feed.xml": "f"})
    (site / "output" / "feed.xml").write_text("mine")
    before = snapshot(site / "output")
    with pytest.raises(OutputRefused, match=r"feed\.xml was not written by itnews"):
        tree.commit(wanted)
    assert snapshot(site / "output") == before


def test_a_file_that_appears_in_the_midst_of_the_moves_is_not_overwritten(site: Path) -> None:
    build(site, {"/": "home"})
    before = snapshot(site / "output")
    feed = site / "output" / "feed.xml"

    def intrude(name: str, primitive: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object) -> object:
            if name == "keep":
                feed.write_text("mine")
            return primitive(*args)

        return wrapped

    with patched(intrude), pytest.raises(OutputRefused):
        build(site, {"/": "new", "/feed.xml": "f"})
    assert snapshot(site / "output") == {**before, "feed.xml": b"mine"}


@posix
@pytest.mark.parametrize("ours", [True, False])
def test_a_link_in_the_output_folder_is_refused(site: Path, ours: bool) -> None:
    (site / "elsewhere").mkdir()
    build(site, {"/a/": "a"})
    if ours:
        (site / "elsewhere" / "index.html").write_text("mine")
        (site / "output" / "a" / "index.html").unlink()
        (site / "output" / "a").rmdir()
    (site / "output" / ("a" if ours else "b")).symlink_to(site / "elsewhere")
    with pytest.raises(OutputRefused):
        build(site, {"/a/": "new", "/b/": "b"})
    assert not (site / "elsewhere" / "index.html").exists() or ours
    assert snapshot(site / "elsewhere") in ({}, {"index.html": b"mine"})


@posix
@pytest.mark.parametrize("before", [{}, {"/.well-known/x": "old"}])
def test_no_file_leaves_the_folder_through_a_hidden_link(site: Path, before: Pages) -> None:
    (site / "elsewhere").mkdir()
    build(site, before)
    known = site / "output" / ".well-known"
    if before:
        (known / "x").unlink()
        known.rmdir()
        (site / "elsewhere" / "x").write_text("mine")
    known.symlink_to(site / "elsewhere")
    mine = snapshot(site / "elsewhere")
    with pytest.raises(OutputRefused, match="well-known"):
        build(site, {"/.well-known/x": "x"})
    assert snapshot(site / "elsewhere") == mine


@posix
def test_a_pipe_in_the_place_of_a_page_is_refused_and_not_opened(site: Path) -> None:
    build(site, {"/": "home"})
    (site / "output" / "index.html").unlink()
    os.mkfifo(site / "output" / "index.html")
    with pytest.raises(OutputRefused, match="index"):
        build(site, {"/": "home"})


def test_an_empty_folder_in_the_place_of_a_page_makes_room(site: Path) -> None:
    build(site, {"/plan": "p"})
    (site / "output" / "plan").unlink()
    (site / "output" / "plan" / "deep").mkdir(parents=True)
    build(site, {"/plan": "p"})
    assert (site / "output" / "plan").read_text() == "p"


# Which folder may be written to


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (".", "holds the sources"),
        ("..", "holds the sources"),
        ("content", "among the sources"),
        ("content/out", "among the sources"),
        ("static", "among the sources"),
        (".git/x", "among the sources"),
        (".itnews", "holds the sources"),
        (".itnews/staging/x", "among the sources"),
        ("file.txt", "is a file"),
    ],
)
def test_a_folder_in_which_a_site_would_do_harm_is_refused(
    site: Path, output: str, why: str
) -> None:
    (site / "file.txt").write_text("mine")
    with pytest.raises(OutputRefused, match=why):
        Tree.open(site / output, site / ".itnews", sources=site)


@pytest.mark.parametrize("output", ["output", "a/b/c", ".itnews/preview", "../elsewhere"])
def test_any_other_folder_will_do(site: Path, output: str) -> None:
    tree = Tree.open(site / output, site / ".itnews", sources=site)
    tree.commit(put_all(tree, {"/": "home"}))
    assert (site / output / "index.html").read_text() == "home"


@posix
def test_an_output_folder_reached_through_a_link_is_that_folder(site: Path) -> None:
    (site / "www").mkdir()
    (site / "output").symlink_to(site / "www")
    build(site, {"/": "home"})
    assert (site / "www" / "index.html").read_text() == "home"
    (site / "through").symlink_to(site / "content")
    with pytest.raises(OutputRefused):
        Tree.open(site / "through", site / ".itnews", sources=site)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format":2,"files":{}}', '{"format":1,"files":{"../a":"b"}}', "[" * 99999],
)
def test_a_damaged_manifest_is_refused_and_no_file_touched(site: Path, text: str) -> None:
    build(site, {"/": "home"})
    (site / "output" / ".itnews-manifest.json").write_text(text)
    before = snapshot(site / "output")
    with pytest.raises(OutputRefused, match=r"itnews-manifest\.json is damaged"):
        build(site, {"/": "new"})
    assert snapshot(site / "output") == before


def test_a_hostile_journal_reaches_nothing_outside(site: Path) -> None:
    """`.itnews` may come from a shared cache."""
    build(site, {"/": "home"})
    (site / "mine.txt").write_text("mine")
    tree = open_tree(site)
    tree.put(output_of("/a/", "a"))
    (staging,) = (site / ".itnews" / "staging").iterdir()
    for steps in (
        {"first": ["../mine.txt"], "moves": []},
        {"first": [], "moves": [["../../../mine.txt", "b.txt", True]]},
        {"first": [], "moves": [["0" * 32, "../mine.txt", False]]},
        {"first": 7, "moves": None},
    ):
        entry: dict[str, object] = {
            "format": 1,
            "before": ABSENT,
            "last": [],
            "records": {},
            **steps,
        }
        staging.mkdir(exist_ok=True)
        (staging / "journal.json").write_text(json.dumps(entry))
        build(site, {"/": "home"})
        assert (site / "mine.txt").read_text() == "mine"
        assert set(files(site / "output")) == {"index.html", ".itnews-manifest.json"}


def test_a_journal_from_a_cache_beside_another_output_is_dropped(site: Path) -> None:
    build(site, {"/": "home"})
    tree = open_tree(site)
    wanted = put_all(tree, {"/": "new", "/a/": "a"})
    with failing_at(99, errno.EIO), pytest.MonkeyPatch.context() as patch:
        patch.setattr("itnews.files.tree.Mover.carry_out", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tree.commit(wanted)
    for path in (site / "output").iterdir():
        path.unlink()
    open_tree(site)
    assert snapshot(site / "output") == {}


def test_foreign_files_in_the_staging_folder_are_left_alone(site: Path) -> None:
    tree = open_tree(site)
    put_all(tree, {"/": "home"})
    (staging,) = (site / ".itnews" / "staging").iterdir()
    (staging / "mine.txt").write_text("mine")
    tree.discard()
    assert [path.name for path in staging.iterdir()] == ["mine.txt"]
    build(site, {"/": "home"})
    assert (staging / "mine.txt").read_text() == "mine"


# The disk


def other_disk(name: str, primitive: Callable[..., object]) -> Callable[..., object]:
    """Moves between `.itnews` and any other place fail, as they do between two disks or two bind mounts."""

    def wrapped(*args: object) -> object:
        if name == "move" and len({".itnews" + os.sep in str(one) for one in args}) == 2:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(args[0]))
        return primitive(*args)

    return wrapped


def test_where_the_output_is_on_another_disk_it_is_staged_beside_the_target(site: Path) -> None:
    with patched(other_disk):
        build(site, {"/": "home", "/a/": "a"})
        tree = open_tree(site)
        put_all(tree, {"/": "new"})
        assert (site / "output" / ".itnews-staging").is_dir()
        tree.discard()
        build(site, {"/": "new"})
    assert set(snapshot(site / "output")) == {"index.html", ".itnews-manifest.json"}


def test_a_file_system_without_links_makes_a_spare_copy(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    build(site, {"/": "home", "/a/": "a"})
    before, before_stamps = snapshot(site / "output"), stamps(site / "output")
    for number in range(8, 30):
        with failing_at(number, errno.EIO):
            try:
                build(site, {"/": "new", "/b/": "b"})
            except EnvironmentFault:
                assert snapshot(site / "output") == before
                assert stamps(site / "output") == before_stamps
            else:
                break
    assert number > 12


def test_a_file_under_another_spelling_is_ours_where_case_does_not_count(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS: the folder lists `Logo.svg`, the manifest `logo.svg`, and they are one file."""
    build(site, {"/logo.svg": "logo"})
    os.link(site / "output" / "logo.svg", site / "output" / "Logo.svg")
    monkeypatch.setattr(os, "scandir", _without(os.scandir, "logo.svg"))
    assert lacking(open_tree(site), {"/logo.svg": "logo"}) == ()


def _without(scandir: Callable[..., object], name: str) -> Callable[..., object]:
    class Listing:
        def __init__(self, folder: str) -> None:
            self.entries = scandir(folder)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return [one for one in self.entries if one.name != name]  # type: ignore[attr-defined] # scandir's iterator

        def __exit__(self, *_: object) -> None:
            self.entries.close()  # type: ignore[attr-defined] # scandir's iterator

    return Listing


def test_a_name_that_changes_only_its_case_is_deleted_before_the_new_one_is_written(
    site: Path,
) -> None:
    """Afterwards, a file system that does not distinguish case would delete the new file."""
    build(site, {"/Logo.svg": "logo"})
    steps: list[str] = []

    def watch(name: str, primitive: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object) -> object:
            steps.extend(Path(str(one)).name for one in args)
            return primitive(*args)

        return wrapped

    with patched(watch):
        build(site, {"/logo.svg": "logo"})
    assert steps.index("Logo.svg") < steps.index("logo.svg")


# What is known of the output, and what it costs


def test_a_settled_output_is_not_read_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, {"/": "home", "/a/": "a"})
    for name in ("index.html", "a/index.html"):
        os.utime(site / "output" / name, ns=(1_600_000_000_123_456_789,) * 2)
    monkeypatch.setattr(time, "time_ns", lambda: 4_000_000_000_000_000_000)
    pages = {"/": "home", "/a/": "a"}
    first = open_tree(site)
    assert lacking(first, pages) == ()
    read: list[str] = []
    monkeypatch.setattr(tree, "digest_file", read.append)
    second = open_tree(site, first.known())
    assert lacking(second, pages) == ()
    assert (read, second.known()) == ([], first.known())


def test_after_a_commit_the_state_of_every_output_is_known(site: Path) -> None:
    build(site, {"/": "home", "/a/": "a", "/b/": "b"})
    tree = open_tree(site)
    tree.commit(put_all(tree, {"/": "new", "/a/": "a", "/c/": "c"}))
    known = tree.known()
    assert set(known) == {"index.html", "a/index.html", "c/index.html"}
    assert {path: seen.digest for path, seen in known.items()} == {
        "index.html": digest_bytes(b"new"),
        "a/index.html": digest_bytes(b"a"),
        "c/index.html": digest_bytes(b"c"),
    }
    for path, seen in known.items():
        assert seen.state.size == (site / "output" / path).stat().st_size


def test_an_output_changed_behind_an_equal_size_and_time_is_noticed(site: Path) -> None:
    build(site, {"/": "home"})
    path = site / "output" / "index.html"
    tree = open_tree(site)
    tree.commit(put_all(tree, {"/": "home"}))
    stamp = path.stat().st_mtime_ns
    path.write_text("h0me")
    os.utime(path, ns=(stamp, stamp))
    assert lacking(open_tree(site, tree.known()), {"/": "home"}) == urls("/")


# The law

_PARTS = st.sampled_from(["a", "b", "A", ".well-known", "feed.xml"])
_URLS = st.builds(
    lambda parts, closing: str(url_path("/" + "/".join(parts) + closing)),
    st.lists(_PARTS, max_size=3),
    st.sampled_from(["", "/"]),
)
_TEXTS = st.sampled_from(["one", "two"])


def _possible(pages: dict[str, str]) -> dict[str, str]:
    """Those of *pages* that exclude none before them, as the same file under any case, or as a file above it."""
    files: set[str] = set()
    folders: set[str] = set()
    possible = {}
    for url, text in pages.items():
        path = fold(output_file(url_path(url)))
        above = set(parents(path))
        if path not in files | folders and not above & files:
            possible[url] = text
            files.add(path)
            folders |= above
    return possible


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(_URLS, _TEXTS, max_size=6).map(_possible), min_size=2, max_size=5))
def test_after_any_builds_the_folder_is_that_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, str]]
) -> None:
    site, clean = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("clean")
    for pages in builds:
        build(site, pages)
    build(clean, builds[-1])
    assert snapshot(site / "output") == snapshot(clean / "output")


def test_a_disk_error_names_the_file_and_what_became_of_the_site(tmp_path: Path) -> None:
    for code, words in (
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "is not allowed to use"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "could not be written"),
    ):
        error = OSError(code, os.strerror(code), "a", None, "output/index.html")
        text = str(disk.fault(error, "what is published stays as it was"))
        assert words in text
        assert "output/index.html" in text
        assert text.endswith("stays as it was.")


@pytest.mark.parametrize(
    ("source", "path", "named"),
    [
        ("/site/.itnews/staging/1/abc", "/site/output/a/index.html", "/site/output/a/index.html"),
        (
            "/site/output/a/index.html",
            "/site/.itnews/staging/1/spare-1",
            "/site/output/a/index.html",
        ),
        ("/site/.itnews/staging/1/probe", "/site/output/.itnews-probe", "/site/output"),
        ("/site/.itnews/staging/1/abc", None, "/site/.itnews/staging/1/abc"),
    ],
)
def test_a_disk_error_names_the_file_that_its_reader_knows(
    source: str, path: str | None, named: str
) -> None:
    error = OSError(errno.EACCES, "Permission denied", source, None, path)
    assert f"not allowed to use {named} (" in str(disk.fault(error, "x"))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_told_with_the_name_of_the_file() -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        disk.write("/dev/full", b"x")
    assert raised.value.filename == "/dev/full"


def test_a_manifest_that_is_a_pipe_does_not_hang_the_build(site: Path) -> None:
    (site / "output").mkdir()
    os.mkfifo(site / "output/.itnews-manifest.json")
    with pytest.raises(OutputRefused, match="cannot be read"):
        open_tree(site)


def test_a_lock_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lock")
    with pytest.raises(EnvironmentFault, match="remove it"), Lock(tmp_path).held(0):
        pass


def test_of_folders_that_cannot_all_be_made_none_is_left(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        disk.make_folders(f"{tmp_path}/a/b/{'c' * 300}/d")
    assert os.listdir(tmp_path) == []
