"""What git tells of documents, in repositories made here."""

import subprocess
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from itnews.content.git import GitFault, Repository, parsed_log
from itnews.content.history import read_history, said_in
from itnews.files.head import NO_REPOSITORY, UNBORN, head_of
from itnews.model.history import Chronicle, Revision
from tests.repositories import Work


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work.begun(tmp_path / "work")


def chronicle(work: Work, folder: str = "content", **names: str) -> Chronicle:
    place = work.folder / folder
    found, _ = read_history(
        Repository(str(place), head_of(str(place)).revision),
        is_project=lambda path: path.startswith("projects/"),
        names=names,
        zone=UTC,
        known={},
    )
    return found


def dates(found: Chronicle, path: str) -> tuple[str, str]:
    told = found.dates[path]
    return str(told.created), str(told.updated)


def days(found: Chronicle, path: str) -> tuple[str, str]:
    created, updated = dates(found, path)
    return created[:10], updated[:10]


def project(**fields: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in {"title": "P", **fields}.items())
    return f"---\n{lines}---\nWords.\n"


def told(revisions: tuple[Revision, ...]) -> list[tuple[str, str]]:
    return [
        (str(one.date)[:10], one.period or one.status or one.horizon or one.confidence)
        for one in revisions
    ]


def test_a_document_is_created_and_updated_by_its_own_commits_in_utc(work: Work) -> None:
    work.write("content/updates/a.md", "one")
    work.commit("2026-01-01T23:30:00-0200", by="Alex Example")
    work.write("content/updates/b.md", "one")
    work.commit("2026-01-05")
    work.write("content/updates/a.md", "two")
    work.commit("2026-02-01T00:30:00+0100", by="Sam Example")
    found = chronicle(work)
    assert dates(found, "updates/a.md") == (
        "2026-01-02T01:30:00+00:00",
        "2026-01-31T23:30:00+00:00",
    )
    assert found.dates["updates/a.md"].authors == ("Alex Example", "Sam Example")
    assert days(found, "updates/b.md") == ("2026-01-05", "2026-01-05")


def test_what_is_not_committed_has_no_date_and_edits_change_none(work: Work) -> None:
    work.write("content/a.md", "one")
    work.write("content/gone.md", "one")
    work.commit("2026-01-01")
    work.git("rm", "--quiet", "content/gone.md")
    work.commit("2026-01-02")
    for name in ("a", "new", "gone"):
        work.write(f"content/{name}.md", "edited")
    found = chronicle(work)
    assert days(found, "a.md") == ("2026-01-01", "2026-01-01")
    assert set(found.dates) == {"a.md"}


def test_a_renamed_document_keeps_its_history(work: Work) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    work.write("content/updates/old.md", text)
    work.commit("2026-01-01")
    work.git("mv", "content/updates/old.md", "content/new.md")
    work.write("content/new.md", text + "more\n")
    work.commit("2026-01-02")
    work.git("mv", "content/new.md", "content/newest.md")
    work.commit("2026-01-03")
    assert days(chronicle(work), "newest.md") == ("2026-01-01", "2026-01-02")


def test_documents_that_change_names_change_histories_too(work: Work) -> None:
    one = "".join(f"one {number}\n" for number in range(20))
    two = "".join(f"two {number}\n" for number in range(20))
    work.write("content/a.md", one)
    work.commit("2026-01-01")
    work.write("content/b.md", two)
    work.commit("2026-01-02")
    work.git("mv", "content/a.md", "content/c.md")
    work.commit("2026-01-03")
    work.git("mv", "content/b.md", "content/a.md")
    work.commit("2026-01-04")
    work.write("content/b.md", "another")
    work.commit("2026-01-05")
    found = chronicle(work)
    assert days(found, "c.md")[0] == "2026-01-01"
    assert days(found, "a.md")[0] == "2026-01-02"
    assert days(found, "b.md")[0] == "2026-01-05"


def test_an_edit_on_a_branch_is_found_although_the_file_was_renamed_meanwhile(work: Work) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    work.write("content/old.md", text)
    work.commit("2026-01-01")
    work.git("switch", "--quiet", "--create", "side")
    work.write("content/old.md", text + "from the side\n")
    work.commit("2026-01-05", by="Sam Example")
    work.git("switch", "--quiet", "main")
    work.git("mv", "content/old.md", "content/new.md")
    work.commit("2026-01-03")
    work.git("merge", "--quiet", "--message=m", "side", at="2026-01-06T12:00:00Z")
    found = chronicle(work)
    assert days(found, "new.md") == ("2026-01-01", "2026-01-05")
    assert found.dates["new.md"].authors == ("Alex Example", "Sam Example")


