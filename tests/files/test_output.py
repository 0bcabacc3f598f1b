"""Addresses, and the files that answer them."""

import pytest

from itnews.digest import Digest
from itnews.errors import PathError
from itnews.files import manifest
from itnews.files.output import checked_file, url_of
from itnews.paths import UrlPath, output_file, url_path


@pytest.mark.parametrize("url", ["/", "/a/", "/a/b/", "/feed.xml", "/a/feed.xml", "/index.htm"])
def test_an_address_is_found_again_from_its_file(url: str) -> None:
    assert url_of(output_file(url_path(url))) == url


@pytest.mark.parametrize(
    "url",
    [
        "../secret",
        "/a/../../b",
        "//a",
        "a",
        "/a\\b",
        "/.itnews-manifest.json",
        "/a/.itnews-staging/x",
        "/\udce9/",
        "/" + "a" * 256 + "/",
        "/" + "ä" * 128,
        "/ab" * 300,
        "/con/",
        "/a/Nul.html",
        "/a./",
        "/a /",
        "/a:b/",
        "/a?b",
        "/.git/config",
    ],
)
def test_an_address_that_no_file_may_have_is_refused(url: str) -> None:
    with pytest.raises(PathError):
        checked_file(UrlPath(url))


@pytest.mark.parametrize("url", ["/contact/", "/a.b/", "/.well-known/x", "/auxiliary.css", "/a b/"])
def test_an_address_that_only_looks_like_a_device_is_none(url: str) -> None:
    assert checked_file(UrlPath(url))


def test_a_name_of_255_bytes_is_not_too_long() -> None:
    assert checked_file(url_path("/" + "a" * 255 + "/" + "b" * 255)).count("/") == 1


@pytest.mark.parametrize(
    "path", ["../a", "/etc/passwd", "a/../../b", "a\\b", "", "a//b", ".itnews-staging/x", "a/."]
)
def test_a_manifest_that_names_files_outside_its_folder_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        manifest.check_paths({"index.html": "", path: ""})


ENTRIES = {
    '"a.html': Digest("1"),
    "a.html": Digest("1"),
    'b/"a.html': Digest("1"),
    '{"a.html': Digest("1"),
    "\n": Digest("1"),
}


@pytest.mark.parametrize("path", [*ENTRIES, "new.html"])
def test_an_amended_manifest_is_the_one_that_would_be_made_anew(path: str) -> None:
    changed = {path: Digest("2")}

    amended = manifest.amended(manifest.encode(ENTRIES), ENTRIES, changed)

    assert amended == manifest.encode({**ENTRIES, **changed})
