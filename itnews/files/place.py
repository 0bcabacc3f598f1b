"""The output folder before a build: whether it may be written to, and what lies in it."""

import os
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from itnews.digest import Digest
from itnews.errors import OutputRefused
from itnews.files.output import parents
from itnews.files.scan import SOURCE_FOLDERS, is_below, is_link
from itnews.files.state import FileState, Seen, state_of, trusted
from itnews.words import counted, fold

_KEPT = frozenset(
    {"CNAME"}
)  # of GitHub Pages and its like; with the dot files, it belongs to the publisher
_NAMED = 3
_WINDOWS = os.name == "nt"  # where a folder does not tell reliably that something came or went


class Look(Struct, frozen=True):
    """What lies in an output folder: the states of the files in its manifest, and the names of *strangers*.

    *at_ns* is the time before the first folder was read. *folders* has the states of the
    folders with such files that hold nothing else.
    """

    states: dict[str, FileState]
    strangers: tuple[str, ...]
    at_ns: int
    folders: dict[str, FileState]


def real_root(output: Path, state: Path, sources: Path) -> str:
    """The real path of the folder *output*.

    Raises OutputRefused where a site cannot be written without harm: in a place that is, holds, or belongs to the
    sources of the site, or to its state.
    """
    root, home, hidden = (os.path.realpath(one) for one in (output, sources, state))
    if os.path.lexists(root) and not os.path.isdir(root):
        raise OutputRefused(f"{output} is a file; choose a folder for the output.")
    if _lies_in(home, root) or _lies_in(hidden, root):
        raise OutputRefused(f"{output} holds the sources of the site; choose another folder.")
    taken = [f"{home}{os.sep}{name}" for name in (*SOURCE_FOLDERS, ".git")]
    if any(_lies_in(root, folder) for folder in (*taken, f"{hidden}{os.sep}staging")):
        raise OutputRefused(f"{output} lies among the sources of the site; choose another folder.")
    return root


def look(
    root: str, manifest: Mapping[str, Digest], calm: Mapping[str, Seen] = MappingProxyType({})
) -> Look:
    """What lies in the output folder *root*, whose manifest is *manifest*. Dot files are left alone.

    *calm* is what is known of its folders since a look that found no strangers: one whose state shows that nothing came
    or went is not listed again.
    """
    found = _Looking(root, manifest)
    found.visit_all(calm)
    hidden, links = _dotted(root, manifest)
    states = {**found.states, **hidden}
    own = _other_spellings(root, found.strangers, manifest.keys() - states.keys())
    states.update((path, state_of(os.stat(f"{root}/{path}"))) for path in own.values())
    strangers = tuple(sorted({*links, *found.strangers} - own.keys()))
    return Look(states, strangers, found.started_ns, found.folders)


