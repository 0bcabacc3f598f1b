"""A goal's page: what serves it."""

from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import Passed, paths
from itnews.views.relations import relations
from itnews.views.roadmap import by_horizon, project_items
from itnews.views.values import GoalView

NEWS = 12
"""News on the page; the goal's feed has all."""


def goal_view(index: Index, path: SourcePath, *, passed: Passed) -> GoalView:
    """The view of the goal *path*: what names it, and what was written about the projects that do."""
    known = relations(index)
    named = known.of_goal.get(path, ())
    projects = [card for card in named if card.kind == "project"]
    # Few authors name both the project and its goal, so what is about the one serves the other.
    written = (card for project in projects for card in known.about_project.get(project.path, ()))
    serving = known.newest_of((*named, *written))
    return GoalView(
        projects=by_horizon(project_items(index, projects, passed=passed), index.calendar),
        accomplishments=paths(card for card in serving if card.kind == "accomplishment"),
        news=paths(card for card in serving if card.kind == "update")[:NEWS],
        subgoals=paths(known.subgoals.get(path, ())),
    )
