"""Changes of state that are news by themselves: which, when, and dated by what."""

from itnews.model.article import Card
from itnews.model.moment import Moment
from itnews.views.changes import state_changes
from tests.views.cards import ZONE, at, card, index_of

Told = list[tuple[str, str, str]]


def told(when: str, *cards: Card) -> Told:
    index = index_of(*cards)
    return [
        (change.path.stem, change.change, f"{change.at.astimezone(ZONE):%Y-%m-%d %H:%M}")
        for change in state_changes(index, index.listed, passed=at(when))
    ]


def notice(id: str, **fields: object) -> Card:
    return card("notice", id, **{"date": "2026-05-01", "starts": "2026-05-10 20:00", **fields})


def test_an_answer_is_news_on_the_day_on_which_it_was_given() -> None:
    ask = card("ask", "a", date="2026-05-01", answer="Yes.", answered_on="2026-05-11")
    assert told("2026-05-10 23:59", ask) == []
    assert told("2026-05-11", ask) == [("a", "answered", "2026-05-11 00:00")]


def test_an_answer_without_its_day_or_a_day_without_an_answer_is_none() -> None:
    asks = [
        card("ask", "a", date="2026-05-01", answer="Yes."),
        card("ask", "b", date="2026-05-01", answered_on="2026-05-11"),
    ]
    assert told("2026-06-01", *asks) == []


def test_what_is_cancelled_is_dated_by_its_update_else_by_its_date() -> None:
    off = notice("off", certainty="cancelled", updated="2026-05-06 10:00")
    assert told("2026-05-06 09:59", off) == []
    assert told("2026-05-06 10:00", off) == [("off", "cancelled", "2026-05-06 10:00")]
    assert told("2026-05-02", notice("off", certainty="cancelled")) == [
        ("off", "cancelled", "2026-05-01 00:00")
    ]


def test_what_is_moved_is_dated_by_its_successor_and_names_it() -> None:
    cards = [
        notice("old", certainty="cancelled"),
        notice("new", supersedes="old", date="2026-05-08"),
    ]
    assert told("2026-05-20", *cards) == [("old", "rescheduled", "2026-05-08 00:00")]
    index = index_of(*cards)
    (change,) = state_changes(index, index.listed, passed=at("2026-05-20"))
    assert change.successor == cards[1].path


def incident(**fields: object) -> Card:
    return notice("i", notice_type="incident", date="2026-05-10 20:10", **fields)


def test_an_incident_is_resolved_when_its_timeline_says_so_else_at_its_end() -> None:
    entry = {"at": "2026-05-10 21:00", "state": "resolved"}
    told_so = incident(ends="2026-05-10 21:30", timeline=[entry])
    assert told("2026-05-10 20:59", told_so) == []
    assert told("2026-05-10 21:00", told_so) == [("i", "resolved", "2026-05-10 21:00")]
    assert told("2026-05-11", incident(ends="2026-05-10 21:30")) == [
        ("i", "resolved", "2026-05-10 21:30")
    ]
    assert told("2026-05-11", incident(ends="2026-05-10")) == [
        ("i", "resolved", "2026-05-11 00:00")
    ]


def test_what_was_over_before_it_was_told_of_is_no_news_again() -> None:
    assert told("2026-06-01", incident(starts="2026-05-10 18:00", ends="2026-05-10 19:00")) == []


def test_planned_work_that_is_over_is_no_news() -> None:
    assert told("2026-06-01", notice("w", notice_type="maintenance", duration="2h")) == []


def test_changes_stand_newest_first() -> None:
    ask = card("ask", "a", date="2026-05-01", answer="Yes.", answered_on="2026-05-03")
    off = notice("off", certainty="cancelled", updated="2026-05-06")
    assert [name for name, _, _ in told("2026-06-01", ask, off)] == ["off", "a"]


def test_a_change_never_moves_with_the_clock() -> None:
    """The date of an item is the content's: whenever the site is built, it is the same."""
    cards = [
        card("ask", "a", date="2026-05-01", answer="Yes.", answered_on="2026-05-11"),
        notice("old"),
        notice("new", supersedes="old", date="2026-05-08"),
        incident(ends="2026-05-10 21:30"),
    ]
    seen: Told = []
    for day in range(1, 30):
        later = told(Moment(f"2026-05-{day:02}").iso, *cards)
        assert later[len(later) - len(seen) :] == seen
        seen = later
    assert len(seen) == 3
