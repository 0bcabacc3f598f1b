"""What a feed says, whatever its format: a channel and its items."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote

from msgspec import Struct

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a feed without items on a site without content: fixed, so that equal inputs give equal bytes."""


class Channel(Struct, frozen=True):
    """One feed file. *url* is the page that it stands beside, *feed_url* its own address; both are absolute.

    *language* is a BCP 47 tag or empty. *newest* is the date of the site's newest content: it dates a feed without
    items. Each format of a feed has a channel of its own, since the feed's own address differs.
    """

    title: str
    description: str
    url: str
    feed_url: str
    language: str = ""
    newest: datetime | None = None


class FeedItem(Struct, frozen=True):
    """One entry. *id* is made by `item_id` and outlives every change of the address *url*, which is absolute.

    *title* and *summary* are plain text. *html* is the filled body with absolute addresses only (`markup.html.fill`),
    empty where feeds carry summaries. *published* and *updated* are aware and come from the content, never from git
    or the run: a typo put right must not notify anybody again. Raises ValueError for a time without a zone.
    """

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    html: str = ""
    categories: tuple[str, ...] = ()
    author: str = ""

    def __post_init__(self) -> None:
        if self.published.tzinfo is None or self.updated.tzinfo is None:
            raise ValueError(f"{self.id}: published and updated have to have a time zone")


def item_id(site_id: str, kind: str, name: str, change: str = "") -> str:
    """The id of a document in every feed: `tag:example.com,2026:update/vpn` (RFC 4151).

    *site_id* is the setting `site.id`, `host,year`. A *change* of the document's state is an item of its own:
    `tag:example.com,2026:notice/vpn#cancelled`.
    """
    document = f"tag:{quote(site_id, safe=',.@-')}:{quote(kind)}/{quote(name)}"
    return f"{document}#{quote(change)}" if change else document


def changed(channel: Channel, items: Iterable[FeedItem]) -> datetime:
    """When the feed last changed: with its newest item; without items, with the site; else `EPOCH`."""
    # An author may write an `updated` that lies before the date.
    moments = (max(item.published, item.updated) for item in items)
    return max(moments, default=channel.newest or EPOCH)
