"""Whose word on a status counts, and how long."""

import pytest
from msgspec.structs import replace

from itnews.model.article import Card
from itnews.model.history import Revision
from itnews.model.moment import Moment
from itnews.site.index import Calendar
from itnews.views.project import project_view
from itnews.views.values import ProjectView
from tests.views.cards import CALENDAR, ZONE, at, card, index_of, path_of

PATH = path_of("project", "expenses")


def view(
    project: Card, *others: Card, now: str = "2026-06-01", calendar: Calendar = CALENDAR
) -> ProjectView:
    return project_view(index_of(project, *others, calendar=calendar), PATH, passed=at(now))


def expenses(**fields: object) -> Card:
    return card("project", "expenses", **fields)


def update(id: str, date: str, **fields: object) -> Card:
    return card("update", id, date=date, project="expenses", **fields)


def test_a_newer_update_moves_the_status_and_brings_its_reason() -> None:
    project = expenses(status="on-track", status_as_of="2026-05-01", status_reason="all well")
    seen = view(project, update("late", "2026-05-20", status="at-risk", status_reason="no staff"))
    assert (seen.item.status, seen.status_reason) == ("at-risk", "no staff")
    assert [mark.status for mark in seen.statuses] == ["on-track", "at-risk"]


def test_an_older_update_and_one_of_the_same_day_do_not_move_it() -> None:
    project = expenses(status="on-track", status_as_of="2026-05-20", status_reason="all well")
    for date in ("2026-05-01", "2026-05-20"):
        seen = view(project, update("old", date, status="at-risk", status_reason="no staff"))
        assert (seen.item.status, seen.status_reason) == ("on-track", "all well")


def test_an_update_of_another_project_or_without_a_status_changes_nothing() -> None:
    project = expenses(status="on-track", status_as_of="2026-05-01")
    other = card("update", "other", date="2026-05-30", project="payroll", status="off-track")
    seen = view(project, card("project", "payroll"), other, update("plain", "2026-05-31"))
    assert seen.item.status == "on-track"


def test_an_update_finds_its_project_whatever_the_case_of_the_id() -> None:
    shouted = card("update", "u", date="2026-05-30", project="Expenses", status="at-risk")
    assert view(expenses(), shouted).item.status == "at-risk"


def test_an_expired_update_has_still_been_said() -> None:
    project = expenses(status="on-track", status_as_of="2026-05-01")
    gone = update("gone", "2026-05-20", status="at-risk")
    index = index_of(project, expired=[gone])
    seen = project_view(index, PATH, passed=at("2026-06-01"))
    assert seen.item.status == "at-risk"
    assert seen.updates == ()


def test_the_history_is_in_the_record_and_the_projects_own_word_is_newer() -> None:
    history = [
        {"date": "2026-04-01", "status": "at-risk"},
        {"date": "2026-02-01", "status": "green"},
    ]
    seen = view(expenses(date="2025-01-01", status="off-track", history=history))
    assert [mark.status for mark in seen.statuses] == ["on-track", "at-risk", "off-track"]
    assert str(seen.statuses[-1].date) == "2026-04-01"


def test_a_project_without_a_status_has_none() -> None:
    seen = view(expenses())
    assert (seen.item.status, seen.status_reason, seen.statuses) == ("", "", ())
    assert seen.item.unconfirmed_since is None


@pytest.mark.parametrize(
    ("cadence", "last_good_day", "first_stale_day"),
    [
        ("weekly", "2026-03-08 23:59", "2026-03-09"),
        ("fortnightly", "2026-03-15 23:59", "2026-03-16"),
        ("monthly", "2026-04-01 23:59", "2026-04-02"),
        ("quarterly", "2026-06-01 23:59", "2026-06-02"),
        ("", "2026-04-01 23:59", "2026-04-02"),
    ],
)
def test_a_status_is_stale_when_it_is_older_than_its_cadence(
    cadence: str, last_good_day: str, first_stale_day: str
) -> None:
    project = expenses(status="on-track", status_as_of="2026-03-01", cadence=cadence)
    assert view(project, now=last_good_day).item.unconfirmed_since is None
    assert str(view(project, now=first_stale_day).item.unconfirmed_since) == "2026-03-01"


def test_without_any_cadence_the_sites_number_of_days_counts() -> None:
    calendar = Calendar(CALENDAR.zone, 4, stale_after=10, cadence_default="")
    project = expenses(status="on-track", status_as_of="2026-03-01")
    assert view(project, now="2026-03-11", calendar=calendar).item.unconfirmed_since is None
    assert view(project, now="2026-03-12", calendar=calendar).item.unconfirmed_since is not None


@pytest.mark.parametrize("status", ["complete", "cancelled", "paused", "not-started"])
def test_a_status_that_rests_never_goes_stale(status: str) -> None:
    project = expenses(status=status, status_as_of="2020-03-01", cadence="weekly")
    assert view(project).item.unconfirmed_since is None


