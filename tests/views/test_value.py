"""Value, costs, alignment, portfolio and scorecards: figures worked out by hand."""

from itnews.views.alignment import alignment_view
from itnews.views.costs import costs
from itnews.views.portfolio import portfolio_view
from itnews.views.scorecard import scorecard
from itnews.views.value import value_view
from tests.views.cards import at, card, index_of, path_of

NOW = at("2026-11-28")
HOURS = {"unit": "hours/month", "kind": "time", "baseline": 100, "target": 20}


def test_amounts_of_equal_currency_and_class_add_up() -> None:
    one = card("project", "a", cost={"amount": 100, "class": "run"})
    two = card("project", "b", cost={"amount": 20, "class": "run", "currency": "EUR"})
    other = card("project", "c", cost={"amount": 3, "class": "run", "currency": "USD"})
    grown = card("project", "d", cost={"amount": 50, "class": "grow"})
    band = card("project", "e", cost="30 to 50 thousand")
    found = costs((one, two, other, grown, band, card("project", "f")), currency="EUR")
    assert [(sum.currency, sum.cost_class, sum.amount) for sum in found.totals] == [
        ("EUR", "run", 120),
        ("EUR", "grow", 50),
        ("USD", "run", 3),
    ]
    assert found.banded == (band.path,)


def test_what_serves_two_goals_stands_under_both_and_counts_once() -> None:
    goals = (
        card("goal", "faster", order=1),
        card("goal", "safer", order=2),
        card("goal", "idle", order=3),
    )
    project = card(
        "project",
        "phones",
        goals=["faster", "safer"],
        cost={"amount": 1000},
        benefits=[{"what": "Less typing", "stage": "measured", "measured": 40, **HOURS}],
    )
    done = card(
        "accomplishment",
        "done",
        date="2026-05-01",
        project="phones",
        benefits=[
            {
                "what": "Less walking",
                "stage": "confirmed",
                "confirmed_by": "ada",
                "measured": 90,
                **HOURS,
            }
        ],
    )
    service = card("service", "mail", cost={"amount": 70, "class": "run"})
    view = value_view(index_of(*goals, project, done, service), currency="EUR")
    told = [(str(goal.path or ""), [source.path for source in goal.sources]) for goal in view.goals]
    assert told == [
        (str(goals[0].path), [project.path]),
        (str(goals[1].path), [project.path]),
        (str(goals[2].path), []),
        ("", [service.path]),
    ]
    assert [line.what for line in view.ledger] == ["Less typing", "Less walking"]
    assert [(sum.stage, sum.improvement) for sum in view.totals] == [
        ("confirmed", 10),
        ("measured", 60),
    ]
    assert [sum.amount for sum in view.projects.totals] == [1000]
    assert [sum.amount for sum in view.services.totals] == [70]


def test_matrix_counts_open_projects_and_names_what_stands_alone() -> None:
    goals = card("goal", "faster", order=1), card("goal", "idle", order=2)
    departments = card("department", "finance", order=1), card("department", "port", order=2)
    both = card("project", "a", horizon="now", goals=["faster"], departments=["finance", "port"])
    later = card("project", "b", horizon="later", goals=["faster"], requested_by=["finance"])
    done = card("project", "c", horizon="done", goals=["idle"], departments=["port"])
    alone = card("project", "d", horizon="next")
    view = alignment_view(index_of(*goals, *departments, both, later, done, alone), passed=NOW)
    assert view.departments == tuple(one.path for one in departments)
    assert [(row.goal, row.cells) for row in view.rows] == [
        (goals[0].path, ((both.path, later.path), (both.path,))),
        (goals[1].path, ((), ())),
    ]
    assert view.goals_alone == (goals[1].path,)
    assert view.departments_alone == ()
    assert view.projects_alone == (alone.path,)


