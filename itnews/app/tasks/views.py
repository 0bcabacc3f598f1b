"""Views: one task for all; the name of the key says which view of which document."""

from collections.abc import Callable, Mapping
from datetime import datetime

from itnews.engine.key import Answer, Fetch, Key
from itnews.model.keys import passed_key
from itnews.paths import SourcePath, source_path
from itnews.site.index import Index
from itnews.site.keys import index_key
from itnews.views.accomplishment import accomplishment_view
from itnews.views.archive import archive_view
from itnews.views.department import department_view
from itnews.views.goal import goal_view
from itnews.views.home import home_view
from itnews.views.person import person_view
from itnews.views.project import project_view
from itnews.views.roadmap import board
from itnews.views.tags import tag_counts

Passed = Callable[[datetime], bool]

_SITE: Mapping[str, Callable[[Index, Passed], object]] = {
    "archive": lambda index, passed: archive_view(index),
    "home": lambda index, passed: home_view(index, passed=passed),
    "roadmap": lambda index, passed: board(index, passed=passed),
    "tags": lambda index, passed: tag_counts(index),
}
_DOCUMENT: Mapping[str, Callable[[Index, SourcePath, Passed], object]] = {
    "accomplishment": lambda index, path, passed: accomplishment_view(index, path),
    "department": lambda index, path, passed: department_view(index, path, passed=passed),
    "goal": lambda index, path, passed: goal_view(index, path, passed=passed),
    "person": lambda index, path, passed: person_view(index, path),
    "project": lambda index, path, passed: project_view(index, path, passed=passed),
    "roadmap": lambda index, path, passed: board(index, path, passed=passed),
}


def view(key: Key[object], fetch: Fetch) -> Answer[object]:
    """The view that *key* names, for the site or for one document; None if that is hidden or of another kind."""
    index = fetch(index_key(key.variant))
    name, _, path = key.name.partition(" ")

    def passed(instant: datetime) -> bool:
        return fetch(passed_key(instant))

    if not path:
        return Answer(_SITE[name](index, passed))
    card = index.cards.get(source_path(path))
    if card is None or card.kind != name:
        return Answer(None)
    return Answer(_DOCUMENT[name](index, card.path, passed))
