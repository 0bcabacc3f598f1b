"""Reading the files of a site: each once in a build, and not at all where its state shows that it is as it was."""

import os
from collections.abc import Iterable, Mapping, Set
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from itnews.digest import ABSENT, Digest, digest_bytes
from itnews.errors import EnvironmentFault
from itnews.files import disk
from itnews.files.output import SourceFile
from itnews.files.scan import Refused, Scan, rescanned
from itnews.files.state import (
    FileState,
    Seen,
    digest_file,
    read_file,
    settled,
    trusted,
)
from itnews.paths import SourcePath

# These are parsed after their digest was asked for, so their bytes are kept for a while; pictures and films are not.
_TEXT = (
    *(".md", ".markdown", ".yaml", ".yml", ".html", ".css"),
    *(".js", ".json", ".xml", ".txt", ".svg"),
)
_KEPT = 4_000_000  # bytes: all templates, and the documents of a while


class SourceChanged(EnvironmentFault):
    """A file is no longer what it was when this build asked for its digest: the build has to begin again."""


class _Lately:
    """Payloads by name, those that were asked for lately: all that fit into *room* bytes, and the last in any case."""

    def __init__(self, room: int) -> None:
        self._payloads: dict[str, bytes] = {}
        self._left = room

    def get(self, name: str) -> bytes | None:
        payload = self._payloads.pop(name, None)
        if payload is not None:
            self._payloads[name] = payload  # behind all others
        return payload

    def put(self, name: str, payload: bytes) -> None:
        self._payloads[name] = payload
        self._left -= len(payload)
        while self._left < 0 and len(self._payloads) > 1:
            oldest = next(iter(self._payloads))
            self._left += len(self._payloads.pop(oldest))


class Files:
    """The answers to "what does this file hold" in one build.

    *known* is what an earlier build's `fresh` returned.
    """

    def __init__(self, scan: Scan, known: Mapping[str, Seen] = MappingProxyType({})) -> None:
        self.scan = scan
        self._known = known
        self._digests: dict[str, Digest] = {}
        self._payloads = _Lately(_KEPT)
        self._read: dict[str, FileState] = {}
        self._refused: dict[str, Refused] = {}
        self.missed = False
        """Whether a file that the scan found could not be read: what follows from that holds for this build only."""

    def read(self, path: SourcePath) -> bytes | None:
        """The bytes of *path*, which are those that `digest` is the digest of; None if it is absent or refused.

        Raises SourceChanged if its bytes are no longer those whose digest was told.
        """
        name = str(path)
        kept = self._payloads.get(name)
        if kept is not None:
            return kept
        if name not in self.scan.files or self._digests.get(name) == ABSENT:
            return None
        self.glance(name)  # what was told of it before, or will be, is what is read now
        try:
            payload, state = read_file(self.scan.location(name))
        except OSError as error:
            self._miss(name, error)
            return None
        return self._taken(name, payload, state)

    def digest(self, path: SourcePath) -> Digest:
        """The digest of the bytes of *path*; `digest.ABSENT` if it is absent or refused."""
        name = str(path)
        found = self._digests.get(name)
        if found is not None:
            return found
        state = self.scan.files.get(name)
        if state is None:
            return ABSENT
        seen = self._known.get(name)
        if seen is not None and trusted(seen, state):
            self._digests[name] = seen.digest
        elif name.lower().endswith(_TEXT):
            self.read(path)
        else:
            self._measure(name)
        return self._digests.get(name, ABSENT)

    def glance(self, name: str) -> Digest | None:
        """The digest of the file *name*, so far as its state tells it without reading; None if it does not."""
        state, seen = self.scan.files.get(name), self._known.get(name)
        if state is None:
            return ABSENT
        if seen is None or not trusted(seen, state):
            return None
        return self._digests.setdefault(name, seen.digest)

    def path(self, path: SourcePath) -> Path:
        """Where *path* lies on this machine: for an `Output` that is copied."""
        return Path(self.scan.location(str(path)))

    def refused(self) -> tuple[Refused, ...]:
        """What the scan refused, and what could not be read since, by path."""
        every = {*self.scan.refused, *self._refused.values()}
        return tuple(sorted(every, key=lambda one: str(one.path)))

    def fresh(self) -> dict[str, Seen]:
        """The digests that the next build may start from.

        A file that was asked for and whose state has not changed since the scan, or one whose earlier digest still
        holds. An unsettled digest that was not taken anew is left out: the file may have changed unseen.
        """
        found = {}
        for name, state in self.scan.files.items():
            seen = self._known.get(name)
            if self._read.get(name) == state:
                calm = settled(state, self.scan.started_ns)
                found[name] = Seen(state, self._digests[name], calm)
            elif name not in self._read and seen is not None and trusted(seen, state):
                found[name] = seen
        return found

    def after(self, changed: Iterable[str]) -> "Files | None":
        """These files for the next build, when at most *changed* have changed; None if that takes a scan."""
        found = rescanned(self.scan, changed)
        return Files(found, self._known_now()) if found is not None else None

    def _known_now(self) -> dict[str, Seen]:
        """What was known, with the news of this build; as there, the state of a file belies what holds no more."""
        changed, gone = self.news()
        known = {**self._known, **changed}
        for name in gone:
            known.pop(name, None)
        return known

    def news(self) -> tuple[dict[str, Seen], list[str]]:
        """What of `fresh` differs from what was known, and the files that are known no more.

        A file that has changed and was not asked for stays known as it was, which its state belies.
        """
        changed = {}
        for name, state in self._read.items():
            if self.scan.files.get(name) == state:
                calm = settled(state, self.scan.started_ns)
                changed[name] = Seen(state, self._digests[name], calm)
        return changed, list(self._known.keys() - self.scan.files.keys())

    @property
    def noted(self) -> bool:
        """Whether `news` tells of all that was read: not of a file that was written between the scan and its reading,
        which nobody would miss if it were gone."""
        return all(self.scan.files.get(name) == state for name, state in self._read.items())

    def names_known(self) -> Set[str]:
        """The files that this build or an earlier one asked for, of those that are there."""
        return (self._known.keys() | self._read.keys()) & self.scan.files.keys()

    def _measure(self, name: str) -> None:
        try:
            self._digests[name], self._read[name] = digest_file(self.scan.location(name))
        except OSError as error:
            self._miss(name, error)

    def _taken(self, name: str, payload: bytes, state: FileState) -> bytes:
        digest = digest_bytes(payload)
        if self._digests.setdefault(name, digest) != digest:
            raise _changed(name)
        self._read[name] = state
        if name.lower().endswith(_TEXT):
            self._payloads.put(name, payload)
        return payload

    def _miss(self, name: str, error: OSError) -> None:
        """A file that is gone is absent; one that is there and cannot be read is the author's to know of."""
        if self._digests.setdefault(name, ABSENT) != ABSENT:
            raise _changed(name)
        self.missed = True
        if not isinstance(error, FileNotFoundError):
            path = SourcePath(PurePosixPath(name))
            self._refused[name] = Refused(path, "file-unreadable")


def copied(file: SourceFile, place: str) -> None:
    """Makes *place* a copy of *file*. Raises SourceChanged if it is no longer what its digest was taken of."""
    try:
        digest = disk.copy(os.fspath(file.path), place)
    except OSError as error:
        if error.filename != os.fspath(file.path):
            raise
        digest = None
    if digest != file.digest:
        raise SourceChanged(f"{file.path} was changed while the site was built; build again.")


def _changed(name: str) -> SourceChanged:
    return SourceChanged(f"{name} was changed while the site was built; build again.")
