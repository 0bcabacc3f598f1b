"""Sites in git repositories: what their pages tell of it, and that a commit makes again what it has to and no more."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from itnews.app.build import build
from itnews.app.checking import check
from itnews.app.replay import replay
from itnews.app.report import Report
from itnews.app.warm import Warm
from itnews.app.workers import WORTH_IT
from itnews.paths import source_path
from tests.laws.test_incremental import blind_to
from tests.repositories import Work
from tests.sites import SETTINGS, Site, contents, told

IGNORED = ".itnews/\noutput/\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site in `work/it`, which is a folder of a repository."""
    made = Site(tmp_path / "work" / "it")
    made.write(".gitignore", IGNORED)
    made.document("updates/vpn", "Words.", date="2026-03-02", title="VPN")
    made.document("updates/mail", "Words.", date="2026-03-02", title="Mail")
    made.document("projects/erp", "Words.", title="ERP", target="2026-Q1", status="on-track")
    return made


@pytest.fixture
def work(site: Site) -> Work:
    begun = Work.begun(site.folder.parent)
    begun.commit("2026-03-02")
    return begun


def made_pages(report: Report) -> set[str]:
    return {text.rpartition("/")[2] for text in report.made if text.startswith("page|")}


def assert_as_clean(site: Site, scratch: Path) -> None:
    """The next build has the bytes and problems of one that remembers nothing."""
    report = site.build()
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(site.folder.parent, scratch, ignore=shutil.ignore_patterns(".itnews", "output"))
    other = replace(site.options(), site=scratch / site.folder.name)
    assert told(build(other)) == told(report)
    assert contents(site.output) == contents(scratch / site.folder.name / "output")


def test_a_page_tells_when_git_says_that_it_was_changed_later(site: Site, work: Work) -> None:
    assert "Updated" not in (site.build(), site.page("/updates/vpn/"))[1]
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    work.commit("2026-04-05T23:30:00Z")
    site.build()
    assert "6 April 2026" in site.page("/updates/vpn/")  # in the zone of the site
    assert "Updated" not in site.page("/updates/mail/")


def test_the_field_wins_over_git(site: Site, work: Work) -> None:
    site.document("updates/vpn", "Other.", date="2026-03-02", title="VPN", updated="2026-03-20")
    work.commit("2026-04-05")
    site.build()
    page = site.page("/updates/vpn/")
    assert "20 March 2026" in page
    assert "5 April 2026" not in page


def test_feeds_never_tell_a_date_of_git(site: Site, work: Work) -> None:
    site.build()
    before = site.page("/feed.xml")
    site.document("updates/vpn", "Words.", date="2026-03-02", title="VPN", tags="[net]")
    work.commit("2026-04-05")
    site.build()
    assert [line for line in site.page("/feed.xml").splitlines() if "Date" in line] == [
        line for line in before.splitlines() if "Date" in line
    ]


def test_targets_that_moved_are_counted_without_a_line_of_history(site: Site, work: Work) -> None:
    site.document("projects/erp", "Words.", title="ERP", target="2026-Q2", status="at-risk")
    work.commit("2026-04-05")
    site.build()
    page = site.page("/projects/erp/")
    assert "first promise" in page
    assert "moved once" in page.lower()
    assert "not confirmed since" in page
    # Since when, in the records of plan and status, and the last change.
    assert page.count('datetime="2026-04-05"') == 4


def test_what_is_not_committed_yet_holds_today(site: Site, work: Work) -> None:
    site.document("projects/erp", "Words.", title="ERP", target="2026-Q2", status="at-risk")
    work.commit("2026-04-05")
    site.document("projects/erp", "Words.", title="ERP", target="2026-Q2", status="off-track")
    site.build()
    assert "status-off-track" in site.page("/projects/erp/").partition('class="statuses"')[0]


def test_a_commit_without_a_change_of_files_is_noticed_and_makes_its_pages_only(
    site: Site, work: Work, tmp_path: Path
) -> None:
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    site.build()
    assert isinstance(replay(site.options()), Report)
    work.commit("2026-04-05")
    assert not isinstance(replay(site.options()), Report)
    report = site.build()
    assert made_pages(report) == {"vpn.md"}
    assert "5 April 2026" in site.page("/updates/vpn/")
    assert isinstance(replay(site.options()), Report)
    assert_as_clean(site, tmp_path / "scratch")


