"""A person's page: what they look after, sponsor, lead and wrote."""

from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import paths
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
    owned = known.owned.get(path, ())
    return PersonView(
        looks_after=paths(card for card in owned if card.kind not in PASSING),
        sponsors=paths(known.sponsored.get(path, ())),
        departments=paths(known.led.get(path, ())),
        wrote=paths(known.written.get(path, ()))[:WROTE],
        scorecard=scorecard(index, path),
    )
