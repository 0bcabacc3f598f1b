"""The filters of templates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.theme.filters import SiteLocale, filters

ENGLISH = filters(SiteLocale(timezone="Europe/Berlin"))
GERMAN = filters(SiteLocale(language="de", timezone="Europe/Berlin"))
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026-03-02", "2 March 2026"),
        ("2026-03-02T09:00", "2 March 2026, 09:00"),
        ("2026-03-02T23:30:00+00:00", "3 March 2026, 00:30"),
    ],
)
def test_a_moment_is_shown_no_more_precisely_than_written_and_in_the_sites_zone(
    written: str, words: str
) -> None:
    assert ENGLISH["when"](Moment(written)) == words


@pytest.mark.parametrize(
    ("written", "words", "machine"),
    [
        ("2026-03-02", "2 March 2026", "2026-03-02"),
        ("2026-03", "March 2026", "2026-03"),
        ("2026-Q2", "Q2 2026", ""),
        ("FY27-Q1", "Q1 FY27", ""),
        ("FY27", "FY27", ""),
        ("H2-2026", "second half of 2026", ""),
        ("2026", "2026", "2026"),
    ],
)
def test_a_period_keeps_its_precision_in_words_and_in_the_datetime_attribute(
    written: str, words: str, machine: str
) -> None:
    assert ENGLISH["period"](Period(written)) == words
    assert ENGLISH["when"](Period(written)) == words
    assert ENGLISH["iso"](Period(written)) == machine


def test_the_datetime_attribute_of_a_time_carries_the_offset_of_the_sites_zone() -> None:
    assert ENGLISH["iso"](Moment("2026-07-02T09:00")) == "2026-07-02T09:00+02:00"
    assert ENGLISH["iso"](Moment("2026-07-02")) == "2026-07-02"


def test_day_leaves_the_time_out_and_names_the_day_of_the_sites_zone() -> None:
    late = Moment("2026-03-02T23:30:00+00:00")
    assert ENGLISH["day"](late) == "3 March 2026"
    assert ENGLISH["short"](late) == "3 Mar 2026"
    assert ENGLISH["short"](Period("2026-03")) == "Mar 2026"


def test_other_languages_have_their_own_order_and_words() -> None:
    assert GERMAN["when"](Moment("2026-03-02")) == "2. März 2026"
    assert GERMAN["period"](Period("H2-2026")) == "H2 2026"
    assert GERMAN["number"](12400.5) == "12.400,5"
    assert GERMAN["money"](12400) == f"12.400{NO_BREAK}€"
    assert GERMAN["quantity"](12, "%") == f"12{NO_BREAK}%"
    assert filters(SiteLocale(language="en-US"))["when"](Moment("2026-03-02")) == "March 2, 2026"


def test_a_language_that_is_unknown_is_written_as_english() -> None:
    for language in ("tlh", "x", "", "not a language"):
        assert filters(SiteLocale(language=language))["day"](Moment("2026-03-02")) == "2 March 2026"


def test_money_has_cents_only_where_there_are_any() -> None:
    money = ENGLISH["money"]
    assert [money(12400), money(12.5), money(12400.0, "GBP"), money(-3)] == [
        "€12,400",
        "€12.50",
        "£12,400",
        "-€3",
    ]


def test_a_quantity_says_its_unit_in_plain_words() -> None:
    quantity = ENGLISH["quantity"]
    assert quantity(40, "hours/month") == f"40{NO_BREAK}hours a month"
    assert quantity(1, "hours/month") == f"1{NO_BREAK}hour a month"
    assert quantity(1, "late sailings/month") == f"1{NO_BREAK}late sailing a month"
    assert quantity(1, "entries") == f"1{NO_BREAK}entry"
    assert quantity(1, "people") == f"1{NO_BREAK}person"
    assert quantity(1, "FTE") == f"1{NO_BREAK}FTE"
    assert quantity(5000, "money/year", "USD") == "US$5,000 a year"
    assert quantity(12.5, "%") == "12.5%"
    assert quantity(3, "people") == f"3{NO_BREAK}people"
    assert quantity(3) == "3"


def test_a_figure_written_as_a_text_stays_as_written() -> None:
    assert ENGLISH["quantity"]("two thirds", "people") == f"two thirds{NO_BREAK}people"
    assert ENGLISH["number"]("about 40") == "about 40"


def test_count_joins_number_and_word_and_still_counts_like_jinjas_own() -> None:
    count = ENGLISH["count"]
    assert count(1, "update") == "1 update"
    assert count(1200, "update") == "1,200 updates"
    assert count([1, 2], "person", "people") == "2 people"
    assert count(["a", "b"]) == "2"


def test_what_is_missing_prints_nothing() -> None:
    for name in ("when", "day", "short", "clock", "iso", "period", "number", "money", "quantity"):
        assert ENGLISH[name](None) == ""
    assert ENGLISH["excerpt"](None) == ENGLISH["slug"](None) == ""
    assert ENGLISH["paragraphs"](None) == ()


def test_paragraphs_are_separated_by_empty_lines() -> None:
    assert ENGLISH["paragraphs"]("one\nline\n \n\n two\n") == ("one\nline", "two")


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.integers(), st.floats()), st.integers(0, 6))
def test_no_number_breaks_a_page(figure: float, digits: int) -> None:
    assert ENGLISH["number"](figure, digits)
    assert ENGLISH["money"](figure)


def test_a_clock_shows_the_time_of_day_in_the_site_s_zone_and_nothing_for_a_day() -> None:
    assert ENGLISH["clock"](Moment("2026-07-02T09:00+00:00")) == "11:00"
    assert ENGLISH["clock"](Moment("2026-07-02")) == ""
    assert ENGLISH["clock"](Period("2026-07")) == ""
