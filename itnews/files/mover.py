"""Carrying out a journal: files are set aside, moved into place, deleted; or, if the disk fails, all put back."""

import os
from collections.abc import Callable, Iterable
from functools import partial

from itnews.errors import OutputRefused
from itnews.files import disk, manifest
from itnews.files.journal import Journal, Move
from itnews.files.output import parents
from itnews.files.staging import Staging, write_manifest


class Mover:
    """Carries out one journal in the output folder *root*.

    Every step can be taken again: one that an interrupted build took is passed over.
    """

    def __init__(self, root: str, staging: Staging) -> None:
        self._root = root
        self._staging = staging
        self._undo: list[Callable[[], object]] = []
        self._folders: set[str] = set()

    def carry_out(self, journal: Journal, known: manifest.Listed | None = None) -> bytes:
        """Takes all steps of *journal*; the bytes of the new manifest. *known* is the manifest as it was last read.

        Raises OSError if the disk fails and OutputRefused if a file that itnews did not write is in the way; then the
        output folder is as it was before. Raises EnvironmentFault if not even that could be done: the journal must
        stay, so that the next build completes it.
        """
        try:
            return self._carry_out(journal, known)
        except (OSError, OutputRefused):
            self._take_back()
            raise

    def _carry_out(self, journal: Journal, known: manifest.Listed | None) -> bytes:
        self._undo += [partial(disk.remove_folder, one) for one in disk.make_folders(self._root)]
        entries, former = manifest.load(self._root, known)
        if not entries.keys() >= journal.records.keys():
            self._keep_manifest(former)
            write_manifest(self._staging, self._root, manifest.encode(journal.union(entries)))
            former = b""
        for path in journal.first:
            self._set_aside(path)
        self._remove_emptied(journal.first)
        for move in journal.moves:
            self._place(move)
        for path in journal.last:
            self._set_aside(path)
        self._remove_emptied(journal.last)
        if former and not (journal.first or journal.last):
            final = manifest.amended(former, entries, journal.records)
        else:
            final = manifest.encode(journal.final(entries))
        if final != former:
            if former:
                self._keep_manifest(former)
            write_manifest(self._staging, self._root, final)
        return final

    def _take_back(self) -> None:
        try:
            for step in reversed(self._undo):
                step()
        except OSError as error:
            raise disk.fault(error, "the next build completes what this one began") from error

    def _keep_manifest(self, former: bytes | None) -> None:
        """Sees to it that the manifest can be put back on a full disk, too."""
        target, spare = f"{self._root}/{manifest.NAME}", self._staging.spare(manifest.NAME)
        if former is None:
            self._undo.append(partial(_remove_if_there, target))
        else:
            self._keep(target, spare)
            self._undo.append(partial(disk.move, spare, target))

    def _set_aside(self, path: str) -> None:
        target, spare = f"{self._root}/{path}", self._staging.spare(path)
        if os.path.lexists(target) and not _is_folder(target):
            disk.move(target, spare)
            self._undo.append(partial(_put_back, spare, target))

    def _place(self, move: Move) -> None:
        source, target = self._staging.file(move.staged), f"{self._root}/{move.path}"
        if not os.path.lexists(source):
            return
        there = os.path.lexists(target)
        if there and _is_folder(target):
            self._remove_empty(target)
            there = False
        if there and move.new:
            raise OutputRefused(
                f"{target} was not written by itnews; move it away and build again."
            )
        if there:
            self._keep(target, self._staging.spare(move.path))
        self._make_folders_above(target)
        disk.move(source, target)
        if there:
            self._undo.append(partial(disk.move, self._staging.spare(move.path), target))
        self._undo.append(partial(disk.move, target, source))

    def _keep(self, target: str, spare: str) -> None:
        if os.path.lexists(spare):  # of the interrupted build that this one completes
            disk.remove(spare)
        disk.keep(target, spare)

    def _make_folders_above(self, target: str) -> None:
        folder = os.path.dirname(target)
        if folder not in self._folders:
            made = disk.make_folders(folder)
            self._undo += [partial(disk.remove_folder, one) for one in made]
            self._folders.add(folder)

    def _remove_empty(self, target: str) -> None:
        """Removes the folder *target*, and the folders in it; OSError if there is any file."""
        for folder, _, _ in os.walk(target, topdown=False):
            disk.remove_folder(folder)
            self._undo.append(partial(disk.make_folder, folder))

    def _remove_emptied(self, deleted: Iterable[str]) -> None:
        """Removes those folders of *deleted* files that are empty now."""
        folders = {folder for path in deleted for folder in parents(path)}
        for folder in sorted(folders, key=lambda one: (-one.count("/"), one)):
            place = f"{self._root}/{folder}"
            try:
                disk.remove_folder(place)
            except OSError:
                continue  # something lives there still, or a program looks at it: an empty folder harms nobody
            self._undo.append(partial(disk.make_folder, place))


def _put_back(spare: str, target: str) -> None:
    disk.make_folders(os.path.dirname(target))
    disk.move(spare, target)


def _remove_if_there(path: str) -> None:
    if os.path.lexists(path):
        disk.remove(path)


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)
