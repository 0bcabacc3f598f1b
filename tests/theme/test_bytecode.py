"""Bytecode of the built-in theme's templates: kept for the next process, and never taken for another's."""

import sys
from pathlib import Path

import pytest

from itnews.files.themes import built_in_themes
from itnews.theme import bytecode
from itnews.theme.bytecode import keep, known

NAME = "@newsroom/templates/404.html"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps bytecode."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def text() -> str:
    return (built_in_themes() / NAME.removeprefix("@")).read_text(encoding="utf-8")


CODE = compile("6 * 7", NAME, "eval")


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_kept_is_known(folder: Path) -> None:
    assert known(NAME, text()) is None
    keep(NAME, text(), CODE)
    assert eval(known(NAME, text()) or "") == 42
    assert [path.suffix for path in kept(folder)] == [".pyc"]


def test_another_text_or_another_compiler_has_other_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(NAME, text(), CODE)
    assert known(NAME, text() + " ") is None
    monkeypatch.setattr(bytecode, "_compiler", lambda: "another")
    assert known(NAME, text()) is None


@pytest.mark.parametrize("name", ["theme/templates/404.html", "themes/own/templates/404.html"])
def test_nothing_is_kept_of_a_site(folder: Path, name: str) -> None:
    keep(name, text(), CODE)
    keep(NAME, "{# the same name, another text #}", CODE)
    assert kept(folder) == []


def test_nothing_is_kept_where_python_shall_keep_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(NAME, text(), CODE)
    assert kept(folder) == []


@pytest.mark.parametrize("place", [0, 31, 32, -1])
def test_a_damaged_file_is_passed_over(folder: Path, place: int) -> None:
    keep(NAME, text(), CODE)
    (file,) = kept(folder)
    whole = bytearray(file.read_bytes())
    whole[place] ^= 1
    file.write_bytes(whole)
    assert known(NAME, text()) is None
    file.write_bytes(b"")
    assert known(NAME, text()) is None


def test_a_folder_that_cannot_be_written_costs_nothing(folder: Path) -> None:
    (folder / "itnews").write_text("a file where a folder should be")
    sys.pycache_prefix = str(folder / "itnews")
    keep(NAME, text(), CODE)
    assert known(NAME, text()) is None
