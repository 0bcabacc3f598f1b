"""What of a folder is taken for a source, and what is refused without being opened."""

import os
import sys
from pathlib import Path, PurePosixPath

import pytest

from itnews.files import scan as scan_module
from itnews.files.scan import Refused, scan
from itnews.paths import SourcePath

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file types")


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def reasons(refused: tuple[Refused, ...]) -> dict[str, str]:
    return {str(one.path): one.reason for one in refused}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    write(site / "content" / "updates" / "vpn.md")
    return site


def test_a_site_is_its_settings_and_four_folders(site: Path) -> None:
    for name in ("itnews.yaml", "theme/a.html", "themes/x/theme.yaml", "static/robots.txt"):
        write(site / name)
    write(site / "README.md")
    write(site / "output" / "index.html")
    assert [str(path) for path in scan(site).below()] == [
        "content/updates/vpn.md",
        "itnews.yaml",
        "static/robots.txt",
        "theme/a.html",
        "themes/x/theme.yaml",
    ]


def test_named_roots_are_found_under_their_names_wherever_they_lie(
    site: Path, tmp_path: Path
) -> None:
    place = write(tmp_path / "installed" / "newsroom" / "templates" / "base.html")
    found = scan(site, {"newsroom": tmp_path / "installed" / "newsroom"})
    assert [str(path) for path in found.below("@newsroom")] == ["@newsroom/templates/base.html"]
    assert Path(found.location("@newsroom/templates/base.html")) == place
    assert scan(site, {"gone": tmp_path / "gone"}).refused == ()


def test_below_a_folder_is_not_below_one_whose_name_begins_alike(site: Path) -> None:
    for name in ("content/news/a.md", "content/news-old/b.md", "content/news.md"):
        write(site / name)
    assert [str(path) for path in scan(site).below("content/news")] == ["content/news/a.md"]
    assert scan(site).below("content/nothing") == ()


def test_hidden_files_and_litter_are_passed_over_but_not_in_static(site: Path) -> None:
    for name in ("content/.git/config", "content/.a.md.swp", "content/a.md~", "content/Thumbs.db"):
        write(site / name)
    for name in ("static/.well-known/security.txt", "static/.gitkeep", "static/.DS_Store"):
        write(site / name)
    write(site / "static" / ".itnews-manifest.json")
    assert set(scan(site).files) == {"content/updates/vpn.md", "static/.well-known/security.txt"}
    assert scan(site).refused == ()


def test_names_that_differ_only_in_case_are_two_files(site: Path) -> None:
    write(site / "content" / "A.md")
    write(site / "content" / "a.md")
    assert {"content/A.md", "content/a.md"} <= set(scan(site).files)


def test_a_site_that_is_not_there_is_empty(tmp_path: Path) -> None:
    found = scan(tmp_path / "nothing")
    assert (found.files, found.refused) == ({}, ())


def test_a_file_where_a_folder_is_expected_is_named(tmp_path: Path) -> None:
    write(tmp_path / "content")
    (tmp_path / "itnews.yaml").mkdir()
    assert reasons(scan(tmp_path).refused) == {
        "content": "folder-expected",
        "itnews.yaml": "file-special",
    }


@posix
def test_links_are_followed_to_files_within_the_site_only(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "passwords.md")
    write(site / "shared" / "notice.md", "shared")
    write(site / ".itnews" / "store.sqlite")
    links = {
        "inside.md": "../shared/notice.md",
        "outside.md": "../../passwords.md",
        "hidden.md": "../.itnews/store.sqlite",
        "broken.md": "nowhere.md",
        "loop.md": "loop.md",
        "folder": "../shared",
        "device.md": "/dev/zero",
    }
    for name, target in links.items():
        (site / "content" / name).symlink_to(target)
    found = scan(site)
    assert reasons(found.refused) == {
        "content/outside.md": "file-link-outside",
        "content/hidden.md": "file-link-outside",
        "content/broken.md": "file-link-broken",
        "content/loop.md": "file-link-loop",
        "content/folder": "file-link-to-folder",
        "content/device.md": "file-link-outside",
    }
    assert set(found.files) == {"content/inside.md", "content/updates/vpn.md"}
    assert Path(found.location("content/inside.md")).read_text() == "shared"


