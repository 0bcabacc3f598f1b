"""What changed since a month began."""

from datetime import date

from itnews.model.period import Period
from itnews.views.since import months_view, since_view
from tests.views.cards import at, card, index_of

NOW = at("2026-11-28")


def test_the_current_month_and_eleven_before_have_a_page() -> None:
    months = [str(month) for month in months_view(today=date(2026, 2, 1)).months]
    assert months[:3] == ["2026-02", "2026-01", "2025-12"]
    assert (len(months), months[-1]) == (12, "2025-03")


def test_documents_of_the_month_and_later_are_told_by_month() -> None:
    before = card("update", "before", date="2026-08-31 23:30")
    first = card("update", "first", date="2026-09-01")
    last = card("accomplishment", "last", date="2026-11-05")
    gone = card("update", "gone", date="2026-10-10")
    undated = card("page", "about")
    index = index_of(before, first, last, undated, expired=[gone])
    view = since_view(index, "2026-09", passed=NOW)
    assert [(str(month.month), month.paths) for month in view.months] == [
        ("2026-11", (last.path,)),
        ("2026-09", (first.path,)),
    ]
    assert view.more == 0


def test_a_project_is_told_as_it_stood_and_as_it_stands() -> None:
    moved = card(
        "project",
        "moved",
        status="at-risk",
        status_as_of="2026-10-01",
        target="2027-Q1",
        history=[
            {"date": "2026-03-01", "target": "2026-Q3", "status": "on-track"},
            {"date": "2026-08-15", "target": "2026-Q4"},
            {"date": "2026-10-01", "target": "2027-Q1"},
        ],
    )
    same = card(
        "project",
        "same",
        status="on-track",
        status_as_of="2026-11-01",
        history=[{"date": "2026-03-01", "status": "on-track"}],
    )
    unknown = card("project", "unknown", status="on-track", status_as_of="2026-11-01")
    new = card("project", "new", date="2026-09-15")
    view = since_view(index_of(moved, same, unknown, new), "2026-09", passed=NOW)
    told = [
        (change.item.path.stem, change.is_new, change.status_before, change.target_before)
        for change in view.projects
    ]
    assert told == [
        ("moved", False, "on-track", Period("2026-Q4")),
        ("new", True, "", None),
    ]


def test_a_project_that_was_stopped_before_the_month_did_not_move_in_it() -> None:
    paused = card(
        "project",
        "paused",
        status="paused",
        status_as_of="2026-08-20",
        history=[{"date": "2026-03-01", "target": "2026-Q4", "status": "on-track"}],
    )
    index = index_of(paused)
    assert since_view(index, "2026-09", passed=NOW).projects == ()
    (change,) = since_view(index, "2026-08", passed=NOW).projects
    assert (change.status_before, change.item.status) == ("on-track", "paused")


def test_a_project_is_new_since_the_first_day_that_is_told_of_it() -> None:
    rosters = card(
        "project",
        "rosters",
        status="on-track",
        target="2027-02",
        history=[
            {"date": "2026-10-10", "target": "2026-Q4", "status": "on-track"},
            {"date": "2026-11-10", "target": "2027-02"},
        ],
    )
    silent = card("project", "silent", status="on-track", target="2027-02")
    (change,) = since_view(index_of(rosters, silent), "2026-09", passed=NOW).projects
    assert (change.item.path, change.is_new) == (rosters.path, True)
    (change,) = since_view(index_of(rosters, silent), "2026-11", passed=NOW).projects
    assert (change.is_new, change.target_before) == (False, Period("2026-Q4"))


def test_the_steps_that_projects_reached_since_are_told_the_newest_first() -> None:
    boarding = card(
        "project",
        "boarding",
        milestones=[
            {"name": "Port Sallow opens", "done": "2026-08-31"},
            {"name": "Ardkeel opens", "due": "2026-10", "done": "2026-11-03"},
            {"name": "Lismourne opens", "due": "2027-03"},
            {"name": "Signed too early", "done": "2026-12-24"},
        ],
    )
    rosters = card("project", "rosters", milestones=[{"name": "Agreed", "done": "2026-09-01"}])
    view = since_view(index_of(boarding, rosters), "2026-09", passed=NOW)
    assert [(step.path, step.name, str(step.done)) for step in view.steps] == [
        (boarding.path, "Ardkeel opens", "2026-11-03"),
        (rosters.path, "Agreed", "2026-09-01"),
    ]
