"""What the store remembers of the last build beside its answers: for `verify` and `why`."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from itnews.app.unchanged import STATE, STORE
from itnews.engine.store import Store
from itnews.errors import StoreError, UsageFault
from itnews.files.lock import Lock

_LAST = "last"
_WAIT = 30.0  # seconds: as a build waits


class LastBuild(Struct, frozen=True):
    """What the last build was asked for, and what became of it.

    *made* names the keys that it made, with the reasons.
    """

    edition: str
    drafts: bool
    now: datetime
    output: Path
    keep_going: bool
    strict: bool
    made: Mapping[str, str]


def remember(store: Store, last: LastBuild) -> None:
    """Notes in *store* what was built last; committed with what else the build leaves there."""
    note = {name: getattr(last, name) for name in LastBuild.__struct_fields__}
    note |= {"now": last.now.isoformat(), "output": str(last.output)}
    store.set_meta(_LAST, json.dumps(note))


def last_build(store: Store) -> LastBuild | None:
    """The last build that *store* knows of. Raises StoreError if the note cannot be read."""
    try:
        note = json.loads(store.meta(_LAST) or "null")
        if note is None:
            return None
        times = {"now": datetime.fromisoformat(note["now"]), "output": Path(note["output"])}
        return LastBuild(**{**note, **times})
    except (ValueError, KeyError, TypeError) as fault:
        raise StoreError("What the store remembers of the last build cannot be read.") from fault


@contextmanager
def opened_store(site: Path) -> Iterator[Store]:
    """The store of *site*, with its lock held. Raises UsageFault where nothing has been built yet."""
    path = site / STATE / STORE
    if not path.is_file():
        raise UsageFault("Nothing has been built here yet: `itnews build` comes first.")
    with Lock(site / STATE).held(_WAIT):
        store = _opened(path)
        try:
            yield store
        finally:
            store.close()


def _opened(path: Path) -> Store:
    try:
        return Store(path)
    except StoreError as fault:
        raise StoreError(f"{fault}; `itnews build` makes a new one.") from fault
