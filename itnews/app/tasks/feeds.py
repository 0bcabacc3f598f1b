"""Feeds: which documents a channel carries, as items with full bodies."""

from datetime import datetime

from itnews.app.channels import SITE, Group, group_of
from itnews.app.rules import number_setting, text_setting, zone_of
from itnews.app.tasks.pages import Outputs
from itnews.app.tasks.plan import SETTINGS
from itnews.app.tasks.references import base_of, group_title
from itnews.emit.feed import Channel, FeedItem, item_id
from itnews.emit.rss import MEDIA_TYPE, rss
from itnews.engine.key import Answer, Fetch, Key
from itnews.files.output import Output
from itnews.markup.html import fill
from itnews.model.article import Card
from itnews.model.keys import body_key, card_key, edition_key, kinds_key
from itnews.paths import SourcePath, UrlPath
from itnews.site.keys import excerpt_key, party_key, place_key, query_key
from itnews.site.urls import absolute, address, feed_beside

ITEMS = 20
"""How many items a feed holds where the settings do not say."""


def feed(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """The RSS feed of a channel."""
    group = group_of(key.name)
    limit = number_setting("feeds.items", fetch, default=ITEMS)
    paths = fetch(query_key(group.fed(fetch(kinds_key()), limit), key.variant))
    items = [_item(path, key.variant, fetch) for path in paths]
    base, title, owner = _place(group, key.variant, fetch)
    payload = rss(_channel(title, base, key.variant, fetch), [item for item in items if item])
    return Answer((Output(feed_beside(base), MEDIA_TYPE, payload, owner),))


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
        changed = (card.fields.updated or card.date) if card else None
        return changed.start(zone_of(fetch)) if changed else None
    return None


def _item(path: SourcePath, variant: str, fetch: Fetch) -> FeedItem | None:
    card = fetch(card_key(path))
    if card is None or card.date is None:
        return None
    edition, zone = fetch(edition_key(variant)), zone_of(fetch)
    url = absolute(address(card), edition)
    return FeedItem(
        id=item_id(text_setting("site.id", fetch), card.kind, card.id),
        title=card.title,
        url=url,
        published=card.date.start(zone),
        updated=(card.fields.updated or card.date).start(zone),
        summary=card.fields.summary or fetch(excerpt_key(path, variant)),
        html=_content(card, url, variant, fetch),
        categories=card.fields.tags,
        author=_author(card, variant, fetch),
    )


def _content(card: Card, url: str, variant: str, fetch: Fetch) -> str:
    if text_setting("feeds.content", fetch) == "summary":
        return ""
    body = fetch(body_key(card.path, variant))
    return fill(body.html, absolute=url, id_prefix=f"{card.kind}-{card.slug}-")


def _author(card: Card, variant: str, fetch: Fetch) -> str:
    names = card.fields.authors or (card.fields.owner,)
    return ", ".join(
        link.text for name in names if name and (link := fetch(party_key(name, variant))).text
    )
