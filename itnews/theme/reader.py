"""The questions that a template may ask: `page` is what the page is about, `site` is a `Reader`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from markupsafe import Markup
from msgspec import Struct

from itnews.model.article import Card, Heading, Link, Teaser
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.model.query import Query
from itnews.paths import SourcePath, UrlPath
from itnews.theme.slot import BodySlot

if TYPE_CHECKING:
    from itnews.views import overviews, values


class FeedLink(Struct, frozen=True):
    """A feed that belongs to a page: for `<link rel="alternate">` and for a visible link."""

    title: str
    url: UrlPath


class Page(Struct, frozen=True):
    """What every page has. *section* is the first part of its address, by which the navigation marks itself.

    *title* is the page's heading; the home page's is the site's title.
    """

    url: UrlPath
    title: str
    summary: str
    section: str
    breadcrumbs: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]


class DocumentPage(Page, frozen=True):
    """The page of one document. *html* is its body, filled; *card.fields* has every field of its kind.

    *updated* is the last change that a reader is told of: the field, else git's. *created*: the day of git's first, if
    the document has no date of its own and was changed since. *authors*: names or ids as written, else the ids of those
    people of the site whose names git has.
    """

    card: Card
    created: Moment | None
    updated: Moment | None
    authors: tuple[str, ...]
    html: BodySlot | Markup
    outline: tuple[Heading, ...]
    reading_minutes: int
    newer: Teaser | None
    older: Teaser | None


class ListPage(Page, frozen=True):
    """One page of a list. *introduction* is the body of the folder's `index.md`, or empty. *of* pages in all.

    *groups* are (heading, teasers): one group without a heading, except in the archive (a group a month).
    """

    introduction: Markup
    groups: tuple[tuple[str, tuple[Teaser, ...]], ...]
    number: int
    of: int
    previous: UrlPath | Literal[""]
    next: UrlPath | Literal[""]


class MonthPage(Page, frozen=True):
    """What changed since *month* (`2026-09`) began."""

    month: str


class AliasPage(Page, frozen=True):
    """The page at a former address of a document, which leads on to *target*."""

    target: UrlPath


class Reader(Protocol):
    """The site, as far as a template may ask. Each answer is recorded as a read of the page."""

    def setting(self, path: str) -> object:
        """A setting by its dotted path: `site.title`, `site.organisation`, `mission`, `feedback.mailto`."""
        ...

    def href(self, url: str) -> str:
        """The path-absolute address of an output of this site (the base's path in front). Others stay as they are."""
        ...

    def absolute(self, url: str) -> str:
        """The full address, scheme and host included."""
        ...

    def asset(self, name: str) -> str:
        """The href of a theme's asset by its name below `assets/`, fingerprinted: `asset("newsroom.css")`."""
        ...

    def at(self, url: str) -> Link:
        """The page at an address of this site (`/people/`) by its own title; without an address if there is none."""
        ...

    def menu(self) -> tuple[Link, ...]:
        """The main navigation: section names and their addresses."""
        ...

    def label(self, enumeration: str, word: str) -> str:
        """How an enumeration's word is printed: `label("status", "on-track")` is `On track`."""
        ...

    def link(self, kind: str, id: str) -> Link:
        """A document by kind and id. Hidden or unknown: words without an address (a person field's name as given)."""
        ...

    def document(self, path: SourcePath) -> Link:
        """A document by its path: its title and address, so that a page depends on nothing else of it."""
        ...

    def party(self, id: str) -> Link:
        """A person or a department by id, else the name as given."""
        ...

    def tag(self, name: str) -> Link:
        """A tag as written, with the address of its page; without one where the tag has none."""
        ...

    def reference(self, path: SourcePath, written: str) -> str:
        """Where an address in the front matter of the document at *path* leads (`links`, `action.link`, `evidence`).

        Relative paths, `project:expenses` and site paths become hrefs; empty if it leads nowhere in this edition.
        """
        ...

    def words(self, path: SourcePath, written: str) -> str:
        """What such an address is called where it has no words of its own; empty if it must not be seen here."""
        ...

    def image(self, path: SourcePath, written: str) -> str:
        """The href of an image field (`image`, `photo`) of the document at *path*; empty if there is no such file."""
        ...

    def teaser(self, path: SourcePath) -> Teaser: ...

    def teasers(self, query: Query) -> tuple[Teaser, ...]: ...

    def query(
        self,
        *kinds: str,
        where: Mapping[str, str] | None = None,
        order: str = "newest",
        limit: int = 0,
    ) -> tuple[Teaser, ...]:
        """`site.query("update", where={"goal": "faster-close"}, limit=5)`: the teasers of a query."""
        ...

    def card(self, path: SourcePath) -> Card:
        """All fields of a document, for pages that show more of another document than its teaser."""
        ...

    def fragment(self, template: str, argument: str = "") -> Markup:
        """A partial that is rendered once for all pages with the same *argument*.

        `fragment("partials/masthead.html", page.section)`
        """
        ...

    def passed(self, date: Moment | Period) -> bool:
        """Whether a date or period is over in the site's zone. A page that asks is made again at that moment only."""
        ...

    def today(self) -> Moment:
        """The day of the build in the site's zone. A page that asks is rendered anew every night."""
        ...

    def home(self) -> "overviews.HomeView": ...

    def roadmap(self, path: SourcePath | None = None) -> "values.Board":
        """The board of a roadmap document, or of all projects."""
        ...

    def project(self, path: SourcePath) -> "values.ProjectView": ...

    def accomplishment(self, path: SourcePath) -> "values.AccomplishmentView": ...

    def department(self, path: SourcePath) -> "values.DepartmentView": ...

    def goal(self, path: SourcePath) -> "values.GoalView": ...

    def person(self, path: SourcePath) -> "values.PersonView": ...

    def notice(self, path: SourcePath) -> "values.NoticeItem": ...

    def notices(self) -> "values.NoticesView":
        """What is happening and what is coming."""
        ...

    def ask(self, path: SourcePath) -> "values.AskItem": ...

    def asks(self) -> "overviews.AsksView":
        """What is open and for how long. A page that asks is rendered anew every night."""
        ...

    def consultation(self, path: SourcePath) -> "values.ConsultationItem": ...

    def consultations(self) -> "values.ConsultationsView":
        """What one can answer, now or later."""
        ...

    def service(self, path: SourcePath) -> "values.ServiceView": ...

    def tags(self) -> "tuple[values.TagCount, ...]": ...

    def archive(self) -> "overviews.ArchiveView": ...

    def value(self) -> "overviews.ValueView":
        """What everything costs and brings: from goals to figures, and all benefits in a ledger."""
        ...

    def alignment(self) -> "overviews.AlignmentView":
        """Goals by departments, and what stands alone."""
        ...

    def coverage(self) -> "overviews.CoverageView":
        """What IT owes its readers: who was not told, what nobody confirmed. For IT itself."""
        ...

    def portfolio(self) -> "overviews.PortfolioView":
        """How it stands with everything: open projects, costs, benefits, answers."""
        ...

    def calendar(self) -> "overviews.CalendarView":
        """All that lies ahead, by month."""
        ...

    def months(self) -> "overviews.MonthsView":
        """The months for which `since` has an answer: the current one and eleven before."""
        ...

    def since(self, month: str) -> "overviews.SinceView":
        """What changed since a month (`2026-09`) began."""
        ...

    def feeds(self) -> tuple[tuple[str, tuple[FeedLink, ...]], ...]:
        """All feeds by group, for the page that explains how to subscribe."""
        ...
