"""Digests, and the canonical bytes that they are taken of."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from hashlib import blake2b
from pathlib import PurePath
from typing import NewType

from msgspec import Struct

Digest = NewType("Digest", str)
"""BLAKE2b of 16 bytes, in hexadecimal."""

ABSENT = Digest("absent")
"""The digest of a file that is not there: absence is an answer, too."""


def digest_bytes(payload: bytes) -> Digest:
    return Digest(blake2b(payload, digest_size=16).hexdigest())


def digest_text(text: str) -> Digest:
    return digest_bytes(text.encode("utf-8", "surrogatepass"))


def canonical(value: object) -> bytes:
    """The bytes that stand for *value*: equal values give equal bytes in every process.

    Takes what JSON takes, and dates, enumerations, paths, sets, mappings and structs. The order of a mapping
    counts, that of a set does not. Values of one type are compared: a list and a tuple of equal items are one here.
    """
    return json.dumps(value, default=_plain, ensure_ascii=True, separators=(",", ":")).encode(
        "ascii"
    )


def digest_value(value: object) -> Digest:
    return digest_bytes(canonical(value))


def _plain(value: object) -> object:
    if isinstance(value, Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        return {"": type(value).__name__, **fields}
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, bytes):
        return {"bytes": digest_bytes(value)}
    raise TypeError(f"{type(value).__name__} has no canonical bytes")
