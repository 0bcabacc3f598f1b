"""Periods: what authors write, and which days it means."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from itnews.model.period import Period, fiscal_quarter_of

ADAPTER = TypeAdapter(Period)
JULY = 7


@pytest.mark.parametrize(
    ("written", "text", "first", "last"),
    [
        ("2026-03-02", "2026-03-02", "2026-03-02", "2026-03-02"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2026-Q2", "2026-Q2", "2026-04-01", "2026-06-30"),
        ("q2 2026", "2026-Q2", "2026-04-01", "2026-06-30"),
        ("H2-2026", "H2-2026", "2026-07-01", "2026-12-31"),
        ("2026-h1", "H1-2026", "2026-01-01", "2026-06-30"),
        ("2026", "2026", "2026-01-01", "2026-12-31"),
        ("FY27", "FY27", "2026-07-01", "2027-06-30"),
        ("FY2027-Q1", "FY27-Q1", "2026-07-01", "2026-09-30"),
        ("FY27-Q4", "FY27-Q4", "2027-04-01", "2027-06-30"),
    ],
)
def test_a_period_is_read_and_has_its_days(written: str, text: str, first: str, last: str) -> None:
    period = Period.parse(written)
    assert period.text == text
    assert period.first(JULY).isoformat() == first
    assert period.last(JULY).isoformat() == last


def test_a_fiscal_year_that_begins_in_january_is_the_calendar_year() -> None:
    assert Period("FY27").first(1) == date(2027, 1, 1)
    assert Period("FY27-Q2").last(1) == date(2027, 6, 30)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2026-13",
        "2026-Q5",
        "Q5",
        "FY27-Q0",
        "H3-2026",
        "0206",
        "2026-02-30",
        "26",
        "FY1",
    ],
)
def test_what_is_no_period_is_refused_with_a_hint(written: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python(written)
    assert "2026-Q2" in caught.value.errors()[0]["ctx"]["hint"]


def test_a_year_is_the_only_number_that_is_a_period() -> None:
    assert ADAPTER.validate_python(2026) == Period("2026")
    for number in (26, 202603, 20260302, -2026, 10**30, 2026.0, True, None):
        with pytest.raises(ValidationError):
            ADAPTER.validate_python(number)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2500, 12, 31)), st.integers(1, 12))
def test_a_day_lies_in_its_fiscal_quarter_and_that_in_its_year(day: date, start: int) -> None:
    quarter = fiscal_quarter_of(day, start)
    year = Period(quarter.text.partition("-")[0])
    assert quarter.first(start) <= day <= quarter.last(start)
    assert year.first(start) <= quarter.first(start) <= quarter.last(start) <= year.last(start)


PERIODS = st.from_regex(
    r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])|-Q[1-4])?|H[12]-20[0-9]{2}|FY[0-9]{2}(-Q[1-4])?",
    fullmatch=True,
)


@settings(max_examples=50, deadline=None)
@given(PERIODS, st.integers(1, 12))
def test_a_period_is_the_same_after_a_trip_through_json(written: str, start: int) -> None:
    period = Period.parse(written)
    assert ADAPTER.validate_json(ADAPTER.dump_json(period)) == period
    assert period.first(start) <= period.last(start)
