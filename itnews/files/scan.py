"""What lies in the site folder: one walk, no file opened."""

import errno
import os
import re
import stat
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from itnews.files.state import FileState, state_of
from itnews.paths import SourcePath
from itnews.words import fold

SETTINGS = "itnews.yaml"
SOURCE_FOLDERS = ("content", "static", "theme", "themes")
TEXT_LIMIT = 16 * 1024 * 1024
"""Bytes. What is parsed is read whole and kept while a build runs; prose of this size is a mistake."""

_PARSED = (".md", ".markdown", ".yaml", ".yml", ".html", ".css")
_LITTER = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})
_GIT = frozenset({".git", ".gitignore", ".gitkeep", ".gitattributes", ".hg", ".svn"})
# A backslash is a separator on Windows and in `source_path`; surrogates are bytes that are no UTF-8.
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")

Reason = Literal[
    "file-link-outside",
    "file-link-broken",
    "file-link-loop",
    "file-link-to-folder",
    "file-special",
    "file-name",
    "file-unreadable",
    "file-too-large",
    "folder-expected",
]

_WORDS: Mapping[Reason, tuple[str, str]] = {
    "file-link-outside": (
        "This link leads out of the site folder.",
        "put a copy of the file in place of the link",
    ),
    "file-link-broken": (
        "This link leads to a file that does not exist.",
        "remove the link, or restore the file that it names",
    ),
    "file-link-loop": ("This link leads back to itself.", "remove the link"),
    "file-link-to-folder": (
        "This is a link to a folder, and only links to files are followed.",
        "move the folder itself to this place",
    ),
    "file-special": (
        "This is a pipe, a socket or a device, not a file.",
        "remove it from the site folder",
    ),
    "file-name": (
        "This name holds characters that cannot stand in a path.",
        "rename it with letters, digits and hyphens; names are stored as UTF-8",
    ),
    "file-unreadable": (
        "This file or folder cannot be read.",
        "give yourself permission to read it, or remove it",
    ),
    "file-too-large": (
        "This text is larger than 16 MiB.",
        "split it, or offer it for download under another file type",
    ),
    "folder-expected": ("A folder is expected here.", "remove what is there, or rename it"),
}


class Refused(Struct, frozen=True):
    """A file or folder that is left out of the site, and why; *reason* serves as the code of a problem."""

    path: SourcePath
    reason: Reason

    @property
    def message(self) -> str:
        """One sentence for the author."""
        return _WORDS[self.reason][0]

    @property
    def hint(self) -> str:
        """What to do about it."""
        return _WORDS[self.reason][1]


