"""What the front matter of a document should say, and how long it may be."""

from collections.abc import Iterator
from typing import cast

from itnews.checks.finding import Case, Finding
from itnews.model.article import declared
from itnews.model.common import Common
from itnews.model.fields.department import Department
from itnews.model.fields.project import Project
from itnews.model.worth import Benefit

TITLE = 80
"""Characters: a longer title is cut by feed readers, and wraps in every list."""

SUMMARY = 160
"""Characters: a longer summary is no longer read in a list."""

_SHORT = frozenset({"ask", "introduction", "person", "term"})
"""Kinds whose documents say in their other fields what a summary would."""

_GIVEN_UP = frozenset({"cancelled", "stopped"})


def title_long(fields: Common, case: Case) -> Iterator[Finding]:
    length = len(case.card.title)
    if length > TITLE:
        hint = f"say it in {TITLE} at most; the rest belongs in the summary"
        yield Finding(("title",), f"This title has {length} characters.", hint)


def summary_missing(fields: Common, case: Case) -> Iterator[Finding]:
    if not fields.summary and case.card.kind not in _SHORT:
        hint = "write `summary:` and, in one or two sentences, why a reader should care"
        yield Finding(("summary",), "There is no summary.", hint, subject="summary")


def summary_long(fields: Common, case: Case) -> Iterator[Finding]:
    length = len(fields.summary)
    if length > SUMMARY:
        hint = f"say in {SUMMARY} at most why a reader should care; the rest belongs in the text"
        yield Finding(("summary",), f"This summary has {length} characters.", hint)


def image_alt_missing(fields: Common, case: Case) -> Iterator[Finding]:
    if fields.image and not fields.image_alt:
        hint = "write `image_alt:` and what it shows, for those who do not see it"
        yield Finding(("image",), "Nothing says what this picture shows.", hint)


def owner_missing(fields: Project, case: Case) -> Iterator[Finding]:
    if not fields.owner and not _is_given_up(fields):
        hint = "write `owner:` and the person whom readers may ask"
        yield Finding(("owner",), "This project has no owner.", hint, subject="owner")


def outcome_missing(fields: Project, case: Case) -> Iterator[Finding]:
    if not fields.outcome and not _is_given_up(fields):
        hint = "write `outcome:` and the change that a user will notice"
        yield Finding(("outcome",), "This project has no outcome.", hint, subject="outcome")


def manager_missing(fields: Department, case: Case) -> Iterator[Finding]:
    if not fields.relationship_manager:
        hint = "write `relationship_manager:` and IT's one contact for it"
        message = "This department has no relationship manager."
        yield Finding(("relationship_manager",), message, hint, subject="manager")


def confirmation_missing(fields: Common, case: Case) -> Iterator[Finding]:
    for number, benefit in _benefits(fields):
        if benefit.stage == "confirmed" and not benefit.confirmed_by:
            hint = "write `confirmed_by:` and the business person; until then it counts as measured"
            loc = ("benefits", number, "stage")
            yield Finding(loc, "Nobody is named who confirms this benefit.", hint)


def baseline_missing(fields: Common, case: Case) -> Iterator[Finding]:
    for number, benefit in _benefits(fields):
        if benefit.baseline is None:
            hint = "write `baseline:` and the level before; without it nothing adds up"
            yield Finding(("benefits", number, "what"), "This benefit has no baseline.", hint)


def _is_given_up(fields: Project) -> bool:
    return not _GIVEN_UP.isdisjoint({fields.status, fields.horizon})


def _benefits(fields: Common) -> Iterator[tuple[int, Benefit]]:
    """The benefits that the document holds itself, with their positions; those of others are named only."""
    written = declared(fields, "benefits", cast("tuple[object, ...]", ()))
    for number, benefit in enumerate(written):
        if isinstance(benefit, Benefit):
            yield number, benefit
