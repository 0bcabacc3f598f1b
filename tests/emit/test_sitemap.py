"""The sitemap and robots.txt."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from lxml import etree

from itnews.emit import sitemap as module
from itnews.emit.robots import robots
from itnews.emit.sitemap import Address, sitemap_files
from itnews.paths import UrlPath

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(payload: bytes) -> list[str]:
    return [str(element.text) for element in etree.fromstring(payload).iterfind(".//s:loc", NAMES)]


def absolute(url: UrlPath) -> str:
    return f"https://intranet/it{url}"


def sitemap(entries: Iterable[Address]) -> bytes:
    """The one file of a small site."""
    ((_, payload),) = sitemap_files(entries, absolute=absolute)
    return payload


def test_the_bytes_of_a_sitemap() -> None:
    entries = [
        Address("https://intranet/b/?x=1&y=2", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        Address("https://intranet/ä/", date(2026, 3, 2)),
        Address("https://intranet/a/"),
    ]
    assert sitemap(entries).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://intranet/a/</loc></url>\n"
        "<url><loc>https://intranet/b/?x=1&amp;y=2</loc>"
        "<lastmod>2026-03-02T09:00:00+00:00</lastmod></url>\n"
        "<url><loc>https://intranet/%C3%A4/</loc><lastmod>2026-03-02</lastmod></url>\n"
        "</urlset>\n"
    )


def test_the_order_in_which_pages_were_made_does_not_show() -> None:
    entries = [Address(f"https://intranet/{name}/") for name in "cab"]
    twice = [Address("https://intranet/a/", date(2026, 1, 1)), *entries]
    assert sitemap(entries) == sitemap(reversed(entries))
    assert sitemap(twice) == sitemap(reversed(twice))
    assert len(addresses(sitemap(twice))) == 3


def test_a_sitemap_without_pages_is_well_formed() -> None:
    assert addresses(sitemap([])) == []


def test_a_small_site_has_one_file() -> None:
    files = sitemap_files([Address("https://intranet/it/")], absolute=absolute)
    assert [url for url, _ in files] == ["/sitemap.xml"]


def test_a_large_site_has_an_index_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 2)
    pages = [f"https://intranet/it/{number}/" for number in range(5)]
    (index, listing), *parts = sitemap_files(map(Address, pages), absolute=absolute)
    assert index == "/sitemap.xml"
    assert addresses(listing) == [f"https://intranet/it{url}" for url, _ in parts]
    assert etree.fromstring(listing).tag.endswith("sitemapindex")
    assert [url for _, payload in parts for url in addresses(payload)] == pages
    assert max(len(addresses(payload)) for _, payload in parts) == 2


def test_a_modification_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        sitemap([Address("https://intranet/", datetime(2026, 3, 2))])  # noqa: DTZ001 - the point


def test_a_date_from_before_time_zones_is_written_in_utc() -> None:
    modified = datetime(1891, 1, 1, tzinfo=timezone(timedelta(minutes=53, seconds=28)))
    payload = sitemap([Address("https://intranet/", modified)])
    assert b"<lastmod>1890-12-31T23:06:32+00:00</lastmod>" in payload


def test_robots_opens_everything_and_names_the_sitemap() -> None:
    assert robots("https://intranet/it/sitemap.xml").decode() == (
        "User-agent: *\nDisallow:\n\nSitemap: https://intranet/it/sitemap.xml\n"
    )
