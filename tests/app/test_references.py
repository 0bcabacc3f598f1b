"""References that a build follows from document to document."""

from pathlib import Path

import pytest

from tests.sites import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


def rings(site: Site) -> list[tuple[str, str]]:
    return [
        (problem.at.path.stem, problem.message)
        for problem in site.build().problems
        if problem.code == "reference-ring"
    ]


def test_notice_cannot_replace_itself(site: Site) -> None:
    site.document("notices/mail", date="2026-11-01", starts="2026-12-01", supersedes="Mail")
    assert rings(site) == [("mail", "`supersedes` leads back to this document.")]


def test_ring_is_told_at_each_of_its_documents_and_nowhere_else(site: Site) -> None:
    for name, other in (("a", "b"), ("b", "c"), ("c", "b")):
        site.document(f"goals/{name}", parent=other)
    assert rings(site) == [
        ("b", "`parent` leads back to this document: over 'c', 'b'."),
        ("c", "`parent` leads back to this document: over 'b', 'c'."),
    ]
    site.document("goals/c")
    assert rings(site) == []
