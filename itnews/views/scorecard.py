"""A relationship manager's scorecard: how asks of their departments were answered, and what is confirmed there."""

from collections.abc import Iterator

from itnews.model.article import Card
from itnews.model.fields.department import Department
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.asks import ask_items, asker_of, rate
from itnews.views.benefits import benefit_lines, totals
from itnews.views.cards import fields_of, having
from itnews.views.relations import relations
from itnews.views.values import Scorecard


def scorecard(index: Index, person: SourcePath) -> Scorecard | None:
    """The scorecard of *person*; None for who is nobody's relationship manager."""
    id = index.cards[person].id
    looked_after = [
        card
        for card, fields in having(index.of_kind("department"), Department)
        if id in index.ids("person", (fields.relationship_manager,))
    ]
    if not looked_after:
        return None
    ids = {card.id for card in looked_after}
    asks = [item for item in ask_items(index, index.of_kind("ask")) if asker_of(index, item) in ids]
    confirming = {party.path for card in looked_after for party in _parties(index, card)}
    lines = [
        line
        for line in benefit_lines(index.listed)
        if line.stage == "confirmed" and _confirms(index, line.confirmed_by) in confirming
    ]
    return Scorecard(
        departments=tuple(card.path for card in looked_after),
        asks=rate("", asks),
        confirmed=tuple(lines),
        totals=totals(lines),
    )


def _parties(index: Index, department: Card) -> Iterator[Card]:
    """*department* itself, its people, who leads it and who speaks for it."""
    yield department
    yield from relations(index).members.get(department.path, ())
    fields = fields_of(department, Department)
    named = (index.by_id("person", id) for id in (fields.head, *fields.representatives))
    yield from (person for person in named if person)


def _confirms(index: Index, party: str) -> SourcePath | None:
    """The person or department that *party* names; None for a mere name."""
    found = index.by_id("person", party) or index.by_id("department", party)
    return found.path if found else None
