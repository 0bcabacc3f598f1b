"""Notices: the state of each at any moment, and the lists of what is happening and coming (CONTENT-MODEL "Notices")."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.model.article import Card
from itnews.views.notices import lately_over, notice_item, notices_view
from tests.views.cards import ZONE, at, card, index_of, path_of


def notice(id: str, **fields: object) -> Card:
    return card("notice", id, **{"date": "2026-05-01", **fields})


def state(when: str, *others: Card, **fields: object) -> str:
    one = notice("one", **fields)
    return notice_item(index_of(one, *others), one.path, passed=at(when)).state


WINDOW = {"starts": "2026-05-10 20:00", "ends": "2026-05-10 22:00"}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-05-10 19:59", "scheduled"),
        ("2026-05-10 20:00", "in-progress"),
        ("2026-05-10 21:59", "in-progress"),
        ("2026-05-10 22:00", "completed"),
    ],
)
def test_planned_work_is_scheduled_then_in_progress_then_completed(
    when: str, expected: str
) -> None:
    assert state(when, notice_type="maintenance", **WINDOW) == expected


def test_a_day_as_the_end_is_included() -> None:
    freeze = {"notice_type": "freeze", "starts": "2026-12-18", "ends": "2027-01-04"}
    assert state("2027-01-04 23:59", **freeze) == "in-progress"
    assert state("2027-01-05 00:00", **freeze) == "completed"


def test_a_duration_stands_for_an_end() -> None:
    work = {"starts": "2026-05-10 20:00", "duration": "90m"}
    assert state("2026-05-10 21:29", **work) == "in-progress"
    assert state("2026-05-10 21:30", **work) == "completed"


def test_an_incident_goes_on_until_its_end_or_until_it_is_said_to_be_resolved() -> None:
    incident = {"notice_type": "incident", "starts": "2026-05-10 07:40"}
    assert state("2027-01-01", **incident) == "in-progress"
    assert state("2026-05-10 09:05", **incident, ends="2026-05-10 09:05") == "resolved"
    told = [
        {"at": "2026-05-10 08:15", "state": "identified"},
        {"at": "2026-05-10 09:05", "state": "resolved"},
    ]
    assert state("2026-05-10 09:04", **incident, timeline=told) == "in-progress"
    assert state("2026-05-10 09:05", **incident, timeline=told) == "resolved"


def test_an_incident_that_came_back_is_not_resolved() -> None:
    told = [
        {"at": "2026-05-10 10:00", "state": "investigating"},
        {"at": "2026-05-10 09:05", "state": "resolved"},
    ]
    assert state("2026-05-11", notice_type="incident", timeline=told) == "in-progress"


def test_an_incident_without_a_start_began_when_it_was_told() -> None:
    assert state("2026-05-01 00:00", notice_type="incident") == "in-progress"


def test_what_takes_place_on_a_day_and_has_no_end_is_over_with_it() -> None:
    change = {"notice_type": "change", "starts": "2026-05-10 07:00"}
    assert state("2026-05-10 23:59", **change) == "in-progress"
    assert state("2026-05-11 00:00", **change) == "completed"
    for lasting in ("freeze", "security"):
        assert state("2027-01-01", notice_type=lasting, starts="2026-05-10") == "in-progress"


def test_planned_work_without_a_day_is_not_said_to_be_over() -> None:
    assert state("2027-01-01", notice_type="maintenance") == "scheduled"


@pytest.mark.parametrize("when", ["2026-05-10 19:00", "2026-05-10 21:00", "2026-05-11"])
@pytest.mark.parametrize("certainty", ["tentative", "cancelled"])
def test_what_is_tentative_or_cancelled_stays_so_before_in_and_after_its_window(
    when: str, certainty: str
) -> None:
    assert state(when, certainty=certainty, **WINDOW) == certainty


def test_a_notice_that_a_visible_one_supersedes_is_superseded_and_names_its_successor() -> None:
    old = notice("old", certainty="cancelled", **WINDOW)
    new = notice("new", supersedes="OLD")
    seen = notice_item(index_of(old, new), old.path, passed=at("2026-05-10 21:00"))
    assert (seen.state, seen.successor) == ("superseded", new.path)
    assert (
        notice_item(index_of(old, new), new.path, passed=at("2026-05-02")).predecessor == old.path
    )
    hidden = notice_item(index_of(old), old.path, passed=at("2026-05-02"))
    assert (hidden.state, hidden.successor) == ("cancelled", None)


def test_the_newest_successor_counts_and_an_expired_one_does() -> None:
    old = notice("old", **WINDOW)
    first, last = (notice(f"n{day}", supersedes="old", date=f"2026-05-0{day}") for day in (2, 3))
    index = index_of(old, first, expired=[last])
    assert notice_item(index, old.path, passed=at("2026-05-04")).successor == last.path


def test_a_notice_does_not_supersede_itself() -> None:
    assert state("2026-05-10 21:00", supersedes="one", **WINDOW) == "in-progress"


def listed(when: str, *cards: Card) -> tuple[list[str], list[str]]:
    view = notices_view(index_of(*cards), passed=at(when))
    return [item.path.stem for item in view.current], [item.path.stem for item in view.coming]


def test_the_worst_that_is_happening_stands_first_and_the_next_that_is_coming() -> None:
    cards = [
        notice("freeze", notice_type="freeze", impact_level="none", starts="2026-05-01"),
        notice("slow", impact_level="degraded", **WINDOW),
        notice("dead", impact_level="outage", starts="2026-05-10 20:30", ends="2026-05-11"),
        notice("loud", importance="urgent", **WINDOW),
        notice("later", starts="2026-06-01"),
        notice("soon", starts="2026-05-20"),
        notice("some-day"),
        notice("past", starts="2026-05-02", ends="2026-05-03"),
    ]
    current, coming = listed("2026-05-10 21:00", *cards)
    assert current == ["loud", "dead", "slow", "freeze"]
    assert coming == ["soon", "later", "some-day"]


def test_what_is_called_off_is_told_until_it_would_have_begun() -> None:
    off = notice("off", certainty="cancelled", **WINDOW)
    assert listed("2026-05-10 19:00", off) == ([], ["off"])
    assert listed("2026-05-10 20:00", off) == ([], [])
    assert listed("2026-05-02", notice("vague", certainty="cancelled")) == ([], [])


def test_what_is_tentative_is_happening_in_its_window_and_past_after_it() -> None:
    perhaps = notice("perhaps", certainty="tentative", **WINDOW)
    assert listed("2026-05-10 21:00", perhaps) == (["perhaps"], [])
    assert listed("2026-05-10 22:00", perhaps) == ([], [])


def test_what_is_superseded_leaves_the_lists() -> None:
    cards = [notice("old", **WINDOW), notice("new", supersedes="old", starts="2026-05-12")]
    assert listed("2026-05-10 21:00", *cards) == ([], ["new"])


def test_a_service_that_is_hidden_here_is_not_named() -> None:
    one = notice("one", services=["mail", "board-room"])
    index = index_of(one, card("service", "mail"))
    assert notice_item(index, one.path, passed=at("2026-05-02")).services == ("mail",)


NEW_YEAR = datetime(2026, 1, 1, tzinfo=ZONE)
MOMENTS = st.integers(0, 365 * 24 * 60 - 1).map(lambda minute: NEW_YEAR + timedelta(minutes=minute))


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["maintenance", "change", "incident", "freeze", ""]),
    starts=st.none() | MOMENTS,
    length=st.none() | st.integers(1, 10_000),
)
def test_a_state_never_goes_back(kind: str, starts: datetime | None, length: int | None) -> None:
    fields: dict[str, object] = {"notice_type": kind}
    if starts:
        fields["starts"] = f"{starts:%Y-%m-%d %H:%M}"
    if length:
        fields["duration"] = f"{length}m"
    one = notice("one", **fields)
    index = index_of(one)
    days = (date(2025, 12, 1) + timedelta(days=9 * step) for step in range(60))
    states = [notice_item(index, one.path, passed=at(day.isoformat())).state for day in days]
    assert set(states) <= {"scheduled", "in-progress", "completed", "resolved"}
    assert states == sorted(states, key=["scheduled", "in-progress", "completed", "resolved"].index)


@settings(max_examples=60, deadline=None)
@given(
    fields=st.fixed_dictionaries(
        {"notice_type": st.sampled_from(["maintenance", "incident"])},
        optional={
            "starts": st.just("2026-05-10 20:00"),
            "ends": st.just("2026-05-10 22:00"),
            "certainty": st.sampled_from(["tentative", "cancelled"]),
        },
    ),
    when=MOMENTS,
)
def test_a_state_holds_until_an_instant_that_was_asked_for(
    fields: dict[str, object], when: datetime
) -> None:
    """What is not asked for wakes nobody: until the first instant that had not passed, the state must stay."""
    one = notice("one", **fields)
    index = index_of(one)
    now = when
    coming: list[datetime] = []

    def passed(instant: datetime) -> bool:
        if instant > now:
            coming.append(instant)
        return instant <= now

    seen = notice_item(index, one.path, passed=passed).state
    until = min(coming, default=datetime(2030, 1, 1, tzinfo=UTC)) - timedelta(seconds=1)
    assert notice_item(index, one.path, passed=lambda instant: instant <= until).state == seen


def test_paths_of_items_are_those_of_the_notices() -> None:
    one = notice("one", **WINDOW)
    seen = notice_item(index_of(one), path_of("notice", "one"), passed=at("2026-05-02"))
    assert (seen.path, str(seen.starts), str(seen.ends)) == (
        one.path,
        "2026-05-10T20:00",
        "2026-05-10T22:00",
    )


def lately(when: str, *cards: Card) -> list[str]:
    return [item.path.stem for item in lately_over(index_of(*cards), cards, passed=at(when))]


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        ("2026-05-10 21:59", False),
        ("2026-05-10 22:00", True),
        ("2026-06-10 21:59", True),
        ("2026-06-10 22:00", False),
    ],
)
def test_what_took_place_is_told_for_a_month_after_its_end(when: str, is_told: bool) -> None:
    assert bool(lately(when, notice("one", **WINDOW))) is is_told


def test_what_did_not_take_place_has_not_changed_anything() -> None:
    off = notice("off", certainty="cancelled", **WINDOW)
    perhaps = notice("perhaps", certainty="tentative", **WINDOW)
    moved = notice("moved", **WINDOW)
    instead = notice("instead", supersedes="moved", starts="2026-05-12 20:00", duration="1h")
    last = notice("last", starts="2026-05-13 20:00", duration="1h")
    assert lately("2026-05-20", off, perhaps, moved, instead, last) == ["last", "instead"]


def test_the_end_of_the_calendar_is_no_crash() -> None:
    assert lately("9999-12-31 23:59", notice("one", starts="9999-12-31", ends="9999-12-31")) == []
