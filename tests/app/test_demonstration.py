"""The demonstration site: built whole and strictly, and read as a browser, a feed reader and a crawler read it."""

import gzip
import shutil
import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from lxml import etree, html

from itnews.app.build import build
from itnews.app.options import Options
from itnews.app.report import Report
from tests.sites import NOW, contents

ROOT = Path(__file__).parents[2]
BASE = "https://it.merrowline.example/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    """The demonstration site, built with every socket closed: a build asks nobody for anything."""
    site = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(ROOT / "content", site / "content")
    shutil.copy(ROOT / "itnews.yaml", site)

    def refuse(*_: object) -> None:
        raise AssertionError("a build opened a connection")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        report = build(Options(site, NOW, strict=True))
    return report, site / "output"


@pytest.fixture(scope="module")
def pages(built: tuple[Report, Path]) -> dict[str, html.HtmlElement]:
    """All pages by address, parsed."""
    files = contents(built[1])
    return {
        "/" + path.removesuffix("index.html"): html.document_fromstring(payload)
        for path, payload in files.items()
        if path.endswith(".html")
    }


def addresses(page: html.HtmlElement) -> Iterator[str]:
    """What a page refers to, links and resources."""
    for attribute in ("href", "src", "poster"):
        yield from (element.get(attribute) for element in page.iter() if element.get(attribute))


def answers(address: str, files: dict[str, bytes]) -> bool:
    path = unquote(urlsplit(address).path)
    return (path + "index.html" if path.endswith("/") else path).lstrip("/") in files


def test_it_builds_strictly_without_a_single_problem(built: tuple[Report, Path]) -> None:
    report, _ = built
    assert report.problems == ()
    assert report.exit_code == 0


def test_every_link_inside_the_site_leads_somewhere(
    built: tuple[Report, Path], pages: dict[str, html.HtmlElement]
) -> None:
    files = contents(built[1])
    inside = [
        (url, to) for url, page in pages.items() for to in addresses(page) if to.startswith("/")
    ]
    assert len(inside) > 1000
    assert [(url, to) for url, to in inside if not answers(to, files)] == []


def test_every_link_to_a_heading_finds_it(pages: dict[str, html.HtmlElement]) -> None:
    ids = {url: {element.get("id") for element in page.iter()} for url, page in pages.items()}
    wrong = []
    for url, page in pages.items():
        for address in addresses(page):
            path, mark, anchor = address.partition("#")
            target = path or url
            if mark and anchor and target in ids and unquote(anchor) not in ids[target]:
                wrong.append((url, address))
    assert wrong == []


def test_no_page_asks_another_host_for_anything(pages: dict[str, html.HtmlElement]) -> None:
    loaded = (
        "//img/@src | //source/@srcset | //script/@src | //iframe/@src"
        " | //link[@rel='stylesheet' or @rel='icon']/@href"
    )
    asked = {str(address) for page in pages.values() for address in page.xpath(loaded)}
    assert asked
    assert [
        address for address in asked if not address.startswith("/") or address.startswith("//")
    ] == []


def test_a_strict_content_security_policy_holds(pages: dict[str, html.HtmlElement]) -> None:
    for url, page in pages.items():
        attributes = {name for element in page.iter() for name in element.attrib}
        assert not {name for name in attributes if name == "style" or name.startswith("on")}, url
        assert page.xpath("//style | //script[not(@src)]") == [], url


def test_every_page_has_one_heading_of_its_own_and_none_is_skipped(
    pages: dict[str, html.HtmlElement],
) -> None:
    for url, page in pages.items():
        levels = [int(element.tag[1]) for element in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels.count(1) == 1, url
        assert all(after <= before + 1 for before, after in pairwise(levels)), url


def test_no_id_stands_twice_on_a_page(pages: dict[str, html.HtmlElement]) -> None:
    for url, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), url


def test_every_feed_is_read_by_another_library(built: tuple[Report, Path]) -> None:
    feeds = {
        path: payload for path, payload in contents(built[1]).items() if path.endswith("feed.xml")
    }
    assert len(feeds) > 25
    for path, payload in feeds.items():
        feed = feedparser.parse(payload)
        assert not feed.bozo, path
        assert feed.feed.title, path
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), path
        for entry in feed.entries:
            assert entry.link.startswith(BASE), path
            body = html.fragment_fromstring(entry.content[0].value, create_parent=True)
            assert [to for to in addresses(body) if not urlsplit(to).scheme] == [], path


def test_the_sitemap_names_every_page_that_is_there(
    built: tuple[Report, Path], pages: dict[str, html.HtmlElement]
) -> None:
    tree = etree.fromstring(contents(built[1])["sitemap.xml"])
    listed = {str(loc.text).removeprefix(BASE.rstrip("/")) for loc in tree.iter("{*}loc")}
    aliases = {url for url, page in pages.items() if page.xpath("//meta[@http-equiv='refresh']")}
    assert listed == pages.keys() - aliases - {"/404.html"}


def test_the_front_page_stays_light(built: tuple[Report, Path]) -> None:
    files = contents(built[1])
    sheets = [payload for path, payload in files.items() if path.endswith(".css")]
    compressed = sum(len(gzip.compress(payload)) for payload in (files["index.html"], *sheets))
    assert compressed < 60_000
