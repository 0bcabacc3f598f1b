"""`itnews status`: what IT owes its readers."""

import json
from pathlib import Path

import pytest

from tests.cli.running import itnews, new_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")  # 2026-11-21 12:00 UTC
    return new_site(tmp_path)


def test_a_fresh_site_owes_nothing_and_says_so(site: Path) -> None:
    ran = itnews("status", "--site", site)
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing is owed" in ran.err


def test_a_year_later_everybody_waits(site: Path) -> None:
    ran = itnews("status", "--site", site, "--now", "2027-11-21", "--format", "json")
    assert ran.code == 0
    found = {(one["gap"], one["id"]) for one in json.loads(ran.out)}
    assert ("not-addressed", "people-team") in found
    assert ("without-news", "less-paper") in found
    assert ("cadence-broken", "leave-requests") in found
    table = itnews("status", "--site", site, "--now", "2027-11-21").out
    assert "no news names it" in table
    assert "content/departments/people-team.md" in table


def test_what_cannot_be_read_is_told_and_is_1(site: Path) -> None:
    (site / "content/goals/less-paper.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    ran = itnews("status", "--site", site)
    assert ran.code == 1
    assert "content/goals/less-paper.md:2:9" in ran.err


def test_no_site_and_no_time_are_2(site: Path, tmp_path: Path) -> None:
    assert itnews("status", "--site", tmp_path / "nowhere").code == 2
    assert itnews("status", "--site", site, "--now", "soon").code == 2
