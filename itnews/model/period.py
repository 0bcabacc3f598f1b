"""Periods as plans name them: a day, a month, a quarter, a half, a year, a fiscal quarter or year."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from itnews.late import late
from itnews.model.moment import FIRST_YEAR, Moment
from itnews.model.textual import as_text

if TYPE_CHECKING:
    import pydantic_core
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema
else:
    # For what reads fields; a date that is only shown needs none of it.
    pydantic_core = late("pydantic_core")

_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
        r"(?P<year>[0-9]{4})-Q(?P<quarter>[1-4])",
        r"Q(?P<quarter>[1-4])-(?P<year>[0-9]{4})",
        r"H(?P<half>[12])-(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})-H(?P<half>[12])",
        r"FY(?P<fiscal>[0-9]{2}|[0-9]{4})(?:-Q(?P<quarter>[1-4]))?",
    )
)
_PATTERN = "|".join(re.sub(r"[?]P<[a-z]+>", "?:", shape.pattern) for shape in _SHAPES)
# In any case, and with blanks for hyphens; a hyphen behind a digit is that of a class, as in [0-9].
_PATTERN = re.sub("[A-Z]", lambda letter: f"[{letter[0]}{letter[0].lower()}]", _PATTERN)
_PATTERN = re.sub("(?<![0-9])-", r"(?:-|\\s+)", _PATTERN)
_HINT = "write one of 2026-03-02, 2026-03, 2026-Q2, H2-2026, 2026, FY27-Q1 or FY27"


class Period(Struct, frozen=True):
    """A span of days, by its canonical *text*: `2026-03-02`, `2026-03`, `2026-Q2`, `H2-2026`, `2026`,
    `FY27-Q1`, `FY27`.

    A fiscal year is named by the year in which it ends; where it begins is the site's setting, so the methods take
    *fiscal_year_start*, a month from 1 to 12. Raises ValueError for any other text; `Period.parse` is more lenient.
    """

    text: str

    def __post_init__(self) -> None:
        if _canonical(self.text) != self.text:
            raise ValueError(f"{self.text!r} is not the canonical text of a period")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that *text* means: as above, in any case, with `Q2-2026`, `2026-H2`, `FY2027` and spaces for `-`.

        Raises ValueError with a sentence for anything else.
        """
        return cls(_canonical(re.sub(r"\s+", "-", text.strip()).upper()))

    def first(self, fiscal_year_start: int) -> date:
        """The first day."""
        return self._bounds(fiscal_year_start)[0]

    def last(self, fiscal_year_start: int) -> date:
        """The last day, included."""
        return self._bounds(fiscal_year_start)[1]

    @property
    def is_fiscal(self) -> bool:
        return self.text.startswith("FY")

    @property
    def is_day(self) -> bool:
        return len(self.text) == len("2026-03-02")

    def _bounds(self, fiscal_year_start: int) -> tuple[date, date]:
        part = _match(self.text).groupdict()
        if part.get("fiscal"):
            return _fiscal_bounds(_full_year(part["fiscal"]), part["quarter"], fiscal_year_start)
        year = int(part["year"])
        if part.get("day"):
            day = date(year, int(part["month"]), int(part["day"]))
            return day, day
        if part.get("month"):
            return _months(year, int(part["month"]), 1)
        if part.get("quarter"):
            return _months(year, 3 * int(part["quarter"]) - 2, 3)
        if part.get("half"):
            return _months(year, 6 * int(part["half"]) - 5, 6)
        return _months(year, 1, 12)

    def __str__(self) -> str:
        return self.text

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
        """The texts and years that can be read, as JSON Schema."""
        return {
            "type": ["string", "integer"],
            "pattern": rf"^\s*(?:{_PATTERN})\s*$",
            "minimum": FIRST_YEAR,
            "maximum": 9999,
            "examples": ["2026-Q2", "2026-03", "H2-2026", "FY27-Q1"],
        }

    @classmethod
    def validated(cls, value: object) -> Self:
        """*value* as pydantic gives it; raises PydanticCustomError, which names what to write instead."""
        if isinstance(value, cls):
            return value
        if isinstance(value, int) and not isinstance(value, bool) and FIRST_YEAR <= value <= 9999:
            return cls(str(value))
        if not isinstance(value, str):
            raise pydantic_core.PydanticCustomError(
                "period_invalid", "This is no period.", {"hint": _HINT}
            )
        try:
            return cls.parse(value)
        except ValueError as fault:
            raise pydantic_core.PydanticCustomError(
                "period_invalid", "{fault}", {"fault": str(fault), "hint": _HINT}
            ) from None


def fiscal_quarter_of(day: date, fiscal_year_start: int) -> Period:
    """The fiscal quarter that *day* lies in: `FY27-Q1`."""
    quarter = (day.month - fiscal_year_start) % 12 // 3 + 1
    return Period(f"{_fiscal_name(_fiscal_year(day, fiscal_year_start))}-Q{quarter}")


def _match(text: str) -> re.Match[str]:
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match:
            return match
    raise ValueError("This is no period that can be read.")


def _canonical(text: str) -> str:
    part = _match(text).groupdict()
    if part.get("fiscal"):
        quarter = f"-Q{part['quarter']}" if part["quarter"] else ""
        return _fiscal_name(_checked_year(_full_year(part["fiscal"]))) + quarter
    _checked_year(int(part["year"]))
    if part.get("day"):
        return Moment.parse(text).iso
    if part.get("month") and not 1 <= int(part["month"]) <= 12:
        raise ValueError(f"{text} is no month of the calendar.")
    if part.get("quarter"):
        return f"{part['year']}-Q{part['quarter']}"
    if part.get("half"):
        return f"H{part['half']}-{part['year']}"
    return text


def _checked_year(year: int) -> int:
    if year < FIRST_YEAR:
        raise ValueError(f"The year {year:04} is too long ago to be meant.")
    return year


def _full_year(digits: str) -> int:
    return 2000 + int(digits) if len(digits) == 2 else int(digits)


def _fiscal_name(year: int) -> str:
    return f"FY{year - 2000:02}" if 2000 <= year <= 2099 else f"FY{year}"


def _fiscal_year(day: date, fiscal_year_start: int) -> int:
    begins_in_the_year_before = fiscal_year_start > 1 and day.month >= fiscal_year_start
    return min(day.year + begins_in_the_year_before, MAXYEAR)


def _fiscal_bounds(year: int, quarter: str | None, fiscal_year_start: int) -> tuple[date, date]:
    first_year = year if fiscal_year_start == 1 else year - 1
    if quarter is None:
        return _months(first_year, fiscal_year_start, 12)
    return _months(first_year, fiscal_year_start + 3 * (int(quarter) - 1), 3)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and the last day of *count* months from *month* of *year*; months beyond 12 are the next year's."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    end = month - 1 + count - 1
    last_year, last_month = year + end // 12, end % 12 + 1
    return first, date(last_year, last_month, monthrange(last_year, last_month)[1])
