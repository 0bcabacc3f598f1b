"""The views of departments, goals, people, the front page, the archive and tags."""

from datetime import date

from itnews.model.article import Card
from itnews.views.actions import open_actions
from itnews.views.archive import archive_view
from itnews.views.department import FOR_EVERYONE, NEWS, department_view
from itnews.views.goal import goal_view
from itnews.views.home import home_view
from itnews.views.person import person_view
from itnews.views.tags import tag_counts
from itnews.views.values import DepartmentView
from tests.views.cards import at, card, index_of, path_of

NOW = at("2026-06-01 12:00")
TODAY = date(2026, 6, 1)


def ids(paths: tuple[object, ...]) -> list[str]:
    return [str(path).rsplit("/", 1)[-1].removesuffix(".md") for path in paths]


def finance(*others: Card) -> DepartmentView:
    index = index_of(card("department", "finance"), *others)
    return department_view(index, path_of("department", "finance"), passed=NOW, today=TODAY)


def test_a_department_sees_its_projects_by_horizon() -> None:
    seen = finance(
        *(
            card("project", horizon, horizon=horizon, departments=["finance"])
            for horizon in ("now", "next", "later", "done", "stopped")
        ),
        card("project", "foreign", horizon="now"),
    )
    assert [item.title for item in seen.doing] == ["Now"]
    assert [item.title for item in seen.planned] == ["Next", "Later"]
    assert [item.title for item in seen.done] == ["Done"]


def test_news_for_everyone_stands_in_a_group_of_its_own_and_nothing_stands_twice() -> None:
    seen = finance(
        card("update", "all", date="2026-05-01"),
        card("update", "ours", date="2026-05-02", audience=["finance"]),
        card("update", "both", date="2026-05-03", audience=["finance", "everyone"]),
        card("update", "theirs", date="2026-05-04", audience=["executives"]),
    )
    assert ids(seen.news) == ["both", "ours"]
    assert ids(seen.for_everyone) == ["all"]


def test_the_news_of_a_department_are_the_newest_dozen() -> None:
    news = [
        card("update", f"n{day:02}", date=f"2026-05-{day:02}", audience=[who])
        for day in range(1, 21)
        for who in ("finance",)
    ]
    for_all = [card("update", f"e{day:02}", date=f"2026-05-{day:02}") for day in range(1, 21)]
    seen = finance(*news, *for_all)
    assert (len(seen.news), ids(seen.news)[0]) == (NEWS, "n20")
    assert (len(seen.for_everyone), ids(seen.for_everyone)[0]) == (FOR_EVERYONE, "e20")


def test_a_department_is_told_what_projects_need_from_it_or_its_people() -> None:
    needs = [{"who": "ada", "what": "Test"}, {"who": "hr", "what": "No"}]
    seen = finance(
        card("department", "hr"),
        card("person", "ada", departments=["finance"]),
        card(
            "project", "p", horizon="now", needs_from=[*needs, {"who": "finance", "what": "Sign"}]
        ),
        card("project", "over", horizon="done", needs_from=[{"who": "finance", "what": "Late"}]),
    )
    assert [(need.what, need.who) for need in seen.needs] == [("Test", "ada"), ("Sign", "finance")]


def test_the_people_of_a_department_begin_with_its_relationship_manager() -> None:
    department = card(
        "department",
        "finance",
        relationship_manager="zoe",
        head="max",
        representatives=["zoe", "Bob"],
    )
    index = index_of(
        department,
        card("person", "ada", departments=["finance"]),
        card("person", "max", departments=["finance"]),
        card("person", "zoe"),
        card("person", "other"),
    )
    seen = department_view(index, department.path, passed=NOW, today=TODAY)
    assert ids(seen.people) == ["zoe", "max", "ada"]


