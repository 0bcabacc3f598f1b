"""Consultations: which can be answered now, and which opens later."""

from itnews.model.fields.consultation import Consultation
from itnews.model.moment import Moment
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.site.spans import asked
from itnews.views.cards import Passed, fields_of
from itnews.views.values import ConsultationItem, ConsultationsView


def consultation_item(index: Index, path: SourcePath, *, passed: Passed) -> ConsultationItem:
    """The consultation *path* and what it is now. With an outcome it is closed, whatever its last day."""
    card = index.cards[path]
    fields = fields_of(card, Consultation)
    opens, closes = asked(fields, index.calendar.zone)
    state = "open"
    if opens and not passed(opens):
        state = "coming"
    if fields.outcome or (closes and passed(closes)):
        state = "closed"
    return ConsultationItem(
        path, state, fields.opens or card.date, fields.closes, fields.decision_by
    )


def consultations_view(index: Index, *, passed: Passed) -> ConsultationsView:
    """All listed consultations that are not closed."""
    cards = index.of_kind("consultation")
    items = [consultation_item(index, card.path, passed=passed) for card in cards]
    opened = [item for item in items if item.state == "open"]
    later = [item for item in items if item.state == "coming"]
    return ConsultationsView(
        open=tuple(sorted(opened, key=lambda item: _order(index, item, item.closes))),
        coming=tuple(sorted(later, key=lambda item: _order(index, item, item.opens))),
    )


def _order(index: Index, item: ConsultationItem, when: Moment | None) -> tuple[float, str]:
    zone = index.calendar.zone
    return when.sort_key(zone).timestamp() if when else float("inf"), str(item.path)
