"""The filters of templates: dates, figures and texts in the words of the site's language."""

import re
from collections.abc import Callable, Mapping, Sized
from datetime import tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from itnews import words
from itnews.late import late
from itnews.model.moment import Moment
from itnews.model.period import Period

if TYPE_CHECKING:
    import babel
    from babel import Locale, dates, numbers
else:
    babel, dates, numbers = late("babel"), late("babel.dates"), late("babel.numbers")

Filter = Callable[..., object]
Figure = int | float | Decimal
"""What counts as a number in a template."""

_TOO_GREAT = 10**15  # beyond, babel's decimals overflow, and no reader counts the digits
_NO_BREAK = "\N{NO-BREAK SPACE}"
_HALVES = {"H1": "first half of", "H2": "second half of"}
_SINGULAR = {"people": "person"}
"""Units in English whose singular is not what `_singular` makes of them."""

_HTML_PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


class SiteLocale(Struct, frozen=True):
    """What the words of dates and figures depend on: the settings of the same names, as written.

    *language* is a BCP 47 tag; one that CLDR does not know is written as English. `en` alone means the English of most
    of the world (`2 March 2026`, 24 hours); whoever wants `March 2, 2026` says `en-US`. *timezone* is an IANA name.
    """

    language: str = "en"
    timezone: str = "UTC"
    currency: str = "EUR"


def filters(locale: SiteLocale) -> Mapping[str, Filter]:
    """All filters by the names that docs/themes.md gives them. Raises ZoneInfoNotFoundError for an unknown zone."""
    return {**_date_filters(locale), **_figure_filters(locale), **_text_filters()}


def _date_filters(locale: SiteLocale) -> dict[str, Filter]:
    tongue, zone = _tongue(locale.language), ZoneInfo(locale.timezone)

    def when(written: Moment | Period | None) -> str:
        if isinstance(written, Moment):
            return moment_in_words(written, tongue, zone)
        return period(written)

    def day(written: Moment | Period | None) -> str:
        if isinstance(written, Moment):
            return dates.format_date(written.day_in(zone), "long", tongue)
        return period(written)

    def short(written: Moment | Period | None) -> str:
        if isinstance(written, Moment):
            return dates.format_date(written.day_in(zone), "medium", tongue)
        return period_in_words(written, tongue, month="yMMM", style="medium") if written else ""

    def clock(written: Moment | Period | None) -> str:
        if not isinstance(written, Moment) or not written.has_time:
            return ""
        return dates.format_time(written.local(zone).time(), "short", locale=tongue)

    def iso(written: Moment | Period | None) -> str:
        return machine_readable(written, zone) if written else ""

    def period(written: Period | None) -> str:
        return period_in_words(written, tongue) if written else ""

    return {
        "when": when,
        "day": day,
        "short": short,
        "clock": clock,
        "iso": iso,
        "period": period,
    }


def moment_in_words(moment: Moment, tongue: "Locale", zone: tzinfo) -> str:
    """`2 March 2026`, `2 March 2026, 09:00`: the time in *zone*, without seconds."""
    local = moment.local(zone)
    if not moment.has_time:
        return dates.format_date(moment.day, "long", tongue)
    pattern = str(tongue.datetime_formats["medium"])
    clock = dates.format_time(local.time(), "short", locale=tongue)
    return pattern.replace("{1}", dates.format_date(local, "long", tongue)).replace("{0}", clock)


def period_in_words(
    period: Period, tongue: "Locale", *, month: str = "yMMMM", style: str = "long"
) -> str:
    """*period* no more precisely than it was written; *month* is a CLDR skeleton, *style* that of a whole day."""
    text = period.text
    if period.is_fiscal:
        return " ".join(reversed(text.split("-")))
    if text[:2] in _HALVES:
        half = _HALVES[text[:2]] if tongue.language == "en" else text[:2]
        return f"{half} {text[3:]}"
    first = period.first(1)
    if "Q" in text:
        return dates.format_skeleton("yQQQ", first, locale=tongue)
    if period.is_day:
        return dates.format_date(first, style, tongue)
    return dates.format_skeleton(month, first, locale=tongue) if "-" in text else text


def machine_readable(written: Moment | Period, zone: tzinfo) -> str:
    """The `datetime` attribute of *written* (HTML, "The time element"); empty where HTML has no form for it."""
    if isinstance(written, Period):
        return written.text if _HTML_PERIOD.fullmatch(written.text) else ""
    return written.local(zone).isoformat(timespec="minutes") if written.has_time else written.iso