def test_a_document_that_came_back_is_created_when_it_came_back(work: Work) -> None:
    work.write("content/a.md", "one")
    work.write("content/b.md", "one")
    work.commit("2026-01-01")
    work.git("rm", "--quiet", "content/a.md")
    work.commit("2026-01-02")
    work.write("content/a.md", "quite another")
    work.commit("2026-01-03")
    assert days(chronicle(work), "a.md") == ("2026-01-03", "2026-01-03")


def test_a_site_may_lie_below_the_top_and_paths_may_hold_anything(work: Work) -> None:
    names = ("with blank.md", "ümläut.md", 'quote".md', "tab[1].md", "-dash.md", "a -> b.md")
    for name in names:
        work.write(f"docs/site/content/{name}", name)
        work.write(f"content/{name}", "elsewhere")
    work.commit("2026-01-01")
    work.write("docs/site/content/ümläut.md", "two")
    work.commit("2026-01-02")
    work.git("mv", 'docs/site/content/quote".md', "docs/site/content/plain.md")
    work.write("content/with blank.md", "two")
    work.commit("2026-01-03")
    found = chronicle(work, "docs/site/content")
    assert set(found.dates) == {*names, "plain.md"} - {'quote".md'}
    assert days(found, "ümläut.md") == ("2026-01-01", "2026-01-02")
    assert days(found, "plain.md") == days(found, "with blank.md") == ("2026-01-01", "2026-01-01")


def test_a_project_tells_each_change_of_its_plan(work: Work) -> None:
    path = "content/projects/p.md"
    work.write(path, project(target="2026-Q1", status="green"))
    work.commit("2026-01-01")
    work.write(path, project(target="2026-Q1", status="on-track", summary="Other words"))
    work.commit("2026-01-02")
    work.write(path, project(target="Q2-2026", status="on-track"))
    work.commit("2026-01-03")
    work.write(path, project(target="2026-Q2", status="red", horizon="now", confidence="low"))
    work.commit("2026-01-04")
    first, second, third = chronicle(work).revisions["projects/p.md"]
    assert (first.period, first.status, first.is_change) == ("2026-Q1", "on-track", False)
    assert (second.period, second.status, second.is_change) == ("2026-Q2", "", True)
    assert (third.period, third.status) == ("", "off-track")
    assert (third.horizon, third.confidence) == ("now", "low")


def test_a_project_elsewhere_is_one_if_it_says_so(work: Work) -> None:
    work.write("content/plans/p.md", project(kind="project", target="2026-Q1"))
    work.write("content/plans/q.md", project(kind="page", target="2026-Q1"))
    work.commit("2026-01-01")
    assert set(chronicle(work).revisions) == {"plans/p.md"}


def test_a_version_that_cannot_be_read_says_nothing(work: Work) -> None:
    path = "content/projects/p.md"
    for day, text in enumerate(
        (project(target="2026-Q1"), "---\ntarget: [\n---\n", project(target="2026-Q2")), 1
    ):
        work.write(path, text)
        work.commit(f"2026-01-0{day}")
    assert told(chronicle(work).revisions["projects/p.md"]) == [
        ("2026-01-01", "2026-Q1"),
        ("2026-01-03", "2026-Q2"),
    ]


def test_what_nobody_could_see_was_not_promised(work: Work) -> None:
    path = "content/projects/p.md"
    versions = (
        project(target="2026-Q1", draft="true"),
        project(target="2026-Q2", publish_at="2026-01-09"),
        project(target="2026-Q3", visibility="[board]"),
        project(target="2026-Q4", visibility="everyone"),
    )
    for day, text in enumerate(versions, 1):
        work.write(path, text)
        work.commit(f"2026-01-0{day}")
    third, fourth = chronicle(work).revisions["projects/p.md"]
    assert (third.period, third.visibility) == ("2026-Q3", ("board",))
    assert (fourth.period, fourth.visibility) == ("2026-Q4", ("everyone",))


def test_what_was_hidden_is_said_when_it_is_seen(work: Work) -> None:
    path = "content/projects/p.md"
    versions = (
        project(target="2026-Q1", date="2026-01-03"),
        project(target="2026-Q1", visibility="[board]", date="2026-01-03"),
        project(target="2026-Q1", date="2026-01-03"),
        project(target="2026-Q2", date="2026-01-03"),
    )
    for day, text in zip((1, 5, 6, 7), versions, strict=True):
        work.write(path, text)
        work.commit(f"2026-01-0{day}")
    revisions = chronicle(work).revisions["projects/p.md"]
    assert told(revisions) == [
        ("2026-01-03", "2026-Q1"),
        ("2026-01-05", "2026-Q1"),
        ("2026-01-06", "2026-Q1"),
        ("2026-01-07", "2026-Q2"),
    ]
    assert [one.is_change for one in revisions] == [False, False, False, True]


