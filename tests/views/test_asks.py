"""Asks: their age, how long they took, and how IT answers (CONTENT-MODEL "Asks")."""

from datetime import date

from itnews.model.article import Card
from itnews.views.asks import ask_item, asks_view
from itnews.views.department import department_view
from itnews.views.overviews import AsksView
from itnews.views.project import project_view
from itnews.views.values import AskItem, Pace
from tests.views.cards import at, card, index_of

TODAY = date(2026, 6, 1)


def ask(id: str, **fields: object) -> Card:
    return card("ask", id, **{"date": "2026-05-01", **fields})


def item(**fields: object) -> AskItem:
    one = ask("one", **fields)
    return ask_item(index_of(one), one.path, today=TODAY)


def view(*cards: Card) -> AsksView:
    return asks_view(index_of(*cards), today=TODAY)


def test_an_ask_is_as_old_as_the_day_on_which_it_was_asked() -> None:
    assert item(asked_on="2026-04-01").age == 61
    assert item().age == 31
    assert item(date="2026-05-31 23:30-05:00").age == 0  # in Berlin it is the first of June


def test_what_is_settled_has_no_age() -> None:
    for state in ("done", "not-now", "declined"):
        assert item(state=state).age is None


def test_days_run_from_the_asking_to_the_first_answer_and_to_the_end() -> None:
    told = {"answer": "Yes.", "answered_on": "2026-05-11", "done_on": "2026-05-21"}
    seen = item(asked_on="2026-05-01", accepted_on="2026-05-31", state="done", **told)
    assert (seen.answered, seen.days_to_answer, seen.days_to_done) == (True, 10, 20)
    assert item(accepted_on="2026-05-31").days_to_done == 30


def test_a_missing_date_and_one_before_the_asking_count_for_nothing() -> None:
    assert item(answer="Yes.").days_to_answer is None
    assert item(answered_on="2026-05-11").days_to_answer is None  # there is no answer
    assert item(answer="Yes.", answered_on="2026-04-01").days_to_answer is None


def test_open_asks_stand_by_state_the_oldest_first() -> None:
    seen = view(
        ask("a", state="doing"),
        ask("b", state="heard", date="2026-05-20"),
        ask("c", date="2026-05-10"),
        ask("d", state="done"),
    )
    assert [(group.state, [item.path.stem for item in group.items]) for group in seen.open] == [
        ("heard", ["c", "b"]),
        ("doing", ["a"]),
    ]


def test_rates_and_medians_count_who_asked_and_a_person_for_the_first_of_their_departments() -> (
    None
):
    yes = {"answer": "Yes."}
    seen = view(
        card("department", "finance"),
        card("department", "hr"),
        card("person", "ada", departments=["finance", "hr"]),
        ask("a", asked_by="ada", **yes, answered_on="2026-05-03"),
        ask("b", asked_by="Finance", **yes, answered_on="2026-05-31", also_asked_by=["hr"]),
        ask("c", asked_by="finance", **yes),
        ask("d", asked_by="finance"),
        ask("e", asked_by="Somebody", **yes, answered_on="2026-05-04"),
    )
    (finance,) = seen.departments
    assert (finance.department, finance.asked, finance.answered) == ("finance", 4, 3)
    assert finance.to_answer == Pace(known=2, median=None, days=(2, 30))
    assert finance.to_done == Pace(known=0, median=None, days=())
    assert (seen.total.asked, seen.total.answered) == (5, 4)
    assert seen.total.to_answer == Pace(known=3, median=3, days=())


def test_the_middle_of_one_or_two_asks_is_none_and_their_days_are_told_instead() -> None:
    done = [ask(f"a{day}", state="done", done_on=f"2026-05-{day}") for day in (31, 11, 21, 16)]
    assert view(done[0]).total.to_done == Pace(known=1, median=None, days=(30,))
    assert view(*done[:2]).total.to_done == Pace(known=2, median=None, days=(10, 30))
    assert view(*done[:3]).total.to_done == Pace(known=3, median=20, days=())
    assert view(*done).total.to_done == Pace(known=4, median=17.5, days=())


def test_an_ask_is_done_whose_state_says_so_or_whose_day_does() -> None:
    seen = view(
        ask("a", state="done"),
        ask("b", state="done", accepted_on="2026-05-11"),
        ask("c", done_on="2026-05-11"),
        ask("d", state="doing"),
    )
    assert (seen.total.asked, seen.total.done, seen.total.to_done.known) == (4, 3, 2)


def test_a_site_without_asks_has_no_rates() -> None:
    seen = view()
    assert (seen.open, seen.departments, seen.total.to_answer.known) == ((), (), 0)


def stems(items: tuple[AskItem, ...]) -> list[str]:
    return [item.path.stem for item in items]


def test_a_project_shows_the_asks_that_name_it_and_those_that_it_names_each_once() -> None:
    project = card("project", "p", asks=["b", "both", "gone"])
    index = index_of(
        project,
        ask("a", project="P", date="2026-05-03"),
        ask("b", date="2026-05-02"),
        ask("both", project="p", date="2026-05-01"),
        ask("other"),
        expired=[ask("gone", project="p")],
    )
    assert stems(project_view(index, project.path, passed=at("2026-06-01")).asks) == [
        "a",
        "b",
        "both",
    ]


def test_a_department_shows_what_it_and_its_people_asked_and_what_concerns_it() -> None:
    department = card("department", "finance")
    index = index_of(
        department,
        card("person", "ada", departments=["finance"]),
        ask("own", asked_by="finance", audience=["everyone"]),
        ask("hers", asked_by="ada", audience=["hr"]),
        ask("shared", also_asked_by=["finance"]),
        ask("about", departments=["finance"], asked_by="hr"),
        ask("theirs", asked_by="hr"),
    )
    seen = department_view(index, department.path, passed=at("2026-06-01"), today=date(2026, 6, 1))
    assert sorted(stems(seen.asks)) == ["about", "hers", "own", "shared"]