class Scan(Struct, frozen=True, dict=True):
    """The files of a site at one moment.

    *files* has the state of each by its name, which is `str` of its SourcePath. *started_ns* is the time before the
    first folder was read, in nanoseconds since 1970.
    """

    files: Mapping[str, FileState]
    refused: tuple[Refused, ...]
    started_ns: int
    folders: Mapping[str, str]
    links: Mapping[str, str]

    @cached_property
    def states(self) -> Mapping[SourcePath, FileState]:
        return {SourcePath(PurePosixPath(name)): state for name, state in self.files.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def below(self, prefix: str = "") -> tuple[SourcePath, ...]:
        """The files below the folder *prefix* (all, if it is empty), in the order of their names."""
        return tuple(SourcePath(PurePosixPath(name)) for name in self.names_below(prefix))

    def names_below(self, prefix: str = "") -> tuple[str, ...]:
        """The names of `below`."""
        first, last = 0, len(self.names)
        if prefix:
            folder = prefix.rstrip("/")
            first = bisect_left(self.names, folder + "/")
            last = bisect_left(self.names, folder + "0")  # the character after the slash
        return self.names[first:last]

    def location(self, name: str) -> str:
        """Where the file *name* lies on this machine; a link is resolved."""
        if name in self.links:
            return self.links[name]
        if not name.startswith("@"):
            return f"{self.folders['']}/{name}"
        root, _, rest = name.partition("/")
        return f"{self.folders[root]}/{rest}"


def scan(site: Path, roots: Mapping[str, Path] = MappingProxyType({})) -> Scan:
    """The files of *site*: settings, `content/`, `static/`, `theme/`, `themes/`, and each of *roots* as `@name/`.

    Files whose name begins with a dot are passed over, but for those in `static/`, so are the traces of editors and
    desktops. A file that vanishes meanwhile is absent. Nothing is opened.
    """
    started = time.time_ns()
    home = os.path.realpath(site)
    walk = _Walk((home,))
    walk.meet(f"{home}/{SETTINGS}", SETTINGS, wanted=stat.S_IFREG)
    for name in SOURCE_FOLDERS:
        walk.meet(f"{home}/{name}", name, wanted=stat.S_IFDIR)
    folders = {"": home}
    for name, root in sorted(roots.items()):
        folders[f"@{name}"] = os.path.realpath(root)
        walk.homes = (home, folders[f"@{name}"])
        walk.meet(folders[f"@{name}"], f"@{name}", wanted=stat.S_IFDIR)
    refused = sorted(walk.refused, key=lambda one: str(one.path))
    return Scan(walk.files, tuple(refused), started, folders, walk.links)


def rescanned(before: Scan, names: Iterable[str]) -> Scan | None:
    """*before* with the files *names* as they are now; None where that takes more than a look at each.

    So it is with folders, links, and files in folders of which nothing is known.
    """
    names, targets = tuple(names), frozenset(before.links.values())
    if len({fold(name) for name in names}) < len(names):
        return None  # a name that changed its case only: some systems answer both
    started, files = time.time_ns(), dict(before.files)
    refused = {str(one.path) for one in before.refused}
    for name in names:
        status = _regular(before.location(name)) if name not in before.links else None
        if before.location(name) in targets:
            return None
        is_one_file = name in files or (status and _has_neighbours(name, files))
        if status is None or name in refused or not is_one_file:
            return None
        walk = _Walk((before.folders[""],))
        if status and not _UNFIT.search(name) and not _passed_over(name.rpartition("/")[2], name):
            walk.add(name, status)
        if walk.refused:
            return None
        files.pop(name, None)
        files.update(walk.files)
    return Scan(files, before.refused, started, before.folders, before.links)


def _has_neighbours(name: str, files: Iterable[str]) -> bool:
    """Whether the folder of the new file *name* holds any of *files*: then it is one that was walked."""
    folder = name.rpartition("/")[0] + "/"
    return any(other.startswith(folder) and "/" not in other[len(folder) :] for other in files)


def _regular(place: str) -> os.stat_result | Literal[False] | None:
    """The status of the regular file at *place*; False if there is nothing, None if there is something else."""
    try:
        status = os.lstat(place)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


class _Walk:
    """Collects files folder by folder. *homes* are the folders that a link may lead into."""

    def __init__(self, homes: tuple[str, ...]) -> None:
        self.homes = homes
        self.files: dict[str, FileState] = {}
        self.links: dict[str, str] = {}
        self.refused: list[Refused] = []

    def meet(self, place: str, name: str, *, wanted: int) -> None:
        """Takes in one of the places that a site consists of, if it is there."""
        try:
            status = os.lstat(place)
        except (FileNotFoundError, NotADirectoryError):
            return
        if stat.S_ISLNK(status.st_mode):
            self.follow(place, name)
        elif stat.S_IFMT(status.st_mode) != wanted:
            self.refuse(name, "folder-expected" if wanted == stat.S_IFDIR else "file-special")
        elif wanted == stat.S_IFDIR:
            self.descend(place, name)
        else:
            self.add(name, status)

    def descend(self, folder: str, name: str) -> None:
        pending = [(folder, name)]  # no recursion: folders may be nested deeper than Python calls
        while pending:
            folder, name = pending.pop()
            for entry in self.entries(folder, name):
                path = f"{name}/{entry.name}"
                if not _passed_over(entry.name, path) and self.is_folder(entry, path):
                    pending.append((entry.path, path))

    def entries(self, folder: str, name: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                yield from entries
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError:
            self.refuse(name, "file-unreadable")

    def is_folder(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether *entry* is to be walked; what is a file is taken in, the rest refused."""
        if _UNFIT.search(entry.name):
            self.refuse(path, "file-name")
        elif entry.is_file(follow_symlinks=False):  # most are; links and junctions are none
            try:
                self.add(path, entry.stat(follow_symlinks=False))
            except FileNotFoundError:
                return False
        elif is_link(entry):
            self.follow(entry.path, path)
        elif entry.is_dir(follow_symlinks=False):
            return True
        else:
            self.refuse(path, "file-special")
        return False

    def follow(self, place: str, path: str) -> None:
        """Takes in the file that the link at *place* leads to, if it lies where a site's files may."""
        try:
            target = os.path.realpath(place, strict=True)
            status = os.stat(target)
        except OSError as error:
            self.refuse(path, _why_no_target(error))
            return
        if not _visible_below(target, self.homes):
            self.refuse(path, "file-link-outside")
        elif stat.S_ISDIR(status.st_mode):
            self.refuse(path, "file-link-to-folder")
        elif stat.S_ISREG(status.st_mode):
            self.links[path] = target
            self.add(path, status)
        else:
            self.refuse(path, "file-special")

    def add(self, path: str, status: os.stat_result) -> None:
        if status.st_size > TEXT_LIMIT and _is_parsed(path):
            self.refuse(path, "file-too-large")
        else:
            self.files[path] = state_of(status)

    def refuse(self, path: str, reason: Reason) -> None:
        self.refused.append(Refused(SourcePath(PurePosixPath(_printable(path))), reason))


def is_link(entry: os.DirEntry[str]) -> bool:
    """Whether *entry* leads elsewhere: a symbolic link, or a junction of Windows."""
    if entry.is_symlink():
        return True
    if os.name != "nt" or not entry.is_dir(follow_symlinks=False):
        return False
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return bool(tag and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1))


def is_below(path: str, folder: str) -> bool:
    """Whether *path* is *folder* or lies in it; both are real paths."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _passed_over(name: str, path: str) -> bool:
    if name[-1] == "~" or name in _LITTER:
        return True
    if name[0] != ".":
        return False
    # Servers and services ask for `static/.well-known/` and the like; ours are no one's to publish.
    return not path.startswith("static/") or name in _GIT or name.startswith(".itnews")


def _visible_below(target: str, homes: Iterable[str]) -> bool:
    """Whether *target* lies in one of *homes*, and not in a hidden folder such as `.git` there."""
    for home in homes:
        if is_below(target, home):
            return not any(part.startswith(".") for part in Path(target[len(home) :]).parts)
    return False


def _why_no_target(error: OSError) -> Reason:
    if error.errno == errno.ELOOP:
        return "file-link-loop"
    return "file-unreadable" if error.errno == errno.EACCES else "file-link-broken"


def _is_parsed(path: str) -> bool:
    return path.lower().endswith(_PARSED) and not path.startswith("static/")


def _printable(path: str) -> str:
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
