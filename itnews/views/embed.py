"""Views inside a page: the parts of the other views that an author chose for it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from itnews.model.article import Card
from itnews.model.embed import FILTER_KINDS, Specification
from itnews.model.fields.ask import Ask
from itnews.model.fields.roadmap import Selection
from itnews.model.query import Query
from itnews.paths import SourcePath
from itnews.site.index import Index, tag_slug
from itnews.views.asks import ask_items
from itnews.views.benefits import benefit_lines, surest_first
from itnews.views.cards import Passed, having, paths
from itnews.views.notices import current_and_coming
from itnews.views.relations import relations
from itnews.views.roadmap import board, selected_board
from itnews.views.values import BenefitLine, Board, BoardColumn, EmbedView

USUAL = 10
"""Entries of a list that grows with the years, where the author gives no limit."""


def embed_view(index: Index, chosen: Specification, *, passed: Passed) -> EmbedView:
    """What *chosen* shows of *index*: any within a filter, all across filters, as far as this edition has it.

    A filter whose documents are all hidden here matches nothing.
    """
    return _VIEWS[chosen.view](index, chosen, passed)


def _plan(index: Index, chosen: Specification, passed: Passed) -> EmbedView:
    if not chosen.where:
        return EmbedView(board=_shortened(board(index, passed=passed), chosen.limit))
    select = Selection.model_validate({filter: list(wanted) for filter, wanted in chosen.where})
    return EmbedView(board=_shortened(selected_board(index, select, passed=passed), chosen.limit))


def _value(index: Index, chosen: Specification, _: Passed) -> EmbedView:
    bringing = index.of_kind("project", "accomplishment", "service")
    lines = benefit_lines(_narrowed(index, bringing, chosen))
    return EmbedView(benefits=tuple(sorted(lines, key=_surest_first)))


def _asks(index: Index, chosen: Specification, _: Passed) -> EmbedView:
    cards = _narrowed(index, index.select(Query(("ask",))), chosen, also=_asked_by(index, chosen))
    states = chosen.wanted("states")
    wanted = [
        card
        for card, fields in having(cards, Ask)
        if not states or (fields.state or "heard") in states
    ]
    return EmbedView(asks=ask_items(index, wanted[: chosen.limit or USUAL]))


def _notices(index: Index, chosen: Specification, passed: Passed) -> EmbedView:
    cards = _narrowed(index, index.of_kind("notice"), chosen)
    items = current_and_coming(index, cards, passed=passed)
    return EmbedView(notices=items[: chosen.limit or None])


def _updates(index: Index, chosen: Specification, _: Passed) -> EmbedView:
    cards = _narrowed(index, index.select(Query(("update",))), chosen)
    return EmbedView(documents=paths(cards)[: chosen.limit or USUAL])


def _listed(index: Index, chosen: Specification, _: Passed, *, kind: str) -> EmbedView:
    cards = _narrowed(index, index.select(Query((kind,), order="order")), chosen)
    return EmbedView(documents=paths(cards)[: chosen.limit or None])


_VIEWS: Mapping[str, Callable[[Index, Specification, Passed], EmbedView]] = {
    "asks": _asks,
    "goals": partial(_listed, kind="goal"),
    "notices": _notices,
    "people": partial(_listed, kind="person"),
    "projects": _plan,
    "roadmap": _plan,
    "updates": _updates,
    "value": _value,
}


def _narrowed(
    index: Index,
    cards: Iterable[Card],
    chosen: Specification,
    *,
    also: frozenset[SourcePath] = frozenset(),
) -> list[Card]:
    """Those of *cards* that all filters of *chosen* match; *also* match the filter for departments."""
    kept = list(cards)
    for filter in (*FILTER_KINDS, "tags"):
        wanted = chosen.wanted(filter)
        if wanted:
            matching = _matching(index, filter, wanted) | (
                also if filter == "departments" else frozenset()
            )
            kept = [card for card in kept if card.path in matching]
    return kept


def _matching(index: Index, filter: str, wanted: Iterable[str]) -> frozenset[SourcePath]:
    """The listed documents that name any of *wanted*, and the projects among these themselves."""
    if filter == "tags":
        return frozenset().union(*(index.having("tag", tag_slug(tag)) for tag in wanted))
    kind = FILTER_KINDS[filter]
    found = [card for id in wanted if (card := index.by_id(kind, id))]
    naming = (index.having(kind, card.id) for card in found)
    return frozenset(card.path for card in found).union(*naming)


def _asked_by(index: Index, chosen: Specification) -> frozenset[SourcePath]:
    """The asks of the departments that *chosen* names and of their people."""
    found = [index.by_id("department", id) for id in chosen.wanted("departments")]
    asked = relations(index).asked_by
    return frozenset(ask.path for one in found if one for ask in asked.get(one.path, ()))


def _surest_first(line: BenefitLine) -> tuple[int, str]:
    return surest_first(line.stage), str(line.path)


def _shortened(whole: Board, limit: int) -> Board:
    """The first *limit* items of *whole* (0: all), in the columns that hold any."""
    left = limit or len(whole.items)
    columns: list[BoardColumn] = []
    for column in whole.columns:
        if column.items[:left]:
            columns.append(BoardColumn(column.horizon, column.items[:left]))
            left -= len(columns[-1].items)
    return Board(tuple(columns))
