"""Targets: what a link as written points at."""

import pytest

from itnews.model.kinds import KINDS
from itnews.paths import source_path
from itnews.site.links import Target, candidates, target_of

HERE = source_path("content/updates/2026/vpn.md")


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("#risks", Target("own", "", "risks", "#risks")),
        ("../../projects/expenses.md", Target("file", "content/projects/expenses.md")),
        (
            "../../projects/expenses.md#risks",
            Target("file", "content/projects/expenses.md", "risks", "#risks"),
        ),
        ("chart%20one.svg", Target("file", "content/updates/2026/chart one.svg")),
        ("project:expenses#cost", Target("id", "project:expenses", "cost", "#cost")),
        ("/updates/?page=2#top", Target("site", "/updates/", "top", "?page=2#top")),
        ("/updates//vpn/", Target("site", "/updates/vpn/")),
        ("/", Target("site", "/")),
        ("../../../../etc/passwd", Target("wrong", "../../../../etc/passwd")),
        ("/../secret", Target("wrong", "/../secret")),
    ],
)
def test_a_link_is_taken_apart(written: str, target: Target) -> None:
    assert target_of(written, HERE, KINDS) == target


def test_a_path_without_md_may_mean_a_file_or_a_folder() -> None:
    assert candidates("content/projects/access") == (
        source_path("content/projects/access.md"),
        source_path("content/projects/access/index.md"),
    )
