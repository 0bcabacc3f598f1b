"""The settings of a site as plain data: read and checked (`model.config`), with every default filled in."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import cast

from msgspec import Struct

from itnews.errors import UsageFault
from itnews.model.edition import EVERYONE_ONLY, Edition
from itnews.model.kinds import Kinds, KindSetting, kinds_of
from itnews.words import did_you_mean

_ONE_EDITION = "site"


class Settings(Struct, frozen=True):
    """All settings of a site. *values* hold nothing but what JSON knows: groups are maps, lists are lists."""

    values: Mapping[str, object]

    def value(self, dotted: str) -> object:
        """The setting at a dotted path (`site.title`, `labels.status.on-track`); None if it is not set.

        A setting with a default has that. What is empty is not set.
        """
        value: object = self.values
        for part in dotted.split("."):
            if not isinstance(value, Mapping) or part not in value:
                return None
            value = value[part]
        return None if value in ("", [], {}) else value

    def text(self, dotted: str) -> str:
        """The setting at a dotted path, which is a text; empty if it is not set."""
        return str(self.value(dotted) or "")

    @property
    def kinds(self) -> Kinds:
        """The kinds of document that the site has, its own among them."""
        return kinds_of(cast("Mapping[str, KindSetting]", self.values["kinds"]))

    @property
    def edition_names(self) -> tuple[str, ...]:
        """The editions by name, in the order of the file; empty where there is only the one for everyone."""
        return tuple(self._editions)

    @property
    def groups(self) -> frozenset[str]:
        """All names that `visibility` may hold."""
        return EVERYONE_ONLY.union(*map(_shown, self._editions.values()))

    def edition(self, name: str | None = None, *, drafts: bool = False) -> Edition:
        """The edition *name*, or, where none are set, the one for everyone.

        Raises UsageFault for a name that is not set, and for none where some are.
        """
        base_url, editions = self.text("site.base_url"), self._editions
        if not editions and name is None:
            return Edition(_ONE_EDITION, base_url, "output", EVERYONE_ONLY, drafts)
        if name is None:
            listed = ", ".join(editions)
            raise UsageFault(f"Which edition? Write --edition NAME or --all-editions: {listed}.")
        if name not in editions:
            hint = did_you_mean(name, editions) or "itnews.yaml names none like it"
            raise UsageFault(f"There is no edition '{name}': {hint}")
        chosen = editions[name]
        return Edition(
            name,
            str(chosen["base_url"] or base_url),
            str(output_folder(name, cast("str | None", chosen["output"]))),
            EVERYONE_ONLY.union(_shown(chosen)),
            drafts,
        )

    @property
    def _editions(self) -> Mapping[str, Mapping[str, object]]:
        return cast("Mapping[str, Mapping[str, object]]", self.values["editions"])


def output_folder(name: str, written: str | None) -> PurePosixPath:
    """The output folder of the edition *name*: as *written*, else its own below `output/`."""
    return PurePosixPath(written or f"output/{name}")


def _shown(edition: Mapping[str, object]) -> list[str]:
    return cast("list[str]", edition["shows"])
