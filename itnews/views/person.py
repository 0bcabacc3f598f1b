"""A person's page: what they look after, sponsor, lead and wrote."""

from itnews.model.article import Card
from itnews.model.fields.department import Department
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import fields_of, paths
from itnews.views.relations import relations
from itnews.views.scorecard import scorecard
from itnews.views.values import PersonView

WROTE = 20
"""The newest of what a person wrote: the page is to be read, not to be a register."""

PASSING = frozenset({"notice", "ask", "consultation"})
"""What somebody answers for as long as it goes on: after some years there are hundreds."""


def person_view(index: Index, path: SourcePath) -> PersonView:
    """The view of the person *path*; only ids count, a name that is written out refers to nobody."""
    known = relations(index)
    owned, led = known.owned.get(path, ()), known.led.get(path, ())
    managed = [card for card in led if _is_manager(index, path, card)]
    return PersonView(
        looks_after=paths(card for card in owned if card.kind not in PASSING),
        sponsors=paths(known.sponsored.get(path, ())),
        departments=paths(managed),
        heads=paths(card for card in led if card not in managed),
        wrote=paths(known.written.get(path, ()))[:WROTE],
        scorecard=scorecard(index, path),
    )


def _is_manager(index: Index, person: SourcePath, department: Card) -> bool:
    named = fields_of(department, Department).relationship_manager
    manager = index.by_id("person", named) if named else None
    return manager is not None and manager.path == person
