"""Settings as the rules that pure functions take: each function reads the settings that its answer depends on."""

from collections.abc import Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from itnews.content.rules import CardRules
from itnews.engine.key import Fetch
from itnews.markup.parser import MarkupRules
from itnews.model.keys import groups_key, kind_names_key, kinds_key, setting_key
from itnews.site.index import Calendar

_RAW_HTML: Mapping[str, Literal["sanitise", "escape", "trust"]] = {
    "escape": "escape",
    "trust": "trust",
}


def text_setting(path: str, fetch: Fetch) -> str:
    """A setting that is a text; empty where it is not set."""
    value = fetch(setting_key(path))
    return value if isinstance(value, str) else ""


def number_setting(path: str, fetch: Fetch, *, default: int) -> int:
    """A setting that is a whole number."""
    value = fetch(setting_key(path))
    return value if isinstance(value, int) else default


def list_setting(path: str, fetch: Fetch) -> tuple[str, ...]:
    """A setting that is a list of texts."""
    value = fetch(setting_key(path))
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def zone_of(fetch: Fetch) -> ZoneInfo:
    """The site's time zone."""
    return ZoneInfo(text_setting("site.timezone", fetch) or "UTC")


def calendar(fetch: Fetch) -> Calendar:
    """How the site counts time."""
    return Calendar(
        zone_of(fetch),
        number_setting("site.fiscal_year_start", fetch, default=1),
        number_setting("stale_after", fetch, default=31),
        text_setting("cadence_default", fetch),
    )


def card_rules(fetch: Fetch) -> CardRules:
    """How foreign and unknown fields of a front matter are taken."""
    names = fetch(setting_key("field_names"))
    return CardRules(
        field_names=names if isinstance(names, Mapping) else {},
        ignored_fields=list_setting("unknown_fields.ignore", fetch),
        groups=frozenset(fetch(groups_key())),
        kinds=fetch(kinds_key()),
    )


def markup_rules(fetch: Fetch) -> MarkupRules:
    """How raw HTML in a body is taken, and what names a document in an address."""
    chosen = text_setting("markdown.raw_html", fetch)
    return MarkupRules(_RAW_HTML.get(chosen, "sanitise"), fetch(kind_names_key()))
