"""`itnews check`: what is wrong or missing, told to people and programs, and nothing published."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from itnews.app.checking import check as check_site
from itnews.app.options import Options
from itnews.app.unchanged import STATE
from itnews.checks.finding import Case, Finding
from tests.cli.running import NOW, Ran, edit, itnews, new_site
from tests.laws.edits import Editor
from tests.sites import Site, told

UPDATE = "content/updates/leave-requests-first-team.md"
PROJECT = "content/projects/leave-requests.md"
ABOUT = "content/pages/about.md"
EDITIONS = "\neditions:\n  staff: {}\n  board: {shows: [board]}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path / "site")


def check(site: Path, *arguments: object) -> Ran:
    return itnews("check", "--site", site, "--now", NOW, *arguments)


def found(site: Path, *arguments: object) -> list[tuple[str, str, int]]:
    """What a program is told: code, path and line of each problem."""
    told = json.loads(check(site, "--format", "json", *arguments).out)
    return [(one["code"], one["path"], one["line"]) for one in told]


def codes(site: Path, *arguments: object) -> list[str]:
    return [code for code, _, _ in found(site, *arguments)]


def test_new_site_has_no_problems(site: Path) -> None:
    ran = check(site)
    assert ran.code == 0
    assert ran.out == "No problems in 14 documents.\n"


def test_nothing_but_its_own_folder_is_written(site: Path) -> None:
    before = set(site.rglob("*"))
    check(site)
    new = {path.relative_to(site).parts[:2] for path in set(site.rglob("*")) - before}
    assert new == {(STATE,), (STATE, "check")}


def test_output_is_neither_touched_nor_looked_at(site: Path) -> None:
    (site / "output").mkdir()
    (site / "output/holiday.jpg").write_bytes(b"not ours: a build would refuse")
    assert check(site).code == 0
    assert [path.name for path in (site / "output").iterdir()] == ["holiday.jpg"]


def test_build_finds_its_memory_as_it_left_it(site: Path) -> None:
    itnews("build", "--site", site, "--now", NOW)
    edit(site / UPDATE, "The warehouse tries it", "The warehouse has tried it")
    check(site)
    ran = itnews("build", "--site", site, "--now", NOW, "--explain")
    assert f"{UPDATE} changed" in ran.out


def test_check_says_what_a_build_says_and_what_is_missing(site: Path) -> None:
    edit(site / UPDATE, "project: leave-requests", "project: leave-request")
    edit(site / ABOUT, "summary: Who writes here, and how to get an answer.\n", "")
    edit(site / ABOUT, "(person:alex-example)", "(nowhere.md)")
    assert found(site) == [
        ("summary-missing", ABOUT, 1),
        ("link-broken", ABOUT, 8),
        ("project-unknown", UPDATE, 5),
    ]
    ran = check(site)
    assert ran.code == 1
    assert "did you mean 'leave-requests'?" in ran.out
    assert ran.out.endswith("2 errors, 1 warning\n")


def test_templates_settings_and_theme_are_checked_too(site: Path) -> None:
    (site / "theme/templates").mkdir(parents=True, exist_ok=True)
    (site / "theme/templates/update.html").write_text("{% extends 'bse.html' %}", encoding="utf-8")
    edit(site / "itnews.yaml", "theme:", "menu: [{title: Help, url: /hlep/}]\ntheme:")
    said = codes(site)
    assert "template-missing" in said
    assert "link-broken" in said


def test_warnings_alone_are_0_and_with_strict_1(site: Path) -> None:
    edit(site / ABOUT, "summary: Who writes here, and how to get an answer.\n", "")
    assert check(site).code == 0
    ran = check(site, "--strict")
    assert ran.code == 1
    assert "--strict counts warnings as errors" in ran.err


def test_path_limits_what_is_told_and_what_counts(site: Path) -> None:
    edit(site / UPDATE, "project: leave-requests", "project: nonsense")
    edit(site / ABOUT, "summary: Who writes here, and how to get an answer.\n", "")
    assert codes(site, site / "content/pages") == ["summary-missing"]
    assert codes(site, site / UPDATE) == ["project-unknown"]
    assert codes(site, site / UPDATE, site / ABOUT) == ["summary-missing", "project-unknown"]
    assert check(site, site / ABOUT).code == 0
    assert check(site, site).code == 1
    assert check(site, site / PROJECT).out == "No problems in 1 document.\n"


def test_what_is_no_source_is_said_to_be_none(site: Path) -> None:
    (site / "notes.txt").write_text("mine", encoding="utf-8")
    ran = check(site, site / "notes.txt", site / ABOUT)
    assert ran.code == 0
    assert "notes.txt: itnews reads nothing of this." in ran.err
    assert ABOUT not in ran.err


def test_folder_of_a_similar_name_is_another(site: Path) -> None:
    (site / "content/page").mkdir()
    edit(site / ABOUT, "summary: Who writes here, and how to get an answer.\n", "")
    assert codes(site, site / "content/page") == []


def test_site_is_that_of_the_path(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    edit(site / ABOUT, "menu: 1", "menu: x")
    ran = itnews("check", "--now", NOW, Path("site/content/pages"))
    assert ran.code == 1
    assert f"{ABOUT}:4:7: error" in ran.out


@pytest.mark.parametrize("path", ["content/nothing.md", "../elsewhere"])
def test_path_that_is_not_there_or_in_no_site_is_2(site: Path, path: str) -> None:
    (site.parent / "elsewhere").mkdir()
    ran = check(site, site / path)
    assert ran.code == 2
    assert (ran.out, path.rpartition("/")[2] in ran.err) == ("", True)


def test_path_without_any_site_is_2(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    ran = itnews("check", tmp_path / "a.md")
    assert ran.code == 2
    assert "lies in no site" in ran.err


def test_settings_that_cannot_be_used_are_2_and_told_whatever_the_path(site: Path) -> None:
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Berlin")
    ran = check(site, site / ABOUT)
    assert ran.code == 2
    assert "[timezone-unknown]" in ran.out


def test_editions_are_chosen_as_for_a_build(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", f"{EDITIONS}theme:")
    assert check(site).code == 2
    assert check(site, "--edition", "staff", "--all-editions").code == 2
    assert check(site, "--edition", "board").code == 0
    assert check(site, "--all-editions").code == 0


def test_reference_to_what_one_edition_hides_is_told_of_that_edition(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", f"{EDITIONS}theme:")
    edit(site / PROJECT, "horizon: now", "horizon: now\nvisibility: board")
    ran = check(site, "--all-editions", site / UPDATE)
    assert ran.code == 0
    assert f"{UPDATE}:5:10: warning: 'leave-requests' leads to a document that is hidden" in ran.out
    assert "in the edition 'staff'" in ran.out
    assert "in the edition 'board'" not in ran.out
    # In the field and in the text.
    assert codes(site, "--edition", "staff", site / UPDATE) == ["reference-hidden"] * 2
    assert codes(site, "--edition", "board", site / UPDATE) == []


@pytest.mark.parametrize(
    "link", ["../projects/leave-requests.md", "project:leave-requests", "/projects/leave-requests/"]
)
def test_link_to_a_draft_is_told_however_it_is_written(site: Path, link: str) -> None:
    edit(site / PROJECT, "horizon: now", "draft: true")
    edit(site / ABOUT, "menu: 1", f"links: ['{link}']")
    edit(site / ABOUT, "(person:alex-example)", f"({link})")
    assert found(site, site / ABOUT) == [
        ("reference-hidden", ABOUT, 4),
        ("reference-hidden", ABOUT, 9),
    ]


def test_a_view_narrowed_to_a_draft_is_told_at_its_place(site: Path) -> None:
    edit(site / PROJECT, "horizon: now", "draft: true")
    block = "```itnews\nroadmap: {projects: [leave-requests]}\n```"
    edit(site / ABOUT, "(person:alex-example)", f"(person:alex-example)\n\n{block}\n\n")
    assert [(code, path) for code, path, _ in found(site, site / ABOUT)] == [
        ("reference-hidden", ABOUT)
    ]
    assert "roadmap: {projects: [leave-requests]}" in check(site, site / ABOUT).out


def test_mistake_is_told_once_and_not_by_all_that_refer_to_it(site: Path) -> None:
    edit(site / PROJECT, "status: on-track\nstatus_as_of", "status: splendid\nstatus_as_of")
    assert found(site) == [("choice-unknown", PROJECT, 6)]


def test_drafts_are_looked_at_if_asked_for(site: Path) -> None:
    edit(site / ABOUT, "summary: Who writes here, and how to get an answer.", "draft: true")
    assert codes(site) == []
    assert codes(site, "--drafts") == ["summary-missing"]


def test_what_has_expired_is_not_looked_at(site: Path) -> None:
    edit(site / ABOUT, "summary: Who writes here, and how to get an answer.", "expires: 2026-11-20")
    assert codes(site) == []


def test_status_grows_old_while_nothing_is_edited(site: Path) -> None:
    assert codes(site) == []
    later = itnews("check", "--site", site, "--now", "2027-02-01", "--format", "json").out
    assert "status-stale" in later


def test_order_is_that_of_files_and_lines(site: Path) -> None:
    for name in ("zebra", "ant"):
        text = f"---\ntitle: {name}\n---\n[a](b.md)\n[c](d.md)\n"
        (site / f"content/pages/{name}.md").write_text(text, encoding="utf-8")
    places = [(path, line) for _, path, line in found(site)]
    assert places == sorted(places)


def test_repeated_lack_is_told_once_with_its_places(site: Path) -> None:
    for number in range(5):
        text = f"---\ntitle: Page {number}\n---\nWords.\n"
        (site / f"content/pages/page-{number}.md").write_text(text, encoding="utf-8")
    ran = check(site)
    assert "warning: There is no summary in 5 files. [summary-missing]" in ran.out
    assert "and 2 more" in ran.out
    assert ran.out.count("[summary-missing]") == 1


def test_json_is_the_shape_of_a_build(site: Path) -> None:
    edit(site / UPDATE, "project: leave-requests", "project: nonsense")
    built = json.loads(itnews("build", "--site", site, "--now", NOW, "--format", "json").out)
    checked = json.loads(check(site, "--format", "json").out)
    assert checked == built["builds"][0]["problems"]
    keys = ["code", "level", "path", "line", "column", "length", "message", "hint"]
    assert [list(one) for one in checked] == [keys]


def test_formats_for_programs_say_nothing_else_on_stdout(site: Path) -> None:
    assert check(site, "--format", "json").out == "[]\n"
    assert check(site, "--format", "gitlab").out == "[]\n"
    assert check(site, "--format", "github").out == ""


def test_programs_are_told_paths_from_the_repository_on(site: Path) -> None:
    (site.parent / ".git").mkdir()
    edit(site / UPDATE, "project: leave-requests", "project: nonsense")
    assert check(site, "--format", "github").out.startswith(f"::error file=site/{UPDATE},line=5,")
    (entry,) = json.loads(check(site, "--format", "gitlab").out)
    assert entry["location"] == {"path": f"site/{UPDATE}", "lines": {"begin": 5}}


# Settings and other documents


NOTICE = "content/notices/leave-offline-evening.md"


def test_notice_days_are_a_setting(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", "notice_days: {outage: 30}\ntheme:")
    assert codes(site) == ["notice-short"]
    edit(site / "itnews.yaml", "{outage: 30}", "{outage: 1}")
    assert codes(site) == []


def test_blackout_concerns_those_whom_the_notice_concerns(site: Path) -> None:
    department = "content/departments/people-team.md"
    closed = "blackouts: [{starts: 2026-11-01, ends: 2027-12-31, why: Exams}]\nhead:"
    edit(site / department, "head:", closed)
    ran = check(site)
    assert f"{NOTICE}:7:9: warning: This lies in a blackout of People team" in ran.out
    edit(site / NOTICE, "departments: [people-team]", "audience: it")
    assert codes(site) == []
    edit(site / NOTICE, "audience: it", "audience: everyone")
    assert codes(site) == ["notice-clash"]
    # The blackout is read anew when it changes.
    edit(site / department, "ends: 2027-12-31", "ends: 2026-11-02")
    assert codes(site) == []


# What is remembered


def options(site: Site, state: Path) -> Options:
    return Options(site.folder, site.now, edition=site.edition, state=state, jobs=1)


@pytest.mark.parametrize("seed", range(3))
def test_check_that_remembers_says_what_one_from_nothing_says(seed: int, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    for number, _ in enumerate(Editor(site, seed).edits(6)):
        remembering = check_site(options(site, tmp_path / "state"))
        anew = check_site(options(site, tmp_path / f"state-{number}"))
        assert told(remembering) == told(anew)


@pytest.mark.parametrize("seed", range(2))
def test_check_says_all_that_a_build_says(seed: int, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    for _ in Editor(site, seed).edits(5):
        built, checked = site.build(), check_site(options(site, tmp_path / "state"))
        assert set(built.problems) <= set(checked.problems)


def test_second_check_asks_only_about_what_was_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path / "site")
    for name in ("vpn", "mail"):
        site.document(f"updates/{name}", "Words.", date="2026-11-20")
    check_site(options(site, tmp_path / "state"))
    asked = []

    def findings(case: Case) -> Iterator[tuple[str, Finding]]:
        asked.append(case.card.id)
        return iter(())

    monkeypatch.setattr("itnews.app.tasks.policy.findings", findings)
    site.document("updates/mail", "Words.", date="2026-11-20", summary="What it means.")
    report = check_site(options(site, tmp_path / "state"))
    assert asked == ["mail"]
    assert [str(one.at.path) for one in report.problems] == ["content/updates/vpn.md"]
