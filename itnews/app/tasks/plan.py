"""The plan: every output of an edition, and the address that each claims."""

from collections.abc import Iterator

from itnews.app.channels import PAGE_LENGTH, SITE, Group, feed_beside
from itnews.app.tasks.references import field_span
from itnews.emit.keys import (
    Outputs,
    alias_key,
    asset_output_key,
    feed_key,
    file_output_key,
    front_key,
    list_key,
    page_key,
    robots_key,
    sitemap_key,
    tokens_key,
)
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.article import Card
from itnews.model.keys import listing_key
from itnews.model.kinds import INTRODUCTION, KINDS
from itnews.paths import SourcePath, UrlPath, source_path, url_path
from itnews.problems import Problem, Span, error
from itnews.site.index import Index
from itnews.site.keys import index_key, routes_key
from itnews.site.urls import Claim, Collision, Routes, address, page_of_list
from itnews.theme.keys import assets_key
from itnews.views.keys import archive_key, tags_key

Wanted = tuple[Claim, Outputs]

SETTINGS = source_path("itnews.yaml")
STATIC = "static"
FRONTS = {
    "home": ("/", ""),
    "roadmap": ("/roadmap/", "Roadmap"),
    "tags": ("/tags/", "Topics"),
    "archive": ("/archive/", "Archive"),
    "subscribe": ("/subscribe/", "Subscribe"),
    "404": ("/404.html", ""),
}
_LEFT_BY_MACHINES = {".DS_Store", "Thumbs.db", "desktop.ini"}


def routes(key: Key[Routes], fetch: Fetch) -> Answer[Routes]:
    found = Routes.of(claim for claim, _ in wanted(key.variant, fetch))
    taken = [_collision(collision, fetch) for collision in found.collisions]
    return Answer(found, (*taken, *(_unfit(claim, why, fetch) for claim, why in found.unfit)))


def plan(key: Key[tuple[str, ...]], fetch: Fetch) -> Answer[tuple[str, ...]]:
    """The names of the output keys whose addresses are their own, each once."""
    found = fetch(routes_key(key.variant))
    keys = [str(output) for claim, output in wanted(key.variant, fetch) if found.owns(claim)]
    keys += [str(asset_output_key(name)) for name, _ in fetch(assets_key())]
    return Answer(tuple(dict.fromkeys(keys)))


def wanted(variant: str, fetch: Fetch) -> Iterator[Wanted]:
    """Every address that somebody wants, with the output that would stand there."""
    index = fetch(index_key(variant))
    yield from _frame(variant)
    for card in index.cards.values():
        if card.kind != INTRODUCTION.name:
            yield from _document(card, variant)
    for group in listings(index, variant, fetch):
        yield from _listing(group, index, variant)
    for group in feeds(index, variant, fetch):
        base = _base(group, index)
        claim = Claim(feed_beside(base), _introduction(group, index), "a feed", frame=True)
        yield claim, feed_key(str(group), variant)
    for path in fetch(listing_key(STATIC)):
        if path.name not in _LEFT_BY_MACHINES:
            url = url_path(str(path.relative_to(STATIC)))
            yield Claim(url, path, "this file"), file_output_key(path)


def listings(index: Index, variant: str, fetch: Fetch) -> Iterator[Group]:
    """The groups that have a list of their own, at an address of their own."""
    yield from (Group("kind", name) for name, kind in KINDS.items() if kind.list)
    yield from (Group("tag", tag.slug) for tag in fetch(tags_key(variant)))
    archive = fetch(archive_key(variant))
    yield from (Group("year", part.name) for part in archive.years)
    yield from (Group("fiscal-quarter", part.name) for part in archive.quarters)


def feeds(index: Index, variant: str, fetch: Fetch) -> Iterator[Group]:
    """The groups that have a feed: the site, dated kinds, departments, projects, goals, tags."""
    yield SITE
    yield from (Group("kind", name) for name, kind in KINDS.items() if kind.dated)
    for kind in ("department", "goal", "project"):
        yield from (Group(kind, card.id) for card in index.of_kind(kind))
    yield from (Group("tag", tag.slug) for tag in fetch(tags_key(variant)))


def _frame(variant: str) -> Iterator[Wanted]:
    for name, (url, title) in FRONTS.items():
        yield (
            Claim(url_path(url), SETTINGS, "a page of the site", title, frame=True),
            front_key(name, variant),
        )
    for url, output in (
        ("/assets/tokens.css", tokens_key()),
        ("/sitemap.xml", sitemap_key(variant)),
        ("/robots.txt", robots_key(variant)),
    ):
        yield Claim(url_path(url), SETTINGS, "a file of the site", frame=True), output


def _document(card: Card, variant: str) -> Iterator[Wanted]:
    url = address(card)
    yield Claim(url, card.path, "the page", card.title, document=True), page_key(card.path, variant)
    for alias in card.fields.aliases:
        former = alias_address(alias)
        if former != url:
            yield Claim(former, card.path, "an alias", card.title), alias_key(former, variant)


def alias_address(alias: str) -> UrlPath:
    """Where a former address is answered: `/old` and `/old/` by a page in the folder, `/old.html` by that file."""
    url = url_path(f"/{alias.strip('/')}")
    file = url.rpartition("/")[2]
    return url if file.endswith((".html", ".htm")) or url == "/" else UrlPath(f"{url}/")


def _listing(group: Group, index: Index, variant: str) -> Iterator[Wanted]:
    owner, title = _introduction(group, index), _list_title(group, index)
    for number in range(1, pages(len(index.select(group.listed()))) + 1):
        url = page_of_list(group.base, number)
        yield Claim(url, owner, "a list", title, frame=True), list_key(str(group), number, variant)


def pages(length: int) -> int:
    """How many pages a list of *length* documents has: one at least."""
    return max(1, -(-length // PAGE_LENGTH))


def _introduction(group: Group, index: Index) -> SourcePath:
    """The source that a list is named by in messages: its introduction, else the settings."""
    if group.facet == "kind":
        path = source_path(f"content/{KINDS[group.value].folder}/index.md")
        return path if path in index.cards else SETTINGS
    card = index.by_id(group.facet, group.value) if group.of_document else None
    return card.path if card else SETTINGS


def _list_title(group: Group, index: Index) -> str:
    """What an empty link to a list is called, and a breadcrumb: its introduction's title, else its kind's name."""
    if group.facet != "kind":
        return group.value
    card = index.cards.get(_introduction(group, index))
    return card.title if card else KINDS[group.value].plural


def _base(group: Group, index: Index) -> UrlPath:
    card = index.by_id(group.facet, group.value) if group.of_document else None
    return address(card) if card else group.base


def _collision(collision: Collision, fetch: Fetch) -> Problem:
    kept, lost = collision.kept, collision.lost
    message = f"{lost.what.capitalize()} at {lost.url} would stand where {kept.what} of {kept.owner} stands."
    field = "aliases" if lost.what == "an alias" else "slug"
    at = (
        field_span(lost.owner, (field,), fetch)
        if lost.document or field == "aliases"
        else Span(lost.owner)
    )
    hint = "change one of the two addresses: `slug`, `aliases`, or the file's name"
    return error("address-taken", at, message, hint=hint)


def _unfit(claim: Claim, why: str, fetch: Fetch) -> Problem:
    hint = "choose a shorter or simpler name"
    return error(
        "address-unfit",
        Span(claim.owner),
        f"{claim.what.capitalize()} cannot be written: {why}.",
        hint=hint,
    )
