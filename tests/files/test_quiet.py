"""Folders of the output in which nothing came or went are not listed again, and nothing in them is missed."""

import os
from pathlib import Path

import pytest

from itnews.digest import digest_bytes
from itnews.errors import OutputRefused
from itnews.files.tree import Known, Tree
from itnews.paths import url_path
from tests.files.building import build, open_tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    build(tmp_path, {"/": "home", "/a/": "a", "/a/b/": "b"})
    return tmp_path


def known(site: Path) -> Known:
    """What a build knows of the output when every folder has been left alone for a while."""
    tree = open_tree(site)
    tree.lacking({url_path(url): digest_bytes(b"?") for url in ("/", "/a/", "/a/b/")})
    tree.discard()
    files = {name: one._replace(settled=True) for name, one in tree.known().items()}
    folders = {name: one._replace(settled=True) for name, one in tree.folder_news()[0].items()}
    return Known(files, folders)


def opened(site: Path, before: Known) -> Tree:
    return Tree.open(site / "output", site / ".itnews", sources=site, known=before)


def test_a_folder_in_which_nothing_came_or_went_is_not_listed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = known(site)

    def refuse(path: str) -> None:
        raise AssertionError(f"{path} was listed")

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        tree = opened(site, before)
    assert set(tree.known()) == {"index.html", "a/index.html", "a/b/index.html"}


@pytest.mark.parametrize("place", ["stranger.txt", "a/stranger.txt", "a/b/stranger.txt"])
def test_a_stranger_in_a_quiet_folder_is_found(site: Path, place: str) -> None:
    before = known(site)
    (site / "output" / place).write_text("mine")
    with pytest.raises(OutputRefused, match="stranger"):
        opened(site, before)


def test_a_stranger_in_a_folder_that_was_empty_is_found(site: Path) -> None:
    (site / "output/a/empty").mkdir()
    before = known(site)
    (site / "output/a/empty/stranger.txt").write_text("mine")
    with pytest.raises(OutputRefused, match="stranger"):
        opened(site, before)


def test_a_file_that_is_gone_or_altered_in_a_quiet_folder_is_lacking(site: Path) -> None:
    before = known(site)
    (site / "output/a/index.html").unlink()
    (site / "output/a/b/index.html").write_text("altered")
    wanted = {url_path("/"): digest_bytes(b"home"), url_path("/a/"): digest_bytes(b"a")}
    wanted[url_path("/a/b/")] = digest_bytes(b"b")
    assert opened(site, before).lacking(wanted) == ("/a/", "/a/b/")


def test_a_folder_that_became_a_link_is_refused(site: Path) -> None:
    before = known(site)
    (site / "output/a/b").rename(site / "elsewhere")
    (site / "output/a/b").symlink_to(site / "elsewhere")
    with pytest.raises(OutputRefused, match="a/b"):
        opened(site, before)
