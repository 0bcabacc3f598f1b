"""What things cost (CONTENT-MODEL "Costs"): amounts of equal currency add up once a document, by class."""

from collections.abc import Iterable
from math import fsum

from itnews.model.article import Card
from itnews.model.fields.project import Project
from itnews.model.fields.service import Service
from itnews.model.names import COST_CLASS
from itnews.paths import SourcePath
from itnews.views.overviews import Costs, CostTotal


def costs(cards: Iterable[Card], *, currency: str) -> Costs:
    """What the projects and services among *cards* cost; *currency* is that of a cost which names none."""
    sums: dict[tuple[str, str], dict[SourcePath, float]] = {}
    banded: dict[SourcePath, None] = {}
    for card in cards:
        cost = card.fields.cost if isinstance(card.fields, Project | Service) else None
        if cost is None:
            continue
        if cost.amount is not None:
            of = sums.setdefault((cost.currency or currency, cost.cost_class), {})
            of[card.path] = cost.amount
        elif cost.band:
            banded[card.path] = None
    return Costs(
        totals=tuple(
            CostTotal(of_currency, cost_class, fsum(amounts.values()), tuple(amounts))
            for (of_currency, cost_class), amounts in sorted(sums.items(), key=_position)
        ),
        banded=tuple(banded),
    )


def _position(each: tuple[tuple[str, str], object]) -> tuple[str, int]:
    (currency, cost_class), _ = each
    words = COST_CLASS.words
    return currency, words.index(cost_class) if cost_class in words else len(words)
