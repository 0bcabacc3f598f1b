"""The sitemap (sitemaps.org, protocol 0.9)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from html import escape

from msgspec import Struct

from itnews.emit.xml import uri
from itnews.paths import UrlPath, url_path

MEDIA_TYPE = "application/xml"
LIMIT = 50_000
"""As many addresses as one file may hold, says the protocol."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Address(Struct, frozen=True):
    """A page by its absolute address. *modified* is a day or an aware instant that the content states, or None."""

    url: str
    modified: date | datetime | None = None


def sitemap_files(
    entries: Iterable[Address], *, absolute: Callable[[UrlPath], str]
) -> tuple[tuple[UrlPath, bytes], ...]:
    """All files of the sitemap, `/sitemap.xml` first: more than `LIMIT` addresses make it an index of others.

    Each address stands once, in order. *absolute* makes the full address of an output: an index names its files by it.
    Raises ValueError for a time without a zone.
    """
    chosen = _in_order(entries)
    if len(chosen) <= LIMIT:
        return ((url_path("/sitemap.xml"), _file("urlset", "url", chosen)),)
    shares = [chosen[start : start + LIMIT] for start in range(0, len(chosen), LIMIT)]
    files = tuple(
        (url_path(f"/sitemap-{number}.xml"), _file("urlset", "url", share))
        for number, share in enumerate(shares, start=1)
    )
    index = _file("sitemapindex", "sitemap", [Address(absolute(url)) for url, _ in files])
    return ((url_path("/sitemap.xml"), index), *files)


def _in_order(entries: Iterable[Address]) -> list[Address]:
    """Each address once: which of two equal ones is kept must not depend on the order in which they came."""
    ordered = sorted(entries, key=lambda entry: (entry.url, _lastmod(entry)))
    return list({entry.url: entry for entry in ordered}.values())


def _file(root: str, element: str, entries: Sequence[Address]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for entry in entries:
        modified = _lastmod(entry)
        lastmod = f"<lastmod>{modified}</lastmod>" if modified else ""
        lines.append(f"<{element}><loc>{escape(uri(entry.url))}</loc>{lastmod}</{element}>")
    lines.append(f"</{root}>\n")
    return "\n".join(lines).encode("ascii")


def _lastmod(entry: Address) -> str:
    """W3C Datetime: a day, or a time to the second with its zone."""
    modified = entry.modified
    if modified is None:
        return ""
    if not isinstance(modified, datetime):
        return modified.isoformat()
    offset = modified.utcoffset()
    if offset is None:
        raise ValueError(f"{modified.isoformat()} has no time zone")
    if offset.seconds % 60:
        # Local mean time, as zones had it a hundred years ago, has seconds; W3C Datetime has no place for them.
        modified = modified.astimezone(UTC)
    return modified.isoformat(timespec="seconds")
