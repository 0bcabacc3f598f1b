"""Hours lost: how long a service was out of order, year by year (CONTENT-MODEL "Hours lost")."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from itnews.model.article import Card
from itnews.model.fields.notice import Notice
from itnews.site.index import Index
from itnews.site.spans import begin, end, resolved
from itnews.views.cards import Passed, having
from itnews.views.notices import notice_state
from itnews.views.values import HoursLost

_PLANNED = frozenset({"maintenance", "change"})
_ENDED = frozenset({"completed", "resolved"})


class _Outage(NamedTuple):
    """From *begins* to *ends* (UTC) a service was out of order."""

    begins: datetime
    ends: datetime
    is_planned: bool


def hours_lost(index: Index, cards: Iterable[Card], *, passed: Passed) -> tuple[HoursLost, ...]:
    """The years, newest first, in which outages of *cards*, which name one service, lay, with the minutes of each kind.

    Overlaps count once, as unplanned where one of them is. An outage of which nothing says when it ended has no length.
    """
    zone = index.calendar.zone
    outages = [one for one in _outages(index, cards, passed=passed) if one.begins < one.ends]
    unplanned = _merged(one for one in outages if not one.is_planned)
    everything = _merged(outages)
    minutes: dict[int, list[int]] = {}
    for column, spans in ((0, everything), (1, unplanned)):
        for begins, ends in spans:
            for year, seconds in _by_year(begins, ends, zone):
                minutes.setdefault(year, [0, 0])[column] += seconds
    return tuple(
        HoursLost(year, planned=(whole - broken) // 60, unplanned=broken // 60)
        for year, (whole, broken) in sorted(minutes.items(), reverse=True)
    )


def _outages(index: Index, cards: Iterable[Card], *, passed: Passed) -> Iterator[_Outage]:
    zone = index.calendar.zone
    for card, fields in having(cards, Notice):
        if fields.impact_level != "outage":
            continue
        begins, ends = begin(fields, card.date), _ended(card, fields, zone)
        state = notice_state(index, card, fields, passed=passed)
        if begins and ends and state in _ENDED:
            yield _Outage(begins.start(zone), ends, fields.notice_type in _PLANNED)


def _ended(card: Card, fields: Notice, zone: tzinfo) -> datetime | None:
    """The written end, or the moment at which it was resolved before; None where nothing says when it ended."""
    ends, said = end(fields, card.date, zone), resolved(fields, zone)
    known = [ends.end(zone)] if ends else []
    known += [said.start(zone)] if said else []
    return min(known, default=None)


def _merged(outages: Iterable[_Outage]) -> list[tuple[datetime, datetime]]:
    """The spans of *outages* in order, those that overlap or touch in one."""
    spans: list[tuple[datetime, datetime]] = []
    for begins, ends, _ in sorted(outages):
        if spans and begins <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(ends, spans[-1][1])
        else:
            spans.append((begins, ends))
    return spans


def _by_year(begins: datetime, ends: datetime, zone: tzinfo) -> Iterator[tuple[int, int]]:
    """The seconds of a span in each calendar year of *zone*."""
    while begins < ends:
        year = begins.astimezone(zone).year
        next_year = datetime(year + 1, 1, 1, tzinfo=zone).astimezone(UTC)
        until = min(ends, next_year)
        yield year, round((until - begins) / timedelta(seconds=1))
        begins = until