class _Looking:
    """Collects what lies in *root*, folder by folder."""

    def __init__(self, root: str, manifest: Mapping[str, Digest]) -> None:
        self.root = root
        self.manifest = manifest
        self.states: dict[str, FileState] = {}
        self.folders: dict[str, FileState] = {}
        self.strangers: list[str] = []
        self.started_ns = time.time_ns()
        self._files = _by_folder(manifest)

    def visit_all(self, calm: Mapping[str, Seen]) -> None:
        """Takes in the folders that the manifest has files in, at any depth."""
        for folder, files in self._files.items():
            if folder[:1] == "." or "/." in folder:
                continue
            status = _lstat(f"{self.root}/{folder}")
            if status is None or not stat.S_ISDIR(status.st_mode):
                continue  # who lists the folder above finds what is there instead
            state = state_of(status)
            if not _WINDOWS and trusted(calm.get(folder), state):
                self._expect(files)
                self.folders[folder] = state
            elif self._list(f"{folder}/" if folder else ""):
                self.folders[folder] = state

    def _expect(self, files: Iterable[str]) -> None:
        for path in files:
            status = _lstat(f"{self.root}/{path}")
            if status is not None and stat.S_ISREG(status.st_mode):
                self.states[path] = state_of(status)
            elif status is not None:
                self.strangers.append(path)

    def _list(self, prefix: str) -> bool:
        """Whether there is no unknown folder, into which something might be put that this folder does not show."""
        pending, is_plain = [prefix], True
        while pending:
            prefix = pending.pop()
            for entry in _entries(f"{self.root}/{prefix}"):
                path = prefix + entry.name
                if entry.name[0] != "." and self._is_unknown_folder(entry, path):
                    pending.append(path + "/")
                    is_plain = False
        return is_plain

    def _is_unknown_folder(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether *entry* is a folder that the manifest has nothing in; files are taken in."""
        if path in self.manifest and entry.is_file(follow_symlinks=False):
            self.states[path] = state_of(entry.stat(follow_symlinks=False))
        elif is_link(entry):
            self.strangers.append(path)
        elif entry.is_dir(follow_symlinks=False):
            return path not in self._files
        elif path not in _KEPT:
            self.strangers.append(path)
        return False


def _by_folder(manifest: Iterable[str]) -> dict[str, list[str]]:
    """The files of a manifest by the folder in which they lie; folders above them are among the folders, too."""
    found: dict[str, list[str]] = {"": []}
    for path in manifest:
        folder = path.rpartition("/")[0]
        if folder not in found:
            for above in (folder, *parents(folder)):
                found.setdefault(above, [])
        found[folder].append(path)
    return found


def refuse_strangers(output: Path, look: Look) -> None:
    """Raises OutputRefused that names the files which itnews did not write, if there are any."""
    if not look.strangers:
        return
    named = ", ".join(repr(path) for path in look.strangers[:_NAMED])
    more = len(look.strangers) - _NAMED
    if more > 0:
        named += f" and {counted(more, 'other')}"
    raise OutputRefused(
        f"{output} holds files that itnews did not write ({named}); "
        "move them away, or choose another folder for the output."
    )


def linked_above(root: str, path: str) -> str:
    """The first symbolic link among the folders above *path*, or nothing: through it a file would leave *root*."""
    folder = root
    for part in path.split("/")[:-1]:
        folder = f"{folder}/{part}"
        if os.path.islink(folder):
            return folder
    return ""


def _lies_in(path: str, folder: str) -> bool:
    """Whether *path* is or will be in *folder*, also where the file system takes `Content` for `content`."""
    if is_below(path, folder):
        return True
    if not os.path.isdir(folder):
        return False
    while not _is_same(path, folder):
        above = os.path.dirname(path)
        if above == path:
            return False
        path = above
    return True


def _is_same(path: str, folder: str) -> bool:
    try:
        return os.path.isdir(path) and os.path.samefile(path, folder)
    except OSError:  # it went away since
        return False


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _dotted(root: str, manifest: Mapping[str, Digest]) -> tuple[dict[str, FileState], list[str]]:
    """Our files of dot names, which `look` passes by, and those of them that have become links."""
    found, links = {}, []
    for path in manifest:
        if path[0] != "." and "/." not in path:
            continue
        status = _lstat(f"{root}/{path}")
        if linked_above(root, path) or (status is not None and stat.S_ISLNK(status.st_mode)):
            links.append(path)
        elif status is not None and stat.S_ISREG(status.st_mode):
            found[path] = state_of(status)
    return found, links


def _other_spellings(root: str, strangers: list[str], missing: set[str]) -> dict[str, str]:
    """Those of *strangers* that are files of the manifest under another spelling.

    So a folder lists them whose file system does not distinguish case, or stores names decomposed.
    """
    folded = {fold(path): path for path in missing} if strangers else {}
    found = {}
    for path in strangers:
        own = folded.get(fold(path))
        if own is None or linked_above(root, own):
            continue
        if _same_file(f"{root}/{path}", f"{root}/{own}"):
            found[path] = own
    return found


def _same_file(one: str, other: str) -> bool:
    first, second = _lstat(one), _lstat(other)
    if first is None or second is None or not stat.S_ISREG(first.st_mode):
        return False
    return os.path.samestat(first, second)


def _lstat(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
