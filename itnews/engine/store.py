"""The store: traces, problems and values of earlier builds, in SQLite. Data only: never pickle or marshal."""

import os
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from itnews.digest import Digest
from itnews.engine.key import Key, parse_key
from itnews.engine.rows import SCHEMA, Row, Written, decoded_places, decoded_row, names_read
from itnews.errors import StoreDamaged, StoreError
from itnews.files.output import Placed
from itnews.files.state import FileState, Seen
from itnews.paths import UrlPath, source_path

FORMAT = "2"
BEGUN_ANEW = "The store was damaged or of another version; everything is built anew."
_BATCH = 500
_PATIENCE = 30.0  # seconds that a reader may keep the file, where the disk has no write-ahead log

_ID = "select id from keys where key = ?"
_ROW = "select code, digest, reads, problems from answers where id = ?"
_READERS = (
    "select key from edges join keys on keys.id = edges.reader where edges.read = ? order by key"
)
_PLACED = "select url, digest, owner from placed where id = ? order by position"
_CLAIMANTS = "select key, digest, owner from placed join keys using (id) where url = ? order by key"


class Store:
    """One SQLite file. Rows are facts about pure functions, so they may be committed at any time.

    Raises StoreDamaged from every method if the file is not one of ours; the caller then begins with an empty one
    (`forget`). Raises StoreError where the machine does not let us read or write.
    """

    def __init__(self, path: Path | None, *, writes: bool = True) -> None:
        """Opens the store at *path*; None: an empty one in memory.

        With *writes* false what is kept is never written: `taken` hands it over.
        """
        self._path = path
        self._writes = writes
        self._pending: dict[str, Written] = {}
        self._ids: dict[str, int] = {}
        self._unnamed: list[tuple[int, str]] = []
        try:
            self._connection = sqlite3.connect(
                path or ":memory:",
                isolation_level=None,
                timeout=_PATIENCE,
                check_same_thread=writes,  # one that reads may be handed from thread to thread
            )
        except sqlite3.Error as fault:
            raise _fault(fault, f"The store {path} cannot be opened") from fault
        try:
            self._prepare()
        except sqlite3.Error as fault:
            self._connection.close()
            raise _fault(fault, f"The store {path} cannot be read") from fault

    @property
    def writes(self) -> bool:
        """Whether what is kept is written."""
        return self._writes

    @classmethod
    def opened(cls, path: Path) -> tuple["Store", str]:
        """The store at *path*, and a notice if what lay there could not be used and was begun anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(path), ""
        except StoreError:
            forget(path)
            return cls(path), BEGUN_ANEW

    def _prepare(self) -> None:
        with suppress(
            sqlite3.OperationalError
        ):  # Network drives refuse WAL; the default journal serves them.
            self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=off")
        tables = self._connection.execute("select name from sqlite_master limit 1").fetchone()
        if tables is None:
            self._connection.executescript(SCHEMA)
            self.set_meta("format", FORMAT)
        elif self.meta("format") != FORMAT:
            raise sqlite3.DatabaseError("another format")
        last = self._connection.execute("select max(id) from keys").fetchone()[0]
        self._last_id = last or 0
        self._knows_all = last is None  # every key then has its id in `_ids`
        if last is None and self._connection.execute("select 1 from answers").fetchone():
            raise sqlite3.DatabaseError("answers without names")
        self._was_empty = last is None  # no answer then takes the place of another
        self._connection.execute("begin")

    def meta(self, name: str) -> str:
        row = self._one("select value from meta where name = ?", name)
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        self._run("insert or replace into meta values (?, ?)", [(name, value)])

    def row(self, key: Key[object]) -> Row | None:
        text = str(key)
        found = self._pending.get(text)
        if found is None:
            id = self._id(text)
            row = self._one(_ROW, id) if id else None
            found = Written(text, *cast("tuple[str, str, str, str]", row)) if row else None
        try:
            return decoded_row(key, found) if found else None
        except (ValueError, TypeError, KeyError) as fault:
            raise StoreDamaged(f"The store's row of {text} cannot be read: {fault}") from fault

    def digest(self, key: Key[object]) -> Digest | None:
        """The digest of a remembered answer, without the rest of its row."""
        text = str(key)
        waiting = self._pending.get(text)
        if waiting:
            return Digest(waiting.digest)
        id = self._id(text)
        found = self._one("select digest from answers where id = ?", id) if id else None
        return Digest(str(found[0])) if found else None

    def value(self, key: Key[object]) -> bytes | None:
        text = str(key)
        waiting = self._pending.get(text)
        if waiting:
            return waiting.value
        id = self._id(text)
        row = self._one("select value from answers where id = ?", id) if id else None
        return row[0] if row and isinstance(row[0], bytes) else None

    def placed(self, key: Key[object]) -> tuple[Placed, ...]:
        """Where the outputs of *key* were placed, in the order in which it gave them."""
        text = str(key)
        waiting = self._pending.get(text)
        return decoded_places(
            waiting.placed if waiting else self._texts(_PLACED, self._id(text) or 0)
        )

    def claimants(self, url: UrlPath) -> tuple[tuple[Key[object], Placed], ...]:
        """The keys of which an output stands at *url*, of every edition."""
        self.flush()
        return tuple(
            (parse_key(key), Placed(url, Digest(digest), source_path(owner)))
            for key, digest, owner in self._texts(_CLAIMANTS, url)
        )

    def readers(self, key: Key[object]) -> tuple[Key[object], ...]:
        """The keys that read *key*, of every edition: the reads of all rows that are written, turned round."""
        return tuple(parse_key(text) for (text,) in self._texts(_READERS, self._id(str(key)) or 0))

    def published(
        self, variant: str, shared: Container[str]
    ) -> Iterator[tuple[str, UrlPath, Digest]]:
        """Every output of *variant*, and of the *shared* kinds of key: its key's text, its address, its digest."""
        self.flush()
        for key, url, digest in self._texts(
            "select key, url, digest from placed join keys using (id)"
        ):
            kind, of, _ = key.split("|", 2)
            if of == variant or kind in shared:
                yield key, UrlPath(url), Digest(digest)

    def keep(self, answer: Written) -> None:
        """Remembers an answer. Written in batches, committed by `commit`."""
        self._pending[answer.key] = answer
        if self._writes and len(self._pending) >= _BATCH:
            self.flush()

    def taken(self) -> list[Written]:
        """What was kept and not written, which this store then knows no more."""
        pending, self._pending = self._pending, {}
        return list(pending.values())

    def prune(self, unreached: Iterable[str]) -> None:
        """Forgets the answers of the keys named by *unreached*."""
        self.flush()
        ids = [(id,) for text in unreached if (id := self._id(text))]
        for statement in (
            "delete from answers where id = ?",
            "delete from edges where reader = ?",
            "delete from placed where id = ?",
        ):
            self._run(statement, ids)

    def names(self) -> tuple[str, ...]:
        """The keys of all remembered answers, as text."""
        self.flush()
        return tuple(
            text for (text,) in self._texts("select key from keys join answers using (id)")
        )

    def inputs(self, variant: str) -> dict[str, dict[str, Digest]]:
        """The inputs that the last build of *variant* read, by the kind and then by the text of their keys."""
        query = "select key, digest from inputs join keys using (id) where variant = ?"
        found: dict[str, dict[str, Digest]] = {}
        for text, digest in self._texts(query, variant):
            found.setdefault(text.partition("|")[0], {})[text] = Digest(digest)
        return found

    def set_inputs(
        self, variant: str, digests: Mapping[str, Digest], gone: Iterable[str] = ()
    ) -> None:
        """Remembers *digests* beside the inputs of *variant* that are remembered already; without those of *gone*."""
        rows = [(variant, self._named(text), digest) for text, digest in digests.items()]
        lost = [(variant, id) for text in gone if (id := self._id(text))]
        self.flush()
        self._run("delete from inputs where variant = ? and id = ?", lost)
        self._run("insert or replace into inputs values (?, ?, ?)", rows)

    def files(self, tree: str) -> dict[str, Seen]:
        """What is remembered of the files of *tree*: `sources`, or the path of an output folder."""
        query = "select path, size, mtime, ctime, inode, digest, settled from files where tree = ?"
        rows = cast("list[tuple[str, int, int, int, int, Digest, int]]", self._all(query, tree))
        # As the constructors of these named tuples do it, without a call of Python's for each of thirty thousand.
        new = tuple.__new__
        return {row[0]: new(Seen, (new(FileState, row[1:5]), row[5], row[6] == 1)) for row in rows}

    def set_files(self, tree: str, changed: Mapping[str, Seen], gone: Iterable[str] = ()) -> None:
        """Remembers *changed* beside what is remembered of *tree* already; without the files of *gone*."""
        rows = [
            (tree, path, *seen.state, seen.digest, seen.settled) for path, seen in changed.items()
        ]
        self._run("delete from files where tree = ? and path = ?", [(tree, path) for path in gone])
        self._run("insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def commit(self) -> None:
        self.flush()
        try:
            self._connection.execute("commit")
            self._connection.execute("begin")
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be written") from fault

    def go_on(self) -> None:
        """Begins the next run on this connection: from now on answers may take the place of others."""
        self._was_empty = False

    def version(self) -> tuple[object, ...]:
        """What changes when another connection has written to the store, or put another in its place.

        Commits, so that this connection neither sees an old state nor holds the file while it waits.
        """
        try:
            status = os.stat(self._path) if self._path else None
        except OSError:
            status = None
        inode = (status.st_dev, status.st_ino) if status else ()
        self.commit()
        found = (*inode, *self._all("pragma data_version")[0])
        self.commit()
        return found

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.close()

    def _id(self, text: str) -> int | None:
        known = self._ids.get(text)
        if known is None and not self._knows_all:
            found = self._one(_ID, text)
            if found:
                known = self._ids[text] = int(str(found[0]))
        return known

    def _named(self, text: str) -> int:
        """The id of a key, which it gets if it has none."""
        known = self._id(text)
        if known is None:
            self._last_id += 1
            known = self._ids[text] = self._last_id
            self._unnamed.append((known, text))
        return known

    def flush(self) -> None:
        """Writes what waits; `commit` makes it last."""
        if not self._writes:
            return
        pending, self._pending = self._pending, {}
        answers, placed, gained = [], [], []
        lost: list[tuple[int, int]] = []
        for text, answer in pending.items():
            id = self._named(text)
            answers.append((id, *answer[1:-1]))
            placed += [(id, number, *one) for number, one in enumerate(answer.placed)]
            new = set(map(self._named, names_read(answer.reads)))
            old = self._edges_of(id)
            gained += [(read, id) for read in new - old]
            lost += [(read, id) for read in old - new]
        unnamed, self._unnamed = self._unnamed, []
        self._run("insert into keys values (?, ?)", unnamed)
        self._run("delete from placed where id = ?", [answer[:1] for answer in answers])
        self._run("insert or replace into answers values (?, ?, ?, ?, ?, ?)", answers)
        self._run("insert into placed values (?, ?, ?, ?, ?)", placed)
        self._run("delete from edges where read = ? and reader = ?", lost)
        self._run("insert or ignore into edges values (?, ?)", gained)

    def _edges_of(self, reader: int) -> set[int]:
        """The ids of what the stored row of *reader* read."""
        found = (
            None if self._was_empty else self._one("select reads from answers where id = ?", reader)
        )
        return set(map(self._named, names_read(str(found[0])))) if found else set()

    def _run(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be written") from fault

    def _one(self, query: str, argument: str | int) -> tuple[object, ...] | None:
        return next(iter(self._all(query, argument)), None)

    def _texts(self, query: str, *arguments: str | int) -> list[tuple[str, ...]]:
        return cast("list[tuple[str, ...]]", self._all(query, *arguments))

    def _all(self, query: str, *arguments: str | int) -> list[tuple[object, ...]]:
        try:
            return self._connection.execute(query, arguments).fetchall()
        except sqlite3.Error as fault:
            raise _fault(fault, "The store cannot be read") from fault


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
