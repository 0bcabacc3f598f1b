"""`itnews list`: what the site holds."""

import csv
import io
import json
from pathlib import Path

import pytest

from itnews.cli.columns import columns
from tests.cli.running import edit, itnews, new_site

UPDATE = "content/updates/leave-requests-first-team.md"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")  # 2026-11-21 12:00 UTC
    return new_site(tmp_path)


def ids(site: Path, *arguments: str) -> list[str]:
    ran = itnews("list", "--site", site, "--format", "json", *arguments)
    assert ran.code == 0, ran.err
    return [item["id"] for item in json.loads(ran.out)]


def states(site: Path) -> dict[str, str]:
    ran = itnews("list", "--site", site, "--format", "json")
    return {item["id"]: item["state"] for item in json.loads(ran.out)}


def test_everything_is_listed_by_kind(site: Path) -> None:
    assert ids(site) == [
        "leave-requests-first-team",
        "leave-requests",
        "wifi-in-the-canteen",
        "this-year",
        "leave-offline-evening",
        "see-leave-of-team",
        "how-to-be-told",
        "people-team",
        "less-paper",
        "leave",
        "alex-example",
        "sam-sample",
        "pilot",
        "about",
    ]


@pytest.mark.parametrize("word", ["person", "people", "People", "PERSON"])
def test_kind_may_be_named_as_people_name_it(site: Path, word: str) -> None:
    assert ids(site, word) == ["alex-example", "sam-sample"]


def test_states_select(site: Path) -> None:
    edit(site / UPDATE, "tags: [leave]", "publish_at: 2026-12-01")
    edit(site / "content/pages/about.md", "menu: 1", "draft: true")
    edit(site / "content/roadmaps/this-year.md", "owner: alex-example", "expires: 2026-11-20")
    assert ids(site, "--scheduled") == ["leave-requests-first-team"]
    assert ids(site, "--drafts") == ["about"]
    assert ids(site, "--expired") == ["this-year"]
    assert ids(site, "--drafts", "--expired") == ["this-year", "about"]
    assert ids(site, "update", "--drafts") == []


