"""A service's page: what uses it, what happens to it, what is asked about it."""

from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.asks import ask_items
from itnews.views.benefits import benefit_lines
from itnews.views.cards import Passed, paths
from itnews.views.notices import current_and_coming
from itnews.views.outages import hours_lost
from itnews.views.relations import relations
from itnews.views.roadmap import by_horizon, project_items
from itnews.views.values import ServiceView

NEWS = 12
"""News on the page; the service's feed has all."""

PAST = 5


def service_view(index: Index, path: SourcePath, *, passed: Passed) -> ServiceView:
    """The view of the service *path*: what names it, and what was written about the projects that do."""
    known = relations(index)
    named = known.of_service.get(path, ())
    projects = [card for card in named if card.kind == "project"]
    written = (card for project in projects for card in known.about_project.get(project.path, ()))
    touching = known.newest_of((*named, *written))
    alive = current_and_coming(index, named, passed=passed)
    told = {item.path for item in alive}
    return ServiceView(
        projects=by_horizon(project_items(index, projects, passed=passed), index.calendar),
        notices=alive,
        past=paths(card for card in named if card.kind == "notice" and card.path not in told)[
            :PAST
        ],
        asks=ask_items(index, named),
        accomplishments=paths(card for card in touching if card.kind == "accomplishment"),
        news=paths(card for card in touching if card.kind == "update")[:NEWS],
        benefits=tuple(benefit_lines((index.cards[path],))),
        lost=hours_lost(index, known.notices_of_service.get(path, ()), passed=passed),
    )
