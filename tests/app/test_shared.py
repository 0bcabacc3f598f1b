"""What all editions share (files of static/, a theme's assets) reaches each of them, and leaves each of them."""

import shutil
from pathlib import Path

import pytest

from tests.laws.edits import differences
from tests.sites import SETTINGS, Site

EDITIONS = """\
editions:
  public: {shows: [], output: output/public}
  board: {shows: [board], output: output/board}
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.write("itnews.yaml", SETTINGS + EDITIONS)
    made.document("updates/vpn", "Words.", date="2026-03-02", summary="S")
    made.write("static/list.txt", "old")
    made.write("theme/assets/own.css", "p {}")
    return made


def build_both(site: Site) -> None:
    for site.edition in ("public", "board"):
        assert site.build().exit_code == 0


def assert_clean(site: Site, scratch: Path) -> None:
    """Both editions have the bytes of builds from nothing."""
    for site.edition in ("public", "board"):
        site.clean(scratch)
        folder = f"output/{site.edition}"
        assert not differences(site.folder / folder, scratch / folder)


def test_a_static_file_that_was_edited_reaches_both(site: Site, tmp_path: Path) -> None:
    build_both(site)
    site.write("static/list.txt", "new")
    build_both(site)
    assert_clean(site, tmp_path / "clean")


def test_a_static_file_that_was_deleted_leaves_both(site: Site, tmp_path: Path) -> None:
    build_both(site)
    site.remove("static/list.txt")
    build_both(site)
    assert_clean(site, tmp_path / "clean")


def test_a_file_that_came_for_one_and_was_edited_reaches_the_other(
    site: Site, tmp_path: Path
) -> None:
    build_both(site)
    site.edition = "public"
    site.write("static/new.txt", "one")
    site.build()
    site.write("static/new.txt", "two")
    build_both(site)
    assert_clean(site, tmp_path / "clean")


def test_an_asset_that_was_taken_away_and_put_back_is_published_again(
    site: Site, tmp_path: Path
) -> None:
    build_both(site)
    asset = site.folder / "theme/assets/own.css"
    asset.rename(tmp_path / "own.css")
    build_both(site)
    shutil.move(tmp_path / "own.css", asset)
    build_both(site)
    assert_clean(site, tmp_path / "clean")


def test_a_picture_that_a_theme_and_a_document_had_goes_with_the_second(
    site: Site, tmp_path: Path
) -> None:
    site.write("theme/assets/logo.svg", "<svg/>")
    site.write("content/updates/logo.svg", "<svg/>")
    site.document("updates/vpn", "![Logo](logo.svg)", date="2026-03-02", summary="S")
    build_both(site)
    site.remove("theme/assets/logo.svg")
    build_both(site)
    assert_clean(site, tmp_path / "clean")
    site.document("updates/vpn", "Words.", date="2026-03-02", summary="S")
    build_both(site)
    assert_clean(site, tmp_path / "clean")
