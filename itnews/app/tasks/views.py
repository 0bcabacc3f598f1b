"""Views: one task for all; the name of the key says which view of which document. And the changes of state."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from itnews.engine.key import Answer, Fetch, Key
from itnews.model.embed import Specification
from itnews.model.keys import passed_key, today_key
from itnews.paths import SourcePath, source_path
from itnews.site.index import Index
from itnews.site.keys import index_key, query_of
from itnews.views.accomplishment import accomplishment_view
from itnews.views.archive import archive_view
from itnews.views.asks import ask_item, asks_view
from itnews.views.changes import state_changes
from itnews.views.consultations import consultation_item, consultations_view
from itnews.views.department import department_view
from itnews.views.embed import embed_view
from itnews.views.goal import goal_view
from itnews.views.home import home_view
from itnews.views.keys import EMBED
from itnews.views.notices import notice_item, notices_view
from itnews.views.person import person_view
from itnews.views.project import project_view
from itnews.views.roadmap import board
from itnews.views.services import service_view
from itnews.views.tags import tag_counts
from itnews.views.values import StateChange

Passed = Callable[[datetime], bool]

_SITE: Mapping[str, Callable[[Index, Passed], object]] = {
    "archive": lambda index, passed: archive_view(index),
    "consultations": lambda index, passed: consultations_view(index, passed=passed),
    "home": lambda index, passed: home_view(index, passed=passed),
    "notices": lambda index, passed: notices_view(index, passed=passed),
    "roadmap": lambda index, passed: board(index, passed=passed),
    "tags": lambda index, passed: tag_counts(index),
}
_DAILY: Mapping[str, Callable[[Index, date], object]] = {
    "asks": lambda index, today: asks_view(index, today=today),
}
"""What has another answer every day."""

_DOCUMENT: Mapping[str, Callable[[Index, SourcePath, Passed], object]] = {
    "accomplishment": lambda index, path, passed: accomplishment_view(index, path),
    "ask": lambda index, path, passed: ask_item(index, path),
    "consultation": lambda index, path, passed: consultation_item(index, path, passed=passed),
    "department": lambda index, path, passed: department_view(index, path, passed=passed),
    "goal": lambda index, path, passed: goal_view(index, path, passed=passed),
    "notice": lambda index, path, passed: notice_item(index, path, passed=passed),
    "person": lambda index, path, passed: person_view(index, path),
    "project": lambda index, path, passed: project_view(index, path, passed=passed),
    "roadmap": lambda index, path, passed: board(index, path, passed=passed),
    "service": lambda index, path, passed: service_view(index, path, passed=passed),
}


def view(key: Key[object], fetch: Fetch) -> Answer[object]:
    """The view that *key* names, for the site, for one document or inside a page; None if the document is hidden or
    of another kind."""
    index = fetch(index_key(key.variant))
    name, _, path = key.name.partition(" ")
    if name == EMBED:
        return Answer(embed_view(index, Specification.of(path), passed=_passed(fetch)))
    if name in _DAILY:
        return Answer(_DAILY[name](index, fetch(today_key())))
    if not path:
        return Answer(_SITE[name](index, _passed(fetch)))
    card = index.cards.get(source_path(path))
    if card is None or card.kind != name:
        return Answer(None)
    return Answer(_DOCUMENT[name](index, card.path, _passed(fetch)))


def changes(key: Key[tuple[StateChange, ...]], fetch: Fetch) -> Answer[tuple[StateChange, ...]]:
    """The newest changes of state of what answers a query."""
    query = query_of(key)
    index = fetch(index_key(key.variant))
    cards = index.select(replace(query, limit=0))
    found = state_changes(index, cards, passed=_passed(fetch))
    return Answer(found[: query.limit] if query.limit else found)


def _passed(fetch: Fetch) -> Passed:
    return lambda instant: fetch(passed_key(instant))
