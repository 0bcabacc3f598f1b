"""The roadmap board."""

import pytest

from itnews.model.article import Card
from itnews.views.roadmap import board
from itnews.views.values import Board
from tests.views.cards import at, card, index_of, path_of

NOW = at("2026-06-01")


def columns(drawn: Board) -> dict[str, list[str]]:
    return {column.horizon: [item.title for item in column.items] for column in drawn.columns}


def site() -> list[Card]:
    return [
        card("department", "finance"),
        card("department", "hr"),
        card("goal", "close"),
        card("project", "a", horizon="now", target="2026-Q3", goals=["close"]),
        card("project", "b", horizon="now", target="2026-Q2", departments=["finance"]),
        card("project", "c", horizon="next", departments=["hr"], services=["mail"]),
        card("project", "d", horizon="done", target="2025-Q4", goals=["close"]),
        card("project", "e", horizon="done", target="2026-Q1"),
    ]


def select(**keys: object) -> dict[str, list[str]]:
    roadmap = card("roadmap", "plan", select=keys)
    return columns(board(index_of(*site(), roadmap), roadmap.path, passed=NOW))


def test_open_columns_stand_even_when_empty_and_are_ordered_by_what_is_due_first() -> None:
    drawn = board(index_of(*site()), passed=NOW)
    assert columns(drawn) == {"now": ["B", "A"], "next": ["C"], "later": [], "done": ["E", "D"]}
    assert [item.title for item in drawn.items] == ["B", "A", "C", "E", "D"]


def test_a_selection_takes_any_within_a_key_and_all_across_keys() -> None:
    assert select(departments=["finance", "hr"])["now"] == ["B"]
    assert select(departments=["finance", "hr"])["next"] == ["C"]
    assert select(goals=["close"], horizons=["now"]) == {"now": ["A"]}
    assert select(goals=["close"], departments=["hr"]) == {"now": [], "next": [], "later": []}
    assert select(services=["mail"])["next"] == ["C"]


def test_named_projects_are_added_to_a_selection_and_alone_are_all_of_it() -> None:
    assert select(goals=["close"], horizons=["now"], projects=["C"]) == {
        "now": ["A"],
        "next": ["C"],
    }
    assert select(projects=["a"])["now"] == ["A"]
    assert select(projects=["a"])["next"] == []


def test_a_selection_of_a_goal_that_is_hidden_here_shows_nothing() -> None:
    assert select(goals=["secret"]) == {"now": [], "next": [], "later": []}


def test_a_roadmaps_own_items_stand_beside_the_projects_and_have_no_page() -> None:
    plan = {"title": "New chairs", "target": "2026-05", "status": "on-track", "departments": ["hr"]}
    roadmap = card("roadmap", "plan", select={"departments": ["finance"]}, items=[plan])
    drawn = board(index_of(*site(), roadmap), roadmap.path, passed=NOW)
    assert columns(drawn)["now"] == ["New chairs", "B"]
    own = drawn.items[0]
    assert (own.own, own.path, own.departments) == (True, roadmap.path, ("hr",))
    assert [str(target) for target in own.targets] == ["2026-05"]


def test_a_roadmap_that_only_tells_a_story_draws_nothing() -> None:
    roadmap = card("roadmap", "plan")
    assert board(index_of(*site(), roadmap), roadmap.path, passed=NOW).items == ()


def test_hidden_goals_and_departments_are_not_named() -> None:
    project = card("project", "p", goals=["secret"], departments=["hidden"])
    (item,) = board(index_of(project), passed=NOW).items
    assert (item.goals, item.departments) == ((), ())


@pytest.mark.parametrize(
    ("fields", "horizon"),
    [
        ({"horizon": "later", "status": "on-track"}, "later"),
        ({"status": "complete"}, "done"),
        ({"status": "cancelled"}, "stopped"),
        ({"status": "at-risk"}, "now"),
        ({"status": "not-started", "target": "2026"}, "next"),
        ({"status": "not-started"}, "later"),
        ({}, "later"),
    ],
)
def test_a_project_without_a_horizon_stands_where_its_status_puts_it(
    fields: dict[str, object], horizon: str
) -> None:
    (item,) = board(index_of(card("project", "p", **fields)), passed=NOW).items
    assert item.horizon == horizon


def test_expired_projects_leave_the_board() -> None:
    assert board(index_of(expired=[card("project", "p")]), passed=NOW).items == ()


def test_a_board_is_asked_of_roadmaps_only() -> None:
    index = index_of(card("project", "p"))
    with pytest.raises(TypeError, match="no roadmap"):
        board(index, path_of("project", "p"), passed=NOW)
