"""A relationship manager's scorecard: how asks of their departments were answered, and what is confirmed there."""

from itnews.model.fields.department import Department
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.asks import ask_items, asker_of, rate
from itnews.views.benefits import benefit_lines, totals
from itnews.views.cards import having
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
    known = relations(index)
    concerning = {
        card.path: card for one in looked_after for card in known.of_department.get(one.path, ())
    }
    lines = [line for line in benefit_lines(concerning.values()) if line.stage == "confirmed"]
    return Scorecard(
        departments=tuple(card.path for card in looked_after),
        asks=rate("", asks),
        confirmed=tuple(lines),
        totals=totals(lines),
    )
