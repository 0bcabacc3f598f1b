"""What lies ahead, and a department's next ninety days."""

from datetime import date, timedelta

import pytest

from itnews.views.coming import calendar_view, coming, next_days
from itnews.views.roadmap import project_item
from tests.views.cards import at, card, index_of, path_of

TODAY = date(2026, 11, 28)


def days(*cards: object, today: date = TODAY) -> list[tuple[str, str]]:
    index = index_of(*cards)  # type: ignore[arg-type]
    return [(one.occasion, one.on.isoformat()) for one in coming(index, index.listed, today=today)]


def test_everything_that_has_a_day_is_in_the_calendar() -> None:
    project = card(
        "project",
        "phones",
        horizon="now",
        target="2027-Q1",
        milestones=[
            {"name": "Order", "due": "2026-12-01"},
            {"name": "Done long ago", "due": "2026-12-02", "done": "2026-11-01"},
        ],
        training=[{"what": "How to sign in", "date": "2026-12-03 09:00"}],
        action={"what": "Name who needs one", "by": "2026-12-04"},
    )
    department = card("department", "finance", next_meeting="2026-12-05")
    notice = card("notice", "off", date="2026-11-20", starts="2026-12-06 08:00", duration="2h")
    freeze = card("notice", "still", date="2026-11-20", starts="2026-12-07", notice_type="freeze")
    asked = card("consultation", "hours", closes="2026-12-08")
    assert days(project, department, notice, freeze, asked) == [
        ("milestone", "2026-12-01"),
        ("training", "2026-12-03"),
        ("action", "2026-12-04"),
        ("meeting", "2026-12-05"),
        ("notice", "2026-12-06"),
        ("freeze", "2026-12-07"),
        ("consultation", "2026-12-08"),
        ("target", "2027-03-31"),
    ]


def test_what_is_off_done_or_over_is_not() -> None:
    off = card("notice", "off", date="2026-11-20", starts="2026-12-06", certainty="cancelled")
    old = card("notice", "old", date="2026-11-20", starts="2026-12-06")
    new = card("notice", "new", date="2026-11-21", starts="2026-12-09", supersedes="old")
    done = card("project", "done", horizon="done", target="2026-12", milestones=[])
    heard = card("consultation", "heard", closes="2026-12-10", outcome="We keep it.")
    past = card("consultation", "past", closes="2026-11-27")
    assert days(off, old, new, done, heard, past) == [("notice", "2026-12-09")]


def test_what_an_update_ended_has_nothing_to_come_and_is_not_overdue() -> None:
    rosters = card("project", "rosters", horizon="now", status="on-track", target="2026-10",
                   milestones=[{"name": "Open", "due": "2026-12-01"}])  # fmt: skip
    index = index_of(
        rosters, card("update", "done", date="2026-11-01", project="rosters", status="complete")
    )
    assert coming(index, index.listed, today=TODAY) == ()
    assert not project_item(index, rosters, passed=at("2026-11-28")).is_overdue
    assert project_item(index_of(rosters), rosters, passed=at("2026-11-28")).is_overdue


def test_the_calendar_tells_what_is_going_on_until_its_end() -> None:
    digging = card("notice", "digging", date="2026-11-01", starts="2026-11-23", ends="2026-12-17")
    freeze = card("notice", "freeze", date="2026-11-01", starts="2026-11-20", ends="2026-11-28")
    over = card("notice", "over", date="2026-11-01", starts="2026-11-20", ends="2026-11-27")
    off = card("notice", "off", date="2026-11-01", starts="2026-11-20", ends="2026-12-27",
               certainty="cancelled")  # fmt: skip
    view = calendar_view(index_of(digging, freeze, over, off), today=TODAY)
    assert [item.path.stem for item in view.running] == ["freeze", "digging"]
    assert view.months == ()


def test_the_last_day_to_influence_a_plan_is_in_the_calendar_but_no_departments_ninety_days() -> (
    None
):
    plan = card("roadmap", "plan", input_until="2026-12-18", departments=["finance"])
    department = card("department", "finance")
    index = index_of(plan, department)
    assert [one.occasion for one in coming(index, index.listed, today=TODAY)] == ["input"]
    assert next_days(index, department.path, (plan,), today=TODAY) == ()


@pytest.mark.parametrize(("ahead", "is_shown"), [(0, True), (90, True), (91, False), (-1, False)])
def test_day_ninety_is_one_of_the_next_ninety(ahead: int, is_shown: bool) -> None:
    day = TODAY + timedelta(days=ahead)
    department = card("department", "finance", next_meeting=day.isoformat())
    found = next_days(index_of(department), department.path, (), today=TODAY)
    assert [one.on for one in found] == [day] * is_shown


def test_a_year_ends_with_its_last_fiscal_day() -> None:
    """The fiscal year of the site begins in April."""
    project = card("project", "phones", horizon="next", target="FY27")
    assert days(project) == [("target", "2027-03-31")]
    assert days(project, today=date(2027, 4, 1)) == []


def test_the_calendar_has_a_part_for_each_month() -> None:
    department = card("department", "finance", next_meeting="2027-01-05")
    notice = card("notice", "off", date="2026-11-20", starts="2026-12-31 23:30+00:00")
    view = calendar_view(index_of(department, notice), today=TODAY)
    # In Berlin it is January when it begins.
    assert [(str(month.month), len(month.items)) for month in view.months] == [("2027-01", 2)]
    assert view.months[0].items[0].path == path_of("notice", "off")
