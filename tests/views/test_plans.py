"""What a project's plan was on each day on which it changed."""

from collections.abc import Mapping
from datetime import UTC, datetime

from itnews.model.fields.project import Project
from itnews.model.history import Revision
from itnews.views.plans import plans
from tests.views.cards import ZONE


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def told(fields: Mapping[str, object], *revisions: Revision) -> list[tuple[str, str, str, str]]:
    project = Project.model_validate({"title": "P", **fields})
    return [
        (str(plan.date or "now"), str(plan.target or ""), plan.horizon, plan.confidence)
        for plan in plans(project, revisions, ZONE)
    ]


def test_each_change_of_target_horizon_and_confidence_has_its_day() -> None:
    history = [
        {"date": "2025-06-16", "target": "2025-12", "horizon": "next", "confidence": "high"},
        {"date": "2025-12-08", "target": "2026-03", "confidence": "medium"},
        {"date": "2026-01-10", "horizon": "now"},
    ]
    now = {"target": "2026-03", "horizon": "now", "confidence": "medium"}
    assert told({**now, "history": history}) == [
        ("2025-06-16", "2025-12", "next", "high"),
        ("2025-12-08", "2026-03", "next", "medium"),
        ("2026-01-10", "2026-03", "now", "medium"),
    ]


def test_what_the_project_says_now_has_no_day_unless_somebody_told_it() -> None:
    history = [{"date": "2025-06-16", "target": "2025-12"}]
    assert told({"target": "2026-03", "history": history}) == [
        ("2025-06-16", "2025-12", "", ""),
        ("now", "2026-03", "", ""),
    ]


def test_git_tells_the_days_that_the_history_does_not_name() -> None:
    history = [{"date": "2026-02-01", "target": "2026-Q3"}]
    revisions = (
        Revision(at("2026-01-05 09:00"), is_change=False, period="2026-Q2", horizon="next"),
        Revision(at("2026-02-01 08:00"), is_change=True, period="2026-Q4", confidence="low"),
        Revision(at("2026-03-01 08:00"), is_change=True, horizon="now"),
    )
    fields = {"target": "2026-Q3", "horizon": "now", "confidence": "low", "history": history}
    assert told(fields, *revisions) == [
        ("2026-01-05", "2026-Q2", "next", ""),
        ("2026-02-01", "2026-Q3", "next", "low"),  # the day's target as the history has it
        ("2026-03-01", "2026-Q3", "now", "low"),
    ]


def test_a_target_that_was_taken_back_is_none_now() -> None:
    history = [{"date": "2025-06-16", "target": "2025-12", "horizon": "now"}]
    assert told({"horizon": "later", "history": history}) == [
        ("2025-06-16", "2025-12", "now", ""),
        ("now", "", "later", ""),
    ]


def test_what_is_put_off_without_a_date_has_none_from_that_day_on() -> None:
    history = [
        {"date": "2025-06-16", "target": "2025-12", "horizon": "now"},
        {"date": "2025-09-01", "horizon": "later"},
    ]
    assert told({"horizon": "later", "history": history}) == [
        ("2025-06-16", "2025-12", "now", ""),
        ("2025-09-01", "", "later", ""),
    ]


def test_what_is_confirmed_is_no_change() -> None:
    history = [{"date": f"2026-0{month}-01", "target": "2026-Q4"} for month in (1, 2, 3)]
    assert told({"target": "2026-Q4", "history": history}) == [("2026-01-01", "2026-Q4", "", "")]


def test_a_project_that_says_nothing_has_no_plan() -> None:
    assert told({}) == []
