"""`itnews build --watch`: one line for each build, the problems that are new, and when they are gone."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from itnews.cli.building import Wish
from itnews.cli.console import Console
from itnews.cli.watching import CALM, Builds
from itnews.errors import EnvironmentFault, UsageFault
from itnews.live.loop import Batch
from itnews.paths import source_path
from tests.cli.running import NOW, edit, new_site

ROOT = Path(__file__).resolve().parents[2]
UPDATE = "content/updates/leave-requests-first-team.md"


@dataclass
class Standing:
    """A clock that stands still."""

    time: datetime = datetime(2026, 11, 21, 14, 3, 22, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def seconds(self) -> float:
        return 0.0


@dataclass
class Watching:
    """What somebody sees who watches a site, without anything that waits."""

    site: Path
    out: io.StringIO = field(default_factory=io.StringIO)
    err: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        console = Console(self.out, self.err, environment={})
        self.builds = Builds(Wish(site=self.site, now=NOW), console, Standing())
        self.due = self.builds.build(Batch())

    def change(self, *paths: str) -> tuple[str, str]:
        """What is said, on both streams, after *paths* have changed."""
        for stream in (self.out, self.err):
            stream.seek(0)
            stream.truncate()
        self.due = self.builds.build(Batch(frozenset(map(source_path, paths))))
        return self.out.getvalue(), self.err.getvalue()

    def look(self) -> tuple[str, str]:
        """What is said of a look at everything, a while after the last change."""
        for stream in (self.out, self.err):
            stream.seek(0)
            stream.truncate()
        self.due = self.builds.build(Batch(due=True))
        return self.out.getvalue(), self.err.getvalue()


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching(new_site(tmp_path))


def without_seconds(line: str) -> str:
    clock = datetime(2026, 11, 21, 14, 3, 22, tzinfo=UTC).astimezone().strftime("%H:%M:%S")
    assert line.startswith(f"{clock}  ")
    return re.sub(r" in [0-9.]+ s: ", " in N s: ", line[10:])


def test_first_build_is_told_as_any_other(watching: Watching) -> None:
    assert "pages in " in watching.out.getvalue()
    assert watching.err.getvalue().endswith("Watching for changes. Ctrl-C ends it.\n")


def test_each_build_is_one_line(watching: Watching) -> None:
    edit(watching.site / UPDATE, "and moves that project's", "and it moves the project's")
    out, err = watching.change(UPDATE)
    assert re.fullmatch(rf"1 page, \d+ other files in N s: {UPDATE}\n", without_seconds(out))
    assert err == ""


def test_build_that_changes_nothing_says_so(watching: Watching) -> None:
    out, _ = watching.change("static")
    assert without_seconds(out) == "nothing changed in N s: static\n"


def test_long_list_of_changes_is_cut(watching: Watching) -> None:
    out, _ = watching.change(*(f"content/updates/{n}.md" for n in range(5)))
    assert out.endswith(
        "content/updates/0.md, content/updates/1.md, content/updates/2.md and 2 more\n"
    )


def test_traces_of_an_editor_are_not_told(watching: Watching) -> None:
    out, _ = watching.change("content/updates/sed1wKANC", UPDATE)
    assert out.endswith(f": {UPDATE}\n")


def test_deleted_document_is_told(watching: Watching) -> None:
    (watching.site / "content/pages/about.md").unlink()
    edit(watching.site / "content/people/alex-example.md", "This is", "That is")
    out, _ = watching.change("content/pages/about.md")
    assert "1 removed" in out
    assert out.endswith(": content/pages/about.md\n")


def test_error_is_shown_once_and_its_end_is_told(watching: Watching) -> None:
    edit(watching.site / UPDATE, "project: leave-requests", "project: leave-reqests")
    out, err = watching.change(UPDATE)
    assert "[project-unknown]" in err
    assert without_seconds(out) == f"nothing published, 1 error, in N s: {UPDATE}\n"
    out, err = watching.change(UPDATE)
    assert err == ""
    assert without_seconds(out) == f"nothing published, 1 error as before, in N s: {UPDATE}\n"
    edit(watching.site / UPDATE, "project: leave-reqests", "project: leave-requests")
    out, err = watching.change(UPDATE)
    assert err == ""
    assert without_seconds(out).startswith("the errors are gone: ")
    out, _ = watching.change(UPDATE)
    assert "gone" not in out


def test_broken_settings_do_not_end_it(watching: Watching) -> None:
    settings = watching.site / "itnews.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + "foo: [\n", encoding="utf-8")
    out, err = watching.change("itnews.yaml")
    assert "[yaml-syntax]" in err
    assert "nothing published" in out
    settings.unlink()
    out, err = watching.change("itnews.yaml")
    assert "not built: itnews.yaml" in out
    assert err.startswith("error: There is no itnews.yaml")
    settings.write_text(text, encoding="utf-8")
    out, _ = watching.change("itnews.yaml")
    assert "the errors are gone" in out


def test_build_that_was_due_says_so(watching: Watching) -> None:
    watching.out.truncate(0)
    watching.builds.wakes = Standing().now()
    watching.builds.build(Batch(due=True))
    assert watching.out.getvalue().endswith(": it was due\n")


def test_fixed_time_makes_nothing_due(watching: Watching) -> None:
    assert watching.due is None


def test_moving_time_makes_the_next_change_due(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    edit(site / UPDATE, "tags: [leave]", "publish_at: 2999-12-01T09:00")
    console = Console(io.StringIO(), io.StringIO(), environment={})
    due = Builds(Wish(site=site), console, Standing()).build(Batch())
    assert due is not None
    assert due <= datetime(2999, 12, 1, 9, tzinfo=UTC)


def test_look_at_everything_that_finds_nothing_is_not_told(watching: Watching) -> None:
    edit(watching.site / UPDATE, "and moves that project's", "and it moves the project's")
    watching.change(UPDATE)
    assert watching.due == Standing().now() + CALM
    assert watching.look() == ("", "")
    assert watching.due != Standing().now() + CALM


def test_look_at_everything_finds_what_no_event_told_of(watching: Watching) -> None:
    edit(watching.site / UPDATE, "and moves that project's", "and it moves the project's")
    out, _ = watching.look()
    assert out.endswith(": it was due\n")
    assert without_seconds(out).startswith("1 page, ")


def test_page_that_somebody_altered_comes_back_with_the_next_look(watching: Watching) -> None:
    page = watching.site / "output/about/index.html"
    before = page.read_bytes()
    page.write_text("altered")
    watching.look()
    assert page.read_bytes() == before


def test_machine_that_fails_is_tried_again(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EnvironmentFault("The disk is full.")

    edit(watching.site / UPDATE, "and moves that project's", "and it moves the project's")
    with monkeypatch.context() as patch:
        patch.setattr("itnews.cli.watching.build", fail)
        out, err = watching.change(UPDATE)
    assert without_seconds(out) == f"not built: {UPDATE}\n"
    assert err == "error: The disk is full.\n"
    assert watching.due == Standing().now() + timedelta(seconds=5)


def test_fault_before_the_first_build_ends_it(tmp_path: Path) -> None:
    console = Console(io.StringIO(), io.StringIO(), environment={})
    with pytest.raises(UsageFault):
        Builds(Wish(site=tmp_path), console, Standing()).build(Batch())


# The whole thing: a process, a real observer, a person who saves.


# Whoever runs the tests in the background has Ctrl-C ignored, and children inherit that.
PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " from itnews.cli.main import main; main()"
)


@pytest.fixture
def process(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    site = new_site(tmp_path / "site")
    with (tmp_path / "said").open("w", encoding="utf-8") as said:
        running = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "build", "--watch", "--site", str(site)],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
    yield running
    running.kill()
    running.wait()


PATIENCE = 180  # seconds; five hundred new pages take a busy machine a minute


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_author_who_saves_sees_the_page_change_and_ctrl_c_ends_it(
    process: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    site, said = tmp_path / "site", tmp_path / "said"
    page = site / "output/updates/leave-requests-first-team/index.html"

    def has(text: str) -> Callable[[], bool]:
        return lambda: text in said.read_text(encoding="utf-8")

    until(has("Watching for changes."), "the first build")
    source = (site / UPDATE).read_text(encoding="utf-8")
    beside = site / "content/updates/.leave.tmp"
    beside.write_text(source.replace("title: The first team", "title: Our first team"), "utf-8")
    os.replace(beside, site / UPDATE)
    until(lambda: "Our first team" in page.read_text(encoding="utf-8"), "the saved title")
    until(has(f": {UPDATE}\n"), "the line of the build")
    edit(site / UPDATE, "project: leave-requests", "project: leave-reqests")
    until(has("[project-unknown]"), "the error")
    (site / UPDATE).write_text(source, encoding="utf-8")
    until(has("the errors are gone"), "the end of the error")
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert said.read_text(encoding="utf-8").endswith("Stopped.\n")
    assert "Traceback" not in said.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_a_checkout_of_five_hundred_files_is_one_rebuild(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    site, said = tmp_path / "site", tmp_path / "said"
    running: subprocess.Popen[str] = request.getfixturevalue("process")
    until(lambda: "Watching for changes." in said.read_text(encoding="utf-8"), "the first build")

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
        subprocess.run(["git", *who, "-C", str(site), *arguments], check=True, capture_output=True)

    git("init", "--initial-branch=main")
    git("add", ".")
    git("commit", "-m", "One")
    told = len(said.read_text(encoding="utf-8").splitlines())
    git("checkout", "-b", "many")
    other = tmp_path / "other"
    git("worktree", "add", str(other), "-b", "filled")
    for number in range(500):
        text = f"---\ntitle: Post {number}\ndate: 2026-03-01\nsummary: S\n---\nWords {number}.\n"
        (other / f"content/updates/post-{number}.md").write_text(text, encoding="utf-8")
    subprocess.run(["git", "-C", str(other), "add", "."], check=True)
    git("-C", str(other), "commit", "-m", "Many")
    git("-C", str(other), "checkout", "--detach")
    git("checkout", "filled")
    last = site / "output/updates/post-499/index.html"
    until(last.exists, "the pages of the other branch")
    until(lambda: "and 497 more" in said.read_text(encoding="utf-8"), "the line of the build")
    lines = said.read_text(encoding="utf-8").splitlines()[told:]
    assert [line for line in lines if "pages" in line] == lines
    assert len(lines) == 1
    assert running.poll() is None
