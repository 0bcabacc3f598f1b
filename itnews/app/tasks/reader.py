"""The reader: answers a template's questions by fetching, so that each becomes a read of the page."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar, cast

from markupsafe import Markup

from itnews.app.channels import DOCUMENTS, SITE, Group
from itnews.app.rules import calendar, label, text_setting, zone_of
from itnews.app.tasks.fields import address_href, address_words, image_href
from itnews.app.tasks.references import base_of, group_title
from itnews.engine.key import Fetch
from itnews.errors import PathError
from itnews.model.article import Card, Link, Teaser
from itnews.model.keys import card_key, edition_key, kinds_key, passed_key, setting_key, today_key
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.model.query import ORDERS, Order, Query
from itnews.paths import SourcePath, UrlPath, source_path
from itnews.site.index import FACETS, tag_slug
from itnews.site.keys import party_key, place_key, query_key, teaser_key
from itnews.site.urls import absolute, feed_beside, href
from itnews.theme.keys import asset_key, assets_key, fragment_key
from itnews.theme.reader import FeedLink, Reader
from itnews.views import keys as views
from itnews.words import suggestion

if TYPE_CHECKING:
    from itnews.views import overviews, values

T = TypeVar("T")

_MENU = (
    "/updates/",
    "/roadmap/",
    "/accomplishments/",
    "/asks/",
    "/notices/",
    "/departments/",
    "/goals/",
)


class SiteReader(Reader):
    """The `theme.reader.Reader` of one page: *fetch* is the page's own, so all answers are its reads."""

    def __init__(self, fetch: Fetch, variant: str) -> None:
        self._fetch = fetch
        self._variant = variant

    def setting(self, path: str) -> object:
        return self._fetch(setting_key(_text(path)))

    def href(self, url: str) -> str:
        return href(url, self._fetch(edition_key(self._variant)))

    def absolute(self, url: str) -> str:
        return absolute(url, self._fetch(edition_key(self._variant)))

    def asset(self, name: str) -> str:
        url = self._fetch(asset_key(_text(name)))
        if url is None:
            raise LookupError(_unknown("The theme has no asset", name, self._fetch(assets_key())))
        return self.href(url)

    def at(self, url: str) -> Link:
        place = self._fetch(place_key(f"url:{_text(url)}", self._variant))
        return Link(place.title, place.url) if place.state == "here" else Link("")

    def menu(self) -> tuple[Link, ...]:
        chosen = self.setting("menu")
        if isinstance(chosen, list):
            return tuple(Link(entry["title"], entry["url"]) for entry in chosen)
        pages = self.teasers(Query(("page",), (("menu", "yes"),), "order"))
        return (
            *map(self.at, _MENU),
            *(Link(page.title, page.url) for page in pages),
        )

    def label(self, enumeration: str, word: str) -> str:
        return label(_text(enumeration), _text(word), self._fetch)

    def link(self, kind: str, id: str) -> Link:
        place = self._fetch(place_key(f"id:{_text(kind)}:{_text(id)}", self._variant))
        if place.state == "here":
            return Link(place.title, place.url)
        # The id of a hidden document is hidden, too.
        return Link("" if place.state == "hidden" else id)

    def document(self, path: SourcePath) -> Link:
        place = self._fetch(place_key(f"path:{_path(path)}", self._variant))
        if place.state != "here":
            raise LookupError(_hidden(path))
        return Link(place.title, place.url)

    def party(self, id: str) -> Link:
        return self._fetch(party_key(_text(id), self._variant))

    def tag(self, name: str) -> Link:
        place = self._fetch(
            place_key(f"url:{self._base('tag', tag_slug(_text(name)))}", self._variant)
        )
        return Link(name, place.url)

    def reference(self, path: SourcePath, written: str) -> str:
        return address_href(_path(path), written, self._variant, self._fetch)

    def words(self, path: SourcePath, written: str) -> str:
        return address_words(_path(path), written, self._variant, self._fetch)

    def image(self, path: SourcePath, written: str) -> str:
        return image_href(_path(path), written, self._variant, self._fetch)

    def teaser(self, path: SourcePath) -> Teaser:
        return _found(self._fetch(teaser_key(_path(path), self._variant)), _hidden(path))

    def teasers(self, query: Query) -> tuple[Teaser, ...]:
        return tuple(self.teaser(path) for path in self._fetch(query_key(query, self._variant)))

    def query(
        self,
        *kinds: str,
        where: Mapping[str, str] | None = None,
        order: str = "newest",
        limit: int = 0,
    ) -> tuple[Teaser, ...]:
        facets = tuple(sorted((_text(name), _text(id)) for name, id in (where or {}).items()))
        _check((order,), ORDERS)
        _check((facet for facet, _ in facets), FACETS)
        _check(kinds, self._fetch(kinds_key()))
        return self.teasers(Query(kinds, facets, cast("Order", order), limit))

    def card(self, path: SourcePath) -> Card:
        place = self._fetch(place_key(f"path:{_path(path)}", self._variant))
        card = self._fetch(card_key(_path(path))) if place.state == "here" else None
        return _found(card, _hidden(path))

    def fragment(self, template: str, argument: str = "") -> Markup:
        if " " in _text(template):
            raise LookupError(f"A template's name has no blanks: '{template}'")
        return self._fetch(fragment_key(template, _text(argument), self._variant))

    def passed(self, date: Moment | Period) -> bool:
        if isinstance(date, Period):
            date = Moment(date.last(calendar(self._fetch).fiscal_year_start).isoformat())
        if not isinstance(date, Moment):
            raise LookupError(f"A date is needed here, not a {type(date).__name__}")
        return self._fetch(passed_key(date.end(zone_of(self._fetch))))

    def today(self) -> Moment:
        return Moment(self._fetch(today_key()).isoformat())

    def home(self) -> "overviews.HomeView":
        return self._fetch(views.home_key(self._variant))

    def roadmap(self, path: SourcePath | None = None) -> "values.Board":
        known = _path(path) if path else None
        return _found(self._fetch(views.roadmap_key(known, self._variant)), _hidden(path))

    def project(self, path: SourcePath) -> "values.ProjectView":
        return _found(self._fetch(views.project_key(_path(path), self._variant)), _hidden(path))

    def accomplishment(self, path: SourcePath) -> "values.AccomplishmentView":
        return _found(
            self._fetch(views.accomplishment_key(_path(path), self._variant)), _hidden(path)
        )

    def department(self, path: SourcePath) -> "values.DepartmentView":
        return _found(self._fetch(views.department_key(_path(path), self._variant)), _hidden(path))

    def goal(self, path: SourcePath) -> "values.GoalView":
        return _found(self._fetch(views.goal_key(_path(path), self._variant)), _hidden(path))

    def person(self, path: SourcePath) -> "values.PersonView":
        return _found(self._fetch(views.person_key(_path(path), self._variant)), _hidden(path))

    def notice(self, path: SourcePath) -> "values.NoticeItem":
        return _found(self._fetch(views.notice_key(_path(path), self._variant)), _hidden(path))

    def notices(self) -> "values.NoticesView":
        return self._fetch(views.notices_key(self._variant))

    def ask(self, path: SourcePath) -> "values.AskItem":
        return _found(self._fetch(views.ask_key(_path(path), self._variant)), _hidden(path))

    def asks(self) -> "overviews.AsksView":
        return self._fetch(views.asks_key(self._variant))

    def consultation(self, path: SourcePath) -> "values.ConsultationItem":
        return _found(
            self._fetch(views.consultation_key(_path(path), self._variant)), _hidden(path)
        )

    def consultations(self) -> "values.ConsultationsView":
        return self._fetch(views.consultations_key(self._variant))

    def service(self, path: SourcePath) -> "values.ServiceView":
        return _found(self._fetch(views.service_key(_path(path), self._variant)), _hidden(path))

    def tags(self) -> "tuple[values.TagCount, ...]":
        return self._fetch(views.tags_key(self._variant))

    def archive(self) -> "overviews.ArchiveView":
        return self._fetch(views.archive_key(self._variant))

    def value(self) -> "overviews.ValueView":
        return self._fetch(views.value_key(self._variant))

    def alignment(self) -> "overviews.AlignmentView":
        return self._fetch(views.alignment_key(self._variant))

    def coverage(self) -> "overviews.CoverageView":
        return self._fetch(views.coverage_key(self._variant))

    def portfolio(self) -> "overviews.PortfolioView":
        return self._fetch(views.portfolio_key(self._variant))

    def calendar(self) -> "overviews.CalendarView":
        return self._fetch(views.calendar_key(self._variant))

    def months(self) -> "overviews.MonthsView":
        return self._fetch(views.months_key(self._variant))

    def since(self, month: str) -> "overviews.SinceView":
        if month not in map(str, self.months().months):
            raise LookupError(f"'{month}' is no month of the last twelve")
        return self._fetch(views.since_key(_text(month), self._variant))

    def feeds(self) -> tuple[tuple[str, tuple[FeedLink, ...]], ...]:
        """The whole site, its lists of dated kinds, and beside departments, goals, projects, services and tags."""
        whole = FeedLink(
            text_setting("site.title", self._fetch), feed_beside(base_of(SITE, self._fetch))
        )
        lists = tuple(
            FeedLink(
                group_title(Group("kind", name), self._variant, self._fetch),
                feed_beside(self._base("kind", name)),
            )
            for name, kind in self._fetch(kinds_key()).items()
            if kind.dated
        )
        groups = [("Everything", (whole,)), ("By kind", lists)]
        for kind in DOCUMENTS:
            paths = self._fetch(query_key(Query((kind,), order="order"), self._variant))
            pages = map(self.document, paths)
            links = tuple(FeedLink(page.text, feed_beside(UrlPath(page.url))) for page in pages)
            groups.append((group_title(Group("kind", kind), self._variant, self._fetch), links))
        tags = tuple(
            FeedLink(tag.name, feed_beside(self._base("tag", tag.slug))) for tag in self.tags()
        )
        return tuple((heading, links) for heading, links in (*groups, ("Topics", tags)) if links)

    def _base(self, facet: str, value: str) -> UrlPath:
        return base_of(Group(facet, value), self._fetch)


def _text(value: object) -> str:
    """*value* as a template gives it, where a text is needed: an address in memory is no question."""
    if not isinstance(value, str):
        raise LookupError(f"A text is needed here, not a {type(value).__name__}")
    return value


def _path(path: object) -> SourcePath:
    """*path* as a template gives it, which may be any text."""
    try:
        return source_path(str(path) if isinstance(path, PurePosixPath) else _text(path))
    except PathError as fault:
        raise LookupError(str(fault)) from None


def _found(answer: T | None, missing: str) -> T:
    if answer is None:
        raise LookupError(missing)
    return answer


def _hidden(path: object) -> str:
    return f"{path} is no document of the kind that is asked for here, or must not be seen"


def _check(words: Iterable[str], known: Collection[str]) -> None:
    for word in words:
        if word not in known:
            raise LookupError(f"'{word}' is none of {', '.join(known)}")


def _unknown(said: str, name: str, known: Iterable[str]) -> str:
    near = suggestion(name, known)
    return f"{said} '{name}'" + (f", but there is '{near}'" if near else "")
