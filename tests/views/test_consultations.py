"""Consultations and services: what can be answered, and what happens to what IT keeps running."""

import pytest

from itnews.views.consultations import consultation_item, consultations_view
from itnews.views.home import home_view
from itnews.views.services import PAST, service_view
from tests.views.cards import at, card, index_of

NOW = at("2026-06-01 12:00")


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "open"),
        ({"opens": "2026-06-01 12:00", "closes": "2026-06-01"}, "open"),
        ({"opens": "2026-06-01 12:01"}, "coming"),
        ({"closes": "2026-05-31"}, "closed"),
        ({"closes": "2026-06-01 12:00"}, "closed"),
        ({"closes": "2026-07-01", "outcome": "We heard from nobody."}, "closed"),
    ],
)
def test_a_consultation_is_open_from_its_first_day_to_the_end_of_its_last(
    fields: dict[str, object], state: str
) -> None:
    one = card("consultation", "one", date="2026-05-01", **fields)
    assert consultation_item(index_of(one), one.path, passed=NOW).state == state


def test_what_closes_first_stands_first_and_what_is_closed_nowhere() -> None:
    days = {"late": "2026-08-01", "soon": "2026-06-02", "gone": "2026-05-31"}
    cards = [card("consultation", id, date="2026-05-01", closes=day) for id, day in days.items()]
    cards.append(card("consultation", "endless", date="2026-05-01"))
    cards.append(card("consultation", "next", date="2026-05-01", opens="2026-07-01"))
    index = index_of(*cards)
    seen = consultations_view(index, passed=NOW)
    assert [item.path.stem for item in seen.open] == ["soon", "late", "endless"]
    assert [item.path.stem for item in seen.coming] == ["next"]
    assert home_view(index, passed=NOW).consultations == seen.open


def test_a_service_shows_what_uses_it_what_happens_to_it_and_what_it_brings() -> None:
    mail = card("service", "mail", benefits=[{"what": "Fewer calls", "baseline": 9, "target": 1}])
    old = [
        card("notice", f"old{day}", date=f"2026-04-{day:02}", services="mail",
             starts=f"2026-04-{day:02}", ends=f"2026-04-{day:02}")
        for day in range(1, PAST + 3)
    ]  # fmt: skip
    index = index_of(
        mail,
        *old,
        card(
            "notice",
            "now",
            date="2026-05-01",
            services=["Mail"],
            starts="2026-06-01",
            ends="2026-06-02",
        ),
        card("notice", "other", date="2026-05-01", starts="2026-06-01", ends="2026-06-02"),
        card("project", "p", horizon="now", services=["mail"]),
        card("update", "about-p", date="2026-05-02", project="p"),
        card("accomplishment", "named", date="2026-05-03", services=["mail"]),
        card("ask", "a", date="2026-05-04", services=["mail"]),
    )
    seen = service_view(index, mail.path, passed=NOW)
    assert [item.path.stem for item in seen.notices] == ["now"]
    assert [path.stem for path in seen.past] == ["old7", "old6", "old5", "old4", "old3"]
    assert [item.title for item in seen.projects] == ["P"]
    assert [path.stem for path in (*seen.news, *seen.accomplishments)] == ["about-p", "named"]
    assert [item.path.stem for item in seen.asks] == ["a"]
    assert [line.what for line in seen.benefits] == ["Fewer calls"]
