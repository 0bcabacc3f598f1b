"""How long something takes, as authors write it: `90m`, `2h`, `3d`."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from itnews.late import late
from itnews.model.moment import Moment
from itnews.model.textual import as_text

if TYPE_CHECKING:
    import pydantic_core
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from itnews.model import written
else:
    written = late("itnews.model.written")
    pydantic_core = late("pydantic_core")

_SHAPE = re.compile(r"([1-9][0-9]{0,4})(m|h|d)")
_WRITTEN = re.compile(r"0*([1-9][0-9]{0,4})\s*(m|min|minutes?|h|hours?|d|days?)", re.IGNORECASE)
_UNITS = ("m", "min", "minute", "minutes", "h", "hour", "hours", "d", "day", "days")
_HINT = "write minutes, hours or days, as in 90m, 2h or 3d"


class Duration(Struct, frozen=True):
    """A span of minutes, hours or days by its canonical *text*: `90m`, `2h`, `3d`.

    Raises ValueError for any other text; `Duration.parse` is more lenient.
    """

    text: str

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.text):
            raise ValueError(f"{self.text!r} is not the canonical text of a duration")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The duration that *text* means: as above, in any case, or in words (`2 hours`).

        Raises ValueError with a sentence for anything else.
        """
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError("This is no duration that can be read.")
        return cls(f"{match[1]}{match[2][0].lower()}")

    def after(self, start: Moment, zone: tzinfo) -> Moment:
        """The end of what begins at *start* and takes so long.

        Days are those of the calendar: three days from a day on are that day and the two after it, and a time of day
        stays what it is when the clocks change. Nothing ends after the year 9999.
        """
        try:
            return self._after(start, zone)
        except OverflowError:
            return Moment(date.max.isoformat())

    def _after(self, start: Moment, zone: tzinfo) -> Moment:
        count, unit = int(self.text[:-1]), self.text[-1]
        if unit == "d":
            if not start.has_time:
                return Moment((start.day + timedelta(days=count - 1)).isoformat())
            return _moment(start.local(zone) + timedelta(days=count))
        span = timedelta(minutes=count) if unit == "m" else timedelta(hours=count)
        return _moment(start.start(zone) + span)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        return as_text(cls._validated)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        units = "|".join(map(written.any_case, _UNITS))
        return {
            "type": "string",
            "pattern": rf"^\s*0*[1-9][0-9]{{0,4}}\s*(?:{units})\s*$",
            "examples": ["90m", "2h", "3d"],
        }

    @classmethod
    def _validated(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        try:
            return cls.parse(value if isinstance(value, str) else "")
        except ValueError as fault:
            raise pydantic_core.PydanticCustomError(
                "duration_invalid", "{fault}", {"fault": str(fault), "hint": _HINT}
            ) from None


def _moment(instant: datetime) -> Moment:
    """*instant* with its distance from UTC, so that it is clear when the clocks go back."""
    return Moment.parse(instant.astimezone(UTC).isoformat(timespec="minutes"))
