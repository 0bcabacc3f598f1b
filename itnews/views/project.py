"""A project's page: its standing, what was written about it, what it brought."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from itnews.model.fields.project import Project
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.asks import ask_items
from itnews.views.benefits import benefit_lines
from itnews.views.cards import Passed, fields_of, paths
from itnews.views.notices import current_and_coming
from itnews.views.plans import plans
from itnews.views.relations import relations
from itnews.views.roadmap import project_item
from itnews.views.status import status_reason
from itnews.views.values import ProjectView, StatusMark


def project_view(index: Index, path: SourcePath, *, passed: Passed) -> ProjectView:
    """The view of the project *path*. Status marks are oldest first, updates and accomplishments newest first."""
    project = index.cards[path]
    fields = fields_of(project, Project)
    marks = relations(index).statuses[path]
    about = relations(index).about_project.get(path, ())
    accomplishments = [card for card in about if card.kind == "accomplishment"]
    return ProjectView(
        item=project_item(index, project, passed=passed),
        status_reason=status_reason(index, fields, marks[-1]) if marks else "",
        statuses=tuple(_told_once(marks, path)),
        updates=paths(card for card in about if card.kind == "update"),
        accomplishments=paths(accomplishments),
        benefits=tuple(benefit_lines((project, *accomplishments))),
        asks=ask_items(index, relations(index).asks_of_project.get(path, ())),
        notices=current_and_coming(index, about, passed=passed),
        plans=plans(fields, index.revisions.get(path, ()), index.calendar.zone),
    )


def _told_once(marks: Iterable[StatusMark], project: SourcePath) -> Iterator[StatusMark]:
    """*marks* without repetitions: what an update and the project say on one day is told by the update."""
    for _, same in groupby(marks, key=lambda mark: (mark.date, mark.status)):
        told = list(same)
        yield next((mark for mark in told if mark.path != project), told[0])
