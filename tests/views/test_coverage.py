"""Coverage: what IT owes its readers."""

from datetime import date

from itnews.model.article import Card
from itnews.views.coverage import coverage
from tests.views.cards import at, card, index_of


def gaps(*cards: Card, day: str = "2026-11-28") -> list[tuple[str, str, str]]:
    index = index_of(*cards)
    found = coverage(index, passed=at(day), today=date.fromisoformat(day))
    return [(one.path.stem, one.gap, str(one.since or "never")) for one in found]


def test_a_department_is_addressed_by_news_of_the_last_quarter() -> None:
    finance = card("department", "finance")
    news = card("update", "news", date="2026-08-28", departments=["finance"])
    assert gaps(finance) == [("finance", "not-addressed", "never")]
    assert gaps(finance, news) == []
    assert gaps(finance, news, day="2026-11-29") == [("finance", "not-addressed", "2026-08-28")]


def test_a_page_without_a_date_and_what_is_for_everyone_address_nobody() -> None:
    finance = card("department", "finance")
    page = card("page", "money", departments=["finance"])
    everyone = card("update", "all", date="2026-11-20")
    assert gaps(finance, page, everyone) == [("finance", "not-addressed", "never")]


def test_news_of_a_project_is_news_of_its_goal() -> None:
    goal = card("goal", "faster")
    project = card("project", "phones", horizon="later", goals=["faster"])
    news = card("update", "news", date="2026-11-01", project="phones")
    assert gaps(goal, project) == [("faster", "without-news", "never")]
    assert gaps(goal, project, news) == []


def test_a_status_is_confirmed_as_often_as_its_cadence_asks() -> None:
    whole = {"horizon": "now", "status": "on-track", "cadence": "monthly"}
    late = card("project", "late", status_as_of="2026-10-01", **whole)
    never = card("project", "never", horizon="next")
    later = card("project", "later", horizon="later")
    done = card("project", "done", horizon="done")
    assert gaps(late, never, later, done) == [
        ("late", "cadence-broken", "2026-10-01"),
        ("never", "not-confirmed", "never"),
    ]


def test_a_review_is_overdue_on_the_day_after() -> None:
    page = card("page", "money", review_by="2026-11-27")
    assert gaps(page) == [("money", "review-overdue", "2026-11-27")]
    assert gaps(page, day="2026-11-27") == []
