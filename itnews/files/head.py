"""What is checked out in the git repository around a folder: read from its files, without running git."""

import os
from contextlib import suppress

from msgspec import Struct

_POINTER = "gitdir:"
_REF = "ref:"
_LINKS = 5
"""How many refs may name another one; git itself follows as many."""

NO_REPOSITORY = "no repository"
UNBORN = "no commit"


class Head(Struct, frozen=True):
    """What HEAD means. *token* differs whenever the history that lies behind it does.

    *revision* is what git can be asked for it, empty where there is no commit. *shallow*: a part of the history is
    missing.
    """

    token: str
    revision: str = ""
    shallow: bool = False


def head_of(folder: str) -> Head:
    """The HEAD of the repository that *folder* lies in."""
    git = git_folder(os.path.realpath(folder))
    if git is None:
        return Head(NO_REPOSITORY)
    common = os.path.join(git, _text(f"{git}/commondir"))
    is_shallow = bool(_text(f"{common}/shallow"))
    tables = _text(f"{common}/reftable/tables.list")
    named = _resolved(git, common, _text(f"{git}/HEAD"))
    if not named and not tables:
        return Head(UNBORN)
    suffix = " shallow" if is_shallow else ""
    return Head(f"{named or tables}{suffix}", named or "HEAD", is_shallow)


def git_folder(folder: str) -> str | None:
    """The `.git` folder; a work tree or a submodule has it elsewhere, and a file names it (gitrepository-layout)."""
    above = ""
    while folder != above:
        found = f"{folder.rstrip('/')}/.git"
        if os.path.isdir(found):
            return found
        if os.path.isfile(found):
            text = _text(found)
            named = text.removeprefix(_POINTER).strip()
            return os.path.join(folder, named) if text.startswith(_POINTER) else None
        above, folder = folder, os.path.dirname(folder)
    return None


def _resolved(git: str, common: str, text: str) -> str:
    """The commit that *text*, the content of a ref, leads to; empty where no file says so."""
    for _ in range(_LINKS):
        if not text.startswith(_REF):
            return text
        name = text.removeprefix(_REF).strip()
        text = _text(f"{git}/{name}") or _text(f"{common}/{name}") or _packed(common, name)
    return ""


def _packed(common: str, name: str) -> str:
    for line in _text(f"{common}/packed-refs").splitlines():
        commit, _, ref = line.partition(" ")
        if ref == name:
            return commit
    return ""


def _text(place: str) -> str:
    with suppress(OSError), open(place, encoding="utf-8", errors="replace") as file:
        return file.read().strip()
    return ""