def test_actions_are_listed_until_their_day_has_passed_and_the_next_due_first() -> None:
    index = index_of(
        card("department", "finance"),
        card("update", "today", date="2026-05-01", action={"what": "Today", "by": "2026-06-01"}),
        card("update", "gone", date="2026-05-01", action={"what": "Gone", "by": "2026-05-31"}),
        card(
            "update", "noon", date="2026-05-01", action={"what": "Noon", "by": "2026-06-01 12:00"}
        ),
        card("update", "some", date="2026-05-01", action="Some day"),
        card(
            "update", "soon", date="2026-05-01", action={"what": "Soon", "by": "2026-06-02 08:00"}
        ),
        card("update", "none", date="2026-05-01"),
    )
    listed = open_actions(index, index.listed, passed=NOW)
    assert [action.what for action in listed] == ["Today", "Soon", "Some day"]
    assert listed[0].audience == ("everyone",)


def test_an_action_does_not_name_a_department_that_is_hidden_here() -> None:
    hidden = card("update", "u", date="2026-05-01", audience=["board", "it"], action="Read it")
    index = index_of(hidden)
    (action,) = open_actions(index, index.listed, passed=NOW)
    assert action.audience == ("it",)


def test_a_department_gets_the_actions_of_its_own_and_of_everyone() -> None:
    seen = finance(
        card("department", "hr"),
        card("update", "a", date="2026-05-01", action="All"),
        card("update", "b", date="2026-05-01", audience=["finance"], action="Ours"),
        card("update", "c", date="2026-05-01", audience=["hr"], action="Theirs"),
    )
    assert [action.what for action in seen.actions] == ["All", "Ours"]


def test_a_goal_collects_what_names_it_and_what_was_written_about_its_projects() -> None:
    goal = card("goal", "close")
    index = index_of(
        goal,
        card("goal", "sub", parent="close"),
        card("project", "p", goals=["close"], horizon="now"),
        card("project", "q", horizon="now"),
        card("accomplishment", "of-p", date="2026-04-01", project="p"),
        card("update", "named", date="2026-05-01", goals=["close"]),
        card("update", "about-p", date="2026-05-02", project="p"),
        card("update", "about-q", date="2026-05-03", project="q"),
    )
    seen = goal_view(index, goal.path, passed=NOW)
    assert [item.title for item in seen.projects] == ["P"]
    assert ids(seen.news) == ["about-p", "named"]
    assert ids(seen.accomplishments) == ["of-p"]
    assert ids(seen.subgoals) == ["sub"]


def test_a_person_is_found_where_the_id_stands_not_where_a_name_does() -> None:
    ada = card("person", "ada")
    index = index_of(
        ada,
        card("project", "owned", owner="ada"),
        card("project", "sponsored", sponsor="ADA", owner="Ada Lovelace"),
        card("department", "finance", head="ada", relationship_manager="bob"),
        card("department", "freight", relationship_manager="Ada"),
        card("update", "written", date="2026-05-01", authors=["bob", "ada"]),
        card("update", "signed", date="2026-05-02", sender="ada"),
    )
    seen = person_view(index, ada.path)
    assert ids(seen.looks_after) == ["owned"]
    assert ids(seen.sponsors) == ["sponsored"]
    assert ids(seen.departments) == ["freight"]
    assert ids(seen.heads) == ["finance"]
    assert ids(seen.wrote) == ["signed", "written"]


def updates(**special: dict[str, object]) -> list[Card]:
    return [
        card("update", f"n{day}", date=f"2026-05-{day:02}", **special.get(f"n{day}", {}))
        for day in range(1, 9)
    ]


def test_the_front_page_leads_with_the_newest_update_and_four_more() -> None:
    seen = home_view(index_of(*updates()), passed=NOW)
    assert seen.lead == path_of("update", "n8")
    assert ids(seen.news) == ["n7", "n6", "n5", "n4"]