def _figure_filters(locale: SiteLocale) -> dict[str, Filter]:
    tongue, home = _tongue(locale.language), locale.currency

    def number(figure: Figure | str | None, digits: int = 2) -> str:
        return grouped(figure, tongue, digits=digits)

    def money(figure: Figure | str | None, currency: str = "") -> str:
        return amount(figure, tongue, currency=currency or home)

    def quantity(figure: Figure | str | None, unit: str = "", currency: str = "") -> str:
        return with_unit(figure, unit, tongue=tongue, currency=currency or home)

    def count(counted: Figure | Sized, singular: str = "", plural: str = "") -> str:
        total = len(counted) if isinstance(counted, Sized) else counted
        word = singular if total == 1 else plural or (singular and f"{singular}s")
        return " ".join((grouped(total, tongue), word)).rstrip()

    return {"number": number, "money": money, "quantity": quantity, "count": count}


def grouped(figure: Figure | str | None, tongue: "Locale", *, digits: int = 2) -> str:
    """`12,400`, `3.5`: at most *digits* decimals. A text is what its author wrote, and stays so; None is empty."""
    if figure is None or isinstance(figure, str):
        return figure or ""
    if not abs(float(figure)) < _TOO_GREAT:
        return str(figure)
    whole = str(tongue.decimal_formats[None].pattern).partition(".")[0]
    pattern = f"{whole}.{'#' * digits}" if digits else whole
    return numbers.format_decimal(Decimal(str(figure)), format=pattern, locale=tongue)


def amount(figure: Figure | str | None, tongue: "Locale", *, currency: str) -> str:
    """`€12,400`, `€12.50`: cents only where there are any. *currency* is a code of ISO 4217."""
    if figure is None or isinstance(figure, str):
        return figure or ""
    if not abs(float(figure)) < _TOO_GREAT:
        return _NO_BREAK.join((str(figure), currency))
    exact = Decimal(str(figure))
    if exact != exact.to_integral_value():
        return numbers.format_currency(exact, currency, locale=tongue)
    pattern = re.sub(r"\.0+", "", str(tongue.currency_formats["standard"].pattern))
    return numbers.format_currency(
        exact, currency, format=pattern, locale=tongue, currency_digits=False
    )


def with_unit(figure: Figure | str | None, unit: str, *, tongue: "Locale", currency: str) -> str:
    """`40 hours a month`, `12%`, `€5,000 a year`: figure and unit never part at the end of a line."""
    if figure is None or figure == "":
        return ""
    name, _, span = unit.partition("/")
    if name == "money":
        return _per(amount(figure, tongue, currency=currency), span, tongue)
    if unit == "%":
        space = _NO_BREAK if _NO_BREAK in str(tongue.percent_formats[None].pattern) else ""
        return f"{grouped(figure, tongue)}{space}%"
    one = figure == 1 and tongue.language == "en"
    name = _singular(name) if one else name
    return _per(f"{grouped(figure, tongue)}{_NO_BREAK}{name}".rstrip(), span, tongue)


def _singular(unit: str) -> str:
    """The singular of an English unit: hours, late sailings, entries; a unit that has none stays as it is."""
    if unit in _SINGULAR:
        return _SINGULAR[unit]
    if unit.endswith("ies"):
        return unit.removesuffix("ies") + "y"
    return unit if unit.endswith(("ss", "us", "is")) else unit.removesuffix("s")


def _per(what: str, span: str, tongue: "Locale") -> str:
    if not span:
        return what
    return f"{what} a {span}" if tongue.language == "en" else f"{what}/{span}"


def _text_filters() -> dict[str, Filter]:
    def excerpt(text: str | None, limit: int = 200) -> str:
        return words.excerpt(text or "", limit)

    def paragraphs(text: str | None) -> tuple[str, ...]:
        return tuple(part for part in _EMPTY_LINES.split((text or "").strip()) if part)

    def slug(text: str | None) -> str:
        return words.slug(text or "")

    return {"excerpt": excerpt, "paragraphs": paragraphs, "slug": slug}


@lru_cache(maxsize=8)
def _tongue(language: str) -> "Locale":
    tag = "en_GB" if language.lower() == "en" else language
    try:
        return babel.Locale.parse(tag, sep="-" if "-" in tag else "_")
    except (babel.UnknownLocaleError, ValueError, TypeError):
        return babel.Locale.parse("en_GB")
