"""What the builds of one watch keep in memory from one to the next, and when the next may go on from there."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from itnews.app.options import Options
from itnews.app.project import Project
from itnews.digest import Digest
from itnews.engine.run import Memory
from itnews.engine.settled import Settled
from itnews.engine.store import Store
from itnews.files.sources import Files
from itnews.files.tree import Tree
from itnews.model.edition import Edition
from itnews.paths import SourcePath

_OF_CONTENT = ("content/", "static/")

Bounds = tuple[datetime | None, datetime | None]


class Held(Struct):
    """One build, as the next begins from it. *version* tells whether another process has written the *store* since.

    *bounds* are the instants between which the clock gives the same answers.
    """

    options: Options
    store: Store
    version: tuple[object, ...]
    code: Digest
    project: Project
    edition: Edition
    output: Path
    tree: Tree
    settled: Settled
    memory: Memory
    bounds: Bounds

    def holds(self, now: datetime) -> bool:
        """Whether the clock gives the same answers at *now*."""
        since, until = self.bounds
        return (since is None or since <= now) and (until is None or now < until)

    def candidates(self, files: Files, changed: Iterable[SourcePath]) -> list[str]:
        """The inputs that can have changed, by the text of their keys, when the files *changed* have."""
        found = [f"{kind}||{path}" for path in changed for kind in ("source", "file", "present")]
        if files.scan.files.keys() != self.project.files.scan.files.keys():
            found += self.settled.inputs.get("listing", {})
        return found


class Warm:
    """The memory of one watch, for one edition. Empty at first, and whenever something went wrong."""

    def __init__(self) -> None:
        self._held: Held | None = None

    def keep(self, held: Held) -> None:
        """Lets the next build go on from *held*."""
        if self._held is not None and self._held.store is not held.store:
            self._held.store.close()
        self._held = held

    def cool(self) -> None:
        """Forgets everything: the next build begins as in a new process."""
        if self._held is not None:
            self._held.store.close()
        self._held = None

    def taken(self, options: Options, changed: frozenset[SourcePath] | None) -> Held | None:
        """What a build for *options* may go on from when at most the files *changed* have changed (None: any file).

        Whoever takes it gives it back by `keep`; the caller holds the lock of the site.
        """
        held = self._held
        if held is None or changed is None or not _is_alike(held, options):
            self.cool()
            return None
        only_content = all(str(path).startswith(_OF_CONTENT) for path in changed)
        if not only_content or not held.holds(options.now) or held.store.version() != held.version:
            self.cool()
            return None
        self._held = None
        return held


def _is_alike(held: Held, options: Options) -> bool:
    return (
        not options.clean
        and held.options.asked == options.asked
        and held.options.site == options.site
    )