def test_a_pinned_update_leads_and_a_major_one_does_while_it_is_among_the_newest() -> None:
    pinned = home_view(index_of(*updates(n1={"pin": True}, n7={"importance": "major"})), passed=NOW)
    assert (pinned.lead, ids(pinned.news)) == (path_of("update", "n1"), ["n8", "n7", "n6", "n5"])
    major = home_view(index_of(*updates(n5={"importance": "major"})), passed=NOW)
    assert (major.lead, ids(major.news)) == (path_of("update", "n5"), ["n8", "n7", "n6", "n4"])
    old = home_view(index_of(*updates(n1={"importance": "major"})), passed=NOW)
    assert old.lead == path_of("update", "n8")


def test_an_empty_site_has_a_front_page() -> None:
    seen = home_view(index_of(), passed=NOW)
    assert (seen.lead, seen.news, seen.now, seen.actions) == (None, (), (), ())


def test_the_archive_names_years_and_fiscal_quarters_newest_first() -> None:
    index = index_of(
        card("update", "a", date="2025-12-31"),
        card("update", "b", date="2026-03-31"),
        card("accomplishment", "c", date="2026-04-01"),
        card("project", "p", date="2024-01-01"),
        expired=[card("update", "gone", date="2023-01-01")],
    )
    seen = archive_view(index)
    assert [(part.name, part.count) for part in seen.years] == [("2026", 2), ("2025", 1)]
    assert [part.name for part in seen.quarters] == ["FY27-Q1", "FY26-Q4", "FY26-Q3"]


def test_a_tag_is_printed_in_its_most_frequent_spelling_and_on_a_tie_in_the_first_by_path() -> None:
    index = index_of(
        card("update", "a", date="2026-05-01", tags=["vpn", "e-mail"]),
        card("update", "b", date="2026-05-01", tags=["VPN", "E Mail"]),
        card("update", "c", date="2026-05-01", tags=["VPN"]),
    )
    assert [(tag.slug, tag.name, tag.count) for tag in tag_counts(index)] == [
        ("e-mail", "e-mail", 2),
        ("vpn", "VPN", 3),
    ]


def test_the_next_days_of_a_department_hold_what_is_for_everyone() -> None:
    seen = finance(
        card("notice", "freeze", date="2026-06-01", starts="2026-06-20", notice_type="freeze"),
        card("notice", "hr-only", date="2026-06-01", starts="2026-06-21", audience=["hr"]),
        card("department", "hr", next_meeting="2026-06-22"),
        card("project", "phones", horizon="now", target="2026-07"),
    )
    assert [item.path.stem for item in seen.coming] == ["freeze"]


def test_what_somebody_else_has_to_do_is_not_on_the_list_of_a_department() -> None:
    def asking(id: str, who: str) -> Card:
        action = {"what": id, "who": who, "by": "2026-06-20"}
        return card("update", id, date="2026-05-01", audience=["finance", "hr"], action=action)

    seen = finance(
        card("department", "hr"),
        card("person", "ada", departments=["finance"]),
        asking("a-hr", "hr"),
        asking("b-ada", "ada"),
        asking("c-captains", "Captains"),
        asking("d-all", ""),
    )
    assert [item.what for item in seen.actions] == ["b-ada", "c-captains", "d-all"]
    assert [item.text for item in seen.coming] == ["b-ada", "c-captains", "d-all"]


def test_the_front_page_has_what_can_still_be_influenced_the_first_to_close_first() -> None:
    index = index_of(
        card("roadmap", "late", input_until="2026-07-01"),
        card("project", "soon", input_until="2026-06-10"),
        card("project", "past", input_until="2026-05-10"),
        card("consultation", "hours", input_until="2026-06-11"),
    )
    assert ids(home_view(index, passed=NOW).influence) == ["soon", "late"]


def test_needs_stand_in_the_order_in_which_they_are_due() -> None:
    needs = [
        {"who": "finance", "what": "Some day"},
        {"who": "finance", "what": "June", "by": "2026-06"},
        {"who": "finance", "what": "Tenth", "by": "2026-06-10"},
    ]
    seen = finance(card("project", "p", horizon="now", needs_from=needs))
    assert [need.what for need in seen.needs] == ["Tenth", "June", "Some day"]
