"""The output folder: outputs are staged whole and then moved into place, or nothing changes at all."""

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from itnews.digest import Digest
from itnews.errors import ItnewsError, OutputRefused, PathError
from itnews.files import disk, manifest
from itnews.files.journal import Journal, Move, plan
from itnews.files.mover import Mover
from itnews.files.output import Change, Output, Placed, checked_file, parents, url_of
from itnews.files.place import Look, linked_above, look, real_root, refuse_strangers
from itnews.files.recovery import recover
from itnews.files.stager import Staged, digest_of, rank, stage, staged_name
from itnews.files.staging import Staging, write_manifest
from itnews.files.state import Seen, difference, digest_file, settled, state_of, trusted
from itnews.paths import UrlPath, output_file

_NONE = Digest("")
_KEPT = "what is published stays as it was"
_LATER = "the next build completes what an interrupted one began"


class Known(NamedTuple):
    """What earlier builds found out of an output folder: its files, and its folders in which nothing else lies."""

    files: Mapping[str, Seen] = MappingProxyType({})
    folders: Mapping[str, Seen] = MappingProxyType({})


NOTHING = Known()


class Tree:
    """One output folder during one build; the caller holds the site's lock.

    Made by `Tree.open`. After `commit`, `prune` or `discard` it may be asked for `known`, then it is done with.
    """

    def __init__(
        self,
        root: str,
        staging: Staging,
        found: Look,
        *,
        listed: manifest.Listed,
        known: Known,
    ) -> None:
        self._root = root
        self._staging = staging
        self._entries, self._manifest = listed
        self._states = found.states
        self._at_ns = found.at_ns
        self._known = known
        self._folders = found.folders
        self._stirred: set[str] = set()
        self._seen = {
            path: seen
            for path, seen in known.files.items()
            if path in found.states and trusted(seen, found.states[path])
        }
        self._touched = known.files.keys() - self._seen.keys()
        self._staged: dict[str, Staged] = {}
        self._pages: int | None = None

    @classmethod
    def open(
        cls,
        output: Path,
        state: Path,
        *,
        sources: Path,
        known: Known = NOTHING,
    ) -> "Tree":
        """The tree of the folder *output*, after the commit of an interrupted build, if any, has been completed.

        *state* is the `.itnews` folder, *sources* the site folder, *known* what earlier builds' `news` told.
        Raises OutputRefused for a folder that must not be written to, and EnvironmentFault if the disk fails.
        """
        root = real_root(output, state, sources)
        staging = Staging(root, os.path.realpath(state))
        with _faults(_LATER):
            recover(root, staging)
            listed = manifest.load(root)
            found = look(root, listed[0], known.folders)
        refuse_strangers(output, found)
        return cls(root, staging, found, listed=listed, known=known)

    def put(self, output: Output) -> Placed:
        """Stages *output*, unless the output folder has the same bytes at its address.

        The last output of an address counts. Raises PathError for an address that no file can have, EnvironmentFault
        if the disk fails.
        """
        path = checked_file(output.url)
        with _faults(_KEPT):
            digest = digest_of(output)
            if self._digest_on_disk(path) == digest:
                self._unstage(path)
            elif path not in self._staged or self._staged[path].digest != digest:
                self._staged.pop(path, None)
                stage(output, path, self._staging.folder())
                self._staged[path] = Staged(path, digest, rank(output.media_type))
        return Placed(output.url, digest, output.owner)

    @property
    def manifest(self) -> Digest:
        """The digest of the list of what itnews wrote into the folder, as it stands; `ABSENT` where there is none."""
        return manifest.digest_of(self._manifest)

    def listed(self) -> dict[UrlPath, Digest]:
        """What that list holds, by address."""
        return {url_of(path): digest for path, digest in self._entries.items()}

    @property
    def pages(self) -> int:
        """How many pages the list of what itnews wrote has."""
        if self._pages is None:
            self._pages = sum(map(_is_page, self._entries))
        return self._pages

    @property
    def root(self) -> str:
        """The real path of the output folder."""
        return self._root

    def staging_folder(self) -> str:
        """Where outputs wait: a `Stager` in another process may put some there, too."""
        with _faults(_KEPT):
            return self._staging.folder()

    def adopt(self, staged: Iterable[Staged]) -> None:
        """Takes over what a `Stager` has staged."""
        with _faults(_KEPT):
            for one in staged:
                self._staged[one.path] = one
                if self._digest_on_disk(one.path) == one.digest:
                    self._unstage(one.path)

    def lacking(self, wanted: Mapping[UrlPath, Digest]) -> tuple[UrlPath, ...]:
        """Those of *wanted* whose bytes are neither in the output folder nor staged, in the order of *wanted*."""
        with _faults(_KEPT):
            return tuple(
                url for url, digest in wanted.items() if not self._has(output_file(url), digest)
            )

    def surplus(self, wanted: Collection[UrlPath]) -> tuple[UrlPath, ...]:
        """The files in the output folder that itnews wrote and that are not *wanted*, by address, sorted."""
        kept = {output_file(url) for url in wanted}
        return tuple(url_of(path) for path in sorted(self._states) if path not in kept)

    def commit(self, wanted: Mapping[UrlPath, Digest]) -> Change:
        """Makes the output folder hold *wanted* and, of all that itnews ever wrote there, nothing else.

        Assets are moved first, then pages, then feeds, then come the deletions. Raises OutputRefused if a file that
        itnews did not write is in the way, EnvironmentFault if the disk fails; then the folder is as it was before.
        """
        final = {output_file(url): digest for url, digest in wanted.items()}
        if len(final) != len(wanted):
            raise PathError("two addresses of the site are the same file")
        with _faults(_KEPT):
            change = self._publish(final, self._moves(final))
        self._staging_done()
        return change

    def amend(self, changed: Mapping[UrlPath, Digest | None]) -> Change:
        """As `commit`, where what is wanted differs from what the manifest lists in *changed* only; None: no more."""
        paths = {output_file(url): digest for url, digest in changed.items()}
        final = dict(self._entries)
        for path, digest in paths.items():
            if digest is None:
                final.pop(path, None)
            else:
                final[path] = digest
        wanted = {path: digest for path, digest in paths.items() if digest is not None}
        with _faults(_KEPT):
            change = self._publish(final, self._moves(wanted), concerned=paths)
        self._staging_done()
        return change

    def again(self) -> bool:
        """Begins the next build of this folder without a look at what lies in it; whether its manifest is as it was."""
        try:
            if manifest.load(self._root, (self._entries, self._manifest))[1] != self._manifest:
                return False
        except OutputRefused:
            return False
        self._known = NOTHING
        self._folders, self._stirred, self._touched = {}, set(), set()
        self._at_ns = time.time_ns()
        return True

    def prune(self, urls: Iterable[UrlPath]) -> Change:
        """Deletes just those of *urls* that itnews wrote; nothing that is staged is moved. Errors as for `commit`."""
        gone = {output_file(url) for url in urls}
        final = {path: one for path, one in self._entries.items() if path not in gone}
        if len(final) == len(self._entries):
            return Change(unchanged=len(final))
        with _faults(_KEPT):
            return self._publish(final, ())

    def discard(self) -> None:
        """Drops what is staged; what an interrupted commit needs to be completed is kept."""
        if not self._staging.has_journal():
            self._staging_done()

    def known(self) -> dict[str, Seen]:
        """What `open` may be given by the next build, so that it need not read the output folder's files."""
        return dict(self._seen)

    def news(self) -> tuple[dict[str, Seen], list[str]]:
        """What of `known` differs from what `open` was given, and the files that are known no more.

        Files that this build wrote are looked at once more: most have been left alone for long enough by now.
        """
        changed = {path: self._seen[path] for path in self._touched if path in self._seen}
        for path, seen in changed.items():
            if not seen.settled:
                changed[path] = self._seen[path] = self._looked_at_again(path, seen)
        return changed, [path for path in self._touched if path not in self._seen]

    def folder_news(self) -> tuple[dict[str, Seen], list[str]]:
        """The same of the folders, which need not be listed again while nothing comes and goes there."""
        now = time.time_ns()
        for folder in self._stirred:
            self._folders.pop(folder, None)
            with suppress(OSError):
                self._folders[folder] = state_of(os.lstat(f"{self._root}/{folder}"))
        seen = {
            folder: Seen(
                state, _NONE, settled(state, now if folder in self._stirred else self._at_ns)
            )
            for folder, state in self._folders.items()
        }
        return difference(self._known.folders, seen)

    def _looked_at_again(self, path: str, seen: Seen) -> Seen:
        now = time.time_ns()
        try:
            state = state_of(os.lstat(f"{self._root}/{path}"))
        except OSError:
            return seen
        return seen._replace(settled=state == seen.state and settled(state, now))

    def _has(self, path: str, digest: Digest) -> bool:
        staged = self._staged.get(path)
        if staged is not None:
            return staged.digest == digest
        return self._digest_on_disk(path) == digest

    def _digest_on_disk(self, path: str) -> Digest | None:
        """The digest of the file *path* of the output folder; None if there is none that itnews wrote."""
        seen = self._seen.get(path)
        if seen is None and path in self._states:
            try:
                digest, state = digest_file(f"{self._root}/{path}")
            except FileNotFoundError:
                return None
            seen = Seen(state, digest, settled(state, self._at_ns))
            self._seen[path] = seen
            self._touched.add(path)
        return seen.digest if seen is not None else None

    def _unstage(self, path: str) -> None:
        if self._staged.pop(path, None) is not None:
            disk.remove(self._staging.file(staged_name(path)))

    def _moves(self, final: Mapping[str, Digest]) -> Iterator[Move]:
        """The moves that lead to *final*, in their order: a page comes before the lists above it that name it."""
        found = []
        for path, digest in final.items():
            staged = self._staged.get(path)
            if staged is not None and staged.digest == digest:
                found.append((staged.rank, -path.count("/"), path))
            elif self._digest_on_disk(path) != digest:
                raise ItnewsError(f"{url_of(path)} is wanted, but was never put")
        for _, _, path in sorted(found):
            new = path not in self._entries
            if new:
                self._refuse_place(path)
            yield Move(staged_name(path), path, new)

    def _refuse_place(self, path: str) -> None:
        """Raises OutputRefused if the place of the new file *path* is not ours: only a dot name can have one there."""
        place = f"{self._root}/{path}"
        dotted = path[0] == "." or "/." in path
        taken = linked_above(self._root, path) if dotted else ""
        if not taken and os.path.lexists(place) and not os.path.isdir(place):
            taken = place
        if taken:
            raise OutputRefused(f"{taken} was not written by itnews; move it away and build again.")

    def _publish(
        self,
        final: dict[str, Digest],
        moves: Iterable[Move],
        *,
        concerned: Iterable[str] | None = None,
    ) -> Change:
        before = manifest.digest_of(self._manifest)
        journal = plan(before, self._entries, final, moves=moves, concerned=concerned)
        if journal.moves or journal.first or journal.last:
            self._carry_out(journal)
        else:
            self._write_manifest(manifest.encode(final))
        if self._pages is not None and concerned is not None:
            pages = [path for path in concerned if _is_page(path)]
            self._pages += sum((path in final) - (path in self._entries) for path in pages)
        else:
            self._pages = None
        self._entries = final
        gone = [*journal.first, *journal.last]
        deleted = [path for path in gone if self._states.pop(path, None) is not None]
        for path in gone:
            self._seen.pop(path, None)
            self._touched.add(path)
            self._stirred.update(parents(path), ("",))
        for move in journal.moves:
            self._stirred.update(parents(path := move.path), ("",))
            self._note(path, final[path])
        written = sorted(move.path for move in journal.moves)
        return Change(
            written=tuple(map(url_of, written)),
            deleted=tuple(map(url_of, sorted(deleted))),
            unchanged=len(final) - len(written),
        )

    def _write_manifest(self, entries: bytes) -> None:
        """Writes the manifest of a build that changed no file; its bytes are a clean build's, too."""
        if self._manifest != entries:
            disk.make_folders(self._root)
            write_manifest(self._staging, self._root, entries)
            self._manifest = entries

    def _carry_out(self, journal: Journal) -> None:
        self._staging.write_journal(journal)
        try:
            known = self._entries, self._manifest
            self._manifest = Mover(self._root, self._staging).carry_out(journal, known)
        except (OSError, OutputRefused):
            self._staging.remove_journal()
            raise
        self._staging.remove_journal()

    def _note(self, path: str, digest: Digest) -> None:
        """Remembers the state of a file that was just moved into place, so that it need not be read again."""
        self._staged.pop(path, None)
        try:
            state = state_of(os.lstat(f"{self._root}/{path}"))
        except FileNotFoundError:
            return  # somebody was quick: the next build finds it gone
        self._states[path] = state
        self._seen[path] = Seen(state, digest, settled(state, time.time_ns()))
        self._touched.add(path)

    def _staging_done(self) -> None:
        self._staged.clear()
        with _faults(_KEPT):
            self._staging.sweep()


def _is_page(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


@contextmanager
def _faults(outcome: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise disk.fault(error, outcome) from error
