"""Cards and an index for the tests of views, without files."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from itnews.model.article import Card
from itnews.model.kinds import KINDS
from itnews.model.moment import Moment
from itnews.paths import SourcePath, source_path
from itnews.site.index import Calendar, Index

ZONE = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(ZONE, fiscal_year_start=4, stale_after=60, cadence_default="monthly")


def path_of(kind: str, id: str) -> SourcePath:
    return source_path(f"content/{KINDS[kind].folder}/{id}.md")


def card(kind: str, id: str, **fields: object) -> Card:
    """A card as the front matter *fields* make it."""
    made = KINDS[kind].model.model_validate({"title": id.capitalize(), **fields})
    concerned = made.audience or (*made.departments, *made.impact) or ("everyone",)
    return Card(
        path=path_of(kind, id),
        definition=KINDS[kind],
        id=id,
        slug=id,
        title=made.title,
        date=made.date,
        audience=tuple(concerned),
        visibility=made.visibility,
        fields=made,
    )


def index_of(*cards: Card, expired: Iterable[Card] = (), calendar: Calendar = CALENDAR) -> Index:
    gone = tuple(expired)
    return Index.of(
        (*cards, *gone), expired=frozenset(card.path for card in gone), calendar=calendar
    )


def at(text: str) -> Callable[[datetime], bool]:
    """What has passed at the moment *text*."""
    now = Moment.parse(text).start(ZONE)
    return lambda instant: instant <= now.astimezone(UTC)
