"""Whether moments that readers and figures go by are there, stand in order, and mean one instant."""

from collections.abc import Iterator

from itnews.checks.finding import Case, Finding
from itnews.model.common import Common
from itnews.model.fields.ask import Ask
from itnews.model.fields.consultation import Consultation
from itnews.model.fields.notice import Notice
from itnews.model.moment import Moment
from itnews.model.references import Location
from itnews.site.spans import end, last_entry

_AT_ANY_TIME = frozenset({"incident", "security"})
"""Types of notices that may tell of something without a beginning."""


def start_missing(fields: Notice, case: Case) -> Iterator[Finding]:
    if fields.starts or fields.notice_type in _AT_ANY_TIME or fields.certainty == "cancelled":
        return
    loc = next((name for name in ("ends", "duration") if getattr(fields, name)), "title")
    hint = "write `starts:` and the day, or the day and the time"
    yield Finding((loc,), "Nothing says when this begins: it stays among what is coming.", hint)


def cancellation_undated(fields: Notice, case: Case) -> Iterator[Finding]:
    if fields.certainty == "cancelled" and fields.updated is None:
        message = "Nothing says when this was cancelled: feeds date that as the notice itself."
        yield Finding(("certainty",), message, "write `updated:` and the day on which it was")


def timeline_after_end(fields: Notice, case: Case) -> Iterator[Finding]:
    """Of an incident that goes on, as its timeline has it, after the moment at which it is shown as resolved."""
    last, ends = last_entry(fields, case.zone), end(fields, case.card.date, case.zone)
    if fields.notice_type != "incident" or last is None or ends is None:
        return
    if last.state != "resolved" and last.at.start(case.zone) >= ends.end(case.zone):
        message = "The timeline goes on after the end, from which on this is shown as resolved."
        hint = "correct the end, or close the timeline with `state: resolved`"
        yield Finding(("timeline", fields.timeline.index(last), "at"), message, hint)


def answer_undated(fields: Ask, case: Case) -> Iterator[Finding]:
    if fields.answer and fields.answered_on is None:
        message = (
            "Nothing says when this was answered: no feed tells of it, and no days are counted."
        )
        yield Finding(("answer",), message, "write `answered_on:` and the day of the first answer")


def ask_disordered(fields: Ask, case: Case) -> Iterator[Finding]:
    """Of days that cannot be, and would be left out of the figures without a word."""
    asked = fields.asked_on or case.card.date
    later = {"answered_on": fields.answered_on, "done_on": fields.done_on}
    for name, moment in {**later, "accepted_on": fields.accepted_on}.items():
        if moment is None:
            continue
        if asked and moment.precedes(asked):
            message = f"This lies before the day on which it was asked, {asked.day.isoformat()}."
            yield Finding((name,), message, "correct the one or the other")
        elif not case.passed(moment.start(case.zone)):
            yield Finding((name,), "This has yet to come.", "write it when it has happened")


def clock_change(fields: Common, case: Case) -> Iterator[Finding]:
    """Of times that a change of the clocks skips, or lets come twice."""
    for loc, moment in _exact(fields):
        change = moment.clock_change(case.zone)
        if change:
            clock = f"{moment.clock:%H:%M}"
            message = f"On this day the clocks change, and {clock} {_CHANGES[change]}."
            yield Finding(loc, message, "write another time, or the offset from UTC behind it")


_CHANGES = {"skipped": "does not exist", "repeated": "comes twice"}


def _exact(fields: Common) -> Iterator[tuple[Location, Moment]]:
    """The moments in *fields* at which something begins or ends for readers."""
    named = dict[str, Moment | None]()
    if isinstance(fields, Notice):
        named = {"starts": fields.starts, "ends": fields.ends}
        yield from ((("timeline", n, "at"), one.at) for n, one in enumerate(fields.timeline))
    if isinstance(fields, Consultation):
        named = {"opens": fields.opens, "closes": fields.closes}
    if fields.action:
        yield from [(("action", "by"), fields.action.by)] if fields.action.by else []
    yield from (((name,), moment) for name, moment in named.items() if moment)
