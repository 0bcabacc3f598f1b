"""Whether what a document says still holds: statuses, their reasons, and the day on which to look again."""

from collections.abc import Iterator

from itnews.checks.finding import Case, Finding
from itnews.model.common import Common
from itnews.model.fields.project import Project
from itnews.model.fields.update import Update

_TROUBLED = frozenset({"at-risk", "off-track"})
_REASON = "write `status_reason:` and why, in words that its users understand"


def review_overdue(fields: Common, case: Case) -> Iterator[Finding]:
    by = fields.review_by
    if by and case.passed(by.end(case.zone)):
        message = f"This was to be looked at again by {by.day.isoformat()}."
        hint = "look through it, then write a later `review_by:`, or an `expires:`"
        yield Finding(("review_by",), message, hint)


def update_reason_missing(fields: Update, case: Case) -> Iterator[Finding]:
    if fields.status in _TROUBLED and not fields.status_reason:
        yield Finding(("status",), f"Nothing says why the project is {fields.status}.", _REASON)


def project_reason_missing(fields: Project, case: Case) -> Iterator[Finding]:
    """Of a status that an update states, the update is asked for the reason."""
    view = case.project
    if view and _is_its_own(view.item.status, fields) and not view.status_reason:
        yield Finding(("status",), f"Nothing says why it is {fields.status}.", _REASON)


def recovery_missing(fields: Project, case: Case) -> Iterator[Finding]:
    view = case.project
    if view and view.item.status in _TROUBLED and fields.recovery is None:
        loc = "status" if fields.status else "title"
        message = f"The project is {view.item.status}, and nothing says how it gets back on track."
        hint = "write `recovery:` with `what:`, `by:` and `owner:`"
        yield Finding((loc,), message, hint)


def status_stale(fields: Project, case: Case) -> Iterator[Finding]:
    since = case.project.item.unconfirmed_since if case.project else None
    if since:
        loc = "status_as_of" if fields.status_as_of else "status" if fields.status else "title"
        message = f"The status was last confirmed on {since.day.isoformat()}."
        hint = "write `status_as_of:` and the day on which it was confirmed, or an update that states it"
        yield Finding((loc,), message, hint)


def status_undated(fields: Project, case: Case) -> Iterator[Finding]:
    marks = case.project.statuses if case.project else ()
    if marks and marks[-1].date is None and fields.status:
        hint = "write `status_as_of:` and the day on which it was so; without it nobody sees it grow old"
        yield Finding(("status",), "Nothing says on which day the status was this.", hint)


def _is_its_own(status: str, fields: Project) -> bool:
    return status in _TROUBLED and fields.status == status