@posix
def test_a_content_folder_that_is_a_link_out_of_the_site_is_refused(
    site: Path, tmp_path: Path
) -> None:
    write(tmp_path / "elsewhere" / "a.html")
    (site / "theme").symlink_to(tmp_path / "elsewhere")
    assert reasons(scan(site).refused) == {"theme": "file-link-outside"}


@posix
def test_a_site_reached_through_a_link_is_the_site(site: Path, tmp_path: Path) -> None:
    (site / "content" / "b.md").symlink_to("updates/vpn.md")
    (tmp_path / "alias").symlink_to(site)
    assert set(scan(tmp_path / "alias").files) == {"content/b.md", "content/updates/vpn.md"}


@posix
def test_pipes_and_sockets_are_refused_and_not_opened(site: Path) -> None:
    os.mkfifo(site / "content" / "pipe.md")
    assert reasons(scan(site).refused) == {"content/pipe.md": "file-special"}


@posix
@pytest.mark.parametrize("name", [b"caf\xe9.md", b"two\nlines.md", b"back\\slash.md"])
def test_a_name_that_no_address_can_hold_is_refused_and_can_be_printed(
    site: Path, name: bytes
) -> None:
    try:
        Path(os.fsdecode(os.path.join(os.fsencode(site / "content"), name))).write_text("x")
    except OSError:
        pytest.skip("this file system has no such names")
    (refused,) = scan(site).refused
    assert refused.reason == "file-name"
    assert str(refused.path).encode().isascii() is False
    assert "\n" not in str(refused.path)
    assert set(scan(site).files) == {"content/updates/vpn.md"}


@posix
def test_a_folder_with_such_a_name_is_not_entered(site: Path) -> None:
    write(site / "content" / "a\tb" / "c.md")
    assert len(scan(site).refused) == 1


def test_a_text_that_is_too_large_is_refused_and_a_film_is_not(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_module, "TEXT_LIMIT", 10)
    large = ("content/large.md", "content/LARGE.MD", "content/large.markdown")
    for name in (*large, "content/film.mp4", "static/large.html"):
        write(site / name, "12345678901")
    assert reasons(scan(site).refused) == dict.fromkeys(large, "file-too-large")


@posix
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may read all")
def test_a_folder_that_may_not_be_read_is_named(site: Path) -> None:
    (site / "content" / "updates").chmod(0)
    try:
        assert reasons(scan(site).refused) == {"content/updates": "file-unreadable"}
    finally:
        (site / "content" / "updates").chmod(0o755)


def test_a_file_that_vanishes_during_the_scan_is_absent(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object) -> bool:
        (site / "content" / "updates" / "vpn.md").unlink(missing_ok=True)
        return False

    monkeypatch.setattr(scan_module, "is_link", gone)
    assert scan(site).files == {}
    assert scan(site).refused == ()


@posix
def test_folders_nested_deeper_than_python_calls(site: Path) -> None:
    deepest = sys.getrecursionlimit() + 100
    folder = str(site / "content")
    for _ in range(deepest):
        folder += "/d"
        os.mkdir(folder)
    Path(folder, "deep.md").write_text("x")
    try:
        assert f"content{'/d' * deepest}/deep.md" in scan(site).files
    finally:
        os.unlink(folder + "/deep.md")
        os.removedirs(folder)


def test_every_reason_says_what_is_wrong_and_what_to_do() -> None:
    for reason in scan_module._WORDS:
        refused = Refused(SourcePath(PurePosixPath("content/a")), reason)
        assert refused.message.endswith(".")
        assert refused.hint
