"""Where a new document lies: the name of its file, out of whatever its title is. Pure."""

import re
from collections.abc import Iterable

from itnews.content.scan import CONTENT, INDEX
from itnews.errors import UsageFault
from itnews.model.kinds import Kind
from itnews.paths import SourcePath, source_path
from itnews.words import fold, slug

_LONGEST = 60
"""Characters of a title that a name keeps, cut between words: addresses are read aloud, and file systems end at 255."""

_YEAR = re.compile(r"[0-9]{4}")
# Names that mean something else: to itnews, and to Windows in any folder.
_TAKEN = frozenset({"index", "readme", "con", "prn", "aux", "nul"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}


def path_for(kind: Kind, name: str, day: str, present: Iterable[SourcePath]) -> SourcePath:
    """The path of a new document of *kind* called *name*; *present* are the documents that there are.

    A dated kind's begins with *day* (`2026-11-21`), and lies in the folder of its year if the kind's folder has any.
    Raises UsageFault if no name can be made of it, or there is such a document.
    """
    stem = _stem(kind, name)
    folder = f"{CONTENT}/{kind.folder}"
    if kind.dated:
        stem = f"{day}-{stem}".rstrip("-")
        folder += f"/{day[:4]}" if _has_years(folder, present) else ""
    elif not stem:
        raise UsageFault(
            f"No file name can be made of '{name[:40]}': there is no letter and no digit in it. "
            f"Give it one, as in --set id=my-{kind.name}."
        )
    path = source_path(f"{folder}/{stem}.md")
    _refuse_present(path, present, kind)
    return path


def _stem(kind: Kind, name: str) -> str:
    stem = slug(name)
    if len(stem) > _LONGEST:
        stem = stem[: _LONGEST + 1].rpartition("-")[0] or stem[:_LONGEST]
    return f"{stem}-{kind.name}" if stem in _TAKEN and not kind.dated else stem


def _has_years(folder: str, present: Iterable[SourcePath]) -> bool:
    depth = len(folder.split("/"))
    return any(
        str(path).startswith(f"{folder}/")
        and len(path.parts) > depth + 1
        and _YEAR.fullmatch(path.parts[depth])
        for path in present
    )


def _refuse_present(path: SourcePath, present: Iterable[SourcePath], kind: Kind) -> None:
    """Raises UsageFault if a document of *kind* would have the same id, wherever in the kind's folder it lies."""
    for other in present:
        if other.parts[1] != kind.folder or other == source_path(
            f"{CONTENT}/{kind.folder}/{INDEX}"
        ):
            continue
        named = other.parent.name if other.name == INDEX else other.stem
        if fold(named) == fold(path.stem):
            raise UsageFault(
                f"There is {other} already, and nothing was written. "
                f"Change that one, or give the new one another title, or a name with --set id=NAME."
            )