def test_branches_do_not_take_back_each_others_changes(work: Work) -> None:
    path = "content/projects/p.md"
    rows = {"target": "2026-Q1", "a": "1", "b": "1", "c": "1", "d": "1", "status": "green"}
    work.write(path, project(**rows))
    work.commit("2026-01-01")
    work.git("switch", "--quiet", "--create", "side")
    work.write(path, project(**{**rows, "target": "2026-Q2"}))
    work.commit("2026-01-03")
    work.git("switch", "--quiet", "main")
    work.write(path, project(**{**rows, "status": "red"}))
    work.commit("2026-01-05")
    work.git("merge", "--quiet", "--message=m", "side", at="2026-01-06T12:00:00Z")
    assert told(chronicle(work).revisions["projects/p.md"])[1:] == [
        ("2026-01-03", "2026-Q2"),
        ("2026-01-05", "off-track"),
    ]


def test_foreign_names_of_fields_count() -> None:
    text = project(due="2026-Q3", state="red").encode()
    said = said_in(text, {"due": "target", "state": "status"}, UTC)
    assert said is not None
    assert (said.target, said.status) == ("2026-Q3", "off-track")


def test_settings_and_the_environment_do_not_mislead(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.write("content/a.md", "".join(f"line {number}\n" for number in range(9)))
    work.commit("2026-01-01")
    work.git("mv", "content/a.md", "content/b.md")
    work.commit("2026-01-02")
    for name, value in {
        "log.follow": "true",
        "log.showRoot": "false",
        "log.date": "relative",
        "log.decorate": "full",
        "color.ui": "always",
        "diff.relative": "true",
        "diff.renames": "false",
        "grep.fullName": "true",
        "format.pretty": "oneline",
        "core.quotePath": "true",
    }.items():
        work.git("config", name, value)
    other = Work.begun(tmp_path / "other")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(other.folder / ".git"))
    assert days(chronicle(work), "b.md") == ("2026-01-01", "2026-01-01")


def test_nothing_in_the_repository_is_written(work: Work) -> None:
    work.write("content/projects/p.md", project(target="2026-Q1"))
    work.commit("2026-01-01")

    def states() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in sorted(work.folder.rglob("*"))}

    before = states()
    chronicle(work)
    assert states() == before


def test_a_time_that_no_calendar_knows_is_no_commit_of_ours() -> None:
    entry = b":000000 100644 " + b"0" * 40 + b" " + b"a" * 40 + b" A\0a.md\0"
    log = b"".join(
        b"\x01" + header + b"\0\n" + entry for header in (b"99999999999999 A", b"-5 A", b"7 A")
    )
    assert [commit.at for commit in parsed_log(log)] == [7]


def test_git_that_is_not_there_or_refuses_says_so(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.write("content/a.md", "one")
    commit = work.commit("2026-01-01")
    with pytest.raises(GitFault, match="does not answer"):
        Repository(str(work.folder / "content"), "0" * 40).files()
    with pytest.raises(GitFault, match="cannot be run"):
        Repository(str(tmp_path / "nowhere"), commit).files()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFault, match="not installed"):
        Repository(str(work.folder / "content"), commit).files()


