"""Days and times: every shape that authors write, and when they begin and have passed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from itnews.model.moment import Moment

BERLIN = ZoneInfo("Europe/Berlin")
ADAPTER = TypeAdapter(Moment)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-03-02", "2026-03-02"),
        (" 2026-03-02 ", "2026-03-02"),
        ("2026-03-02 14:30", "2026-03-02T14:30"),
        ("2026-03-02 9:30", "2026-03-02T09:30"),
        ("2026-03-02T14:30:05", "2026-03-02T14:30:05"),
        ("2026-03-02T14:30:05.123Z", "2026-03-02T14:30:05+00:00"),
        ("2026-03-02 14:30:00 UTC", "2026-03-02T14:30:00+00:00"),
        ("2026-03-02 14:30:00 -0500", "2026-03-02T14:30:00-05:00"),
        ("2026-03-02 14:30:00 -5", "2026-03-02T14:30:00-05:00"),
        ("2026-03-02T14:30+0100", "2026-03-02T14:30+01:00"),
        ("2026-03-02T14:30+01:00", "2026-03-02T14:30+01:00"),
        ("2026-03-02 14:30 -00:00", "2026-03-02T14:30+00:00"),
    ],
)
def test_every_shape_is_read_and_no_more_precise_than_written(written: str, iso: str) -> None:
    assert Moment.parse(written).iso == iso


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2026-02-30",
        "2026-13-01",
        "0206-03-02",
        "02.03.2026",
        "2026/03/02",
        "2026-3-2",
        "2026-03-02T25:00",
        "2026-03-02T24:00",
        "2026-03-02T10:60",
        "2026-03-02 10:00 +15:00",
        "2026-03-02 10:00 CET",
        "2026-03",
        "٢٠٢٦-٠٣-٠٢",
    ],
)
def test_what_is_no_date_is_refused_with_a_hint(written: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python(written)
    assert caught.value.errors()[0]["type"] == "date_invalid"
    assert "2026-03-02" in caught.value.errors()[0]["ctx"]["hint"]


@pytest.mark.parametrize("number", [20260302, 2026, 1763683200, 1.5, True, None])
def test_a_number_is_never_a_date(number: object) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(number)


def test_a_day_begins_and_ends_at_midnight_of_the_sites_zone() -> None:
    day = Moment("2026-03-02")
    assert day.start(BERLIN) == datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert day.end(BERLIN) == datetime(2026, 3, 2, 23, tzinfo=UTC)


def test_the_day_of_the_clock_change_has_23_hours() -> None:
    day = Moment("2026-03-29")
    assert (day.end(BERLIN) - day.start(BERLIN)).total_seconds() == 23 * 3600


def test_a_time_has_passed_when_it_begins() -> None:
    moment = Moment("2026-03-02T14:30")
    assert moment.start(BERLIN) == moment.end(BERLIN) == datetime(2026, 3, 2, 13, 30, tzinfo=UTC)


def test_an_offset_counts_before_the_sites_zone() -> None:
    moment = Moment.parse("2026-03-02 23:30 -0500")
    assert moment.start(BERLIN) == datetime(2026, 3, 3, 4, 30, tzinfo=UTC)
    assert (moment.day, moment.day_in(BERLIN)) == (date(2026, 3, 2), date(2026, 3, 3))


@pytest.mark.parametrize("never", ["9999-12-31", "9999-12-31T23:59-12:00"])
def test_the_last_day_of_all_is_a_way_to_say_never(never: str) -> None:
    assert Moment.parse(never).end(ZoneInfo("Pacific/Kiritimati")).year == 9999
    assert Moment.parse(never).local(ZoneInfo("Pacific/Kiritimati")).year == 9999


MOMENTS = st.datetimes(datetime(1900, 1, 3), datetime(9999, 12, 30)).map(  # noqa: DTZ001 - no zone is a case, too
    lambda moment: Moment.parse(moment.isoformat(timespec="minutes"))
)


@settings(max_examples=50, deadline=None)
@given(MOMENTS)
def test_a_moment_is_the_same_after_a_trip_through_json(moment: Moment) -> None:
    assert ADAPTER.validate_json(ADAPTER.dump_json(moment)) == moment
    assert Moment(moment.iso) == moment


@settings(max_examples=50, deadline=None)
@given(st.dates(date(1900, 1, 3), date(9999, 12, 29)), st.sampled_from(["UTC", "America/New_York"]))
def test_the_end_of_a_day_is_the_beginning_of_the_next(day: date, zone: str) -> None:
    following = date.fromordinal(day.toordinal() + 1)
    end = Moment(day.isoformat()).end(ZoneInfo(zone))
    assert end == Moment(following.isoformat()).start(ZoneInfo(zone))
