"""Value: from the company's goals over what serves them to costs and benefits, and all benefits in a ledger."""

from collections.abc import Iterable, Iterator

from itnews.model.article import Card
from itnews.model.fields.project import Project
from itnews.model.fields.service import Service
from itnews.model.query import Query
from itnews.model.worth import Cost
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.benefits import benefit_lines, tally, totals
from itnews.views.costs import costs
from itnews.views.overviews import GoalValue, ValueSource, ValueView
from itnews.views.relations import relations
from itnews.views.values import BenefitLine

SOURCES = ("project", "service")
"""The kinds that cost something."""


def value_view(index: Index, *, currency: str) -> ValueView:
    """The trace and the ledger; *currency* is the site's, for costs that name none."""
    sources = tuple(value_sources(index))
    goals = index.select(Query(("goal",), order="order"))
    told = {goal.path: _serving(index, goal, sources) for goal in goals}
    served = {source.path for found in told.values() for source in found}
    alone = tuple(source for source in sources if source.path not in served)
    found = [_goal(index, path, of, currency) for path, of in told.items()]
    if alone:
        found.append(_goal(index, None, alone, currency))
    ledger = ledger_of(sources)
    return ValueView(
        goals=tuple(found),
        ledger=ledger,
        totals=totals(ledger),
        tally=tally(ledger),
        projects=costs(index.of_kind("project"), currency=currency),
        services=costs(index.of_kind("service"), currency=currency),
    )


def ledger_of(sources: Iterable[ValueSource]) -> tuple[BenefitLine, ...]:
    """Every benefit of *sources*, each once."""
    return tuple(line for source in sources for line in source.benefits)


def _goal(
    index: Index, path: SourcePath | None, sources: tuple[ValueSource, ...], currency: str
) -> GoalValue:
    cards = (index.cards[source.path] for source in sources)
    projects = (card for card in cards if card.kind == "project")
    lines = (line for source in sources for line in source.benefits)
    return GoalValue(path, sources, costs(projects, currency=currency), totals(lines))


def value_sources(index: Index) -> Iterator[ValueSource]:
    """What costs or brings something: projects, services, then accomplishments of no project, each by title."""
    known = relations(index)
    for card in index.select(Query(SOURCES, order="order")):
        about = known.about_project.get(card.path, ()) if card.kind == "project" else ()
        done = (one for one in about if one.kind == "accomplishment")
        lines = tuple(benefit_lines((card, *done)))
        cost = _cost(card)
        if cost:
            told = (cost.amount, cost.currency, cost.band)
            yield ValueSource(card.path, card.kind, lines, *told)
        elif lines:
            yield ValueSource(card.path, card.kind, lines)
    for card in index.select(Query(("accomplishment",))):
        lines = tuple(benefit_lines((card,)))
        if lines and not index.by_id("project", card.fields.project):
            yield ValueSource(card.path, card.kind, lines)


def _cost(card: Card) -> Cost | None:
    fields = card.fields
    return fields.cost if isinstance(fields, Project | Service) else None


def _serving(index: Index, goal: Card, sources: Iterable[ValueSource]) -> tuple[ValueSource, ...]:
    named = {card.path for card in relations(index).of_goal.get(goal.path, ())}
    return tuple(source for source in sources if source.path in named)
