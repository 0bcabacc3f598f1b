"""What readers count on: that a change is announced in time and at a good time, and that an ask gets its answer."""

from collections.abc import Iterator
from datetime import datetime

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
_TO_COME = frozenset({"scheduled", "tentative"})
_REFUSED = frozenset({"not-now", "declined"})


def notice_short(fields: Notice, case: Case) -> Iterator[Finding]:
    """Said until it begins: afterwards nobody can do anything about it."""
    begins = _coming(case, _UNPLANNED)
    wanted = case.notice_days.get(fields.impact_level)
    announced = fields.publish_at or case.card.date
    if begins is None or wanted is None or announced is None:
        return
    days = max((begins.day_in(case.zone) - announced.day_in(case.zone)).days, 0)
    if days < wanted:
        asked = f"{counted(wanted, 'day')} (`notice_days`, {fields.impact_level})"
        message = f"This is announced {counted(days, 'day')} ahead; the settings ask for {asked}."
        hint = "choose a later time, or agree it with those whom it concerns"
        yield Finding(("starts",), message, hint)


def notice_clash(fields: Notice, case: Case) -> Iterator[Finding]:
    """Said until it begins, once for each blackout."""
    begins = _coming(case, _NO_CHANGE)
    if begins is None:
        return
    span = _span(begins, case)
    for closed in case.closed:
        blackout = closed.blackout
        if span[0] < blackout.ends.end(case.zone) and blackout.starts.start(case.zone) < span[1]:
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


def _coming(case: Case, others: frozenset[str]) -> Moment | None:
    """When the notice begins, if it is of something that shall happen and has not begun; not of the types *others*."""
    notice = case.notice
    if notice is None or notice.starts is None or notice.notice_type in others:
        return None
    if notice.state not in _TO_COME or case.passed(notice.starts.start(case.zone)):
        return None
    return notice.starts


def _span(begins: Moment, case: Case) -> tuple[datetime, datetime]:
    """From when to when it takes; what has no end takes its day."""
    ends = case.notice.ends if case.notice else None
    last = ends or Moment(begins.day_in(case.zone).isoformat())
    return begins.start(case.zone), last.end(case.zone)


def _clash(closed: Closed) -> str:
    blackout = closed.blackout
    days = f"{blackout.starts.day.isoformat()} to {blackout.ends.day.isoformat()}"
    why = f", {blackout.why}" if blackout.why else ""
    return f"This lies in a blackout of {closed.department} ({days}{why})."
