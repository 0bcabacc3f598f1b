"""The index: whom a document concerns, in which order lists are, and who may see what."""

from collections.abc import Iterable
from datetime import datetime

from itnews.model.article import Card
from itnews.model.edition import Edition
from itnews.model.query import Query
from itnews.site.index import Index, entry_of, visible
from tests.views.cards import CALENDAR, ZONE, card

PUBLIC = Edition("public", "https://it.example.org/", "output")
BOARD = Edition("board", "https://it.example.org/", "output", frozenset({"everyone", "board"}))


def index(cards: Iterable[Card]) -> Index:
    return Index.of(cards, expired=frozenset(), calendar=CALENDAR)


def ids(cards: Iterable[Card]) -> list[str]:
    return [one.id for one in cards]


def never(_: datetime) -> bool:
    return False


def always(_: datetime) -> bool:
    return True


def test_newest_first_and_undated_last() -> None:
    site = index(
        [
            card("update", "old", date="2025-01-01"),
            card("update", "new", date="2026-01-01"),
            card("page", "undated"),
        ]
    )
    assert ids(site.select(Query())) == ["new", "old", "undated"]


def test_pinned_documents_head_a_list_and_no_feed() -> None:
    site = index(
        [
            card("update", "old", date="2025-01-01", pin=True),
            card("update", "new", date="2026-01-01"),
        ]
    )
    assert ids(site.select(Query(order="pinned"))) == ["old", "new"]
    assert ids(site.select(Query())) == ["new", "old"]


def test_an_ask_stands_by_the_day_on_which_it_was_asked() -> None:
    site = index(
        [
            card("ask", "late", date="2026-03-01", asked_on="2026-01-01"),
            card("update", "news", date="2026-02-01"),
            card("ask", "early", date="2026-01-15"),
        ]
    )
    assert ids(site.select(Query())) == ["news", "early", "late"]
    assert site.values("fiscal-quarter") == ("FY26-Q4",)


def test_an_update_serves_the_services_of_its_project() -> None:
    site = index(
        [
            card("service", "mail"),
            card("project", "move", services=["Mail"]),
            card("update", "one", date="2026-01-01", project="move"),
            card("notice", "two", date="2026-01-02", services=["mail", "hidden"]),
        ]
    )
    assert ids(site.select(Query(where=(("service", "mail"),)))) == ["two", "one", "move"]
    assert site.values("service") == ("mail",)


def test_new_words_on_the_page_of_a_notice_change_no_list() -> None:
    one = card("notice", "one", date="2026-01-01", title="Off", fallback="Use paper.")
    two = card("notice", "one", date="2026-01-01", title="On", fallback="Use the telephone.")
    assert entry_of(one) == entry_of(two)
    moved = card("notice", "one", date="2026-01-01", starts="2026-02-01")
    assert entry_of(one) != entry_of(moved)


def test_undated_kinds_are_sorted_by_order_then_title() -> None:
    site = index(
        [
            card("goal", "b", title="B"),
            card("goal", "a", title="A"),
            card("goal", "c", title="C", order=1),
        ]
    )
    assert ids(site.select(Query(("goal",), order="order"))) == ["c", "a", "b"]


def test_an_id_is_found_in_whatever_case_it_is_written() -> None:
    site = index(
        [
            card("department", "finance"),
            card("update", "one", date="2026-01-01", audience=["Finance"]),
        ]
    )
    assert ids(site.select(Query(("update",), (("department", "finance"),)))) == ["one"]


def test_a_person_who_asked_stands_for_their_department() -> None:
    people = [card("department", "finance"), card("person", "ann", departments=["finance"])]
    site = index([*people, card("project", "access", requested_by=["ann"])])
    assert ids(site.select(Query(("project",), (("department", "finance"),)))) == ["access"]


def test_an_update_serves_the_goals_of_its_project() -> None:
    site = index(
        [
            card("goal", "speed"),
            card("project", "access", goals=["speed"]),
            card("update", "one", date="2026-01-01", project="access"),
        ]
    )
    assert ids(site.select(Query(("update",), (("goal", "speed"),)))) == ["one"]


def test_tags_of_equal_slug_are_one_tag() -> None:
    site = index(
        [
            card("update", "a", date="2026-01-01", tags=["VPN"]),
            card("update", "b", date="2026-01-02", tags=["vpn"]),
        ]
    )
    assert ids(site.select(Query(where=(("tag", "vpn"),)))) == ["b", "a"]


def test_a_restricted_document_is_seen_by_its_groups_only() -> None:
    secret = card("update", "a", date="2026-01-01", visibility=["board"])
    assert not visible(secret, PUBLIC, zone=ZONE, passed=always)
    assert visible(secret, BOARD, zone=ZONE, passed=always)


def test_drafts_lift_the_embargo_but_never_the_visibility() -> None:
    drafts = Edition("public", "https://it.example.org/", "output", drafts=True)
    early = card("update", "a", date="2027-01-01", draft=True)
    assert not visible(early, PUBLIC, zone=ZONE, passed=never)
    assert visible(early, drafts, zone=ZONE, passed=never)
    secret = card("update", "a", date="2026-01-01", visibility=["board"], draft=True)
    assert not visible(secret, drafts, zone=ZONE, passed=always)
