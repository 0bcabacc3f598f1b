"""What becomes of a body that is read by a process of its own, and whose fault it is when that fails."""

import sys
from pathlib import Path

import pytest

from itnews.errors import EnvironmentFault
from itnews.markup import apart
from itnews.markup.child import answer
from itnews.markup.limits import is_suspicious
from itnews.markup.parser import MarkupRules, parse_document
from itnews.paths import source_path

PATH = source_path("content/pages/flood.md")
RULES = MarkupRules()
FLOOD = "# A\n\n" + "- " * 30 + "deep\n"


def test_the_flood_is_one() -> None:
    assert is_suspicious(FLOOD)


def test_a_module_in_the_site_folder_is_not_executed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("markdown", "nh3", "sitecustomize", "itnews"):
        (tmp_path / f"{name}.py").write_text("open('executed', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    # An empty entry is the current folder, too: `PYTHONPATH=$PYTHONPATH:/lib` has one where nothing was set.
    monkeypatch.setenv("PYTHONPATH", f":{tmp_path / 'nothing'}:")
    document, problems = parse_document(PATH, FLOOD, RULES)
    assert not Path("executed").exists()
    assert (document.html[:4], problems) == ("<h2 ", ())


def replaced_child(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", program))


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        ("print('a line of somebody else')", "no answer"),
        ("raise SystemExit(1)", "exit code 1"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "exit code -15"),
    ],
)
def test_a_process_that_cannot_work_is_the_machines_fault_not_the_authors(
    program: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced_child(program, monkeypatch)
    with pytest.raises(EnvironmentFault, match=r"content/pages/flood\.md") as caught:
        parse_document(PATH, FLOOD, RULES)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_python_to_start_is_the_machines_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "COMMAND", (str(tmp_path / "python"),))
    with pytest.raises(EnvironmentFault, match="No process could be started"):
        parse_document(PATH, FLOOD, RULES)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("signal", ["SIGXCPU", "SIGKILL", "SIGSEGV", "SIGABRT"])
def test_a_process_that_a_limit_stopped_says_too_much(
    signal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No core file for a signal that is sent on purpose.
    program = "import os, resource, signal; resource.setrlimit(resource.RLIMIT_CORE, (0, 0));"
    replaced_child(f"{program} os.kill(os.getpid(), signal.{signal})", monkeypatch)
    _, (problem,) = parse_document(PATH, FLOOD, RULES)
    assert problem.code == "markdown-too-much"


def test_memory_that_ends_says_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "from itnews.markup import child; child.answer = lambda _: bytearray(1 << 60);"
    replaced_child(f"{program} child.main()", monkeypatch)
    _, (problem,) = parse_document(PATH, FLOOD, RULES)
    assert problem.code == "markdown-too-much"


def raising(reason: Exception, monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of the problem when reading ends with *reason* in the other process."""

    def fail(*_: object) -> None:
        raise reason

    monkeypatch.setattr("itnews.markup.child.read_document", fail)
    document, (problem,) = apart.OUTCOME.decode(
        answer(apart.QUESTION.encode(apart.Question(PATH, FLOOD, RULES)))
    )
    assert document.html == ""
    return problem.code


def test_what_fails_in_the_same_way_anywhere_has_codes_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`markdown-too-much` depends on the machine and is not remembered; these are."""
    assert raising(RecursionError(), monkeypatch) == "markdown-too-deep"
    assert raising(IndexError("list index out of range"), monkeypatch) == "markdown-failed"
