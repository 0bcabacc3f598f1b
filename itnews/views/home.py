"""The front page: what readers need to do, what is new, what came of it, what comes next."""

from collections.abc import Sequence
from itertools import islice

from itnews.model.article import Card
from itnews.model.fields.ask import Ask
from itnews.site.index import Index
from itnews.views.actions import open_actions
from itnews.views.asks import ask_items
from itnews.views.cards import Passed, having, paths
from itnews.views.consultations import consultations_view
from itnews.views.notices import current_and_coming
from itnews.views.overviews import HomeView
from itnews.views.relations import relations
from itnews.views.roadmap import in_order, project_items
from itnews.views.values import RoadmapItem

NEWS = 5
"""The lead and four more (THEME, "Front page")."""

ACCOMPLISHMENTS = 3

NOTICES = 6
"""What is happening, and the next that is coming; their list has all."""

ASKS = 3


def home_view(index: Index, *, passed: Passed) -> HomeView:
    """The front page; news and accomplishments newest first, *now* and *next* in the order of the roadmap."""
    newest = relations(index).newest
    updates = [card for card in newest if card.kind == "update"]
    done = (card for card in newest if card.kind == "accomplishment")
    lead = lead_of(updates)
    others = [card for card in updates[: NEWS + 1] if card is not lead]
    items = project_items(index, passed=passed)
    return HomeView(
        actions=open_actions(index, index.listed, passed=passed),
        lead=lead.path if lead else None,
        news=paths(others[: NEWS - 1]),
        accomplishments=paths(islice(done, ACCOMPLISHMENTS)),
        now=_column(index, items, "now"),
        next=_column(index, items, "next"),
        notices=current_and_coming(index, passed=passed)[:NOTICES],
        consultations=consultations_view(index, passed=passed).open,
        influence=paths(_open_to_influence(index, passed=passed)),
        asks=ask_items(index, _last_answered(index)[:ASKS]),
    )


def _open_to_influence(index: Index, *, passed: Passed) -> list[Card]:
    """The documents that can still be influenced, besides consultations; what closes first comes first."""
    zone = index.calendar.zone
    ends = [
        (card.fields.input_until.end(zone), str(card.path), card)
        for card in index.listed
        if card.fields.input_until and card.kind != "consultation"
    ]
    return [card for end, _, card in sorted(ends, key=lambda each: each[:2]) if not passed(end)]


def _last_answered(index: Index) -> list[Card]:
    """The asks that have an answer, the last answered first; those without its day come last, the newest first."""
    zone = index.calendar.zone
    answered = [(card, ask) for card, ask in having(relations(index).newest, Ask) if ask.answer]
    days = [
        (ask.answered_on.start(zone).timestamp() if ask.answered_on else 0, card)
        for card, ask in answered
    ]
    return [card for _, card in sorted(days, key=lambda each: each[0], reverse=True)]


def lead_of(updates: Sequence[Card]) -> Card | None:
    """The update that leads, of *updates* newest first: the newest pinned one, else a major one among the newest five,
    else the newest."""
    pinned = (card for card in updates if card.fields.pin)
    major = (card for card in updates[:NEWS] if card.fields.importance != "normal")
    return next(pinned, None) or next(major, None) or next(iter(updates), None)


def _column(index: Index, items: Sequence[RoadmapItem], horizon: str) -> tuple[RoadmapItem, ...]:
    return in_order((item for item in items if item.horizon == horizon), index.calendar)
