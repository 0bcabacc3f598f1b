"""How the store writes down an answer: its tables, and reads and problems as JSON."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from itnews.digest import Digest
from itnews.engine.key import Key, parse_key
from itnews.engine.trace import Reads, Trace
from itnews.files.output import Placed
from itnews.paths import UrlPath, source_path
from itnews.problems import Problem, Span

SCHEMA = """
create table meta (name text primary key, value text not null) without rowid;
create table keys (id integer primary key, key text not null unique);
create table answers (
    id integer primary key, code text not null, digest text not null,
    reads text not null, problems text not null, value blob
);
create table edges (
    read integer not null, reader integer not null, primary key (read, reader)
) without rowid;
create table placed (
    id integer not null, position integer not null, url text not null, digest text not null, owner text not null,
    primary key (id, position)
) without rowid;
create index placed_at on placed (url);
create table inputs (
    variant text not null, id integer not null, digest text not null, primary key (variant, id)
) without rowid;
create table files (
    tree text not null, path text not null, size integer not null, mtime integer not null,
    ctime integer not null, inode integer not null, digest text not null, settled integer not null,
    primary key (tree, path)
) without rowid;
"""
"""*edges* are the reads of all answers, turned round; *inputs* the digests of what the last build of a variant read."""


class Row(Struct, frozen=True):
    """What the store remembers of one answer."""

    digest: Digest
    trace: Trace
    problems: tuple[Problem, ...]


class Written(NamedTuple):
    """An answer as the store writes it down, in plain values: so it comes from a worker, too.

    *reads* and *problems* are JSON, *placed* the address, digest and owner of each output.
    """

    key: str
    code: str
    digest: str
    reads: str
    problems: str
    value: bytes | None = None
    placed: tuple[tuple[str, str, str], ...] = ()


def written(row: Row, value: bytes | None = None, placed: tuple[Placed, ...] = ()) -> Written:
    """*row* as the store writes it down, with the value that is kept and where outputs were placed."""
    return Written(
        str(row.trace.key),
        row.trace.code,
        row.digest,
        json.dumps([(str(read), digest) for read, digest in row.trace.reads]),
        encoded_problems(row.problems),
        value,
        tuple((one.url, one.digest, str(one.owner)) for one in placed),
    )


def decoded_row(key: Key[object], found: Written) -> Row:
    """The row that was written down of *key*. Raises ValueError, TypeError or KeyError for what is none."""
    trace = Trace(key, Digest(found.code), decoded_reads(found.reads))
    return Row(Digest(found.digest), trace, decoded_problems(found.problems))


def decoded_places(placed: Iterable[Sequence[str]]) -> tuple[Placed, ...]:
    """Where outputs were placed."""
    return tuple(Placed(UrlPath(url), Digest(d), source_path(owner)) for url, d, owner in placed)


def names_read(reads: str) -> list[str]:
    """The keys that a written answer read, as text."""
    return [name for name, _ in json.loads(reads)]


def decoded_reads(text: str) -> Reads:
    """The reads that `written` wrote."""
    return tuple((parse_key(name), Digest(digest)) for name, digest in json.loads(text))


def encoded_problems(problems: tuple[Problem, ...]) -> str:
    return json.dumps([_plain_problem(problem) for problem in problems]) if problems else "[]"


def decoded_problems(text: str) -> tuple[Problem, ...]:
    """The problems that `encoded_problems` wrote."""
    return tuple(_problem(*plain) for plain in json.loads(text))


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