def test_a_repository_of_another_user_is_told_of(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.write("content/a.md", "one")
    commit = work.commit("2026-01-01")
    real = subprocess.run

    def as_another(command: list[str], **how: object) -> object:
        env = {**dict(how.pop("env")), "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}  # type: ignore[call-overload]
        return real(command, env=env, **how)  # type: ignore[call-overload]

    monkeypatch.setattr("itnews.content.git.subprocess.run", as_another)
    with pytest.raises(GitFault, match=r"safe\.directory"):
        Repository(str(work.folder / "content"), commit).files()


class TestHead:
    def test_it_is_what_git_says_loose_and_packed_and_detached(self, work: Work) -> None:
        commit = work.commit("2026-01-01")
        assert head_of(str(work.folder / "deep" / "below")).revision == commit
        work.git("pack-refs", "--all")
        assert head_of(str(work.folder)).revision == commit
        later = work.commit("2026-01-02")
        assert head_of(str(work.folder)).revision == later
        work.git("switch", "--quiet", "--detach", commit)
        assert head_of(str(work.folder)).revision == commit

    def test_a_work_tree_has_its_own(self, work: Work, tmp_path: Path) -> None:
        work.commit("2026-01-01")
        work.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")
        tree = Work(tmp_path / "tree")
        commit = tree.commit("2026-01-02")
        assert head_of(str(tree.folder)).revision == commit
        work.git("pack-refs", "--all")
        assert head_of(str(tree.folder)).revision == commit

    def test_without_a_repository_or_a_commit_there_is_none(
        self, work: Work, tmp_path: Path
    ) -> None:
        assert head_of(str(tmp_path)).token == NO_REPOSITORY
        assert head_of(str(work.folder)).token == UNBORN

    def test_a_shallow_clone_is_told_from_a_whole_one(self, work: Work, tmp_path: Path) -> None:
        work.commit("2026-01-01")
        commit = work.commit("2026-01-02")
        place = tmp_path / "clone"
        url = f"file://{work.folder.as_posix()}"
        work.git("clone", "--quiet", "--depth=1", url, str(place))
        head = head_of(str(place))
        assert (head.revision, head.shallow) == (commit, True)
        Work(place).git("fetch", "--quiet", "--unshallow")
        whole = head_of(str(place))
        assert not whole.shallow
        assert whole.token != head.token


COMMENTS = "".join(f"# {number}: what may be said here, and how\n" for number in range(60))


def test_another_document_of_the_same_form_is_no_rename(work: Work) -> None:
    """A new project had the promises of one that was deleted in the same commit, since both began as templates."""
    phones = f"---\ntitle: Phones\ntarget: 2026-Q1\n{COMMENTS}---\nA telephone on each desk.\n"
    laptops = f"---\ntitle: Laptops\ntarget: 2027-Q1\n{COMMENTS}---\nLight ones, for the ships.\n"
    work.write("content/projects/phones.md", phones)
    work.commit("2026-01-01")
    (work.folder / "content/projects/phones.md").unlink()
    work.write("content/projects/laptops.md", laptops)
    work.commit("2026-06-01")
    found = chronicle(work)
    assert days(found, "projects/laptops.md") == ("2026-06-01", "2026-06-01")
    assert told(found.revisions["projects/laptops.md"]) == [("2026-06-01", "2027-Q1")]


def test_a_document_that_got_another_title_with_its_name_goes_on_by_its_words(work: Work) -> None:
    words = "".join(f"Sentence {number} of the text.\n" for number in range(9))
    work.write("content/projects/a.md", f"---\ntitle: A\n{COMMENTS}---\n{words}")
    work.commit("2026-01-01")
    (work.folder / "content/projects/a.md").unlink()
    work.write("content/projects/b.md", f"---\ntitle: B\n{COMMENTS}---\n{words}")
    work.commit("2026-02-01")
    assert days(chronicle(work), "projects/b.md") == ("2026-01-01", "2026-02-01")


def test_a_rebased_change_has_the_day_on_which_it_came(work: Work) -> None:
    path = "content/projects/p.md"
    for day, target in (("2026-01-01", "2026-Q1"), ("2026-06-01", "2026-Q3")):
        work.write(path, project(target=target))
        work.commit(day)
    work.write(path, project(target="2026-Q2"))
    work.git("add", ".")
    work.git(
        "commit", "--quiet", "--message=m", "--date=2026-05-01T12:00:00Z", at="2026-06-10T12:00:00Z"
    )
    assert told(chronicle(work).revisions["projects/p.md"])[-1] == ("2026-06-10", "2026-Q2")


def test_what_a_merge_took_back_had_been_promised(work: Work) -> None:
    path = "content/projects/p.md"
    work.write(path, project(target="2026-Q1"))
    work.commit("2026-01-01")
    work.git("switch", "--quiet", "--create", "side")
    work.write(path, project(target="2026-Q2"))
    work.commit("2026-02-01")
    work.git("switch", "--quiet", "main")
    work.write(path, project(target="2027-Q4"))
    work.commit("2026-03-01")
    work.git("merge", "--quiet", "-X", "theirs", "--message=m", "side", at="2026-06-01T12:00:00Z")
    assert ("2026-03-01", "2027-Q4") in told(chronicle(work).revisions["projects/p.md"])


def test_days_of_an_embargo_begin_in_the_zone_of_the_site() -> None:
    text = project(target="2026-Q4", publish_at="2026-06-01").encode()
    said = [said_in(text, {}, zone) for zone in (UTC, ZoneInfo("America/New_York"))]
    assert [one.release if one else 0 for one in said] == [1_780_272_000, 1_780_272_000 + 4 * 3600]


def test_a_version_that_was_taken_away_when_it_expired_promised_nothing(work: Work) -> None:
    path = "content/projects/p.md"
    gone = {"expires": "2026-02-01", "remove_when_expired": "true"}
    for day, target, fields in (
        ("2026-01-01", "2026-Q1", gone),
        ("2026-03-10", "2026-Q3", gone),
        ("2026-06-10", "2026-Q4", {}),
    ):
        work.write(path, project(target=target, **fields))
        work.commit(day)
    assert told(chronicle(work).revisions["projects/p.md"]) == [
        ("2026-01-01", "2026-Q1"),
        ("2026-06-10", "2026-Q4"),
    ]
