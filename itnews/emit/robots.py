"""The file that tells crawlers (of a company's own search, too) what there is."""

from itnews.emit.xml import uri

MEDIA_TYPE = "text/plain"


def robots(sitemap_url: str) -> bytes:
    """robots.txt (RFC 9309): everything is open; names the sitemap by its full address."""
    lines = ["User-agent: *", "Disallow:", "", f"Sitemap: {uri(sitemap_url)}", ""]
    return "\n".join(lines).encode("ascii")
