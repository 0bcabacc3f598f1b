"""Hours lost (CONTENT-MODEL "Hours lost"): figures worked out by hand."""

import pytest

from itnews.model.article import Card
from itnews.views.outages import hours_lost
from tests.views.cards import at, card, index_of

LATER = "2027-06-01"


def outage(id: str, starts: str, ends: str = "", **fields: object) -> Card:
    whole = {"notice_type": "incident", "impact_level": "outage", "services": ["mail"]}
    ended = {"ends": ends} if ends else {}
    return card("notice", id, date="2026-01-01", starts=starts, **{**whole, **ended, **fields})


def lost(*notices: Card, now: str = LATER) -> list[tuple[int, int, int]]:
    index = index_of(card("service", "mail"), *notices)
    found = hours_lost(index, notices, passed=at(now))
    return [(year.year, year.planned, year.unplanned) for year in found]


def test_minutes_are_counted_by_kind() -> None:
    planned = outage("a", "2026-03-02 20:00", "2026-03-02 22:30", notice_type="maintenance")
    broken = outage("b", "2026-05-05 08:00", "2026-05-05 08:45")
    assert lost(planned, broken) == [(2026, 150, 45)]


def test_what_overlaps_counts_once_and_as_unplanned() -> None:
    planned = outage("a", "2026-03-02 20:00", "2026-03-02 22:00", notice_type="change")
    broken = outage("b", "2026-03-02 21:00", "2026-03-02 23:00")
    again = outage("c", "2026-03-02 21:30", "2026-03-02 22:30")
    assert lost(planned, broken, again) == [(2026, 60, 120)]


def test_new_year_in_the_zone_of_the_site_splits() -> None:
    # 22:30 UTC is 23:30 in Berlin.
    assert lost(outage("a", "2026-12-31 22:30Z", "2027-01-01 01:00Z")) == [
        (2027, 0, 120),
        (2026, 0, 30),
    ]


def test_an_hour_that_the_clocks_repeat_is_lost_twice() -> None:
    assert lost(outage("a", "2026-10-25 01:00", "2026-10-25 04:00")) == [(2026, 0, 240)]


@pytest.mark.parametrize(
    "fields",
    [
        {"certainty": "tentative"},
        {"certainty": "cancelled"},
        {"impact_level": "degraded"},
    ],
)
def test_what_did_not_take_place_or_was_no_outage_is_left_out(fields: dict[str, str]) -> None:
    assert lost(outage("a", "2026-03-02 20:00", "2026-03-02 22:00", **fields)) == []


def test_what_goes_on_or_has_no_end_is_left_out_until_it_is_resolved() -> None:
    going_on = outage("a", "2026-03-02 20:00", "2026-03-02 22:00")
    assert lost(going_on, now="2026-03-02 21:00") == []
    assert lost(outage("b", "2026-03-02 20:00")) == []
    resolved = [{"at": "2026-03-02 20:40", "state": "resolved"}]
    assert lost(outage("c", "2026-03-02 20:00", timeline=resolved)) == [(2026, 0, 40)]


def test_what_another_notice_replaces_is_left_out() -> None:
    old = outage("a", "2026-03-02 20:00", "2026-03-02 22:00", notice_type="maintenance")
    new = outage(
        "b", "2026-03-09 20:00", "2026-03-09 21:00", notice_type="maintenance", supersedes="a"
    )
    assert lost(old, new) == [(2026, 60, 0)]
