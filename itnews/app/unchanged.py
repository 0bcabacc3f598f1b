"""Whether a build has nothing to do: decided from the states of files, before anything else is loaded.

What decides an outcome is what was asked for, the code, the sources, the settings and themes among them, the clock and
HEAD as far as an answer asked for them, and what lies in the output folder. If all of that is as the last build left
it, its outcome is told again. This imports the lowest floors only, so that a command which finds nothing to do has not
loaded what would do it.
"""

import json
import os
from collections.abc import Mapping, Set
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, cast

from msgspec import Struct

from itnews.digest import Digest, digest_text, digest_value
from itnews.engine.code import code_digest
from itnews.engine.store import Store
from itnews.errors import EnvironmentFault, UsageFault
from itnews.files import manifest
from itnews.files.head import head_of
from itnews.files.place import look
from itnews.files.scan import Scan, scan
from itnews.files.sources import Files
from itnews.files.staging import Staging
from itnews.files.state import FileState, Seen, digest_file, trusted
from itnews.files.themes import BUILT_IN, built_in_themes

SOURCES = "sources"
STATE = ".itnews"
"""The folder beside the settings that holds the store, the staging and the lock; it may be deleted at any time."""
STORE = "store.sqlite"
CONTENT = "content"
_NOTE = "outcome"
_SERIAL = "sources"
"""Counts how often the digests of sources that are remembered have changed."""


class Asked(Struct, frozen=True):
    """What a build is asked for, but for the time. *output* is a real path, empty for the edition's own folder."""

    edition: str
    drafts: bool
    output: str
    strict: bool
    keep_going: bool
    prune: bool


class Unchanged(NamedTuple):
    """What was told of a build that need not be made again; *folder* is the edition's output folder, as it is named."""

    told: Mapping[str, object]
    folder: str


class Outcome(Struct, frozen=True):
    """What a build came to, and what it follows from.

    *since* and *until* bound the instants at which the clock gives the answers that it gave; either may be open.
    *folder* is the edition's own output folder, as the settings name it; *told* what is said of it, as plain data.
    *head* stands for what git was asked about (`files.head`): None if it was not asked, empty if it might answer
    otherwise now.
    """

    asked: Asked
    folder: str
    output: str
    since: datetime | None
    until: datetime | None
    told: Mapping[str, object]
    head: str | None = None


def tree_name(output: str) -> str:
    """What the output folder of this real path is called in the store."""
    return f"output {output}"


def folders_name(output: str) -> str:
    """What the folders in it are called."""
    return f"folders {output}"


def remember_outcome(store: Store, outcome: Outcome, files: Files) -> None:
    """Notes *outcome* in *store*, where the states of sources and outputs have been noted already."""
    _, payload = manifest.load(outcome.output)
    note = {
        "code": code_digest(store),
        "sources": store.meta(_SERIAL),
        "others": _of_others(files.scan, files.names_known()),
        "manifest": manifest.digest_of(payload),
        "folder": outcome.folder,
        "since": outcome.since.isoformat() if outcome.since else "",
        "until": outcome.until.isoformat() if outcome.until else "",
        "told": outcome.told,
        "head": outcome.head,
    }
    store.set_meta(_name(outcome.asked), json.dumps(note))


def remember_sources(store: Store, files: Files) -> None:
    """Notes in *store* the digests of the files that were asked for. Where any differs, no earlier outcome holds."""
    changed, gone = files.news()
    if changed or gone:
        store.set_files(SOURCES, changed, gone)
        store.set_meta(_SERIAL, str(int(store.meta(_SERIAL) or 0) + 1))


def forget_outcome(store: Store, asked: Asked) -> None:
    """Forgets the outcome of the last build for which the same was asked."""
    store.set_meta(_name(asked), "")


def unchanged(
    store: Store, state: Path, site: Path, asked: Asked, now: datetime
) -> tuple[Unchanged | None, Files]:
    """What was told of the last build for which the same was *asked*, None unless all is as then; and the site's files.

    *state* is the folder in which *store* lies; the caller holds its lock.
    """
    known = store.files(SOURCES)
    found = scan(site, {BUILT_IN: built_in_themes() / BUILT_IN})
    files = Files(found, known)
    note = _noted(store, asked)
    if note is None or not _holds(note, now) or note["code"] != code_digest(store):
        return None, files
    folder, told = str(note["folder"]), note["told"]
    root = asked.output or os.path.realpath(site / folder)
    is_same = (
        isinstance(told, dict)
        and store.meta(_SERIAL) == note["sources"]
        and note["head"] in (None, head_of(f"{found.folders['']}/{CONTENT}").token)
        and _of_others(found, known.keys()) == note["others"]
        and _are_as_known(found, known)
    )
    if not is_same or not _is_whole(root, note["manifest"], store, state):
        return None, files
    return Unchanged(cast("dict[str, object]", told), folder), files


def _name(asked: Asked) -> str:
    return f"{_NOTE} {digest_value(asked)}"


def _noted(store: Store, asked: Asked) -> dict[str, object] | None:
    with suppress(ValueError):
        note = json.loads(store.meta(_name(asked)) or "null")
        return note if isinstance(note, dict) else None
    return None


def _holds(note: Mapping[str, object], now: datetime) -> bool:
    since, until = str(note["since"]), str(note["until"])
    return (not since or datetime.fromisoformat(since) <= now) and (
        not until or now < datetime.fromisoformat(until)
    )


def _of_others(found: Scan, known: Set[str]) -> Digest:
    """The digest of what lies in the site beside the *known* files: of what no build asked for the names, and what was
    refused."""
    names = sorted(found.files.keys() - known)
    refused = [f"{one.path} {one.reason}" for one in found.refused]
    return digest_text("\n".join((*names, "", *refused)))


def _are_as_known(found: Scan, known: Mapping[str, Seen]) -> bool:
    """Whether the files that builds asked for are there, with the bytes that they had."""
    for name, seen in known.items():
        state = found.files.get(name)
        if state is None:
            return False
        if (
            not trusted(seen, state)
            and _digest_at(found.location(name), state, seen) != seen.digest
        ):
            return False
    return True


def _is_whole(root: str, digest: object, store: Store, state: Path) -> bool:
    """Whether the output folder *root* holds what the manifest of this *digest* lists, and nothing to be seen to."""
    try:
        entries, payload = manifest.load(root)
        is_known = manifest.digest_of(payload) == digest
        if not is_known or Staging(root, os.path.realpath(state)).has_journal():
            return False
        found = look(root, entries, store.files(folders_name(root)))
    except (EnvironmentFault, UsageFault, OSError):
        return False
    if found.strangers or len(found.states) != len(entries):
        return False
    known = store.files(tree_name(root))
    return all(
        _digest_at(f"{root}/{path}", found.states[path], known.get(path)) == wanted
        for path, wanted in entries.items()
    )


def _digest_at(place: str, state: FileState, seen: Seen | None) -> str:
    """The digest of the file at *place*, which is read only where its state does not tell it."""
    if seen is not None and trusted(seen, state):
        return seen.digest
    try:
        return digest_file(place)[0]
    except OSError:
        return "unreadable"
