"""An accomplishment's page: what it brought, its project's benefits among it."""

from collections.abc import Iterator

from itnews.model.fields.accomplishment import Accomplishment
from itnews.model.fields.project import Project
from itnews.model.references import BenefitReference
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.benefits import benefit_line
from itnews.views.cards import fields_of
from itnews.views.values import AccomplishmentView, BenefitLine


def accomplishment_view(index: Index, path: SourcePath) -> AccomplishmentView:
    """The view of the accomplishment *path*: its own benefits and those that it refers to, in the order written."""
    fields = fields_of(index.cards[path], Accomplishment)
    return AccomplishmentView(tuple(_lines(index, path, fields)))


def _lines(index: Index, path: SourcePath, fields: Accomplishment) -> Iterator[BenefitLine]:
    for benefit in fields.benefits:
        if isinstance(benefit, BenefitReference):
            yield from _of_project(index, benefit)
        else:
            yield benefit_line(path, benefit)


def _of_project(index: Index, reference: BenefitReference) -> Iterator[BenefitLine]:
    """The benefit where it is written; none if the project, or the benefit, is not to be seen."""
    project = index.by_id("project", reference.project)
    if project is None:
        return
    for benefit in fields_of(project, Project).benefits:
        if benefit.id == reference.benefit:
            yield benefit_line(project.path, benefit)
