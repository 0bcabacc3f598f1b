"""The output folder before a build: whether it may be written to, and what lies in it."""

import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from itnews.digest import Digest
from itnews.errors import OutputRefused
from itnews.files.scan import SOURCE_FOLDERS, is_below, is_link
from itnews.files.state import FileState, state_of
from itnews.words import counted, fold

_KEPT = frozenset(
    {"CNAME"}
)  # of GitHub Pages and its like; with the dot files, it belongs to the publisher
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What lies in an output folder: the states of the files in its manifest, and the names of *strangers*.

    *at_ns* is the time before the first folder was read.
    """

    states: dict[str, FileState]
    strangers: tuple[str, ...]
    at_ns: int


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


def look(root: str, manifest: Mapping[str, Digest]) -> Look:
    """What lies in the output folder *root*, whose manifest is *manifest*. Dot files are left alone."""
    started = time.time_ns()
    states: dict[str, FileState] = {}
    strangers: list[str] = []
    pending = [""]
    while pending:
        prefix = pending.pop()
        for entry in _entries(f"{root}/{prefix}"):
            path = prefix + entry.name
            if entry.name[0] == ".":
                continue
            if path in manifest and entry.is_file(follow_symlinks=False):
                states[path] = state_of(entry.stat(follow_symlinks=False))
            elif is_link(entry):
                strangers.append(path)
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path + "/")
            elif path not in _KEPT:
                strangers.append(path)
    hidden, links = _dotted(root, manifest)
    states.update(hidden)
    own = _other_spellings(root, strangers, manifest.keys() - states.keys())
    states.update((path, state_of(os.stat(f"{root}/{path}"))) for path in own.values())
    return Look(states, tuple(sorted({*links, *strangers} - own.keys())), started)


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
