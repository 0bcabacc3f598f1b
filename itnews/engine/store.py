"""The store: traces, problems and values of earlier builds, in SQLite. Data only: never pickle or marshal."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from itnews.digest import Digest
from itnews.engine.key import Key, parse_key
from itnews.engine.trace import Reads, Trace
from itnews.errors import StoreDamaged, StoreError
from itnews.files.state import Seen, from_rows, to_rows
from itnews.paths import source_path
from itnews.problems import Problem, Span

FORMAT = "1"
BEGUN_ANEW = "The store was damaged or of another version; everything is built anew."
_BATCH = 500
_ROW = "select key, code, digest, reads, problems from answers where key = ?"

_SCHEMA = """
create table if not exists meta (name text primary key, value text not null) without rowid;
create table if not exists answers (
    key text primary key, code text not null, digest text not null,
    reads text not null, problems text not null, value blob
) without rowid;
create table if not exists files (
    tree text not null, path text not null, seen text not null,
    primary key (tree, path)
) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What the store remembers of one answer."""

    digest: Digest
    trace: Trace
    problems: tuple[Problem, ...]


class Store:
    """One SQLite file. Rows are facts about pure functions, so they may be committed at any time.

    Raises StoreDamaged from every method if the file is not one of ours; the caller then begins with an empty one
    (`forget`). Raises StoreError where the machine does not let us read or write.
    """

    def __init__(self, path: Path | None) -> None:
        """Opens the store at *path*; None: an empty one in memory."""
        self._path = path
        self._pending: dict[str, tuple[object, ...]] = {}
        try:
            self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        except sqlite3.Error as fault:
            raise _fault(fault, f"The store {path} cannot be opened") from fault
        try:
            self._prepare()
        except sqlite3.Error as fault:
            self._connection.close()
            raise _fault(fault, f"The store {path} cannot be read") from fault

    @classmethod
    def opened(cls, path: Path) -> tuple["Store", str]:
        """The store at *path*, and a notice if what lay there could not be used and was begun anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(path), ""
        except StoreError:
            forget(path)
            return cls(
                path
            ), "The store was damaged or of another version; everything is built anew."

    def _prepare(self) -> None:
        with suppress(
            sqlite3.OperationalError
        ):  # Network drives refuse WAL; the default journal serves them.
            self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=off")
        self._connection.executescript(_SCHEMA)
        found = self.meta("format")
        if found not in ("", FORMAT):
            raise sqlite3.DatabaseError(f"format {found}")
        self.set_meta("format", FORMAT)
        self._connection.execute(
            "select key, code, digest, reads, problems, value from answers limit 1"
        )
        self._connection.execute("begin")

    def meta(self, name: str) -> str:
        row = self._one("select value from meta where name = ?", name)
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        self._run("insert or replace into meta values (?, ?)", [(name, value)])

    def row(self, key: Key[object]) -> Row | None:
        text = str(key)
        found = self._pending.get(text) or self._one(_ROW, text)
        if not found:
            return None
        try:
            return _row(key, found)
        except (ValueError, TypeError, KeyError) as fault:
            raise StoreDamaged(f"The store's row of {text} cannot be read: {fault}") from fault

    def value(self, key: Key[object]) -> bytes | None:
        text = str(key)
        if text in self._pending:
            kept = self._pending[text][5]
            return kept if isinstance(kept, bytes) else None
        row = self._one("select value from answers where key = ?", text)
        return row[0] if row and isinstance(row[0], bytes) else None

    def keep(self, key: Key[object], row: Row, value: bytes | None) -> None:
        """Remembers an answer. Written in batches, committed by `commit`."""
        reads = json.dumps([(str(read), digest) for read, digest in row.trace.reads])
        problems = json.dumps([_plain_problem(p) for p in row.problems]) if row.problems else "[]"
        self._pending[str(key)] = (str(key), row.trace.code, row.digest, reads, problems, value)
        if len(self._pending) >= _BATCH:
            self._flush()

    def prune(self, unreached: Iterable[str]) -> None:
        """Forgets the answers of the keys named by *unreached*."""
        self._flush()
        self._run("delete from answers where key = ?", [(key,) for key in unreached])

    def names(self) -> tuple[str, ...]:
        """The keys of all remembered answers, as text."""
        self._flush()
        try:
            return tuple(row[0] for row in self._connection.execute("select key from answers"))
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be read") from fault

    def files(self, tree: str) -> dict[str, Seen]:
        """What is remembered of the files of *tree*: `sources`, or the path of an output folder."""
        try:
            rows = self._connection.execute("select path, seen from files where tree = ?", (tree,))
            return from_rows({path: json.loads(seen) for path, seen in rows})
        except ValueError as fault:
            raise StoreDamaged(f"The store cannot be read: {fault}") from fault
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be read") from fault

    def set_files(self, tree: str, seen: Mapping[str, Seen]) -> None:
        """Remembers the files of *tree* instead of what was remembered before."""
        known = self.files(tree)
        gone = [(tree, path) for path in known if path not in seen]
        changed = {path: one for path, one in seen.items() if known.get(path) != one}
        rows = [(tree, path, json.dumps(row)) for path, row in to_rows(changed).items()]
        self._run("delete from files where tree = ? and path = ?", gone)
        self._run("insert or replace into files values (?, ?, ?)", rows)

    def commit(self) -> None:
        self._flush()
        try:
            self._connection.execute("commit")
            self._connection.execute("begin")
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be written") from fault

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.close()

    def _flush(self) -> None:
        rows, self._pending = list(self._pending.values()), {}
        self._run("insert or replace into answers values (?, ?, ?, ?, ?, ?)", rows)

    def _run(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be written") from fault

    def _one(self, query: str, argument: str) -> tuple[object, ...] | None:
        try:
            row: tuple[object, ...] | None = self._connection.execute(query, (argument,)).fetchone()
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be read") from fault
        return row


def _fault(fault: sqlite3.Error, what: str) -> StoreError:
    """What SQLite says as ours: a file that is no database of ours is damaged, anything else may pass."""
    passing = isinstance(fault, sqlite3.OperationalError) and not str(fault).startswith("no such")
    return (StoreError if passing else StoreDamaged)(f"{what}: {fault}")


def forget(path: Path) -> None:
    """Removes the store at *path*, with SQLite's own companions."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        try:
            path.with_name(name).unlink(missing_ok=True)
        except OSError as fault:
            raise StoreError(
                f"{path.with_name(name)} cannot be removed; delete it by hand."
            ) from fault


def _row(key: Key[object], found: tuple[object, ...]) -> Row:
    _, code, digest, reads_text, problems_text = found[:5]
    reads: Reads = tuple((parse_key(text), Digest(d)) for text, d in json.loads(str(reads_text)))
    problems = tuple(_problem(*plain) for plain in json.loads(str(problems_text)))
    return Row(Digest(str(digest)), Trace(key, Digest(str(code)), reads), problems)


def _plain_problem(problem: Problem) -> tuple[object, ...]:
    at = problem.at
    return (
        problem.code, problem.level, problem.message, problem.hint, problem.subject,
        str(at.path), at.line, at.column, at.length, at.in_body,
    )  # fmt: skip


def _problem(code: str, level: str, message: str, hint: str, subject: str, *at: object) -> Problem:
    path, line, column, length, in_body = at
    span = Span(
        source_path(str(path)), int(str(line)), int(str(column)), int(str(length)), bool(in_body)
    )
    return Problem(code, "error" if level == "error" else "warning", span, message, hint, subject)
