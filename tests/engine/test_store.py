"""The store: what a build remembers for the next one."""

import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from itnews.digest import Digest
from itnews.engine.key import Key
from itnews.engine.rows import Row, written
from itnews.engine.store import Store
from itnews.engine.trace import Trace
from itnews.errors import StoreError
from itnews.files.state import FileState, Seen
from itnews.paths import source_path
from itnews.problems import Span, error

CARD: Key[object] = Key("card", "content/a|b.md")
SOURCE: Key[object] = Key("source", "content/a|b.md")
PROBLEM = error(
    "date-invalid", Span(source_path("content/a|b.md"), 2, 7, 4), "No.", hint="Yes.", subject="date"
)
ROW = Row(Digest("d"), Trace(CARD, Digest("code"), ((SOURCE, Digest("s")),)), (PROBLEM,))


def test_an_answer_comes_back_whole(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep(written(ROW, b"value"))
    store.commit()
    store.close()
    again = Store(tmp_path / "store.sqlite")
    assert again.row(CARD) == ROW
    assert again.value(CARD) == b"value"


def test_an_answer_can_be_read_before_it_is_written(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep(written(ROW))
    assert store.row(CARD) == ROW
    assert store.value(CARD) is None


def test_forgotten_answers_are_gone(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep(written(ROW))
    store.prune([str(CARD)])
    assert store.row(CARD) is None
    assert store.names() == ()


def test_readers_are_the_reads_of_all_answers_turned_round(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep(written(ROW))
    store.commit()
    assert store.readers(SOURCE) == (CARD,)
    store.close()
    again = Store(tmp_path / "store.sqlite")
    other: Key[object] = Key("source", "content/other.md")
    again.keep(written(replace(ROW, trace=replace(ROW.trace, reads=((other, Digest("o")),)))))
    again.flush()
    assert again.readers(SOURCE) == ()
    assert again.readers(other) == (CARD,)
    again.prune([str(CARD)])
    assert again.readers(other) == ()


def test_the_files_of_a_tree_replace_those_of_before(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    one = Seen(FileState(1, 2, 3, 4), Digest("d"), settled=True)
    store.set_files("sources", {"a": one, "b": one})
    store.set_files("sources", {"b": one}, ["a"])
    assert store.files("sources") == {"b": one}


@pytest.mark.parametrize("payload", [b"", b"no database at all, but long enough for a header" * 4])
def test_a_damaged_store_is_begun_anew_with_a_notice(payload: bytes, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(payload)
    store, notice = Store.opened(path)
    assert store.names() == ()
    assert bool(notice) == bool(payload)


def test_a_store_of_another_format_is_begun_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.set_meta("format", "0")
    store.keep(written(ROW))
    store.commit()
    store.close()
    again, notice = Store.opened(tmp_path / "store.sqlite")
    assert notice
    assert again.row(CARD) is None


def test_a_row_that_was_tampered_with_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store(path)
    store.keep(written(ROW))
    store.commit()
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("update answers set reads = '[[1]]'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="cannot be read"):
        Store(path).row(CARD)
