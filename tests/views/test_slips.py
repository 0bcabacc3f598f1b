"""Targets that moved, counted as CONTENT-MODEL "Slips" says."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.model.fields.project import Project
from itnews.model.history import Revision
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.views.slips import slips
from tests.views.cards import CALENDAR


def project(*promised: str, target: str = "") -> Project:
    history = [
        {"date": f"2026-01-{number + 1:02}", "target": each} for number, each in enumerate(promised)
    ]
    written = {"title": "P", "history": history, **({"target": target} if target else {})}
    return Project.model_validate(written)


@pytest.mark.parametrize(
    ("promised", "target", "moved", "brought_forward"),
    [
        (["2026-Q1", "2026-Q2"], "2026-Q3", 2, 0),
        (["2026-Q1"], "2026-Q1", 0, 0),
        ([], "2026-Q1", 0, 0),
        (["2026-Q3"], "2026-Q2", 0, 1),
        (["2026-Q2"], "2026-05", 0, 0),  # more precise, inside: no move
        (["2026-Q2"], "2026-06-30", 0, 0),
        (["2026-05"], "2026-Q2", 1, 0),  # ends later: a promise taken back
        (["2026-Q2"], "H1-2026", 0, 0),  # ends on the same day
        (["2026-Q2"], "FY27-Q1", 0, 0),  # April to June under another name
        (["2026"], "FY27", 1, 0),
        (["2026-Q2"], "2026-03", 0, 1),
        (["2026-Q2", "2026-Q3"], "", 1, 0),
        (["2026-Q1", "2026-Q2", "2026-Q1"], "2026-Q2", 2, 1),
    ],
)
def test_moves_are_counted_by_the_ends_of_periods(
    promised: list[str], target: str, moved: int, brought_forward: int
) -> None:
    counted = slips(project(*promised, target=target), CALENDAR)
    assert (counted.moved, counted.brought_forward) == (moved, brought_forward)


def test_the_promises_are_in_order_of_their_days_however_they_are_written() -> None:
    fields = Project.model_validate(
        {
            "title": "P",
            "target": "2026-Q4",
            "history": [
                {"date": "2026-06-01", "target": "2026-Q3"},
                {"date": "2026-01-01", "target": "2026-Q1"},
                {"date": "2026-03-01", "status": "at-risk"},
            ],
        }
    )
    assert [str(each) for each in slips(fields, CALENDAR).targets] == [
        "2026-Q1",
        "2026-Q3",
        "2026-Q4",
    ]


def committed(*changes: tuple[str, str]) -> tuple[Revision, ...]:
    """What git tells: days or times, and the targets since then."""
    return tuple(
        Revision(int(Moment(when).start(UTC).timestamp()), is_change=number > 0, period=target)
        for number, (when, target) in enumerate(changes)
    )


@pytest.mark.parametrize(
    ("changes", "targets"),
    [
        ([("2026-01-10", "2026-Q1")], ["2026-Q1", "2026-Q3", "2026-Q4"]),
        # The history has the day on which the promise was made, git the one on which it was written down.
        ([("2026-03-10", "2026-Q3"), ("2026-06-05", "2026-Q4")], ["2026-Q3", "2026-Q4"]),
        # Of a day that the history names, it knows better.
        ([("2026-03-01T10:00", "2026-Q2")], ["2026-Q3", "2026-Q4"]),
        # What was put right on the same day was not promised.
        (
            [("2026-05-01T10:00", "2062-Q3"), ("2026-05-01T11:00", "2026-Q3")],
            ["2026-Q3", "2026-Q4"],
        ),
        ([("2026-07-01", "2026-Q2")], ["2026-Q3", "2026-Q2", "2026-Q4"]),
    ],
)
def test_what_git_tells_stands_among_the_promises_by_its_day(
    changes: list[tuple[str, str]], targets: list[str]
) -> None:
    written = {
        "title": "P",
        "target": "2026-Q4",
        "history": [
            {"date": "2026-03-01", "target": "2026-Q3"},
            {"date": "2026-05-20", "status": "at-risk"},
        ],
    }
    counted = slips(Project.model_validate(written), CALENDAR, committed(*changes))
    assert [str(each) for each in counted.targets] == targets


PERIODS = st.sampled_from(
    ["2026-03-02", "2026-03", "2026-Q1", "2026-Q2", "H1-2026", "2026", "FY26", "FY27-Q1"]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(PERIODS, min_size=1, max_size=6))
def test_a_promise_repeated_is_no_move_and_no_step_counts_twice(promised: list[str]) -> None:
    counted = slips(project(*promised), CALENDAR)
    doubled = slips(project(*(each for each in promised for _ in range(2))), CALENDAR)
    assert counted == doubled
    assert counted.moved + counted.brought_forward <= len(counted.targets) - 1


@settings(max_examples=50, deadline=None)
@given(PERIODS, PERIODS)
def test_a_move_there_and_back_is_counted_once_each_way_or_not_at_all(one: str, two: str) -> None:
    there, back = slips(project(one, two), CALENDAR), slips(project(two, one), CALENDAR)
    later = Period(one).last(4) != Period(two).last(4)
    assert (there.moved + back.moved) == (1 if later else 0)
