"""Factories of the keys whose answers are views: one key a view and argument.

The view of a document that is hidden, or of another kind, is None.
"""

from typing import TYPE_CHECKING

from itnews.engine.key import Key
from itnews.model.embed import Specification
from itnews.model.query import Query
from itnews.paths import SourcePath
from itnews.site.keys import query_key

if TYPE_CHECKING:
    from itnews.views import overviews, values

VIEW = "view"
EMBED = "embed"


def view_name(view: str, path: SourcePath | None = None) -> str:
    """The name of a view's key: `roadmap`, `department content/departments/finance.md`."""
    return f"{view} {path}" if path else view


def home_key(variant: str) -> "Key[overviews.HomeView]":
    """The front page."""
    return Key(VIEW, view_name("home"), variant)


def roadmap_key(path: SourcePath | None, variant: str) -> "Key[values.Board | None]":
    """The board of a roadmap document, or of all projects."""
    return Key(VIEW, view_name("roadmap", path), variant)


def project_key(path: SourcePath, variant: str) -> "Key[values.ProjectView | None]":
    """A project's standing."""
    return Key(VIEW, view_name("project", path), variant)


def accomplishment_key(path: SourcePath, variant: str) -> "Key[values.AccomplishmentView | None]":
    """What an accomplishment brought."""
    return Key(VIEW, view_name("accomplishment", path), variant)


def department_key(path: SourcePath, variant: str) -> "Key[values.DepartmentView | None]":
    """What IT does for a department."""
    return Key(VIEW, view_name("department", path), variant)


def goal_key(path: SourcePath, variant: str) -> "Key[values.GoalView | None]":
    """What serves a goal."""
    return Key(VIEW, view_name("goal", path), variant)


def person_key(path: SourcePath, variant: str) -> "Key[values.PersonView | None]":
    """Where a person is named."""
    return Key(VIEW, view_name("person", path), variant)


def tags_key(variant: str) -> "Key[tuple[values.TagCount, ...]]":
    """All tags with their counts."""
    return Key(VIEW, view_name("tags"), variant)


def archive_key(variant: str) -> "Key[overviews.ArchiveView]":
    """Years and fiscal quarters that hold anything."""
    return Key(VIEW, view_name("archive"), variant)


def notices_key(variant: str) -> "Key[values.NoticesView]":
    """What is happening and what is coming."""
    return Key(VIEW, view_name("notices"), variant)


def notice_key(path: SourcePath, variant: str) -> "Key[values.NoticeItem | None]":
    """A notice and its state."""
    return Key(VIEW, view_name("notice", path), variant)


def asks_key(variant: str) -> "Key[overviews.AsksView]":
    """What is open, for how long, and how IT answers: another answer every day."""
    return Key(VIEW, view_name("asks"), variant)


def ask_key(path: SourcePath, variant: str) -> "Key[values.AskItem | None]":
    """An ask, and how long it took."""
    return Key(VIEW, view_name("ask", path), variant)


def consultations_key(variant: str) -> "Key[values.ConsultationsView]":
    """What one can answer, now or later."""
    return Key(VIEW, view_name("consultations"), variant)


def consultation_key(path: SourcePath, variant: str) -> "Key[values.ConsultationItem | None]":
    """A consultation and its state."""
    return Key(VIEW, view_name("consultation", path), variant)


def service_key(path: SourcePath, variant: str) -> "Key[values.ServiceView | None]":
    """What uses a service, and what happens to it."""
    return Key(VIEW, view_name("service", path), variant)


def embed_view_key(specification: Specification, variant: str) -> "Key[values.EmbedView]":
    """What a view inside a page shows."""
    return Key(VIEW, f"{EMBED} {specification.name}", variant)


def value_key(variant: str) -> "Key[overviews.ValueView]":
    """What everything costs and brings, by goal and in a ledger."""
    return Key(VIEW, view_name("value"), variant)


def alignment_key(variant: str) -> "Key[overviews.AlignmentView]":
    """Goals by departments, and what stands alone."""
    return Key(VIEW, view_name("alignment"), variant)


def coverage_key(variant: str) -> "Key[overviews.CoverageView]":
    """What IT owes its readers."""
    return Key(VIEW, view_name("coverage"), variant)


def portfolio_key(variant: str) -> "Key[overviews.PortfolioView]":
    """How it stands with everything."""
    return Key(VIEW, view_name("portfolio"), variant)


def calendar_key(variant: str) -> "Key[overviews.CalendarView]":
    """All that lies ahead."""
    return Key(VIEW, view_name("calendar"), variant)


def months_key(variant: str) -> "Key[overviews.MonthsView]":
    """The months that have a page of what changed since."""
    return Key(VIEW, view_name("months"), variant)


def since_key(month: str, variant: str) -> "Key[overviews.SinceView]":
    """What changed since *month* (`2026-09`) began."""
    return Key(VIEW, f"since {month}", variant)


def changes_key(query: Query, variant: str) -> "Key[tuple[values.StateChange, ...]]":
    """The changes of state of the documents that answer *query*, newest first; its limit is one of changes."""
    return Key("changes", query_key(query, variant).name, variant)
