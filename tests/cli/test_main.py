"""The entry: what it suggests, and how it ends."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from itnews import __version__
from itnews.cli.main import COMMANDS
from itnews.errors import EnvironmentFault, ItnewsError, OutputRefused, StoreError, UsageFault
from tests.cli.running import itnews, new_site

ROOT = Path(__file__).resolve().parents[2]


def in_a_new_process(
    code: str, *arguments: str, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )


def test_version_is_said() -> None:
    code = "from itnews.cli.main import main; main()"
    done = in_a_new_process(code, "--version")
    assert (done.returncode, done.stdout) == (0, f"itnews {__version__}\n")


def test_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "itnews", "--help"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_command_in_the_table_is_there(name: str) -> None:
    command = import_module(f"itnews.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.name == name


def test_no_arguments_show_the_help_and_are_wrong_usage() -> None:
    ran = itnews()
    assert ran.code == 2
    assert "Commands:" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "error: There is no command 'biuld'.\n      hint: did you mean 'build'?\n"),
        (["serve"], "error: There is no command 'serve'.\n"),
        (
            ["build", "--darfts"],
            "There is no option '--darfts'.\n      hint: did you mean '--drafts'?",
        ),
        (["build", "--cores", "2"], "There is no option '--cores'."),
        (["build", "--format", "xml"], "'xml' is not one of 'text', 'json'."),
        (["why"], "Missing argument 'PAGE'.\n      hint: `itnews why --help` shows"),
        (["list", "updates", "more"], "unexpected extra argument (more)"),
    ],
)
def test_wrong_usage_is_2_and_says_what_was_meant(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = itnews(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def failing(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    def fail(site: Path | None) -> Path:
        raise fault

    monkeypatch.setattr("itnews.cli.site.find_site", fail)


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (UsageFault("There is no such edition."), 2, "error: There is no such edition.\n"),
        (OutputRefused("Not ours."), 2, "error: Not ours.\n"),
        (EnvironmentFault("The disk is full."), 3, "error: The disk is full.\n"),
        (StoreError("It cannot be read."), 3, "error: It cannot be read.\n"),
        (
            PermissionError(13, "Permission denied", "output"),
            3,
            "error: output: Permission denied.\n",
        ),
        (MemoryError(), 3, "error: The machine has no memory left.\n"),
    ],
)
def test_fault_is_a_sentence_and_an_exit_code(
    fault: Exception, code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, fault)
    ran = itnews("list")
    assert (ran.code, ran.err) == (code, said)


@pytest.mark.parametrize(
    "fault", [KeyError("x"), ItnewsError("no phase answers it"), RecursionError()]
)
def test_bug_is_4_with_one_line_and_a_report(
    fault: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".itnews").mkdir()
    monkeypatch.chdir(tmp_path)
    failing(monkeypatch, fault)
    ran = itnews("list", "updates")
    assert ran.code == 4
    assert ran.err.startswith(f"error: itnews failed ({type(fault).__name__}")
    assert ran.err.count("\n") == 1
    (report,) = (tmp_path / ".itnews").glob("bug-*.txt")
    assert report.name in ran.err
    text = report.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "arguments: ['list', 'updates']" in text


def test_report_of_a_bug_outside_a_site_lies_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    failing(monkeypatch, KeyError("x"))
    ran = itnews("list")
    assert str(next(tmp_path.glob("bug-*.txt"))) in ran.err


def test_ctrl_c_is_130_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    ran = itnews("list")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_a_kind_that_the_site_does_not_have_is_wrong_usage(tmp_path: Path) -> None:
    ran = itnews("list", "projekt", "--site", new_site(tmp_path))
    assert ran.code == 2
    assert "There is no kind 'projekt': did you mean 'project'?" in ran.err


def test_option_can_be_set_by_an_environment_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_site(tmp_path)
    monkeypatch.setenv("ITNEWS_LIST_SITE", str(site))
    monkeypatch.setenv("ITNEWS_LIST_FORMAT", "csv")
    assert itnews("list", "goal").out.startswith(
        '"kind","id","date","state","status","title","path","unconfirmed_since"\n"goal","less-paper"'
    )


@pytest.mark.skipif(sys.platform == "win32", reason="asks a shell that Windows does not have")
def test_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    done = subprocess.run(
        f"{sys.executable} -m itnews list --site {site} | head -1; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""
