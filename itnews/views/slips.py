"""How often a promised target moved (CONTENT-MODEL "Slips")."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, tzinfo
from itertools import pairwise

from msgspec import Struct

from itnews.model.fields.project import Project, Promise
from itnews.model.history import Revision
from itnews.model.period import Period
from itnews.site.index import Calendar


class Slips(Struct, frozen=True):
    """The promised *targets* in order, the current one last; how many went later, how many came earlier.

    *days* lie between the end of the first and that of the last; below 0 if it came earlier.
    """

    targets: tuple[Period, ...]
    moved: int
    brought_forward: int
    days: int


def slips(fields: Project, calendar: Calendar, revisions: Sequence[Revision] = ()) -> Slips:
    """The promises of a project's history, by their dates, and its current target if it differs from the last.

    *revisions* are what git tells beside them: what a day ended with, where the history has no promise of that day.
    """
    targets = tuple(_promised(fields, revisions, calendar.zone))
    moves = [_direction(old, new, calendar.fiscal_year_start) for old, new in pairwise(targets)]
    ends = [target.last(calendar.fiscal_year_start) for target in targets]
    days = (ends[-1] - ends[0]).days if ends else 0
    return Slips(targets, moved=moves.count(1), brought_forward=moves.count(-1), days=days)


def _promised(fields: Project, revisions: Sequence[Revision], zone: tzinfo) -> Iterator[Period]:
    before = None
    past = promises(fields, revisions, zone)
    for target in (*(one.target for one in past), fields.target):
        if target is not None and target != before:
            yield target
            before = target


def promises(
    fields: Project, revisions: Iterable[Revision], zone: tzinfo
) -> list[Promise | Revision]:
    """What was promised of a project's target, by date."""
    return told(lambda past: past.target, fields, revisions, zone)


def told(
    part: Callable[[Promise | Revision], object],
    fields: Project,
    revisions: Iterable[Revision],
    zone: tzinfo,
) -> list[Promise | Revision]:
    """What was said of *part* of a plan, by date: in its history, and in git on days that the history does not name."""
    written = [past for past in fields.history if part(past)]
    days = {past.date.day_in(zone) for past in written}
    committed = by_day((one for one in revisions if part(one)), zone)
    found: list[Promise | Revision] = [
        *written,
        *(one for day, one in committed.items() if day not in days),
    ]
    return sorted(found, key=lambda past: past.date.sort_key(zone))


def by_day(revisions: Iterable[Revision], zone: tzinfo) -> dict[date, Revision]:
    """The last of *revisions*, which are in order, of each day in *zone*: what was put right that day was not said."""
    return {one.date.day_in(zone): one for one in revisions}


def _direction(old: Period, new: Period, fiscal_year_start: int) -> int:
    """1 if *new* ends later than *old*, -1 if it ends earlier, 0 if it ends with it or says the same more precisely."""
    old_end, new_end = old.last(fiscal_year_start), new.last(fiscal_year_start)
    if new_end > old_end:
        return 1
    inside = new.first(fiscal_year_start) >= old.first(fiscal_year_start)
    return 0 if inside or new_end == old_end else -1