def test_a_verifier_that_is_blind_to_git_is_caught(site: Site, work: Work, tmp_path: Path) -> None:
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    site.build()
    site.verifier = blind_to("dates", "revisions")
    work.commit("2026-04-05")
    with pytest.raises(AssertionError):
        assert_as_clean(site, tmp_path / "scratch")


def test_workers_know_what_the_build_knows(site: Site, work: Work, tmp_path: Path) -> None:
    for number in range(WORTH_IT):
        site.document(f"updates/u{number}", "Words.", date="2026-03-02", title=f"U {number}")
    work.commit("2026-04-05")
    with ThreadPoolExecutor(2) as executor:
        site.executor = executor
        assert_as_clean(site, tmp_path / "scratch")
    assert "5 April 2026" in site.page("/updates/u7/")


def test_a_commit_elsewhere_makes_nothing(site: Site, work: Work) -> None:
    site.build()
    work.write("elsewhere.txt", "words")
    work.commit("2026-04-05")
    assert not site.build().made


def test_a_build_after_commits_equals_a_clean_one(site: Site, work: Work, tmp_path: Path) -> None:
    site.build()
    targets = ("2026-Q2", "2026-Q3", "2026-Q2")
    for number, target in enumerate(targets, 4):
        site.document("projects/erp", "Words.", title="ERP", target=target, status="on-track")
        site.build()
        work.commit(f"2026-0{number}-01")
        assert_as_clean(site, tmp_path / "scratch")
    work.git("mv", "it/content/updates/mail.md", "it/content/updates/post.md")
    work.commit("2026-08-01")
    assert_as_clean(site, tmp_path / "scratch")
    work.git("reset", "--quiet", "--hard", "HEAD~2")
    assert_as_clean(site, tmp_path / "scratch")


def test_two_editions_share_a_log_and_neither_misses_a_commit(
    site: Site, work: Work, tmp_path: Path
) -> None:
    site.write("itnews.yaml", SETTINGS + "editions:\n  all: {}\n  board: {shows: [board]}\n")
    both = [replace(site.options(), edition=name) for name in ("all", "board")]
    for options in both:
        build(options)
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    work.commit("2026-04-05")
    for options in both:
        build(options)
        page = site.folder / "output" / options.edition / "updates" / "vpn" / "index.html"
        assert "5 April 2026" in page.read_text(encoding="utf-8")


def test_an_edition_is_told_what_it_could_see_then(site: Site, work: Work) -> None:
    site.write("itnews.yaml", SETTINGS + "editions:\n  all: {}\n  board: {shows: [board]}\n")
    secret = {"title": "HQ", "visibility": "[board]"}
    site.document("projects/hq", "Words.", target="2026-Q1", **secret)
    work.commit("2026-03-03")
    site.document("projects/hq", "Words.", title="HQ", target="2026-Q3")
    work.commit("2026-04-05")
    pages = {}
    for edition in ("all", "board"):
        build(replace(site.options(), edition=edition))
        page = site.folder / "output" / edition / "projects" / "hq" / "index.html"
        pages[edition] = page.read_text(encoding="utf-8")
    assert "first promise" in pages["board"]
    assert "first promise" not in pages["all"]


def test_without_a_repository_it_is_said_once_if_there_is_a_project(site: Site) -> None:
    report = site.build()
    assert len(report.notices) == 1
    assert "no git repository" in report.notices[0]
    assert report.exit_code == 0
    site.remove("content/projects/erp.md")
    assert site.build().notices == ()


