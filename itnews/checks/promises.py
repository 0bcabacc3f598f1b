"""What readers count on: that a change is announced in time and at a good time, and that an ask gets its answer."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from itnews.checks.finding import Case, Closed, Finding
from itnews.model.fields.ask import Ask
from itnews.model.fields.notice import Notice
from itnews.model.fields.term import Term
from itnews.model.moment import Moment
from itnews.views.status import is_older
from itnews.words import counted

PLAIN = 25
"""Words: a longer explanation is none."""

_UNPLANNED = frozenset({"incident"})
_NO_CHANGE = _UNPLANNED | {"freeze"}
_REFUSED = frozenset({"not-now", "declined"})

Instants = tuple[datetime, datetime]


def notice_short(fields: Notice, case: Case) -> Iterator[Finding]:
    """Said until it begins: afterwards nobody can do anything about it."""
    wanted = case.notice_days.get(fields.impact_level)
    announced = fields.publish_at or case.card.date
    if wanted is None or announced is None or not _is_to_come(fields, case, _UNPLANNED):
        return
    begin = fields.starts or announced
    days = max((begin.day_in(case.zone) - announced.day_in(case.zone)).days, 0)
    if days < wanted:
        asked = (
            f"the settings ask for {counted(wanted, 'day')} (`notice_days`, {fields.impact_level})"
        )
        message = f"This is announced {counted(days, 'day')} ahead; {asked}."
        hint = "choose a later time, or agree it with those whom it concerns"
        yield Finding(("starts",), message, hint)


def notice_clash(fields: Notice, case: Case) -> Iterator[Finding]:
    """Said until it begins, once for each blackout."""
    if fields.starts is None or not _is_to_come(fields, case, _NO_CHANGE):
        return
    span = _span(fields, fields.starts, case.zone)
    for closed in case.closed:
        if _overlap(span, _closed(closed, case.zone)):
            hint = "agree it with them, or choose another time"
            yield Finding(("starts",), _clash(closed), hint)


def ask_unanswered(fields: Ask, case: Case) -> Iterator[Finding]:
    asked = fields.asked_on or case.card.date
    if fields.answer or fields.state == "done" or asked is None:
        return
    if is_older(asked, case.stale_after, zone=case.zone, passed=case.passed):
        loc = ("asked_on",) if fields.asked_on else ("date",)
        message = f"This was asked on {asked.day.isoformat()}, and there is no answer."
        yield Finding(loc, message, "write `answer:`, if only what happens next and when")


def answer_why_missing(fields: Ask, case: Case) -> Iterator[Finding]:
    if fields.state in _REFUSED and not fields.answer_why:
        hint = "write `answer_why:` and the reason, in words that those who asked understand"
        yield Finding(("state",), "Nothing says why the answer is no.", hint)


def plain_long(fields: Term, case: Case) -> Iterator[Finding]:
    words = len(fields.plain.split())
    if words > PLAIN:
        hint = f"explain it in {PLAIN} words at most; the rest belongs in the text"
        yield Finding(("plain",), f"This plain meaning has {words} words.", hint)


def _is_to_come(fields: Notice, case: Case, others: frozenset[str]) -> bool:
    """Whether the notice is of something that is meant to happen and has not begun; *others* are types that are not."""
    if fields.starts is None or fields.notice_type in others or fields.certainty == "cancelled":
        return False
    return not case.passed(fields.starts.start(case.zone))


def _span(fields: Notice, starts: Moment, zone: ZoneInfo) -> Instants:
    ends = fields.duration.after(starts, zone) if fields.duration else fields.ends or starts
    return starts.start(zone), ends.end(zone)


def _closed(closed: Closed, zone: ZoneInfo) -> Instants:
    return closed.blackout.starts.start(zone), closed.blackout.ends.end(zone)


def _overlap(span: Instants, other: Instants) -> bool:
    """Whether two spans share a moment; a span may be an instant, which has no length."""
    begin, end = span
    return begin < other[1] and (end > other[0] or begin >= other[0])


def _clash(closed: Closed) -> str:
    blackout = closed.blackout
    days = f"{blackout.starts.day.isoformat()} to {blackout.ends.day.isoformat()}"
    why = f", {blackout.why}" if blackout.why else ""
    return f"This lies in a blackout of {closed.department} ({days}{why})."
