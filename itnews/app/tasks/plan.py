"""The plan: every output of an edition, and the address that each claims."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from itnews.app.channels import DOCUMENTS, SITE, Group
from itnews.app.tasks.references import field_span
from itnews.emit.keys import (
    alias_key,
    asset_output_key,
    feed_key,
    file_output_key,
    front_key,
    list_key,
    page_key,
    robots_key,
    sheet_key,
    sitemap_key,
    tokens_key,
)
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.article import Card
from itnews.model.keys import kinds_key, listing_key, setting_key
from itnews.model.kinds import INTRODUCTION, Kinds
from itnews.paths import SourcePath, UrlPath, source_path, url_path
from itnews.problems import Problem, Span, error
from itnews.site.index import Index
from itnews.site.keys import index_key, routes_key, settings_check_key
from itnews.site.urls import (
    Claim,
    Collision,
    Routes,
    address,
    alias_address,
    feed_beside,
    page_of_list,
    sheet_address,
)
from itnews.theme.keys import assets_key
from itnews.views.keys import archive_key, months_key, tags_key

if TYPE_CHECKING:
    from itnews.views.overviews import ArchiveView, MonthsView
    from itnews.views.values import TagCount

SETTINGS = source_path("itnews.yaml")
STATIC = "static"
FRONTS = {
    "home": ("/", ""),
    "roadmap": ("/roadmap/", "Roadmap"),
    "value": ("/value/", "What IT brings"),
    "alignment": ("/alignment/", "Goals and departments"),
    "portfolio": ("/portfolio/", "Portfolio"),
    "calendar": ("/calendar/", "Calendar"),
    "coverage": ("/coverage/", "What IT owes its readers"),
    "changes": ("/changes/", "What changed"),
    "tags": ("/tags/", "Topics"),
    "archive": ("/archive/", "Archive"),
    "subscribe": ("/subscribe/", "Subscribe"),
    "404": ("/404.html", ""),
}
IF_SET = {"coverage": "coverage"}
"""Pages of the site that are there only if a setting says so, and that setting."""

_LEFT_BY_MACHINES = {".DS_Store", "Thumbs.db", "desktop.ini"}


def routes(key: Key[Routes], fetch: Fetch) -> Answer[Routes]:
    """Who owns which address; a problem for each claim that lost."""
    found = Routes.of(claims(key.variant, fetch))
    # The feeds beside two pages that collide do so, too; that needs no message of its own.
    both = [pair for pair in found.collisions if {pair.kept.what, pair.lost.what} != {"a feed"}]
    taken = [_collision(pair, fetch) for pair in both]
    return Answer(found, (*taken, *(_unfit(claim, why, fetch) for claim, why in found.unfit)))


def plan(key: Key[tuple[str, ...]], fetch: Fetch) -> Answer[tuple[str, ...]]:
    """The names of the output keys, each once."""
    fetch(settings_check_key(key.variant))
    found = fetch(routes_key(key.variant))
    keys = [claim.output for claim in found.owners.values()]
    keys += [str(asset_output_key(name)) for name in fetch(assets_key())]
    return Answer(tuple(dict.fromkeys(keys)))


def claims(variant: str, fetch: Fetch) -> Iterator[Claim]:
    """Every address that somebody wants."""
    index = fetch(index_key(variant))
    kinds = fetch(kinds_key())
    tags = fetch(tags_key(variant))
    yield from _frame(variant, fetch)
    yield from _months(fetch(months_key(variant)), variant)
    for card in index.cards.values():
        if card.kind != INTRODUCTION.name:
            yield from _document(card, variant)
    for group, title in _listings(index, kinds, tags, fetch(archive_key(variant))):
        yield from _listing(group, title, index, kinds, variant=variant)
    for group in _feeds(index, kinds, tags):
        url, owner = feed_beside(_base(group, index, kinds)), _introduction(group, index, kinds)
        output = str(feed_key(str(group), variant))
        yield Claim(url, owner, "a feed", output, frame=not group.of_document)
    for path in fetch(listing_key(STATIC)):
        if path.name not in _LEFT_BY_MACHINES:
            url = url_path(str(path.relative_to(STATIC)))
            yield Claim(url, path, "this file", str(file_output_key(path)))


def _listings(
    index: Index, kinds: Kinds, tags: "Iterable[TagCount]", archive: "ArchiveView"
) -> Iterator[tuple[Group, str]]:
    """The groups that have a list of their own, with what it is called."""
    for name, kind in kinds.items():
        if kind.list:
            card = index.cards.get(_introduction(Group("kind", name), index, kinds))
            yield Group("kind", name), card.title if card else kind.plural
    yield from ((Group("tag", tag.slug), tag.name) for tag in tags)
    yield from ((Group("year", part.name), part.name) for part in archive.years)
    yield from ((Group("fiscal-quarter", part.name), part.name) for part in archive.quarters)


def _feeds(index: Index, kinds: Kinds, tags: "Iterable[TagCount]") -> Iterator[Group]:
    """The groups that have a feed: the site, dated kinds, departments, projects, goals, services, tags."""
    yield SITE
    yield from (Group("kind", name) for name, kind in kinds.items() if kind.dated)
    for kind in DOCUMENTS:
        yield from (Group(kind, card.id) for card in index.of_kind(kind))
    yield from (Group("tag", tag.slug) for tag in tags)


def _frame(variant: str, fetch: Fetch) -> Iterator[Claim]:
    for name, (url, title) in FRONTS.items():
        if name in IF_SET and not fetch(setting_key(IF_SET[name])):
            continue
        output = str(front_key(name, variant))
        yield Claim(url_path(url), SETTINGS, "a page of the site", output, title, frame=True)
    for url, key in (
        ("/assets/tokens.css", tokens_key()),
        ("/sitemap.xml", sitemap_key(variant)),
        ("/robots.txt", robots_key(variant)),
    ):
        yield Claim(url_path(url), SETTINGS, "a file of the site", str(key), frame=True)


def _months(view: "MonthsView", variant: str) -> Iterator[Claim]:
    url, title = FRONTS["changes"]
    for month in view.months:
        output = str(front_key(f"changes {month}", variant))
        own = url_path(f"{url}{month}/")
        yield Claim(own, SETTINGS, "a page of the site", output, title, frame=True)


def _document(card: Card, variant: str) -> Iterator[Claim]:
    url = address(card)
    yield Claim(url, card.path, "the page", str(page_key(card.path, variant)), of_document=True)
    if card.kind == "project":
        sheet = str(sheet_key(card.path, variant))
        yield Claim(sheet_address(card), card.path, "the sheet", sheet, of_document=True)
    for alias in card.fields.aliases:
        former = alias_address(alias)
        if former != url:
            output = str(alias_key(former, variant))
            yield Claim(former, card.path, "an alias", output, of_document=True)


def _listing(
    group: Group, title: str, index: Index, kinds: Kinds, *, variant: str
) -> Iterator[Claim]:
    owner, base = _introduction(group, index, kinds), group.base(kinds)
    listed = len(index.select(group.listed(kinds)))
    for number in range(1, pages(listed, group.page_length(kinds)) + 1):
        output = str(list_key(str(group), number, variant))
        yield Claim(page_of_list(base, number), owner, "a list", output, title, frame=True)


def pages(documents: int, page_length: int) -> int:
    """How many pages a list of *documents* has: one at least."""
    return max(1, -(-documents // page_length))


def _introduction(group: Group, index: Index, kinds: Kinds) -> SourcePath:
    """The source that a list is named by in messages: its introduction, else the settings."""
    if group.facet == "kind":
        path = source_path(f"content/{kinds[group.value].folder}/index.md")
        return path if path in index.cards else SETTINGS
    card = index.by_id(group.facet, group.value) if group.of_document else None
    return card.path if card else SETTINGS


def _base(group: Group, index: Index, kinds: Kinds) -> UrlPath:
    card = index.by_id(group.facet, group.value) if group.of_document else None
    return address(card) if card else group.base(kinds)


def _collision(collision: Collision, fetch: Fetch) -> Problem:
    kept, lost = collision.kept, collision.lost
    message = f"{lost.what.capitalize()} at {lost.url} would stand where {kept.what} of {kept.owner} stands."
    at = _field_of(lost, fetch)
    hint = "change one of the two addresses: `slug`, `aliases`, or the file's name"
    return error("address-taken", at, message, hint=hint)


def _unfit(claim: Claim, why: str, fetch: Fetch) -> Problem:
    hint = "choose a shorter or simpler name, without `.itnews` in front"
    message = f"{claim.what.capitalize()} cannot be written: {why}."
    return error("address-unfit", _field_of(claim, fetch), message, hint=hint)


def _field_of(claim: Claim, fetch: Fetch) -> Span:
    """Where a document says the address that it wants."""
    if not claim.of_document:
        return Span(claim.owner)
    return field_span(claim.owner, ("aliases" if claim.what == "an alias" else "slug",), fetch)
