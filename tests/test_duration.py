"""Durations: what is read, and when something ends that takes so long."""

from zoneinfo import ZoneInfo

import pytest

from itnews.model.duration import Duration
from itnews.model.moment import Moment

ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "text"),
    [("90m", "90m"), ("2 h", "2h"), ("3D", "3d"), (" 45 minutes ", "45m"), ("1 day", "1d")],
)
def test_durations_are_read_as_people_write_them(written: str, text: str) -> None:
    assert Duration.parse(written) == Duration(text)


@pytest.mark.parametrize(
    "written", ["", "2", "h", "0h", "-2h", "1.5h", "1h30m", "2 weeks", "99999999d"]
)
def test_what_is_no_duration_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        Duration.parse(written)


def test_the_canonical_text_is_strict() -> None:
    with pytest.raises(ValueError, match="canonical"):
        Duration("90 m")


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-05-11T07:00", "90m", "2026-05-11T06:30+00:00"),
        ("2026-05-11", "3d", "2026-05-13"),
        ("2026-05-11", "2h", "2026-05-11T00:00+00:00"),
        ("2026-10-24T20:00", "2d", "2026-10-26T19:00+00:00"),  # eight in the evening in winter time
        (
            "2026-10-25T01:00",
            "3h",
            "2026-10-25T02:00+00:00",
        ),  # three hours, and the clock says three
        ("9999-12-31", "3d", "9999-12-31"),
    ],
)
def test_an_end_is_so_much_later(start: str, duration: str, end: str) -> None:
    assert str(Duration(duration).after(Moment(start), ZONE)) == end