def test_in_a_shallow_clone_only_the_field_counts(site: Site, work: Work, tmp_path: Path) -> None:
    site.document("projects/erp", "Words.", title="ERP", target="2026-Q2", status="at-risk")
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    work.commit("2026-04-05")
    url = f"file://{work.folder.as_posix()}"
    work.git("clone", "--quiet", "--depth=1", url, str(tmp_path / "clone"))
    clone = Site(tmp_path / "clone" / "it")
    clone.strict = True
    report = clone.build()
    assert report.exit_code == 0
    assert [("shallow" in notice) for notice in report.notices] == [True]
    assert "Updated" not in clone.page("/updates/vpn/")
    assert "first promise" not in clone.page("/projects/erp/")
    assert [("shallow" in notice) for notice in check(clone.options()).notices] == [True]
    Work(tmp_path / "clone").git("fetch", "--quiet", "--unshallow")
    whole = clone.build()
    assert whole.notices == ()
    assert "5 April 2026" in clone.page("/updates/vpn/")


def test_without_git_the_site_is_built_and_told_of_until_git_is_there(
    site: Site, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    work.commit("2026-04-05")
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        report = site.build()
        assert "not installed" in report.notices[0]
        assert "Updated" not in site.page("/updates/vpn/")
    assert site.build().notices == ()
    assert "5 April 2026" in site.page("/updates/vpn/")


def test_git_is_asked_once_for_a_commit(
    site: Site, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    monkeypatch.setattr("itnews.content.git.subprocess.run", None)
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    site.document("updates/new", "Words.", date="2026-03-02", title="New")
    site.build()
    assert "Updated" not in site.page("/updates/new/")


def test_a_watch_goes_on_with_what_it_knows_until_it_looks_at_everything(
    site: Site, work: Work
) -> None:
    warm = Warm()
    build(site.options(), warm=warm)
    site.document("updates/vpn", "Other words.", date="2026-03-02", title="VPN")
    changed = frozenset({source_path("content/updates/vpn.md")})
    work.commit("2026-04-05")
    build(site.options(), warm=warm, changed=changed)
    assert "Updated" not in site.page("/updates/vpn/")
    build(site.options(), warm=warm)
    assert "5 April 2026" in site.page("/updates/vpn/")


def test_who_committed_it_wrote_it_if_the_site_knows_them(site: Site, work: Work) -> None:
    site.document("people/alex", title="Alex Example")
    site.document("updates/vpn", "Other.", date="2026-03-02", title="VPN")
    work.commit("2026-04-05")
    site.document("updates/mail", "Other.", date="2026-03-02", title="Mail", authors="[Somebody]")
    site.document("updates/tea", "Words.", date="2026-03-02", title="Tea")
    work.commit("2026-04-06", by="A Stranger")
    site.build()
    assert 'By <a href="/it/people/alex/">Alex Example</a>' in site.page("/updates/vpn/")
    assert "By Somebody" in site.page("/updates/mail/")
    assert "Stranger" not in site.page("/updates/tea/")


def test_whoever_gets_a_page_becomes_the_author_of_theirs_only(
    site: Site, work: Work, tmp_path: Path
) -> None:
    site.build()
    site.document("people/alex", title="Alex Example")
    assert made_pages(site.build()) >= {"vpn.md", "mail.md"}
    site.document("people/kim", title="Kim Other")
    assert "vpn.md" not in made_pages(site.build())
    assert_as_clean(site, tmp_path / "clean")


def test_an_undated_document_tells_when_it_came(site: Site, work: Work) -> None:
    site.document("goals/faster", "Words.")
    work.commit("2026-03-03")
    site.build()
    assert "Written" not in site.page("/goals/faster/")  # and was never changed
    site.document("goals/faster", "Other words.")
    work.commit("2026-05-04")
    site.build()
    page = site.page("/goals/faster/")
    assert "3 March 2026" in page
    assert "4 May 2026" in page


def test_each_change_of_the_plan_stands_on_the_page_of_the_project(site: Site, work: Work) -> None:
    site.document("projects/erp", "Words.", title="ERP", target="2026-Q2", confidence="low")
    work.commit("2026-04-05")
    site.document(
        "projects/erp", "Words.", title="ERP", target="2026-Q2", confidence="high", horizon="now"
    )
    work.commit("2026-05-06")
    site.build()
    history = (
        site.page("/projects/erp/").partition('id="part:plan-history"')[2].partition("</table>")[0]
    )
    assert history.count("<tr>") == 4
    assert [day in history for day in ("2026-03-02", "2026-04-05", "2026-05-06")] == [True] * 3
