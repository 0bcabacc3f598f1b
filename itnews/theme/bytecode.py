"""Bytecode of the built-in theme's templates, kept where Python keeps that of this package.

Of these alone: what lies in a site may come from anybody, and bytecode is run as it stands.
"""

import marshal  # noqa: TID251 - not in the store, but beside what Python itself reads this way
import os
import sys
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import cast

import jinja2

from itnews.digest import Digest, digest_bytes, digest_value
from itnews.files.state import FileState, state_of
from itnews.files.themes import BUILT_IN, built_in_themes

_OURS = f"@{BUILT_IN}/"
_HEAD = 32  # a digest


def known(name: str, text: str) -> CodeType | None:
    """The bytecode of the template *name* with this *text*, if this very compiler has left it."""
    place = _place(name)
    if place is None:
        return None
    try:
        kept = place.read_bytes()
    except OSError:
        return None
    payload = kept[_HEAD:]
    if kept[:_HEAD] != _head(text, payload):
        return None
    return cast("CodeType", marshal.loads(payload))


def keep(name: str, text: str, code: CodeType) -> None:
    """Leaves *code* for the next process; nothing where Python writes no bytecode, or may not."""
    place = _place(name)
    if place is None or sys.dont_write_bytecode or not _is_shipped(name, text):
        return
    payload = marshal.dumps(code)
    passing = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            passing.write_bytes(_head(text, payload) + payload)
            passing.replace(place)
        except OSError:
            passing.unlink(missing_ok=True)
            raise


def _place(name: str) -> Path | None:
    """Where the bytecode of the template *name* lies; None where Python keeps none, or the template is a site's own."""
    if not name.startswith(_OURS) or sys.implementation.cache_tag is None:
        return None
    source = Path(__file__).with_name(name.removeprefix("@").replace("/", "-"))
    return Path(cache_from_source(str(source)))


def _is_shipped(name: str, text: str) -> bool:
    """Whether *text* is that of the file which *name* means, and not one that only bears its name."""
    file = built_in_themes() / name.removeprefix("@")
    return file.is_file() and file.read_bytes() == text.encode()


def _head(text: str, payload: bytes) -> bytes:
    return digest_value([_compiler(), text, digest_bytes(payload)]).encode("ascii")


@cache
def _compiler() -> Digest:
    """What decides what a text is compiled to: Python, Jinja, and this package's part in it."""
    folders = Path(__file__).parent, Path(jinja2.__file__).parent
    return digest_value([MAGIC_NUMBER, *map(_states, folders)])


def _states(folder: Path) -> list[tuple[str, FileState]]:
    with os.scandir(folder) as entries:
        modules = sorted((entry.path, entry) for entry in entries if entry.name.endswith(".py"))
    return [(path, state_of(entry.stat())) for path, entry in modules]
