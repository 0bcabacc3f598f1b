"""How the last run of a variant left the store: what the next one begins from."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from itnews.digest import Digest
from itnews.engine.store import Store

_SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class Settled:
    """How the last run of a *variant* left the store.

    *inputs*: what it read of them, by the text of their keys. *unreached*: rows of the variant that it did not reach,
    and did not forget. *troubled*: the keys it reached that have problems. *latest*: whether no run of another variant
    has begun since, which may have made answers that both share.
    """

    variant: str
    inputs: Mapping[str, Digest]
    unreached: frozenset[str] = frozenset()
    troubled: tuple[str, ...] = ()
    latest: bool = True


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
        unreached = frozenset(map(str, note["unreached"]))
        troubled = tuple(map(str, note["troubled"]))
        return Settled(
            variant, store.inputs(variant), unreached, troubled, latest=note["serial"] == serial
        )
    except (ValueError, KeyError, TypeError):
        return None


def leave(
    store: Store, variant: str, code: Digest, *, unreached: Iterable[str], troubled: Iterable[str]
) -> None:
    """Notes that a run of *variant* is complete, and the inputs in *store* are those that it read."""
    note = {
        "code": code,
        "serial": int(store.meta(_SERIAL) or 0),
        "unreached": sorted(unreached),
        "troubled": list(troubled),
    }
    store.set_meta(_name(variant), json.dumps(note))


def _name(variant: str) -> str:
    return f"settled {variant}"
