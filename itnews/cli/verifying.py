"""Comparing an output folder with what another process makes of the same sources from nothing."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

import itnews
from itnews.app.last import LastBuild, last_build, opened_store
from itnews.app.unchanged import SOURCES
from itnews.content.scan import documents
from itnews.engine.store import Store
from itnews.errors import EnvironmentFault, ItnewsError, UsageFault
from itnews.files import manifest
from itnews.files.scan import scan
from itnews.files.sources import Files
from itnews.paths import source_path
from itnews.words import counted

_OF_THE_PUBLISHER = frozenset(
    {"CNAME"}
)  # with the dot files: what itnews leaves alone in an output folder
_NAMED = 3


class Difference(Struct, frozen=True):
    """A file that is not as it should be: it `differs` (*where* says from which line on), is `missing` or `surplus`."""

    what: str
    path: str
    where: str = ""


class Comparison(Struct, frozen=True):
    """What a comparison found: *files* is how many a build from nothing gives, *reasons* may explain differences."""

    output: Path
    files: int
    differences: tuple[Difference, ...]
    reasons: tuple[str, ...]


def compared(site: Path) -> Comparison:
    """The output of the last build of *site*, compared with that of a build from nothing.

    Raises UsageFault where there is nothing to compare, EnvironmentFault if the machine fails. No build of the site
    runs meanwhile.
    """
    with (
        opened_store(site) as store,
        tempfile.TemporaryDirectory(prefix="itnews-verify-") as folder,
    ):
        last = last_build(store)
        if last is None or not (last.output / manifest.NAME).is_file():
            raise UsageFault("There is no output to verify yet: `itnews build` comes first.")
        fresh = Path(folder) / "output"
        _build_from_nothing(site, last, fresh, Path(folder) / "state")
        wanted = _files(fresh)
        found = _published(last.output, wanted)
        differences = tuple(_differences(fresh, wanted, last.output, found))
        reasons = tuple(_reasons(site, store)) if differences else ()
        return Comparison(last.output, len(wanted), differences, reasons)


def _build_from_nothing(site: Path, last: LastBuild, output: Path, state: Path) -> None:
    flags = [
        flag
        for flag, is_set in (
            ("--drafts", last.drafts),
            ("--strict", last.strict),
            ("--keep-going", last.keep_going),
        )
        if is_set
    ]
    edition = ["--edition", last.edition] if last.edition else []
    done = subprocess.run(
        [
            *(sys.executable, "-P", "-m", "itnews", "build", "--site", str(site)),
            *("--output", str(output), "--state", str(state), "--now", last.now.isoformat()),
            *("--jobs", "1", "--format", "json", *flags, *edition),
        ],
        env=_environment(),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    _check(done)


def _environment() -> dict[str, str]:
    """Ours, without the options that it sets, and with this very package in front of any other."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ITNEWS_")}
    package = str(Path(itnews.__file__).parent.parent)
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1"}


def _check(done: "subprocess.CompletedProcess[str]") -> None:
    """Raises what the other process failed with; UsageFault where it published nothing that could be compared."""
    said = done.stderr.strip().rpartition("error: ")[2].strip()
    if done.returncode == 3:
        raise EnvironmentFault(said)
    try:
        built = json.loads(done.stdout)["builds"][0]
    except (ValueError, LookupError) as fault:
        if done.returncode == 2:
            raise UsageFault(said) from fault
        raise ItnewsError(f"the build from nothing failed: {said or done.returncode}") from fault
    if not built["published"]:
        raise UsageFault(
            "The site has errors now, so a build from nothing publishes nothing to compare with: "
            "`itnews build` shows them."
        )


def _files(folder: Path) -> frozenset[str]:
    """All files below *folder*, with `/`."""
    return frozenset(
        (Path(above) / name).relative_to(folder).as_posix()
        for above, _, names in os.walk(folder)
        for name in names
    )


def _published(output: Path, wanted: frozenset[str]) -> frozenset[str]:
    """The files in *output* but for those that are the publisher's own (DESIGN 11, "Output folder")."""
    entries, _ = manifest.load(str(output))
    ours = wanted.union(entries)
    return frozenset(
        path
        for path in _files(output)
        if path in ours or not (path in _OF_THE_PUBLISHER or path[0] == "." or "/." in path)
    )


def _differences(
    fresh: Path, wanted: frozenset[str], output: Path, found: frozenset[str]
) -> Iterator[Difference]:
    for path in sorted(wanted | found):
        if path not in found:
            yield Difference("missing", path)
        elif path not in wanted:
            yield Difference("surplus", path)
        else:
            ours, theirs = (output / path).read_bytes(), (fresh / path).read_bytes()
            if ours != theirs:
                yield Difference("differs", path, f", from line {_line(ours, theirs)} on")


def _line(first: bytes, second: bytes) -> int:
    """The first line in which the two differ, counted from 1."""
    pairs = enumerate(zip(first, second, strict=False))
    same = next(
        (place for place, (one, other) in pairs if one != other), min(len(first), len(second))
    )
    return first[:same].count(b"\n") + 1


def _reasons(site: Path, store: Store) -> Iterator[str]:
    """What may explain a difference: somebody edited the site since it was built."""
    known = {name: seen for name, seen in store.files(SOURCES).items() if not name.startswith("@")}
    files = Files(scan(site), known)
    edited = [
        name for name, seen in known.items() if files.digest(source_path(name)) != seen.digest
    ]
    new = [str(path) for path in documents(files.scan.below()) if str(path) not in known]
    changed = sorted((*edited, *new))
    if changed:
        more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
        yield (
            f"{counted(len(changed), 'file')} changed since the last build: {', '.join(changed[:_NAMED])}{more}. "
            "Build, and verify again."
        )
