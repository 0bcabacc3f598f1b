"""What benefits count for (CONTENT-MODEL "Benefits" and "Arithmetic")."""

import pytest

from itnews.model.worth import Benefit
from itnews.views.benefits import benefit_line
from itnews.views.project import project_view
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