def test_what_only_a_group_sees_is_restricted_until_it_leaves_the_lists(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", "editions: {board: {shows: [board]}}\ntheme:")
    edit(site / "content/pages/about.md", "menu: 1", "visibility: board")
    assert states(site)["about"] == "restricted"
    edit(site / "content/pages/about.md", "visibility: board", "visibility: [board, everyone]")
    assert states(site)["about"] == "published"
    about = "visibility: board\nexpires: 2026-11-20"
    edit(site / "content/pages/about.md", "visibility: [board, everyone]", about)
    assert states(site)["about"] == "expired"


def test_what_is_removed_when_it_expires_is_not_a_draft_any_more(site: Path) -> None:
    gone = "draft: true\nexpires: 2026-11-20\nremove_when_expired: true"
    edit(site / "content/pages/about.md", "menu: 1", gone)
    assert states(site)["about"] == "expired"


def test_settings_that_cannot_be_read_are_told_as_by_a_build(site: Path) -> None:
    (site / "itnews.yaml").write_bytes("site: {title: Für}".encode("utf-16"))
    ran = itnews("list", "--site", site)
    assert ran.code == 2
    assert "[encoding-utf16]" in ran.err


def test_table_shows_state_and_status(site: Path) -> None:
    edit(site / UPDATE, "tags: [leave]", "draft: true")
    ran = itnews("list", "--site", site, "update")
    head, row = ran.out.splitlines()
    assert head.split() == ["kind", "id", "date", "state", "title", "path"]
    assert row.split()[:5] == [
        "update",
        "leave-requests-first-team",
        "2026-11-21",
        "draft,",
        "on-track",
    ]
    assert row.endswith(UPDATE)


def test_status_is_what_readers_see(site: Path) -> None:
    """The starter's notice is over, its consultation open; an ask and a service say so themselves."""
    ran = itnews("list", "--site", site, "--format", "json")
    said = {item["kind"]: item["status"] for item in json.loads(ran.out)}
    assert said["notice"] == "scheduled"
    assert said["consultation"] == "open"
    assert said["ask"] == "planned"
    assert said["service"] == "live"


def test_csv_is_read_back(site: Path) -> None:
    edit(site / UPDATE, "title: The first team", 'title: The "first", team')
    ran = itnews("list", "--site", site, "--format", "csv", "updates")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert row["title"] == 'The "first", team asks for leave on the phone'
    assert row["state"] == "published"


@pytest.mark.parametrize("title", ["=1+1", "+49 30 1", "-5 degrees", "@home", "＝1+1"])
def test_title_is_no_formula_of_a_spreadsheet(site: Path, title: str) -> None:
    edit(site / UPDATE, "title: The first team asks for leave on the phone", f"title: '{title}'")
    ran = itnews("list", "--site", site, "--format", "csv", "updates")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert row["title"] == f"'{title}"
    assert itnews("list", "--site", site, "--format", "json", "updates").out.count(title[1:]) == 1


def test_every_cell_is_quoted_so_that_none_begins_in_another(site: Path) -> None:
    title = "title: A;=1+1"
    edit(site / UPDATE, "title: The first team asks for leave on the phone", title)
    ran = itnews("list", "--site", site, "--format", "csv", "updates")
    assert '"A;=1+1"' in ran.out
    columns_named = '"kind","id","date","state","status","title","path","unconfirmed_since"'
    assert ran.out.splitlines()[0] == columns_named


def test_status_that_nobody_confirms_is_stale(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(site, "--stale") == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 2027-01-15: monthly is 31 days
    assert ids(site, "--stale") == ["leave-requests"]
    assert ids(site, "--stale", "--expired") == ["leave-requests"]
    assert ids(site, "updates", "--stale") == []
    row = itnews("list", "--site", site, "project").out.splitlines()[1]
    assert "on-track, not confirmed since 2026-11-21" in row


def test_an_update_confirms_a_status_once_it_is_published(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    edit(site / UPDATE, "date: 2026-11-21", "date: 2027-01-10")
    assert ids(site, "--stale") == []
    edit(site / UPDATE, "date: 2027-01-10", "date: 2027-01-20")
    assert ids(site, "--stale") == ["leave-requests"]


def test_document_with_errors_is_told_of_and_the_others_are_listed(site: Path) -> None:
    edit(site / UPDATE, "date:", "dat:")
    ran = itnews("list", "--site", site)
    assert ran.code == 1
    assert "[date-missing]" in ran.err
    assert "less-paper" in ran.out


def test_nothing_found_is_no_table(site: Path) -> None:
    ran = itnews("list", "--site", site, "--expired")
    assert (ran.code, ran.out) == (0, "")


def test_no_site_is_2(tmp_path: Path) -> None:
    assert itnews("list", "--site", tmp_path / "nowhere").code == 2


def test_broken_settings_are_2(site: Path) -> None:
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Berlin")
    ran = itnews("list", "--site", site)
    assert ran.code == 2
    assert "[timezone-unknown]" in ran.err


# The columns


def test_columns_are_as_wide_as_their_widest_cell_on_screen() -> None:
    assert [*columns([["a", "b"], ["日本", "x"]], None, "utf-8")] == ["a     b", "日本  x"]


def test_figures_end_at_the_right() -> None:
    rows = [["page", "times"], ["a", "7"], ["b", "12"]]
    assert [*columns(rows, None, "utf-8", figures=1)] == [
        "page  times",
        "a         7",
        "b        12",
    ]


def test_columns_give_way_from_the_widest_on() -> None:
    (line,) = columns([["id", "x" * 40, "y" * 20]], 40, "utf-8")
    assert line == "id  " + "x" * 16 + "…  " + "y" * 16 + "…"
    (line,) = columns([["id", "x" * 40, "y" * 13]], 40, "utf-8")
    assert line == "id  " + "x" * 20 + "…  " + "y" * 13


def test_narrow_terminal_wraps_rather_than_shows_nothing() -> None:
    (line,) = columns([["x" * 40, "y" * 40]], 5, "utf-8")
    assert line == "x" * 11 + "…  " + "y" * 11 + "…"


def test_cell_cannot_steer_the_terminal() -> None:
    (line,) = columns([["\x1b[2J", "a\nb"]], None, "utf-8")
    assert line == "\\x1b[2J  a b"
