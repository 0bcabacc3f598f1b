"""What benefits count for (CONTENT-MODEL "Benefits" and "Arithmetic")."""

from itertools import permutations

import pytest

from itnews.model.worth import Benefit
from itnews.views.benefits import benefit_line, benefit_lines, is_flow, tally, totals
from itnews.views.overviews import Tally
from itnews.views.project import project_view
from itnews.views.values import BenefitLine
from tests.views.cards import at, card, index_of, path_of

PATH = path_of("project", "expenses")


@pytest.mark.parametrize(
    ("benefit", "stage", "value", "improvement"),
    [
        ({"stage": "planned", "baseline": 12, "target": 3, "measured": 4}, "planned", 3, 9),
        ({"stage": "claimed", "baseline": 12, "target": 3}, "claimed", 3, 9),
        ({"stage": "claimed", "baseline": 12, "target": 3, "measured": 4}, "claimed", 4, 8),
        ({"stage": "measured", "baseline": 12, "target": 3, "measured": 4}, "measured", 4, 8),
        ({"stage": "measured", "baseline": 12, "target": 3, "measured": 14}, "measured", 14, -2),
        ({"stage": "measured", "baseline": 0, "target": 40, "measured": 25}, "measured", 25, 25),
        ({"stage": "measured", "target": 40, "measured": 25}, "measured", 25, None),
        ({"stage": "measured", "baseline": 5, "measured": 25}, "measured", 25, None),
        ({"stage": "measured", "baseline": 5, "target": 3}, "measured", None, None),
        ({"stage": "confirmed", "measured": 25}, "measured", 25, None),
        ({"stage": "confirmed", "measured": 25, "confirmed_by": "ada"}, "confirmed", 25, None),
    ],
)
def test_a_benefit_counts_what_its_stage_allows(
    benefit: dict[str, object], stage: str, value: float | None, improvement: float | None
) -> None:
    line = benefit_line(PATH, Benefit.model_validate({"what": "Faster", **benefit}))
    assert (line.stage, line.value, line.improvement) == (stage, value, improvement)


def test_a_benefit_that_an_accomplishment_refers_to_counts_once() -> None:
    project = card("project", "expenses", benefits=[{"id": "days", "what": "Paid sooner"}])
    done = card(
        "accomplishment",
        "paid",
        date="2026-05-01",
        project="expenses",
        benefits=["project:expenses#days", {"what": "Fewer calls"}],
    )
    seen = project_view(index_of(project, done), PATH, passed=at("2026-06-01"))
    assert [(line.what, line.path) for line in seen.benefits] == [
        ("Paid sooner", PATH),
        ("Fewer calls", done.path),
    ]


def lines(*benefits: dict[str, object]) -> list[BenefitLine]:
    made = (Benefit.model_validate({"what": "Faster", **benefit}) for benefit in benefits)
    return [benefit_line(PATH, benefit) for benefit in made]


def sums(*benefits: dict[str, object]) -> list[tuple[str, str, str, float]]:
    return [
        (total.kind, total.unit, total.stage, total.improvement)
        for total in totals(lines(*benefits))
    ]


HOURS = {"unit": "hours/month", "kind": "time", "stage": "measured", "baseline": 100, "target": 20}
MONEY = {"unit": "money/year", "kind": "revenue", "stage": "measured", "baseline": 0, "target": 50}


def test_flows_of_equal_unit_and_kind_add_up_and_a_worsening_lowers_the_sum() -> None:
    assert sums({**HOURS, "measured": 40}, {**HOURS, "measured": 110}) == [
        ("time", "hours/month", "measured", 50)
    ]


def test_neither_units_nor_kinds_nor_stages_are_mixed_and_the_surest_stand_first() -> None:
    found = sums(
        {**HOURS, "measured": 40},
        {**HOURS, "measured": 40, "kind": "quality"},
        {**HOURS, "measured": 40, "stage": "confirmed", "confirmed_by": "ada"},
        {**HOURS, "stage": "planned"},
        {**MONEY, "measured": 30},
    )
    assert found == [
        ("time", "hours/month", "confirmed", 60),
        ("quality", "hours/month", "measured", 60),
        ("revenue", "money/year", "measured", 30),
        ("time", "hours/month", "measured", 60),
        ("time", "hours/month", "planned", 80),
    ]


def test_confirmed_by_nobody_is_summed_as_measured_and_claimed_counts_its_target() -> None:
    assert sums({**HOURS, "measured": 40, "stage": "confirmed"}, {**HOURS, "stage": "claimed"}) == [
        ("time", "hours/month", "measured", 60),
        ("time", "hours/month", "claimed", 80),
    ]


def test_without_a_baseline_nothing_is_added() -> None:
    known = {**HOURS, "measured": 40}
    assert sums(known, {**known, "baseline": None}) == [("time", "hours/month", "measured", 60)]
    assert sums({**known, "baseline": None}) == []


def test_it_is_told_how_many_benefits_are_in_the_sums_and_why_the_others_are_not() -> None:
    found = tally(
        lines(
            {**HOURS, "measured": 40},
            {**MONEY, "measured": 30},
            {**HOURS, "unit": "days", "measured": 40},
            {**HOURS, "unit": "%", "measured": 40},
            {**HOURS, "baseline": None, "measured": 40},
            {**HOURS, "unit": "days", "baseline": None, "measured": 40},
            {**HOURS, "measured": None},
        )
    )
    assert found == Tally(all=7, summed=2, without_sum=2, without_change=3)


@pytest.mark.parametrize("unit", ["%", "%/month", "days", "people", "", "km/h", "hours/"])
def test_percentages_days_and_levels_never_add_up(unit: str) -> None:
    assert not is_flow(unit)
    assert sums({**HOURS, "unit": unit, "measured": 40}) == []


def test_a_sum_is_the_same_in_any_order_and_names_what_it_is_of() -> None:
    written = [{**HOURS, "measured": measured} for measured in (99.9, 40.1, 0.3)]
    assert (
        len(
            {
                total.improvement
                for order in permutations(written)
                for total in totals(lines(*order))
            }
        )
        == 1
    )
    (total,) = totals(lines(*written))
    assert [line.measured for line in total.lines] == [99.9, 40.1, 0.3]


def test_the_benefits_of_services_have_lines_too() -> None:
    service = card("service", "mail", benefits=[{"what": "Fewer calls"}])
    assert [line.path for line in benefit_lines([service])] == [service.path]
