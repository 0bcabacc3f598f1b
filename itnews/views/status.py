"""What a project's status is, who said so and when, and whether it still counts (CONTENT-MODEL "Stale")."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from itertools import pairwise

from itnews.model.article import Card
from itnews.model.fields.project import Project
from itnews.model.fields.update import Update
from itnews.model.history import Revision
from itnews.model.moment import Moment
from itnews.site.index import Calendar, Index
from itnews.views.cards import Passed, having
from itnews.views.slips import by_day
from itnews.views.values import StatusMark

CADENCE_DAYS: Mapping[str, int] = {"weekly": 7, "fortnightly": 14, "monthly": 31, "quarterly": 92}
"""How old a status of a cadence may be."""

RESTING = frozenset({"complete", "cancelled", "paused", "not-started"})
"""Nobody owes a confirmation of these."""

_OWN = 2  # the rank of what the project itself says

_AGES = 36_500  # days; whoever writes more means never, and the calendar ends in 9999


def statuses(
    project: Card,
    fields: Project,
    *,
    told: Iterable[Card],
    zone: tzinfo,
    revisions: Sequence[Revision] = (),
) -> tuple[StatusMark, ...]:
    """All that was said of the project's status, oldest first; the last mark is the status of today.

    *told* are the updates that state it, *revisions* what git tells of earlier versions of the project, which counts
    where nobody states the status of that day; `Relations.statuses` has the answer for every project.

    On one day the history comes first, then an update, then the project's own field: an update has to be newer to
    move it.
    """
    said = [one for one in revisions if one.status]
    marks = [
        *((0, StatusMark(past.date, past.status, project.path)) for past in fields.history),
        *(
            (1, StatusMark(card.date, update.status, card.path))
            for card, update in having(told, Update)
        ),
        (_OWN, StatusMark(_own_date(project, fields, said, zone), fields.status, project.path)),
    ]
    stated = sorted(
        ((rank, mark) for rank, mark in marks if mark.status), key=lambda each: _when(each, zone)
    )
    found = [mark for _, mark in stated]
    own = next((mark for rank, mark in stated if rank == _OWN), found[-1] if found else None)
    return tuple(_with_former(found, own, said, zone)) if own and said else tuple(found)


def _with_former(
    stated: Sequence[StatusMark], own: StatusMark, said: Iterable[Revision], zone: tzinfo
) -> Iterator[StatusMark]:
    """The marks that are *stated*, and between them those of *said* that are older than *own*, the project's own.

    So what git tells is never what holds today: there may be changes that were not committed yet. Those have no day,
    and come last.
    """
    days = {mark.date.day_in(zone) for mark in stated if mark.date}
    former = [
        StatusMark(Moment(day.isoformat()), one.status, own.path)
        for day, one in by_day(said, zone).items()
        if day not in days and (own.date is None or day < own.date.day_in(zone))
    ]
    before, committed = "", frozenset(former)

    def place(mark: StatusMark) -> tuple[bool, float]:
        return mark is own and mark.date is None, _instant(mark, zone)

    for mark in sorted([*stated, *former], key=place):
        if mark not in committed or mark.status != before:
            yield mark
        before = mark.status


def unconfirmed_since(
    marks: Sequence[StatusMark], fields: Project, *, calendar: Calendar, passed: Passed
) -> Moment | None:
    """When the status was last confirmed, if that is longer ago than its cadence allows, else None.

    *marks* are what `statuses` answers. A status of unknown age is not called stale: `check` asks for its date.
    """
    if not marks or marks[-1].status in RESTING or marks[-1].date is None:
        return None
    told = marks[-1].date
    cadence = fields.cadence or calendar.cadence_default
    days = CADENCE_DAYS.get(cadence, calendar.stale_after)
    return told if is_older(told, days, zone=calendar.zone, passed=passed) else None


def is_older(moment: Moment, days: int, *, zone: tzinfo, passed: Passed) -> bool:
    """Whether the day of *moment* in *zone* lies more than so many *days* back."""
    span = timedelta(min(days, _AGES))
    last = min(moment.day_in(zone), date.max - span) + span
    return passed(Moment(last.isoformat()).end(zone))


def status_reason(index: Index, fields: Project, mark: StatusMark) -> str:
    """Why the status is what *mark* says, in the words of the document that says so."""
    told = index.cards[mark.path].fields
    return told.status_reason if isinstance(told, Update) else fields.status_reason


def _own_date(
    project: Card, fields: Project, said: Sequence[Revision], zone: tzinfo
) -> Moment | None:
    """The day of the project's own status, None if nobody knows it; *said*: what git tells of it."""
    if fields.status_as_of:
        return fields.status_as_of
    # The field is at least as new as the last of the history that was written below it, and as its last change.
    changed = [_day(one, zone) for one in _changes(said)]
    dated = [project.date, fields.updated, *changed, *(past.date for past in fields.history)]
    last = max((day for day in dated if day), key=lambda day: day.sort_key(zone), default=None)
    if said and said[-1].status != fields.status:  # not committed yet
        is_newer = last and last.day_in(zone) > said[-1].date.day_in(zone)
        return last if is_newer else None
    return last or (_day(said[0], zone) if said else None)


def _changes(said: Sequence[Revision]) -> Iterator[Revision]:
    """Those of *said* by which the status became another."""
    yield from (one for one in said[:1] if one.is_change)
    yield from (one for before, one in pairwise(said) if one.status != before.status)


def _day(revision: Revision, zone: tzinfo) -> Moment:
    return Moment(revision.date.day_in(zone).isoformat())


def _when(ranked: tuple[int, StatusMark], zone: tzinfo) -> tuple[float, int, str]:
    rank, mark = ranked
    return _instant(mark, zone), rank, str(mark.path)


def _instant(mark: StatusMark, zone: tzinfo) -> float:
    return mark.date.sort_key(zone).timestamp() if mark.date else float("-inf")
