"""Who names whom, worked out once."""

from itnews.views.relations import relations
from tests.views.cards import card, index_of, path_of


def test_relations_are_worked_out_once_for_an_index_and_anew_for_the_next() -> None:
    cards = [card("update", "u", date="2026-05-01", project="P"), card("project", "p")]
    first, equal = index_of(*cards), index_of(*cards)
    assert relations(first) is relations(first)
    assert relations(first) is not relations(equal)


def test_ids_are_compared_as_the_index_compares_them() -> None:
    index = index_of(
        card("department", "finance"),
        card("project", "p"),
        card("update", "u", date="2026-05-01", project="P", audience=["Finance"]),
    )
    named = path_of("update", "u")
    known = relations(index)
    assert [each.path for each in known.about_project[path_of("project", "p")]] == [named]
    assert [each.path for each in known.of_department[path_of("department", "finance")]] == [named]


def test_what_names_nobody_here_is_in_no_relation() -> None:
    index = index_of(card("update", "u", date="2026-05-01", project="hidden", goals=["hidden"]))
    known = relations(index)
    assert not known.about_project
    assert not known.of_goal


def test_a_document_that_names_another_twice_is_found_once() -> None:
    index = index_of(
        card("person", "ada"), card("update", "u", date="2026-05-01", authors=["ada"], sender="ada")
    )
    assert len(relations(index).written[path_of("person", "ada")]) == 1
