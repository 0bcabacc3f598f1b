"""Feeds: which documents and changes of state a channel carries, as items with full bodies."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, cast

from itnews.app.channels import SITE, Group, group_of
from itnews.app.rules import label, number_setting, text_setting, zone_of
from itnews.app.tasks.bodies import filled_elsewhere
from itnews.app.tasks.pages import Outputs
from itnews.app.tasks.plan import SETTINGS
from itnews.app.tasks.references import base_of, group_title
from itnews.emit.feed import Channel, FeedItem, item_id
from itnews.emit.rss import MEDIA_TYPE, rss
from itnews.engine.key import Answer, Fetch, Key
from itnews.files.output import Output
from itnews.model.article import Card, declared
from itnews.model.keys import card_key, edition_key, kinds_key
from itnews.paths import SourcePath, UrlPath
from itnews.site.index import entered
from itnews.site.keys import excerpt_key, party_key, place_key, query_key
from itnews.site.spans import last_entry
from itnews.site.urls import absolute, address, feed_beside
from itnews.views.keys import changes_key

if TYPE_CHECKING:
    from itnews.model.fields.notice import Notice
    from itnews.views.values import StateChange

ITEMS = 20
"""How many items a feed holds where the settings do not say."""


def feed(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """The RSS feed of a channel."""
    group = group_of(key.name)
    limit = number_setting("feeds.items", fetch, default=ITEMS)
    # The sort is stable: of one instant a change of state stands above the document, and documents keep their order.
    found = [
        *_changes(group, limit, key.variant, fetch),
        *_documents(group, limit, key.variant, fetch),
    ]
    items = sorted(found, key=lambda item: item.published, reverse=True)[:limit]
    base, title, owner = _place(group, key.variant, fetch)
    payload = rss(_channel(title, base, key.variant, fetch), items)
    return Answer((Output(feed_beside(base), MEDIA_TYPE, payload, owner),))


def _documents(group: Group, limit: int, variant: str, fetch: Fetch) -> Iterator[FeedItem]:
    for path in fetch(query_key(group.fed(fetch(kinds_key()), limit), variant)):
        item = _item(path, variant, fetch)
        if item:
            yield item


def _changes(group: Group, limit: int, variant: str, fetch: Fetch) -> Iterator[FeedItem]:
    """What became of notices and asks: news by itself, which counts like a document."""
    query = group.changed(limit)
    for change in fetch(changes_key(query, variant)) if query else ():
        item = _changed_item(change, variant, fetch)
        if item:
            yield item


def _place(group: Group, variant: str, fetch: Fetch) -> tuple[UrlPath, str, SourcePath]:
    """Where the feed stands, what it is called, and the source that it is named by."""
    site = text_setting("site.title", fetch)
    if group.of_document:
        place = fetch(place_key(f"id:{group}", variant))
        return UrlPath(place.url), f"{site}: {place.title}", place.document or SETTINGS
    title = site if group == SITE else f"{site}: {group_title(group, variant, fetch)}"
    return base_of(group, fetch), title, SETTINGS


def _channel(title: str, base: UrlPath, variant: str, fetch: Fetch) -> Channel:
    edition = fetch(edition_key(variant))
    return Channel(
        title=title,
        description=text_setting("site.description", fetch),
        url=absolute(base, edition),
        feed_url=absolute(feed_beside(base), edition),
        language=text_setting("site.language", fetch),
        newest=_newest(variant, fetch),
    )


def _newest(variant: str, fetch: Fetch) -> datetime | None:
    """When the newest dated document of the site changed: it dates a feed without items."""
    for path in fetch(query_key(SITE.fed(fetch(kinds_key()), 1), variant)):
        card = fetch(card_key(path))
        changed = (card.fields.updated or entered(card)) if card else None
        return changed.start(zone_of(fetch)) if changed else None
    return None


def _item(path: SourcePath, variant: str, fetch: Fetch) -> FeedItem | None:
    card = fetch(card_key(path))
    if card is None or card.date is None:
        return None
    edition, zone = fetch(edition_key(variant)), zone_of(fetch)
    url = absolute(address(card), edition)
    published = (entered(card) or card.date).start(zone)
    return FeedItem(
        id=item_id(text_setting("site.id", fetch), card.kind, card.id),
        title=card.title,
        url=url,
        published=published,
        updated=card.fields.updated.start(zone) if card.fields.updated else published,
        summary=card.fields.summary or fetch(excerpt_key(path, variant)),
        html=_content(card, url, variant, fetch),
        categories=card.fields.tags,
        author=_author(card, variant, fetch),
    )


def _changed_item(change: "StateChange", variant: str, fetch: Fetch) -> FeedItem | None:
    """The item that tells of a change; it leads to the notice that a rescheduled one gave way to."""
    card = fetch(card_key(change.path))
    target = fetch(card_key(change.successor)) if change.successor else card
    if card is None or target is None:
        return None
    url = absolute(address(target), fetch(edition_key(variant)))
    told = _told(change, card, target, variant, fetch)
    body = _content(target, url, variant, fetch, part=f"{change.change}-")
    in_full = text_setting("feeds.content", fetch) != "summary"
    return FeedItem(
        id=item_id(text_setting("site.id", fetch), card.kind, card.id, change.change),
        title=f"{label('change', change.change, fetch)}: {card.title}",
        url=url,
        published=change.at,
        updated=change.at,
        summary=next(iter(told), ""),
        html="".join(f"<p>{escape(text)}</p>" for text in told) + body if in_full else "",
        categories=card.fields.tags,
        author=_author(card, variant, fetch),
    )


def _told(
    change: "StateChange", card: Card, target: Card, variant: str, fetch: Fetch
) -> tuple[str, ...]:
    """What is said of a change: the answer and why, the last entry of the timeline, else the summary."""
    said, why = declared(card.fields, "answer", ""), declared(card.fields, "answer_why", "")
    if change.change == "resolved":
        last = last_entry(cast("Notice", card.fields), zone_of(fetch))
        said = last.text if last and last.state == "resolved" else ""
    told = said or target.fields.summary or fetch(excerpt_key(target.path, variant))
    return tuple(filter(None, (told, why)))


def _content(card: Card, url: str, variant: str, fetch: Fetch, *, part: str = "") -> str:
    """The body; *part* sets its ids apart from those of the same body in another item."""
    if text_setting("feeds.content", fetch) == "summary":
        return ""
    prefix = f"{card.kind}-{card.slug}-{part}"
    return filled_elsewhere(card.path, variant, fetch, absolute=url, id_prefix=prefix)


def _author(card: Card, variant: str, fetch: Fetch) -> str:
    names = card.fields.authors or (card.fields.owner,)
    return ", ".join(
        link.text for name in names if name and (link := fetch(party_key(name, variant))).text
    )
