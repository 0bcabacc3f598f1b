"""A person's page: what they look after, sponsor, lead and wrote."""

from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import paths
from itnews.views.relations import relations
from itnews.views.values import PersonView

WROTE = 20
"""The newest of what a person wrote: the page is to be read, not to be a register."""


def person_view(index: Index, path: SourcePath) -> PersonView:
    """The view of the person *path*; only ids count, a name that is written out refers to nobody."""
    known = relations(index)
    return PersonView(
        looks_after=paths(known.owned.get(path, ())),
        sponsors=paths(known.sponsored.get(path, ())),
        departments=paths(known.led.get(path, ())),
        wrote=paths(known.written.get(path, ()))[:WROTE],
    )
