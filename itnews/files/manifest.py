"""The list of what itnews wrote into an output folder: what it may overwrite or delete there, and nothing else."""

import json
import os
from collections.abc import Mapping

from itnews.digest import ABSENT, Digest, digest_bytes
from itnews.errors import OutputRefused
from itnews.files.output import RESERVED
from itnews.files.state import read_file

NAME = RESERVED + "-manifest.json"
_FORMAT = 1

Listed = tuple[dict[str, Digest], bytes | None]
"""The entries of a manifest, and its bytes; None for a folder that has none."""


def encode(entries: Mapping[str, Digest]) -> bytes:
    """The bytes of a manifest: equal entries give equal bytes. Paths are relative to the output folder."""
    ordered = {path: entries[path] for path in sorted(entries)}
    text = json.dumps({"format": _FORMAT, "files": ordered}, separators=(",\n", ":"))
    return text.encode("ascii") + b"\n"


def amended(payload: bytes, entries: Mapping[str, Digest], records: Mapping[str, Digest]) -> bytes:
    """The manifest *payload* of *entries* with the digests of *records* in place of those it had.

    The bytes that `encode` would give, without a look at each entry where all of *records* are listed already.
    """
    for path, digest in records.items():
        name = json.dumps(path).encode("ascii")
        old, new = (name + f':"{one}"'.encode("ascii") for one in (entries.get(path), digest))
        # A quote that begins an entry stands behind one of these marks, a quote within a path behind a backslash.
        mark = next((mark for mark in (b"\n", b"{") if mark + old in payload), None)
        if mark is None:
            return encode({**entries, **records})
        payload = payload.replace(mark + old, mark + new, 1)
    return payload


def decode(payload: bytes) -> dict[str, Digest]:
    """The entries of a manifest; ValueError if it is damaged or names a path outside the output folder."""
    found = json.loads(payload)
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise ValueError("not a manifest of this version of itnews")
    entries = found.get("files")
    if not isinstance(entries, dict) or not all(isinstance(one, str) for one in entries.values()):
        raise ValueError("no list of files")
    check_paths(entries)
    return {path: Digest(digest) for path, digest in entries.items()}


def check_paths(paths: Mapping[str, object]) -> None:
    """ValueError unless each of *paths* lies below the folder that it is relative to.

    A manifest or a journal may come from a shared cache: nobody is to delete files through it.
    """
    # All at once: ten thousand paths cost a millisecond.
    text = "/" + "/\n/".join(paths) + "/"
    if paths and any(bad in text for bad in ("//", "/./", "/../", "\\", "\0", "/" + RESERVED)):
        raise ValueError("a path that leaves the folder")


def digest_of(payload: bytes | None) -> Digest:
    """The digest of a manifest's bytes as `load` returns them."""
    return ABSENT if payload is None else digest_bytes(payload)


def load(root: str, known: Listed | None = None) -> Listed:
    """The manifest of the output folder *root*; *known*, if its bytes are those.

    Raises OutputRefused for one that cannot be read.
    """
    path = f"{root}/{NAME}"
    try:
        payload, _ = read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return {}, None
    except OSError as error:
        raise OutputRefused(f"{path} cannot be read ({error.strerror}).") from error
    if known is not None and known[1] == payload:
        return known
    try:
        return decode(payload), payload
    except (ValueError, RecursionError) as error:
        raise OutputRefused(
            f"{path} is damaged ({error}), so itnews cannot tell its own files in {os.path.basename(root)}/ "
            "from others; empty that folder and build again."
        ) from error
