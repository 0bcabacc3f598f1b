"""The portfolio: for who decides, on one page, how it stands with everything."""

from collections.abc import Iterator, Sequence

from itnews.model.names import STATUS
from itnews.site.index import Index
from itnews.views.asks import ask_items, rate
from itnews.views.benefits import tally, totals
from itnews.views.cards import Passed
from itnews.views.costs import costs
from itnews.views.overviews import PortfolioView, StatusCount
from itnews.views.roadmap import in_order, project_items
from itnews.views.value import ledger_of, value_sources
from itnews.views.values import RoadmapItem

_TROUBLE = ("off-track", "at-risk")
"""The statuses that stand first, in this order."""


def portfolio_view(index: Index, *, passed: Passed, currency: str) -> PortfolioView:
    """The open projects, what they cost, what everything brings, how IT answers."""
    items = [
        item for item in project_items(index, passed=passed) if item.horizon in ("now", "next")
    ]
    now = _column(index, items, "now")
    ledger = ledger_of(value_sources(index))
    return PortfolioView(
        now=now,
        next=_column(index, items, "next"),
        statuses=tuple(_counts(now)),
        costs=costs((index.cards[item.path] for item in items), currency=currency),
        totals=totals(ledger),
        tally=tally(ledger),
        asks=rate("", ask_items(index, index.of_kind("ask"))),
    )


def _counts(items: Sequence[RoadmapItem]) -> Iterator[StatusCount]:
    """How many of *items* have each status, trouble first; what is not confirmed follows what is."""
    for word in (*_TROUBLE, *(word for word in STATUS.words if word not in _TROUBLE), ""):
        having = [item for item in items if item.status == word]
        confirmed = sum(item.unconfirmed_since is None for item in having)
        if confirmed:
            yield StatusCount(word, confirmed)
        if len(having) > confirmed:
            yield StatusCount(word, len(having) - confirmed, is_confirmed=False)


def _column(index: Index, items: list[RoadmapItem], horizon: str) -> tuple[RoadmapItem, ...]:
    """The projects of *horizon*, trouble first, what is late before what is not."""
    column = in_order((item for item in items if item.horizon == horizon), index.calendar)
    return tuple(sorted(column, key=lambda item: (_trouble(item.status), not item.is_overdue)))


def _trouble(status: str) -> int:
    return _TROUBLE.index(status) if status in _TROUBLE else len(_TROUBLE)