def test_only_an_update_that_states_a_status_confirms_it() -> None:
    project = expenses(status="on-track", status_as_of="2026-03-01")
    silent = view(project, update("news", "2026-05-30"))
    told = view(project, update("news", "2026-05-30", status="on-track"))
    assert str(silent.item.unconfirmed_since) == "2026-03-01"
    assert told.item.unconfirmed_since is None


def test_a_status_of_unknown_age_is_not_called_stale() -> None:
    assert view(expenses(status="on-track")).item.unconfirmed_since is None


def test_dates_at_the_end_of_the_calendar_and_endless_patience_break_nothing() -> None:
    calendar = Calendar(CALENDAR.zone, 4, stale_after=10**12, cadence_default="")
    for day in ("9999-12-31", "1900-01-03"):
        project = expenses(status="on-track", status_as_of=day)
        assert view(project).item.status == "on-track"
        assert view(project, calendar=calendar).item.status == "on-track"


def at_day(day: str) -> int:
    return int(Moment(f"{day}T15:00").start(ZONE).timestamp())


def committed(
    project: Card, *changes: tuple[str, str], others: tuple[Card, ...] = ()
) -> ProjectView:
    """The view of *project*, of which git tells these statuses since these days."""
    told = tuple(
        Revision(
            int(Moment(f"{day}T15:00").start(ZONE).timestamp()), is_change=number > 0, status=status
        )
        for number, (day, status) in enumerate(changes)
    )
    index = replace(index_of(project, *others), revisions={PATH: told})
    return project_view(index, PATH, passed=at("2026-06-01"))


def marks(seen: ProjectView) -> list[tuple[str, str]]:
    return [(str(mark.date), mark.status) for mark in seen.statuses]


def test_git_tells_what_the_project_said_before_and_since_when_it_says_it() -> None:
    seen = committed(
        expenses(status="at-risk"), ("2026-04-01", "on-track"), ("2026-05-20", "at-risk")
    )
    assert marks(seen) == [("2026-04-01", "on-track"), ("2026-05-20", "at-risk")]


def test_a_project_that_came_back_with_another_status_has_it_since_then() -> None:
    came_back = (Revision(at_day("2026-04-01"), is_change=False, status="on-track"),
                 Revision(at_day("2026-05-20"), is_change=False, status="off-track"))  # fmt: skip
    index = replace(index_of(expenses(status="off-track")), revisions={PATH: came_back})
    seen = project_view(index, PATH, passed=at("2026-06-01"))
    assert marks(seen) == [("2026-04-01", "on-track"), ("2026-05-20", "off-track")]


def test_a_status_that_was_not_committed_has_no_day_and_comes_last() -> None:
    seen = committed(
        expenses(status="off-track"), ("2026-04-01", "on-track"), ("2026-05-20", "at-risk")
    )
    assert marks(seen) == [
        ("2026-04-01", "on-track"),
        ("2026-05-20", "at-risk"),
        ("None", "off-track"),
    ]
    assert seen.item.status == "off-track"


def test_git_is_not_asked_where_somebody_states_the_status_of_that_day() -> None:
    history = [{"date": "2026-04-01", "status": "paused"}]
    said = update("u", "2026-04-10", status="at-risk")
    seen = committed(
        expenses(status="off-track", status_as_of="2026-05-01", history=history),
        ("2026-04-01", "on-track"),
        ("2026-04-10", "complete"),
        ("2026-05-01", "on-track"),
        ("2026-05-20", "off-track"),
        others=(said,),
    )
    assert marks(seen) == [
        ("2026-04-01", "paused"),
        ("2026-04-10", "at-risk"),
        ("2026-05-01", "off-track"),
    ]


def test_a_first_commit_is_no_confirmation_of_what_has_a_date() -> None:
    seen = committed(expenses(status="on-track", updated="2026-01-05"), ("2026-05-20", "on-track"))
    assert marks(seen) == [("2026-01-05", "on-track")]
    assert str(seen.item.unconfirmed_since) == "2026-01-05"
    assert marks(committed(expenses(status="on-track"), ("2026-05-20", "on-track"))) == [
        ("2026-05-20", "on-track")
    ]


def test_what_is_not_committed_yet_is_the_status_of_today() -> None:
    project = expenses(status="off-track", date="2026-01-01")
    seen = committed(project, ("2026-02-01", "on-track"), ("2026-05-20", "at-risk"))
    assert seen.item.status == "off-track"


def test_a_status_that_was_taken_away_is_none() -> None:
    assert committed(expenses(), ("2026-02-01", "on-track")).item.status == ""


def test_a_status_of_git_that_says_the_same_again_is_told_once() -> None:
    said = update("u", "2026-04-10", status="at-risk")
    seen = committed(
        expenses(status="off-track"),
        ("2026-04-01", "on-track"),
        ("2026-04-12", "at-risk"),
        ("2026-05-20", "off-track"),
        others=(said,),
    )
    assert [status for _, status in marks(seen)] == ["on-track", "at-risk", "off-track"]
