"""Days and times as authors write them: no more precise than written, in the site's zone where none is given."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Literal, Self

from msgspec import Struct

from itnews.late import late
from itnews.model.textual import as_text

if TYPE_CHECKING:
    import pydantic_core
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema
else:
    # For what reads fields; a date that is only shown needs none of it.
    pydantic_core = late("pydantic_core")

ClockChange = Literal["skipped", "repeated"]
"""A time that no clock shows in spring, or that comes twice in autumn."""

FIRST_YEAR = 1900
"""Earlier years are slips of the pen (`0206-03-02`), not dates of a company's news."""

_SHAPE = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:(?:[Tt]|[ ]+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?:[ ]*(?P<zone>[Zz]|UTC|utc|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)
_HINT = "write year-month-day, as in 2026-03-02, or with a time, as in 2026-03-02 14:30"
_MAX_OFFSET = 14  # hours; the zone furthest from UTC is Kiribati's +14:00
_ZONES = (timezone(timedelta(hours=-12)), timezone(timedelta(hours=_MAX_OFFSET)))
_LAST = datetime.max.replace(tzinfo=UTC)


class Moment(Struct, frozen=True):
    """A day, or a day and a time of day; *iso* is its canonical ISO 8601 text.

    `2026-03-02`, `2026-03-02T14:30`, `2026-03-02T14:30:05+01:00`: without an offset the time is that of the zone
    that the methods are given. Raises ValueError for any other text; `Moment.parse` reads all shapes that authors use.
    """

    iso: str

    def __post_init__(self) -> None:
        if _canonical(self.iso) != self.iso:
            raise ValueError(f"{self.iso!r} is not the canonical text of a moment")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The moment that *text* means.

        Read are a date, and a date with a time after `T` or spaces: with or without seconds (fractions are dropped),
        with `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `-5` after it or not. Raises ValueError with a sentence otherwise.
        """
        return cls(_canonical(text.strip()))

    @property
    def day(self) -> date:
        """The day as written, whatever the zone."""
        return date.fromisoformat(self.iso[:10])

    @property
    def clock(self) -> time | None:
        """The time of day as written, with its offset if it has one; None for a whole day."""
        return time.fromisoformat(self.iso[11:]) if self.has_time else None

    @property
    def has_time(self) -> bool:
        return len(self.iso) > len("2026-03-02")

    def start(self, zone: tzinfo) -> datetime:
        """The instant, in UTC, at which it begins: a day begins at its first midnight in *zone*."""
        clock = self.clock or time()
        return _instant(self.day, clock, zone)

    def end(self, zone: tzinfo) -> datetime:
        """The instant, in UTC, from which it has passed: for a day the beginning of the next in *zone*."""
        if self.has_time:
            return self.start(zone)
        if self.day == date.max:
            return _LAST
        return _instant(self.day + timedelta(days=1), time(), zone)

    def local(self, zone: tzinfo) -> datetime:
        """The beginning as a clock in *zone* shows it: for printing times that were written with an offset."""
        return _shifted(self.start(zone), zone)

    def day_in(self, zone: tzinfo) -> date:
        """The day in *zone*: for a time written with an offset not always the day as written."""
        return self.local(zone).date() if self.has_time else self.day

    def clock_change(self, zone: tzinfo) -> ClockChange | None:
        """What a change of the clocks in *zone* does to this time of day; None for most, and for one with an offset."""
        clock = self.clock
        if clock is None or clock.tzinfo:
            return None
        written = datetime.combine(self.day, clock, zone)
        if _shifted(_shifted(written, UTC), zone).replace(tzinfo=None) != written.replace(
            tzinfo=None
        ):
            return "skipped"
        return "repeated" if written.utcoffset() != written.replace(fold=1).utcoffset() else None

    def precedes(self, other: "Moment") -> bool:
        """Whether it is over before *other* begins, whatever zone is meant where none is written."""
        return all(
            self.start(zone) < other.start(zone) and self.end(zone) <= other.start(zone)
            for zone in _ZONES
        )

    def sort_key(self, zone: tzinfo) -> datetime:
        """What moments are ordered by: the instant at which each begins."""
        return self.start(zone)

    def __str__(self) -> str:
        return self.iso

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        return as_text(cls.validated)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        return cls.json_schema()

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """The texts that can be read, as JSON Schema."""
        shape = re.sub(r"[?]P<[a-z]+>", "?:", _SHAPE.pattern)
        return {
            "type": "string",
            "pattern": rf"^\s*{shape}\s*$",
            "examples": ["2026-03-02", "2026-03-02 14:30"],
        }

    @classmethod
    def validated(cls, value: object) -> Self:
        """*value* as pydantic gives it; raises PydanticCustomError, which names what to write instead."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise pydantic_core.PydanticCustomError(
                "date_invalid", "This is no date.", {"hint": _HINT}
            )  # a number is never a date: 20260302 would be a day of 1970
        try:
            return cls.parse(value)
        except ValueError as fault:
            raise pydantic_core.PydanticCustomError(
                "date_invalid", "{fault}", {"fault": str(fault), "hint": _HINT}
            ) from None


def _canonical(text: str) -> str:
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError("This is no date that can be read.")
    day = match["day"]
    _check_day(day)
    if match["hour"] is None:
        return day
    seconds = f":{match['second']}" if match["second"] else ""
    clock = f"{match['hour'].zfill(2)}:{match['minute']}{seconds}"
    _check_clock(clock)
    return f"{day}T{clock}{_offset(match['zone'])}"


def _check_day(text: str) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no day of the calendar.") from None
    if day <= date(
        FIRST_YEAR, 1, 2
    ):  # in another zone the first days of a year lie in the one before
        raise ValueError(f"The year {text[:4]} is too long ago to be meant.")


def _check_clock(text: str) -> None:
    try:
        time.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no time of day.") from None


def _offset(zone: str | None) -> str:
    if zone is None:
        return ""
    if zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    if int(hours) > _MAX_OFFSET or int(minutes) > 59:
        raise ValueError(f"{zone} is no time zone's distance from UTC.")
    if int(hours) == int(minutes) == 0:
        return "+00:00"
    return f"{zone[0]}{hours.zfill(2)}:{minutes}"


def _instant(day: date, clock: time, zone: tzinfo) -> datetime:
    written = datetime.combine(day, clock)
    return _shifted(written if written.tzinfo else written.replace(tzinfo=zone), UTC)


def _shifted(instant: datetime, zone: tzinfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError:  # `expires: 9999-12-31` means never, in every zone
        return _LAST
