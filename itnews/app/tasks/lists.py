"""Lists and the pages that no document writes: home, roadmap, tags, archive, subscribe, 404."""

from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from itnews.app.channels import Group, group_of
from itnews.app.rules import text_setting, zone_of
from itnews.app.tasks.bodies import filled
from itnews.app.tasks.pages import Outputs, chosen_template, feed_links, section_of, written
from itnews.app.tasks.plan import FRONTS, SETTINGS, pages
from itnews.app.tasks.references import base_of, group_title
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.article import Card, Link, Teaser
from itnews.model.keys import card_key, kinds_key
from itnews.model.period import Period
from itnews.paths import source_path, url_path
from itnews.site.keys import place_key, query_key, references_key, teaser_key
from itnews.site.urls import page_of_list
from itnews.theme.keys import environment_key
from itnews.theme.reader import ListPage, MonthPage, Page

_TEMPLATES = {"home": "home.html", "roadmap": "roadmap-all.html"}
_ARCHIVE = frozenset({"year", "fiscal-quarter"})
_ABOVE = {
    "fiscal-quarter": ("Archive", "/archive/"),
    "tag": ("Topics", "/tags/"),
    "year": ("Archive", "/archive/"),
}

Groups = tuple[tuple[str, tuple[Teaser, ...]], ...]


def front(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """A page that no document writes."""
    name, _, month = key.name.partition(" ")
    if month:
        return _month(month, key.variant, fetch)
    site_title = text_setting("site.title", fetch)
    url, title = FRONTS[name]
    view = Page(
        url=url_path(url),
        title=title or site_title,
        summary=text_setting("site.description", fetch),
        section=section_of(url_path(url)),
        breadcrumbs=() if name == "home" else (Link(site_title, url_path("/")),),
        feeds=feed_links(None, title, url_path(url), key.variant, fetch),
    )
    template = _TEMPLATES.get(name, f"{name}.html")
    return written(template, view, SETTINGS, key.variant, fetch)


def _month(month: str, variant: str, fetch: Fetch) -> Answer[Outputs]:
    """What changed since a month."""
    above, title = FRONTS["changes"]
    words = f"{title} since {_in_words(Period(month), fetch)}"
    url = url_path(f"{above}{month}/")
    view = MonthPage(
        url=url,
        title=words,
        summary="",
        section=section_of(url),
        breadcrumbs=(
            Link(text_setting("site.title", fetch), url_path("/")),
            Link(title, url_path(above)),
        ),
        feeds=feed_links(None, words, url, variant, fetch),
        month=month,
    )
    return written("since.html", view, SETTINGS, variant, fetch)


class _Sheet(Struct, frozen=True):
    """One page of a group's list: page *number* (from 1) of *of*, and what stands on it."""

    group: Group
    number: int
    of: int
    teasers: tuple[Teaser, ...]


def listing(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """One page of a list."""
    sheet = _sheet(key, fetch)
    introduction = _introduction(sheet.group, key.variant, fetch)
    template = chosen_template(_template_names(sheet.group, fetch), fetch)
    owner = introduction.path if introduction else SETTINGS
    view = _list_page(sheet, introduction, key.variant, fetch)
    return written(template, view, owner, key.variant, fetch)


def _sheet(key: Key[Outputs], fetch: Fetch) -> _Sheet:
    number, _, name = key.name.partition(" ")
    group, kinds = group_of(name), fetch(kinds_key())
    paths = fetch(query_key(group.listed(kinds), key.variant))
    length = group.page_length(kinds)
    first = (int(number) - 1) * length
    shown = paths[first : first + length]
    found = (fetch(teaser_key(path, key.variant)) for path in shown)
    teasers = tuple(teaser for teaser in found if teaser)
    return _Sheet(group, int(number), pages(len(paths), length), teasers)


def _list_page(sheet: _Sheet, introduction: Card | None, variant: str, fetch: Fetch) -> ListPage:
    group, number = sheet.group, sheet.number
    title = introduction.title if introduction else _title(group, variant, fetch)
    fed = group if group.facet == "tag" or _is_dated(group, fetch) else None
    base = base_of(group, fetch)
    in_archive = group.facet in _ARCHIVE
    return ListPage(
        url=page_of_list(base, number),
        title=title,
        summary=introduction.fields.summary if introduction else "",
        section=section_of(base),
        breadcrumbs=_trail(group, title, number, fetch),
        feeds=feed_links(fed, title, base, variant, fetch),
        introduction=_words(introduction, variant, fetch) if number == 1 else Markup(),
        groups=_by_month(sheet.teasers, fetch) if in_archive else (("", sheet.teasers),),
        number=number,
        of=sheet.of,
        previous=page_of_list(base, number - 1) if number > 1 else "",
        next=page_of_list(base, number + 1) if number < sheet.of else "",
    )


def _is_dated(group: Group, fetch: Fetch) -> bool:
    return group.facet == "kind" and fetch(kinds_key())[group.value].dated


def _introduction(group: Group, variant: str, fetch: Fetch) -> Card | None:
    """The `index.md` of the kind's folder, if this edition may see one."""
    if group.facet != "kind":
        return None
    path = source_path(f"content/{fetch(kinds_key())[group.value].folder}/index.md")
    place = fetch(place_key(f"path:{path}", variant))
    return fetch(card_key(path)) if place.state == "here" else None


def _words(introduction: Card | None, variant: str, fetch: Fetch) -> Markup:
    if introduction is None:
        return Markup()
    fetch(references_key(introduction.path, variant))
    return Markup(filled(introduction.path, variant, fetch))


def _title(group: Group, variant: str, fetch: Fetch) -> str:
    if group.facet in _ARCHIVE:
        return _in_words(Period(group.value), fetch)
    return group_title(group, variant, fetch)


def _trail(group: Group, title: str, number: int, fetch: Fetch) -> tuple[Link, ...]:
    home = Link(text_setting("site.title", fetch), url_path("/"))
    above = _ABOVE.get(group.facet)
    between = (Link(above[0], url_path(above[1])),) if above else ()
    return (home, *between, Link(title, base_of(group, fetch))) if number > 1 else (home, *between)


def _template_names(group: Group, fetch: Fetch) -> tuple[str, ...]:
    if group.facet == "kind":
        return f"list-{fetch(kinds_key())[group.value].folder}.html", "list.html"
    return ("tag.html",) if group.facet == "tag" else ("archive-part.html",)


def _by_month(teasers: tuple[Teaser, ...], fetch: Fetch) -> Groups:
    """The teasers under the name of their month in the site's zone."""
    zone = zone_of(fetch)

    def month(teaser: Teaser) -> str:
        return teaser.date.day_in(zone).isoformat()[:7] if teaser.date else ""

    months = groupby(teasers, key=month)
    return tuple((_in_words(Period(name), fetch), tuple(group)) for name, group in months if name)


def _in_words(period: Period, fetch: Fetch) -> str:
    return str(fetch(environment_key()).filters["period"](period))
