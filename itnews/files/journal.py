"""What a commit is about to do to the output folder, written down before it does anything."""

import json
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from itnews.digest import Digest
from itnews.files.manifest import check_paths
from itnews.files.output import parents
from itnews.words import fold

_FORMAT = 1
_STAGED = re.compile(r"[0-9a-f]{32}")


class Move(Struct, frozen=True):
    """A staged file and the path that it gets; *new*: the manifest does not list that path yet."""

    staged: str
    path: str
    new: bool


class Journal(Struct, frozen=True):
    """The steps of a commit, in order; each may be taken twice.

    *before* is the digest of the manifest's bytes at the outset. *first* is deleted before anything is moved because
    it stands in the way, *last* afterwards. *records* are the lines of the new manifest that differ from the old one.
    """

    before: Digest
    first: tuple[str, ...]
    moves: tuple[Move, ...]
    last: tuple[str, ...]
    records: Mapping[str, Digest]

    def fits(self, entries: Mapping[str, Digest], digest: Digest) -> bool:
        """Whether a folder with this manifest is one in which this commit was stopped.

        Not so if the output was emptied since, or if `.itnews` was restored from a cache beside another output.
        """
        return digest == self.before or self.records.items() <= entries.items()

    def union(self, manifest: Mapping[str, Digest]) -> dict[str, Digest]:
        """The manifest while files are moved: whatever is there may be replaced by an interrupted build's heir."""
        return {**manifest, **self.records}

    def final(self, manifest: Mapping[str, Digest]) -> dict[str, Digest]:
        gone = {*self.first, *self.last}
        return {path: one for path, one in self.union(manifest).items() if path not in gone}


def plan(
    before: Digest,
    old: Mapping[str, Digest],
    final: Mapping[str, Digest],
    *,
    moves: Iterable[Move] = (),
    concerned: Iterable[str] | None = None,
) -> Journal:
    """The way from the manifest *old*, whose bytes have the digest *before*, to *final*.

    *moves* come in the order in which they are to be made. The two differ in the paths *concerned* at most, if told.
    """
    moves = tuple(moves)
    gone = sorted(old.keys() - final.keys())
    first = _in_the_way(gone, [move.path for move in moves]) if gone and moves else frozenset()
    return Journal(
        before=before,
        first=tuple(path for path in gone if path in first),
        moves=moves,
        last=tuple(path for path in gone if path not in first),
        records={
            path: final[path]
            for path in sorted(final if concerned is None else final.keys() & set(concerned))
            if old.get(path) != final[path]
        },
    )


def _in_the_way(gone: Iterable[str], coming: Iterable[str]) -> frozenset[str]:
    """Those of *gone* without which a coming file would find no place.

    A file where a folder is needed, a file in a folder that becomes a file, and a name that is the same where case
    and normalisation do not count: deleted afterwards, it would take the new file with it.
    """
    files = {fold(path) for path in coming}
    folders = {folder for path in files for folder in parents(path)}
    return frozenset(
        path
        for path, folded in ((path, fold(path)) for path in gone)
        if folded in files or folded in folders or not files.isdisjoint(parents(folded))
    )


def encode(journal: Journal) -> bytes:
    return json.dumps(
        {
            "format": _FORMAT,
            "before": journal.before,
            "first": journal.first,
            "moves": [(move.staged, move.path, move.new) for move in journal.moves],
            "last": journal.last,
            "records": dict(journal.records),
        }
    ).encode("ascii")


def decode(payload: bytes) -> Journal:
    """The journal that `encode` wrote; ValueError for a damaged one."""
    try:
        found = json.loads(payload)
        if found["format"] != _FORMAT:
            raise ValueError("not a journal of this version of itnews")
        journal = Journal(
            before=Digest(str(found["before"])),
            first=tuple(found["first"]),
            moves=tuple(Move(str(staged), path, bool(new)) for staged, path, new in found["moves"]),
            last=tuple(found["last"]),
            records={path: Digest(str(digest)) for path, digest in found["records"].items()},
        )
        for paths in (journal.first, journal.last, [move.path for move in journal.moves]):
            check_paths(dict.fromkeys(paths))
        check_paths(journal.records)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("a damaged journal") from error
    if not all(_STAGED.fullmatch(move.staged) for move in journal.moves):
        raise ValueError("a journal that names foreign files")
    return journal