def test_portfolio_has_trouble_first_and_closed_projects_not_at_all() -> None:
    well = card(
        "project", "a", horizon="now", status="on-track", target="2026-12", cost={"amount": 5}
    )
    late = card("project", "b", horizon="now", status="on-track", target="2026-10")
    risky = card("project", "c", horizon="now", status="at-risk", target="2027-Q4")
    lost = card("project", "d", horizon="now", status="off-track")
    over = card("project", "e", horizon="done", cost={"amount": 7})
    view = portfolio_view(
        index_of(well, late, risky, lost, over),
        passed=NOW,
        currency="EUR",
    )
    assert [item.path.stem for item in view.now] == ["d", "c", "b", "a"]
    assert [(one.status, one.count) for one in view.statuses] == [
        ("off-track", 1),
        ("at-risk", 1),
        ("on-track", 2),
    ]
    assert [item.is_overdue for item in view.now] == [False, False, True, False]
    assert [sum.amount for sum in view.costs.totals] == [5]


def test_a_status_that_nobody_confirmed_in_time_is_counted_apart() -> None:
    monthly = {"horizon": "now", "status": "on-track", "cadence": "monthly"}
    view = portfolio_view(
        index_of(
            card("project", "a", status_as_of="2026-11-01", **monthly),
            card("project", "b", status_as_of="2026-11-20", **monthly),
            card("project", "c", status_as_of="2026-09-28", **monthly),
            card("project", "d", status_as_of="2026-08-01", **monthly),
        ),
        passed=NOW,
        currency="EUR",
    )
    assert [(one.status, one.count, one.is_confirmed) for one in view.statuses] == [
        ("on-track", 2, True),
        ("on-track", 2, False),
    ]


def test_scorecard_counts_the_asks_of_ones_departments() -> None:
    finance = card("department", "finance", relationship_manager="dana")
    port = card("department", "port", relationship_manager="owen")
    dana = card("person", "dana")
    mine = card(
        "ask", "a", date="2026-03-01", asked_by="finance", answer="Yes.", answered_on="2026-03-05"
    )
    open = card("ask", "b", date="2026-03-01", asked_by="finance")
    theirs = card("ask", "c", date="2026-03-01", asked_by="port")
    index = index_of(finance, port, dana, card("person", "zoe"), mine, open, theirs)
    found = scorecard(index, dana.path)
    assert found is not None
    assert found.departments == (finance.path,)
    assert (found.asks.asked, found.asks.answered, found.asks.to_answer.days) == (2, 1, (4,))
    assert scorecard(index, path_of("person", "zoe")) is None


def test_a_benefit_is_confirmed_in_the_department_whose_people_confirm_it() -> None:
    port = card(
        "department", "port", relationship_manager="dana", head="owen", representatives=["nora"]
    )
    finance = card("department", "finance", head="helena")
    dana, owen, helena = card("person", "dana"), card("person", "owen"), card("person", "helena")
    member = card("person", "bo", departments=["port"])
    confirmed = {"stage": "confirmed", "measured": 40, **HOURS}
    invoices = card(
        "project",
        "invoices",
        departments=["port", "finance"],
        benefits=[{"what": "By finance", "confirmed_by": "helena", **confirmed}],
    )
    cranes = card(
        "project",
        "cranes",
        benefits=[
            {"what": "By the head", "confirmed_by": "Owen", **confirmed},
            {"what": "By one who speaks for it", "confirmed_by": "nora", **confirmed},
            {"what": "By a member", "confirmed_by": "bo", **confirmed},
            {"what": "By the department", "confirmed_by": "port", **confirmed},
            {"what": "By nobody", **confirmed},
        ],
    )
    nora = card("person", "nora")
    found = scorecard(
        index_of(port, finance, dana, owen, helena, nora, member, invoices, cranes), dana.path
    )
    assert found is not None
    assert [line.what for line in found.confirmed] == [
        "By the head",
        "By one who speaks for it",
        "By a member",
        "By the department",
    ]
    assert [sum.improvement for sum in found.totals] == [240]
