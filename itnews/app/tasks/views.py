"""Views: one task for all; the name of the key says which view of which document. And the changes of state."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from itnews.app.rules import text_setting
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.embed import Specification
from itnews.model.keys import passed_key, today_key
from itnews.paths import SourcePath, source_path
from itnews.site.index import Index
from itnews.site.keys import index_key, query_of
from itnews.views.accomplishment import accomplishment_view
from itnews.views.alignment import alignment_view
from itnews.views.archive import archive_view
from itnews.views.asks import ask_item, asks_view
from itnews.views.changes import state_changes
from itnews.views.coming import calendar_view
from itnews.views.consultations import consultation_item, consultations_view
from itnews.views.coverage import coverage
from itnews.views.department import department_view
from itnews.views.embed import embed_view
from itnews.views.goal import goal_view
from itnews.views.home import home_view
from itnews.views.keys import EMBED
from itnews.views.notices import notice_item, notices_view
from itnews.views.overviews import CoverageView
from itnews.views.person import person_view
from itnews.views.portfolio import portfolio_view
from itnews.views.project import project_view
from itnews.views.roadmap import board
from itnews.views.services import service_view
from itnews.views.since import months_view, since_view
from itnews.views.tags import tag_counts
from itnews.views.value import value_view
from itnews.views.values import StateChange


class Now(Struct, frozen=True):
    """What a view may ask: whether an instant has *passed*, the day, and the *currency* of the site."""

    fetch: Fetch

    def passed(self, instant: datetime) -> bool:
        return self.fetch(passed_key(instant))

    @property
    def today(self) -> date:
        """Whoever asks has another answer to give every day."""
        return self.fetch(today_key())

    @property
    def currency(self) -> str:
        return text_setting("site.currency", self.fetch)


_SITE: Mapping[str, Callable[[Index, Now], object]] = {
    "alignment": lambda index, now: alignment_view(index, passed=now.passed),
    "archive": lambda index, now: archive_view(index),
    "asks": lambda index, now: asks_view(index, today=now.today),
    "calendar": lambda index, now: calendar_view(index, today=now.today),
    "consultations": lambda index, now: consultations_view(index, passed=now.passed),
    "coverage": lambda index, now: CoverageView(
        coverage(index, passed=now.passed, today=now.today)
    ),
    "home": lambda index, now: home_view(index, passed=now.passed),
    "months": lambda index, now: months_view(today=now.today),
    "notices": lambda index, now: notices_view(index, passed=now.passed),
    "portfolio": lambda index, now: portfolio_view(index, passed=now.passed, currency=now.currency),
    "roadmap": lambda index, now: board(index, passed=now.passed),
    "tags": lambda index, now: tag_counts(index),
    "value": lambda index, now: value_view(index, currency=now.currency),
}
_MONTH: Mapping[str, Callable[[Index, str, Now], object]] = {
    "since": lambda index, month, now: since_view(index, month, passed=now.passed),
}
_DOCUMENT: Mapping[str, Callable[[Index, SourcePath, Now], object]] = {
    "accomplishment": lambda index, path, now: accomplishment_view(index, path),
    "ask": lambda index, path, now: ask_item(index, path),
    "consultation": lambda index, path, now: consultation_item(index, path, passed=now.passed),
    "department": lambda index, path, now: department_view(
        index, path, passed=now.passed, today=now.today
    ),
    "goal": lambda index, path, now: goal_view(index, path, passed=now.passed),
    "notice": lambda index, path, now: notice_item(index, path, passed=now.passed),
    "person": lambda index, path, now: person_view(index, path),
    "project": lambda index, path, now: project_view(index, path, passed=now.passed),
    "roadmap": lambda index, path, now: board(index, path, passed=now.passed),
    "service": lambda index, path, now: service_view(index, path, passed=now.passed),
}


def view(key: Key[object], fetch: Fetch) -> Answer[object]:
    """The view that *key* names: of the site, since a month, inside a page, or of one document, which is None if that
    is hidden or of another kind."""
    index, now = fetch(index_key(key.variant)), Now(fetch)
    name, _, of = key.name.partition(" ")
    if not of:
        return Answer(_SITE[name](index, now))
    if name == EMBED:
        return Answer(embed_view(index, Specification.of(of), passed=now.passed))
    if name in _MONTH:
        return Answer(_MONTH[name](index, of, now))
    card = index.cards.get(source_path(of))
    if card is None or card.kind != name:
        return Answer(None)
    return Answer(_DOCUMENT[name](index, card.path, now))


def changes(key: Key[tuple[StateChange, ...]], fetch: Fetch) -> Answer[tuple[StateChange, ...]]:
    """The newest changes of state of what answers a query."""
    query = query_of(key)
    index = fetch(index_key(key.variant))
    cards = index.select(replace(query, limit=0))
    found = state_changes(index, cards, passed=Now(fetch).passed)
    return Answer(found[: query.limit] if query.limit else found)
