"""Where outputs wait until all of them are there: `.itnews/staging`, or a hidden folder in the output folder itself."""

import errno
import os
import re
from contextlib import suppress

from itnews.digest import digest_text
from itnews.files import disk, journal, manifest
from itnews.files.output import RESERVED

_INSIDE = RESERVED + "-staging"
_PROBE = RESERVED + "-probe"
_JOURNAL = "journal.json"
_DRAFT = "draft"
# Only files of these names are ever swept away.
_OURS = re.compile(rf"(spare-)?[0-9a-f]{{32}}|{re.escape(_JOURNAL)}|{_DRAFT}|probe")


class Staging:
    """The staging of one output folder, *root*; *state* is the site's `.itnews` folder. Both are real paths.

    Everything in it has a name that follows from the path of the output, so that no two builds of different output
    folders meet, and nothing has to be counted.
    """

    def __init__(self, root: str, state: str) -> None:
        self._root = root
        self._usual = f"{state}/staging/{_name_of(root, state)}"
        self._inside = f"{root}/{_INSIDE}"
        self._chosen = ""

    def folder(self) -> str:
        """The staging folder, made at the first call. OSError if the disk does not let us."""
        if not self._chosen:
            disk.make_folders(self._usual)
            if not self._can_move():
                disk.make_folders(self._inside)
                self._chosen = self._inside
            else:
                self._chosen = self._usual
        return self._chosen

    def file(self, name: str) -> str:
        return f"{self.folder()}/{name}"

    def spare(self, path: str) -> str:
        """Where the former file of *path* is kept until the commit has succeeded."""
        return f"{self.folder()}/spare-{digest_text(path)}"

    def put_whole(self, payload: bytes, path: str) -> None:
        """Makes *path*, on the output's or the staging's file system, a file of these bytes in one step."""
        draft = self.file(_DRAFT)
        disk.write(draft, payload)
        disk.move(draft, path)

    def write_journal(self, entry: journal.Journal) -> None:
        self.put_whole(journal.encode(entry), self.file(_JOURNAL))

    def remove_journal(self) -> None:
        disk.remove(self.file(_JOURNAL))

    def find_journal(self) -> journal.Journal | None:
        """The journal of an interrupted commit; its folder becomes the staging folder.

        One that cannot be understood counts as none: the manifest tells what may lie about, and the next commit puts
        it right.
        """
        for folder in (self._usual, self._inside):
            try:
                with open(f"{folder}/{_JOURNAL}", "rb") as stream:
                    found = journal.decode(stream.read())
            except (FileNotFoundError, NotADirectoryError, ValueError):
                continue
            self._chosen = folder
            return found
        return None

    def has_journal(self) -> bool:
        return any(os.path.exists(f"{one}/{_JOURNAL}") for one in (self._usual, self._inside))

    def sweep(self) -> None:
        """Removes what waits, the journal first of all, and the folders."""
        for folder in (self._usual, self._inside):
            if os.path.isdir(folder) and not os.path.islink(folder):
                _empty(folder)
        probe = f"{_existing(self._root)}/{_PROBE}"
        if os.path.lexists(probe):
            disk.remove(probe)
        self._chosen = ""

    def _can_move(self) -> bool:
        """Whether files can be moved to the output folder from the usual place.

        Two folders may be on one device and still not let a file pass: bind mounts, as containers use them.
        """
        probe = f"{self._usual}/probe"
        landing = f"{_existing(self._root)}/{_PROBE}"
        disk.write(probe, b"")
        try:
            disk.move(probe, landing)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            return False
        disk.remove(landing)
        return True


def write_manifest(staging: Staging, root: str, entries: bytes) -> None:
    staging.put_whole(entries, f"{root}/{manifest.NAME}")


def _name_of(root: str, state: str) -> str:
    """What *root* is called in *state*: a site folder that is moved as a whole takes an interrupted build with it."""
    with suppress(ValueError):  # on another drive of Windows
        root = os.path.relpath(root, state)
    return digest_text(root.replace(os.sep, "/"))[:16]


def _empty(folder: str) -> None:
    with os.scandir(folder) as entries:
        names = sorted((entry.name for entry in entries), key=lambda name: name != _JOURNAL)
    for name in names:
        if _OURS.fullmatch(name):
            disk.remove(f"{folder}/{name}")
    if all(_OURS.fullmatch(name) for name in names):
        disk.remove_folder(folder)


def _existing(folder: str) -> str:
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder
