"""The rules of editorial policy, in one table: the code of each, whom it concerns, and the function that finds it."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec import Struct

from itnews.checks import freshness, metadata, promises, times
from itnews.checks.finding import Case, Finding
from itnews.model.common import Common
from itnews.model.fields.ask import Ask
from itnews.model.fields.department import Department
from itnews.model.fields.notice import Notice
from itnews.model.fields.project import Project
from itnews.model.fields.term import Term
from itnews.model.fields.update import Update

F = TypeVar("F", bound=Common)


class Rule(Struct, frozen=True):
    """A rule: *code* names what it finds (docs/problems.md)."""

    code: str
    find: Callable[[Case], Iterator[Finding]]


def rule(code: str, model: type[F], find: Callable[[F, Case], Iterator[Finding]]) -> Rule:
    """A rule for the documents whose kind has the fields of *model*; others are not asked."""

    def found(case: Case) -> Iterator[Finding]:
        fields = case.card.fields
        if isinstance(fields, model):
            yield from find(fields, case)

    return Rule(code, found)


RULES: tuple[Rule, ...] = (
    rule("title-long", Common, metadata.title_long),
    rule("summary-missing", Common, metadata.summary_missing),
    rule("summary-long", Common, metadata.summary_long),
    rule("image-alt-missing", Common, metadata.image_alt_missing),
    rule("review-overdue", Common, freshness.review_overdue),
    rule("confirmation-missing", Common, metadata.confirmation_missing),
    rule("baseline-missing", Common, metadata.baseline_missing),
    rule("owner-missing", Project, metadata.owner_missing),
    rule("outcome-missing", Project, metadata.outcome_missing),
    rule("reason-missing", Project, freshness.project_reason_missing),
    rule("reason-missing", Update, freshness.update_reason_missing),
    rule("recovery-missing", Project, freshness.recovery_missing),
    rule("status-stale", Project, freshness.status_stale),
    rule("status-undated", Project, freshness.status_undated),
    rule("manager-missing", Department, metadata.manager_missing),
    rule("notice-short", Notice, promises.notice_short),
    rule("notice-clash", Notice, promises.notice_clash),
    rule("ask-unanswered", Ask, promises.ask_unanswered),
    rule("answer-why-missing", Ask, promises.answer_why_missing),
    rule("start-missing", Notice, times.start_missing),
    rule("cancellation-undated", Notice, times.cancellation_undated),
    rule("timeline-after-end", Notice, times.timeline_after_end),
    rule("answer-undated", Ask, times.answer_undated),
    rule("ask-disordered", Ask, times.ask_disordered),
    rule("clock-change", Common, times.clock_change),
    rule("plain-long", Term, promises.plain_long),
)


def findings(case: Case) -> Iterator[tuple[str, Finding]]:
    """All that the rules find in *case*, each with its code."""
    for one in RULES:
        yield from ((one.code, finding) for finding in one.find(case))
