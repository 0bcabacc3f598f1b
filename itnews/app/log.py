"""The log of one site: what its git repository tells of its documents, asked at most once for each commit."""

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from itnews.app.unchanged import CONTENT
from itnews.codec import Typed
from itnews.digest import digest_text, digest_value
from itnews.engine.code import code_digest
from itnews.engine.store import Store
from itnews.errors import EnvironmentFault
from itnews.files.head import NO_REPOSITORY, head_of
from itnews.late import late
from itnews.model.history import Chronicle, Dates, Revision, Said
from itnews.model.settings import Settings
from itnews.paths import SourcePath

if TYPE_CHECKING:
    from itnews.content import git, history
else:
    git, history = late("itnews.content.git"), late("itnews.content.history")

T = TypeVar("T")

_NOTE = "log"
_VERSIONS = "versions"
_CHRONICLE = Typed[Chronicle](Chronicle)
_SAID = Typed[dict[str, Said | None]](dict[str, Said | None])
_ONLY_WRITTEN = "changes of plans are known only as far as `history:` tells them."
WITHOUT_REPOSITORY = f"This site lies in no git repository: {_ONLY_WRITTEN}"
_SHALLOW = (
    f"This is a shallow clone, whose dates would be wrong: {_ONLY_WRITTEN} "
    "`git fetch --unshallow` brings the rest; in CI set the depth of the clone to 0."
)


class Log:
    """What git tells of the documents in `content/` of *site*, as far as HEAD goes when it is made.

    It is read when it is first asked for, from *store* if that remembers it for this HEAD. Where there is no
    repository, or only a part of the history, nothing is known.
    """

    def __init__(self, site: Path, settings: Settings, store: Store | None) -> None:
        self._folder = os.path.realpath(site / CONTENT)
        self._head = head_of(self._folder)
        self._settings = settings
        self._store = store
        self._fault = ""

    def dates(self, path: SourcePath) -> Dates | None:
        """When *path* was committed; None if it never was, or that is not known."""
        return self._chronicle.dates.get(_name(path))

    def revisions(self, path: SourcePath) -> tuple[Revision, ...]:
        """What the project *path* said anew with each commit, by date."""
        return self._chronicle.revisions.get(_name(path), ())

    @property
    def token(self) -> str:
        """Stands for HEAD: while it is the same, so are the answers. Empty after answers that may be others already."""
        return "" if self._fault else self._head.token

    @property
    def notice(self) -> str:
        """Why nothing is known, as a sentence; empty if that is not so."""
        if self._fault:
            return f"{self._fault} So {_ONLY_WRITTEN}"
        if self._head.token == NO_REPOSITORY:
            return WITHOUT_REPOSITORY
        return _SHALLOW if self._head.shallow else ""

    def is_as_left(self, variant: str) -> bool:
        """Whether the last build of *variant* got the answers that are given now."""
        known = self._store.meta(_of(variant)) if self._store else ""
        return bool(known) and known == self._mark

    def leave(self, variant: str, store: Store) -> None:
        """Notes in *store* that a build of *variant* got these answers."""
        store.set_meta(_of(variant), "" if self._fault else self._mark)

    def load(self) -> None:
        """Asks git now, so that workers find in the store what it answers."""
        _ = self._chronicle

    @cached_property
    def _mark(self) -> str:
        """What the answers depend on: HEAD, and how it is read."""
        return f"{digest_text(self._head.token)} {self._reading}"

    @cached_property
    def _reading(self) -> str:
        code = code_digest(self._store) if self._store else ""
        return digest_value([code, self._names, self._projects, self._zone.key])

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The foreign names of fields."""
        names = self._settings.value("field_names")
        return dict(names) if isinstance(names, Mapping) else {}

    @cached_property
    def _zone(self) -> ZoneInfo:
        """In which days begin."""
        return ZoneInfo(str(self._settings.value("site.timezone") or "UTC"))

    @property
    def _projects(self) -> str:
        """How the paths of projects begin."""
        return f"{self._settings.kinds['project'].folder}/"

    @cached_property
    def _chronicle(self) -> Chronicle:
        is_whole = self._head.revision and not self._head.shallow
        if not is_whole or not os.path.isdir(self._folder):
            return Chronicle()
        found = self._recalled(_NOTE, self._mark, _CHRONICLE)
        if found is not None:
            return found
        known = self._recalled(_VERSIONS, self._reading, _SAID)
        try:
            read, said = history.read_history(
                git.Repository(self._folder, self._head.revision),
                is_project=lambda path: path.startswith(self._projects),
                names=self._names,
                zone=self._zone,
                known=known or {},
            )
        except EnvironmentFault as fault:
            self._fault = str(fault)
            return Chronicle()
        self._remember(_NOTE, self._mark, _CHRONICLE.encode(read))
        self._remember(_VERSIONS, self._reading, _SAID.encode(said))
        return read

    def _recalled(self, name: str, mark: str, codec: Typed[T]) -> T | None:
        """What the store remembers under *name*, if it depends on *mark*."""
        text = self._store.meta(name) if self._store is not None else ""
        known, _, payload = text.partition("\n")
        with suppress(ValueError):
            return codec.decode(payload.encode("utf-8")) if known == mark else None
        return None

    def _remember(self, name: str, mark: str, payload: bytes) -> None:
        if self._store is not None and self._store.writes:
            self._store.set_meta(name, f"{mark}\n{payload.decode('utf-8')}")


def _name(path: SourcePath) -> str:
    return str(path).removeprefix(f"{CONTENT}/")


def _of(variant: str) -> str:
    return f"{_NOTE} {variant}"
