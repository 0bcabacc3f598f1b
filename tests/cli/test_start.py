"""What a command loads before it knows that it is needed: the shell waits for it at every TAB."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from itnews import __version__
from itnews.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]

MAKERS = {"babel", "feedgen", "jinja2", "lxml", "markdown", "nh3", "pygments", "pymdownx"}
"""What reads Markdown, renders templates and writes feeds."""

LIBRARIES = {*MAKERS, "pydantic", "rich", "slugify", "watchdog", "yaml"}

STANDARD = {"difflib", "email", "hashlib", "importlib.metadata", "json", "pathlib", "tempfile"}
"""Of the standard library what click does without, and what would be felt."""

COMPLETION: Mapping[str, tuple[str, str, str]] = {
    # What was typed, which word is completed, and one of the answers.
    "any command": ("itnews ", "1", "verify"),
    "a command": ("itnews bu", "1", "build"),
    "an option": ("itnews build --all", "2", "--all-editions"),
    "a choice": ("itnews build --format js", "3", "json"),
}


def itnews(*arguments: str, **environment: str) -> tuple[str, frozenset[str]]:
    """What the command said, and the modules that it had loaded by its end."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "itnews", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == (2 if arguments == ("biuld",) else 0)
    loaded = re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE)
    assert "itnews.cli.start" in loaded
    return done.stdout, frozenset(loaded)


def packages(modules: frozenset[str]) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in modules)


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["biuld"], *([name, "--help"] for name in COMMANDS)],
    ids=" ".join,
)
def test_help_version_and_a_slip_of_the_pen_load_no_library_but_click(arguments: list[str]) -> None:
    _, loaded = itnews(*arguments)
    assert LIBRARIES & packages(loaded) == set()


@pytest.mark.parametrize("asked", COMPLETION)
def test_completion_loads_no_library_but_click(asked: str) -> None:
    words, number, answer = COMPLETION[asked]
    said, loaded = itnews(_ITNEWS_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=number)
    assert answer in said
    assert LIBRARIES & packages(loaded) == set()


def test_help_loads_little_of_itnews_and_of_the_standard_library() -> None:
    _, loaded = itnews("--help")
    assert STANDARD & loaded == set()
    ours = {name for name in loaded if name.startswith("itnews.")}
    whole = {"itnews.cli.console", "itnews.cli.main", "itnews.errors"}
    assert ours == {"itnews.cli", "itnews.cli.start", *whole}


def test_version_does_not_even_load_click() -> None:
    said, loaded = itnews("--version")
    assert said == f"itnews {__version__}\n"
    assert {name for name in loaded if name.startswith("itnews.")} == {
        "itnews.cli",
        "itnews.cli.start",
    }
    assert "click" not in packages(loaded)


def test_a_build_loads_what_it_makes_pages_with_when_there_is_one_to_make(tmp_path: Path) -> None:
    site = str(tmp_path / "site")
    itnews("init", site)
    _, first = itnews("build", "--site", site)
    assert packages(first) >= MAKERS
    _, second = itnews("build", "--site", site)
    assert MAKERS & packages(second) == set()


def test_a_new_body_loads_neither_models_nor_templates(tmp_path: Path) -> None:
    site = str(tmp_path / "site")
    itnews("init", site)
    itnews("build", "--site", site)
    with (tmp_path / "site/content/pages/about.md").open("a", encoding="utf-8") as page:
        page.write("\nOne more sentence.\n")
    said, loaded = itnews("build", "--site", site)
    assert "1 file written" in said
    assert {"babel", "feedgen", "jinja2", "pydantic", "yaml"} & packages(loaded) == set()


def test_a_log_needs_no_bar(tmp_path: Path) -> None:
    itnews("init", str(tmp_path / "site"))
    _, loaded = itnews("build", "--site", str(tmp_path / "site"))
    assert "rich" not in packages(loaded)
