"""Notices: what state each is in, what is happening and what is coming (CONTENT-MODEL "Notices")."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal

from itnews.model.article import Card
from itnews.model.fields.notice import Notice
from itnews.model.names import IMPACT_LEVEL
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.site.spans import begin, end, over, resolved
from itnews.views.cards import Passed, fields_of, having, shown
from itnews.views.relations import relations
from itnews.views.values import NoticeItem, NoticesView

Part = Literal["current", "coming", "past"]

LATELY = timedelta(days=31)
"""A month: so long what is over is still told to those whom it concerned."""

_LAST = datetime.max.replace(tzinfo=UTC) - LATELY

_OFF = frozenset({"superseded", "cancelled"})


def notice_item(index: Index, path: SourcePath, *, passed: Passed) -> NoticeItem:
    """The notice *path* and what it is now."""
    card = index.cards[path]
    fields = fields_of(card, Notice)
    successor = relations(index).successors.get(path)
    before = index.by_id("notice", fields.supersedes) if fields.supersedes else None
    return NoticeItem(
        path=path,
        state=notice_state(index, card, fields, passed=passed),
        notice_type=fields.notice_type,
        level=fields.impact_level,
        starts=begin(fields, card.date),
        ends=end(fields, card.date, index.calendar.zone),
        services=shown(index, "service", fields.services),
        successor=successor.path if successor else None,
        predecessor=before.path if before and before.path != path else None,
    )


def notice_state(index: Index, card: Card, fields: Notice, *, passed: Passed) -> str:
    """A word of `names.NOTICE_STATE`.

    With its end passed an incident is resolved, and so is what a timeline says it of; the others are completed. What is
    tentative stays so: nobody knows whether it took place.
    """
    if card.path in relations(index).successors:
        return "superseded"
    if fields.certainty in ("cancelled", "tentative"):
        return fields.certainty
    zone = index.calendar.zone
    if _has_passed(over(fields, card.date, zone), passed):
        said = resolved(fields, zone)
        is_resolved = said is not None and passed(said.start(zone))
        return "resolved" if is_resolved or fields.notice_type == "incident" else "completed"
    begins = begin(fields, card.date)
    return "in-progress" if begins and passed(begins.start(zone)) else "scheduled"


def notices_view(
    index: Index, cards: Iterable[Card] | None = None, *, passed: Passed
) -> NoticesView:
    """What of the notices among *cards*, or of all that are listed, is happening and what is coming."""
    chosen = index.of_kind("notice") if cards is None else cards
    found: dict[Part, list[NoticeItem]] = {"current": [], "coming": [], "past": []}
    for card, fields in having(chosen, Notice):
        item = notice_item(index, card.path, passed=passed)
        found[_part(index, card, fields, item, passed=passed)].append(item)
    return NoticesView(
        current=tuple(sorted(found["current"], key=lambda item: _worst_first(index, item))),
        coming=tuple(sorted(found["coming"], key=lambda item: _next_first(index, item))),
    )


def current_and_coming(
    index: Index, cards: Iterable[Card] | None = None, *, passed: Passed
) -> tuple[NoticeItem, ...]:
    """What is happening, then what is coming, of the notices among *cards* or of all."""
    view = notices_view(index, cards, passed=passed)
    return (*view.current, *view.coming)


def lately_over(index: Index, cards: Iterable[Card], *, passed: Passed) -> tuple[NoticeItem, ...]:
    """What took place and was over within the last month, of the notices among *cards*; the last to end first."""
    found: list[tuple[float, str, NoticeItem]] = []
    for card, fields in having(cards, Notice):
        ended = over(fields, card.date, index.calendar.zone)
        if ended is None or not passed(ended) or passed(min(ended, _LAST) + LATELY):
            continue
        item = notice_item(index, card.path, passed=passed)
        if item.state in ("completed", "resolved"):
            found.append((-ended.timestamp(), str(card.path), item))
    return tuple(item for _, _, item in sorted(found, key=lambda each: each[:2]))


def _part(index: Index, card: Card, fields: Notice, item: NoticeItem, *, passed: Passed) -> Part:
    zone = index.calendar.zone
    begins = item.starts.start(zone) if item.starts else None
    if item.state == "superseded" or _has_passed(over(fields, card.date, zone), passed):
        return "past"
    if _has_passed(begins, passed):
        return "past" if item.state in _OFF else "current"
    return "past" if begins is None and item.state in _OFF else "coming"


def _has_passed(instant: datetime | None, passed: Passed) -> bool:
    return instant is not None and passed(instant)


def _worst_first(index: Index, item: NoticeItem) -> tuple[bool, int, float, str]:
    urgent = index.cards[item.path].fields.importance == "urgent"
    known = item.level in IMPACT_LEVEL.words
    level = IMPACT_LEVEL.words.index(item.level) if known else 0
    return not urgent, -level, *_next_first(index, item)


def _next_first(index: Index, item: NoticeItem) -> tuple[float, str]:
    begins = item.starts.sort_key(index.calendar.zone).timestamp() if item.starts else float("inf")
    return begins, str(item.path)
