"""`itnews build`: what a person, a log and a program are told."""

import json
import shutil
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import pytest

from itnews.app.report import Report
from itnews.cli.site import facts_of, find_site, fixed_time
from itnews.cli.summary import Told, outcome
from itnews.errors import UsageFault
from itnews.files.output import Change
from itnews.paths import UrlPath
from tests.cli.running import NOW, Ran, edit, itnews, new_site

UPDATE = "content/updates/leave-requests-first-team.md"
EDITIONS = "\neditions:\n  staff: {}\n  board: {shows: [board]}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site that has been built."""
    site = new_site(tmp_path_factory.mktemp("built"))
    assert build(site).code == 0
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "site"))


def build(site: Path, *arguments: object) -> Ran:
    return itnews("build", "--site", site, "--now", NOW, *arguments)


def published(site: Path) -> dict[str, bytes]:
    output = site / "output"
    return {str(p.relative_to(output)): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def test_build_says_how_many_pages_and_what_changed(site: Path) -> None:
    edit(site / UPDATE, "The warehouse tries it", "The warehouse has tried it")
    ran = build(site)
    assert ran.code == 0
    assert "pages in" in ran.out
    assert " files written, " in ran.out
    assert " unchanged, in " in ran.out


def test_second_build_changes_nothing_and_says_so(site: Path) -> None:
    build(site)
    ran = build(site)
    assert ": nothing changed, in " in ran.out


def test_results_go_to_stdout_and_problems_to_stderr(site: Path) -> None:
    edit(site / UPDATE, "authors: [alex-example]", "authors: [alex-exampel]")
    ran = build(site)
    assert ran.code == 0
    assert "warning: 'alex-exampel' is taken for a name. [person-near]" in ran.err
    assert "warning" not in ran.out


def test_error_publishes_nothing_and_says_that_the_output_stays(site: Path) -> None:
    before = published(site)
    edit(site / UPDATE, "project: leave-requests", "project: leave-reqests")
    ran = build(site)
    assert ran.code == 1
    assert f"{UPDATE}:5:10: error: Unknown project 'leave-reqests'. [project-unknown]" in ran.err
    assert "did you mean 'leave-requests'?" in ran.err
    assert ran.out.startswith("Nothing was published: ")
    assert "output/ stays as it was." in ran.out
    assert published(site) == before


def test_first_build_with_errors_speaks_of_no_output(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    edit(site / UPDATE, "date:", "dat:")
    ran = build(site)
    assert ran.code == 1
    assert ran.out == "Nothing was published.\n"


def test_keep_going_publishes_and_the_exit_code_stays_1(site: Path) -> None:
    edit(site / UPDATE, "project: leave-requests", "project: leave-reqests")
    ran = build(site, "--keep-going")
    assert ran.code == 1
    assert " despite the errors: " in ran.out


def test_strict_says_why_nothing_was_published_without_an_error(site: Path) -> None:
    edit(site / UPDATE, "authors: [alex-example]", "authors: [alex-exampel]")
    ran = build(site, "--strict")
    assert ran.code == 1
    assert "There are no errors, but --strict counts warnings as errors." in ran.out


def named(said: str, head: str) -> set[str]:
    """The addresses that stand below the line that ends in *head*."""
    below = said.partition(head)[2].splitlines()[1:]
    return {line.strip() for line in takewhile(lambda line: line.startswith("  "), below)}


def test_withdrawn_page_is_named_and_prune_removes_just_that(site: Path) -> None:
    page = site / "output/updates/leave-requests-first-team/index.html"
    edit(site / UPDATE, "tags: [leave]", "draft: true")
    edit(site / "content/pages/about.md", "title: About", "titel: About")
    ran = build(site)
    assert ran.code == 1
    # Nothing else bears the tag, so that its list and feed were the document's, too.
    gone = {"/tags/leave/", "/tags/leave/feed.xml", "/updates/leave-requests-first-team/"}
    assert named(ran.out, "although it should be gone:") == gone
    assert "`itnews build --prune` removes just that" in ran.out
    assert page.is_file()
    ran = build(site, "--prune")
    assert ran.code == 1
    assert named(ran.out, "as --prune asks:") == gone
    assert not page.exists()
    assert (site / "output/about/index.html").is_file()


def test_broken_settings_are_2_and_shown_where_they_are_broken(site: Path) -> None:
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Berlin")
    ran = build(site)
    assert ran.code == 2
    assert "error: Unknown time zone 'Berlin'. [timezone-unknown]" in ran.err
    assert ran.out == "Nothing was published.\n"


def test_what_is_scheduled_is_told_in_the_zone_of_the_site(site: Path) -> None:
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Europe/Berlin")
    edit(site / UPDATE, "tags: [leave]", "publish_at: 2026-12-01T09:00")
    ran = build(site)
    assert "1 document scheduled:\n  2026-12-01 09:00  The first team asks" in ran.out
    title = "The first team asks for leave on the phone"
    assert f"next change due 2026-12-01 09:00: {title} appears\n" in ran.out


def test_the_last_day_of_the_calendar_is_told_east_of_greenwich_too(site: Path) -> None:
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Europe/Berlin")
    edit(site / UPDATE, "tags: [leave]", "expires: 9999-12-31")
    late = itnews("build", "--site", site, "--now", "2098-01-01")  # when nothing else is to come
    assert (late.code, "next change due 9999-12-31" in late.out) == (0, True)
    ran = build(site, "--format", "json")
    assert (ran.code, "9999-12-31" in ran.out) == (0, True)


def test_time_without_a_zone_is_that_of_the_site(site: Path) -> None:
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Europe/Berlin")
    edit(site / UPDATE, "tags: [leave]", "publish_at: 2026-12-01T09:00")
    page = site / "output/updates/leave-requests-first-team/index.html"
    itnews("build", "--site", site, "--now", "2026-12-01T08:59")
    assert not page.exists()
    itnews("build", "--site", site, "--now", "2026-12-01T09:00")
    assert page.exists()
    itnews("build", "--site", site, "--now", "2026-12-01T07:59Z")
    assert not page.exists()


def test_drafts_are_shown_on_demand_only(site: Path) -> None:
    edit(site / UPDATE, "tags: [leave]", "draft: true")
    build(site)
    page = site / "output/updates/leave-requests-first-team/index.html"
    assert not page.exists()
    build(site, "--drafts")
    assert page.exists()


def test_output_goes_where_it_is_asked_for(site: Path, tmp_path: Path) -> None:
    assert build(site, "--output", tmp_path / "public").code == 0
    assert (tmp_path / "public" / "index.html").is_file()


def test_output_folder_of_somebody_else_is_refused(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("precious", encoding="utf-8")
    ran = build(site, "--output", other)
    assert ran.code == 2
    assert "thesis.txt" in ran.err
    assert (other / "thesis.txt").read_text(encoding="utf-8") == "precious"


def test_folder_without_a_site_is_2(tmp_path: Path) -> None:
    ran = build(tmp_path)
    assert ran.code == 2
    assert "itnews.yaml" in ran.err
    assert ran.err.startswith("error: ")


def test_json_is_one_object_with_stable_names(site: Path) -> None:
    edit(site / UPDATE, "project: leave-requests", "project: leave-reqests")
    ran = build(site, "--format", "json")
    told = json.loads(ran.out)
    assert told["exit_code"] == ran.code == 1
    (one,) = told["builds"]
    assert one["published"] is False
    assert one["problems"][0]["code"] == "project-unknown"
    assert one["problems"][0]["path"] == UPDATE
    assert list(one) == [
        "edition",
        "exit_code",
        "published",
        "output",
        "pages",
        "written",
        "deleted",
        "unchanged",
        "withdrawn",
        "pruned",
        "seconds",
        "coming",
        "changes_next",
        "notices",
        "problems",
    ]


def test_all_editions_are_built_each_into_its_own_folder(site: Path) -> None:
    with (site / "itnews.yaml").open("a", encoding="utf-8") as settings:
        settings.write(EDITIONS)
    edit(site / UPDATE, "tags: [leave]", "visibility: board")
    shutil.rmtree(site / "output")
    ran = build(site, "--all-editions")
    assert ran.code == 0, ran.err
    assert "of edition 'staff'" in ran.out
    page = "updates/leave-requests-first-team/index.html"
    assert not (site / "output/staff" / page).exists()
    assert (site / "output/board" / page).is_file()


def test_site_with_editions_asks_which(site: Path) -> None:
    with (site / "itnews.yaml").open("a", encoding="utf-8") as settings:
        settings.write(EDITIONS)
    ran = build(site)
    assert ran.code == 2
    assert "--edition" in ran.err
    assert "--all-editions" in ran.err
    assert "staff" in ran.err
    assert "did you mean 'staff'?" in build(site, "--edition", "staf").err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--all-editions", "--edition", "staff"],
        ["--all-editions", "--output", "public"],
        ["--watch", "--format", "json"],
        ["--now", "yesterday"],
    ],
)
def test_options_that_contradict_each_other_are_2(site: Path, arguments: list[str]) -> None:
    ran = itnews("build", "--site", site, *arguments)
    assert ran.code == 2
    assert ran.err.startswith("error: ")


# The time and the place


def test_source_date_epoch_is_the_time_of_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    assert fixed_time("", UTC) == datetime.fromtimestamp(1780000000, UTC)
    assert fixed_time("2026-03-02", UTC) == datetime(2026, 3, 2, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "now")
    with pytest.raises(UsageFault, match="SOURCE_DATE_EPOCH is 'now'"):
        fixed_time("", UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert fixed_time("", UTC) is None


def test_site_is_found_from_a_folder_inside(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "content" / "updates")
    assert find_site(None).resolve() == site.resolve()
    assert find_site(Path("elsewhere")) == Path("elsewhere")


def test_settings_that_cannot_be_read_give_no_facts(tmp_path: Path) -> None:
    (tmp_path / "itnews.yaml").write_bytes(b"\xff\xfe")
    assert facts_of(tmp_path).editions == ()


# The summary


def told(base_path: str = "", *, written: int = 0) -> Told:
    change = Change(tuple(UrlPath(f"/{n}/") for n in range(written)), (), 3)
    report = Report((), 0, published=True, change=change, output=Path("output"), pages=1)
    return Told(report, "", strict=False, seconds=0.125, zone=UTC, base_path=base_path)


def test_how_to_look_at_it_is_said_on_a_terminal() -> None:
    *_, last = outcome(told(), looks=True)
    assert last.endswith("python -m http.server --bind 127.0.0.1 --directory output 8000")
    assert len([*outcome(told(), looks=False)]) == 1


def test_site_below_a_path_is_not_said_to_be_looked_at_in_the_simple_way() -> None:
    *_, last = outcome(told("/it"), looks=True)
    assert last.startswith("Its addresses begin with /it/")


def test_one_file_is_one_file() -> None:
    first, *_ = outcome(told(written=1), looks=False)
    assert first.endswith(": 1 file written, 3 unchanged, in 0.12 s.")
