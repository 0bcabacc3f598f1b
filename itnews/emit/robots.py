"""The file that tells crawlers (of a company's own search, too) what there is and what to leave out."""

from collections.abc import Iterable

from itnews.emit.xml import uri

MEDIA_TYPE = "text/plain"


def robots(sitemap_url: str, *, disallow: Iterable[str] = ()) -> bytes:
    """robots.txt (RFC 9309): everything is open but the paths in *disallow*; names the sitemap by its full address."""
    closed = [f"Disallow: {uri(path)}" for path in sorted(set(disallow))] or ["Disallow:"]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {uri(sitemap_url)}", ""]
    return "\n".join(lines).encode("ascii")
