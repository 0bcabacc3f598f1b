"""RSS 2.0 through feedgen; nothing else imports feedgen's generator, so that another writer can take its place."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from itnews.emit.feed import Channel, FeedItem, changed
from itnews.emit.xml import one_line, uri, writable
from itnews.late import late

if TYPE_CHECKING:
    from feedgen import feed as feedgen
    from feedgen.entry import FeedEntry
else:
    feedgen = late("feedgen.feed")  # and with it lxml

MEDIA_TYPE = "application/rss+xml"

# RFC 5322 section 3.3: a year has four digits and is 1900 or later.
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def rss(channel: Channel, items: Sequence[FeedItem]) -> bytes:
    """The feed as RSS 2.0, items in the order given, times in UTC; equal values give equal bytes.

    The summary is the item's `description`, the body its `content:encoded`, the author a `dc:creator` (an `author`
    would have to be a mail address). Raises ValueError if `channel.newest` dates it and has no zone.
    """
    feed = _channel(channel, _instant(changed(channel, items)))
    for item in items:
        # feedgen would put each entry in front of the ones before.
        _fill(feed.add_entry(order="append"), item)
    payload: bytes = feed.rss_str(pretty=True)
    return payload


def _channel(channel: Channel, when: datetime) -> "feedgen.FeedGenerator":
    feed = feedgen.FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    title = one_line(channel.title) or uri(channel.url)
    feed.title(title)
    feed.description(escape(one_line(channel.description) or title, quote=False))
    # feedgen takes the last link as the channel's own, so the page comes after the feed.
    feed.link(href=uri(channel.feed_url), rel="self", type=MEDIA_TYPE)
    feed.link(href=uri(channel.url), rel="alternate")
    feed.generator("itnews")
    if channel.language:
        feed.language(channel.language.replace("_", "-"))
    # Left alone, these are the time of the run. `updated` sets the other as well, today.
    feed.updated(when)
    feed.lastBuildDate(when)
    return feed


def _fill(entry: "FeedEntry", item: FeedItem) -> None:
    entry.guid(item.id, permalink=False)
    entry.title(one_line(item.title) or uri(item.url))
    entry.link(href=uri(item.url), rel="alternate")
    entry.published(_instant(item.published))
    entry.updated(_instant(item.updated))
    # RSS readers take a description for HTML, so that plain text has to be escaped once more.
    entry.description(escape(one_line(item.summary), quote=False), isSummary=True)
    html = writable(item.html).strip()
    if html:
        entry.content(html, type="html")
    for category in dict.fromkeys(filter(None, map(one_line, item.categories))):
        entry.category(term=category)
    author = one_line(item.author)
    if author:
        entry.dc.dc_creator(author)


def _instant(moment: datetime) -> datetime:
    """*moment* in UTC, moved into the years that a mail date can name."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return min(max(moment, _EARLIEST), _LATEST).astimezone(UTC)
