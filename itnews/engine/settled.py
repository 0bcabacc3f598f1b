"""How the last run of a variant left the store: what the next one begins from."""

import json
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import asdict

from itnews.digest import Digest
from itnews.engine.store import Store

Inputs = Mapping[str, Mapping[str, Digest]]
"""Digests of inputs by the kind and then by the text of their keys."""

_SERIAL = "serial"


class Settled(Struct, frozen=True):
    """How the last run of a *variant* left the store.

    *inputs*: what it read of them. *unreached*: rows of the variant that it did not reach,
    and did not forget. *troubled*: the keys it reached that have problems. *latest*: whether no run of another variant
    has begun since, which may have made answers that both share. *manifest*: the digest of the list of outputs that it
    left in the output folder, empty if it left none.
    """

    variant: str
    inputs: Inputs
    unreached: frozenset[str] = frozenset()
    troubled: tuple[str, ...] = ()
    latest: bool = True
    manifest: str = ""


class Note(Struct, frozen=True):
    """What a run leaves behind beside its inputs; the fields are those of `Settled`."""

    code: Digest
    unreached: tuple[str, ...]
    troubled: tuple[str, ...]
    manifest: str


def begin(store: Store, variant: str, code: Digest) -> Settled | None:
    """How the last run of *variant* left *store*; None if that is not known, or other *code* ran then.

    From now on it is not known: whoever is interrupted leaves answers behind that no other run has settled.
    """
    try:
        note = json.loads(store.meta(_name(variant)) or "null")
        serial = int(store.meta(_SERIAL) or 0)
        store.set_meta(_SERIAL, str(serial + 1))
        store.set_meta(_name(variant), "")
        if note is None or note["code"] != code:
            return None
        return Settled(
            variant,
            store.inputs(variant),
            frozenset(map(str, note["unreached"])),
            tuple(map(str, note["troubled"])),
            latest=note["serial"] == serial,
            manifest=str(note["manifest"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def go_on(store: Store, last: Settled) -> None:
    """As `begin`, for whoever kept *last* in memory and knows that nobody else has begun since."""
    store.go_on()
    store.set_meta(_name(last.variant), "")


def leave(store: Store, variant: str, note: Note) -> None:
    """Notes that a run of *variant* is complete, and the inputs in *store* are those that it read."""
    serial = int(store.meta(_SERIAL) or 0)
    store.set_meta(_name(variant), json.dumps({**asdict(note), "serial": serial}))


def _name(variant: str) -> str:
    return f"settled {variant}"
