"""Where the outputs of a check go: nowhere. They are made, because making them finds problems, and then dropped."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from itnews.digest import ABSENT, Digest
from itnews.files.output import Output, Placed, checked_file
from itnews.files.stager import Staged, digest_of
from itnews.paths import UrlPath


class Destination(Protocol):
    """What whoever makes outputs asks of where they go: a `Tree`, or `Nowhere`.

    *root* is the output folder, *manifest* the digest of the list of what was published there; both say nothing for
    `Nowhere`.
    """

    @property
    def root(self) -> str: ...

    @property
    def manifest(self) -> Digest: ...

    def put(self, output: Output) -> Placed:
        """Takes *output*, and answers where it belongs."""
        ...

    def staging_folder(self) -> str:
        """Where a worker may stage outputs; empty if it need not."""
        ...

    def adopt(self, staged: Iterable[Staged]) -> None:
        """Takes over what workers have staged."""
        ...

    def lacking(self, wanted: Mapping[UrlPath, Digest]) -> tuple[UrlPath, ...]:
        """Those of *wanted* that have to be made again: their bytes are not there any more."""
        ...

    def listed(self) -> dict[UrlPath, Digest]:
        """What is published there."""
        ...


class Nowhere:
    """A destination without a folder: it touches no disk, and misses nothing."""

    root = ""
    manifest = ABSENT

    def put(self, output: Output) -> Placed:
        """As `Tree.put`. Raises PathError for an address that no file can have."""
        checked_file(output.url)
        return Placed(output.url, digest_of(output), output.owner)

    def staging_folder(self) -> str:
        return ""

    def adopt(self, staged: Iterable[Staged]) -> None:
        """Workers have staged nothing."""

    def take(self) -> list[Staged]:
        """What a worker has staged: nothing."""
        return []

    def lacking(self, wanted: Mapping[UrlPath, Digest]) -> tuple[UrlPath, ...]:
        return ()

    def listed(self) -> dict[UrlPath, Digest]:
        return {}
