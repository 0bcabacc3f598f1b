"""What a project's status is, who said so and when, and whether it still counts (CONTENT-MODEL "Stale")."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from itnews.model.article import Card
from itnews.model.fields.project import Project
from itnews.model.fields.update import Update
from itnews.model.moment import Moment
from itnews.site.index import Calendar, Index
from itnews.views.cards import Passed, having
from itnews.views.values import StatusMark

CADENCE_DAYS: Mapping[str, int] = {"weekly": 7, "fortnightly": 14, "monthly": 31, "quarterly": 92}
"""How old a status of a cadence may be."""

RESTING = frozenset({"complete", "cancelled", "paused", "not-started"})
"""Nobody owes a confirmation of these."""

_AGES = 36_500  # days; whoever writes more means never, and the calendar ends in 9999


def statuses(
    project: Card, fields: Project, *, told: Iterable[Card], zone: tzinfo
) -> tuple[StatusMark, ...]:
    """All that was said of the project's status, oldest first; the last mark is the status of today.

    *told* are the updates that state it; `Relations.statuses` has the answer for every project.

    On one day the history comes first, then an update, then the project's own field: an update has to be newer to
    move it.
    """
    marks = [
        *((0, StatusMark(past.date, past.status, project.path)) for past in fields.history),
        *(
            (1, StatusMark(card.date, update.status, card.path))
            for card, update in having(told, Update)
        ),
        (2, StatusMark(_own_date(project, fields, zone), fields.status, project.path)),
    ]
    stated = [(rank, mark) for rank, mark in marks if mark.status]
    return tuple(mark for _, mark in sorted(stated, key=lambda each: _when(each, zone)))


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


def _own_date(project: Card, fields: Project, zone: tzinfo) -> Moment | None:
    if fields.status_as_of:
        return fields.status_as_of
    # The field is at least as new as the last of the history that was written below it.
    dated = [project.date, fields.updated, *(past.date for past in fields.history)]
    return max((day for day in dated if day), key=lambda day: day.sort_key(zone), default=None)


def _when(ranked: tuple[int, StatusMark], zone: tzinfo) -> tuple[float, int, str]:
    rank, mark = ranked
    instant = mark.date.sort_key(zone).timestamp() if mark.date else float("-inf")
    return instant, rank, str(mark.path)
