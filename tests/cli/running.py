"""Calls `itnews` in this process, as a person who sees what it says would."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from itnews.cli.console import Console
from itnews.cli.init import starter, starter_values
from itnews.cli.main import run

DAY = date(2026, 11, 21)
NOW = "2026-11-21T12:00"


@dataclass(frozen=True)
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


def itnews(*arguments: object, environment: Mapping[str, str] | None = None) -> Ran:
    """Runs `itnews` with *arguments* on two streams that are no terminals."""
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err, environment=environment or {})
    code = run([str(argument) for argument in arguments], console)
    return Ran(code, out.getvalue(), err.getvalue())


def new_site(folder: Path) -> Path:
    """The site that `itnews init` makes on a certain day, without its command."""
    for name, text in starter(starter_values("it-news", DAY)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replaces *old*, which has to be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
