"""Staging outputs away from the build that commits them: what a worker does with the pages it makes."""

from collections.abc import Mapping
from typing import NamedTuple

from itnews.digest import Digest, digest_bytes, digest_text
from itnews.files import disk
from itnews.files.output import Output, Placed, checked_file
from itnews.files.sources import copied

_PAGES = "text/html"
_FEEDS = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/rss+xml",
        "application/xml",
        "text/calendar",
        "text/xml",
    }
)


class Staged(NamedTuple):
    """A staged output: *rank* 0 is an asset, 1 a page, 2 a feed, each of which may name those before it."""

    path: str
    digest: Digest
    rank: int


def staged_name(path: str) -> str:
    """The name under which the output *path* waits."""
    return digest_text(path)


def stage(output: Output, path: str, folder: str) -> None:
    """Writes *output*, which is to become the file *path*, into the staging *folder*. OSError if the disk fails."""
    place = f"{folder}/{staged_name(path)}"
    if isinstance(output.payload, bytes):
        disk.write(place, output.payload)
    else:
        copied(output.payload, place)


def digest_of(output: Output) -> Digest:
    payload = output.payload
    return digest_bytes(payload) if isinstance(payload, bytes) else payload.digest


def rank(media_type: str) -> int:
    """When an output is moved into place: assets first, then pages, then feeds."""
    if media_type.startswith(_PAGES):
        return 1
    return 2 if media_type.partition(";")[0].strip() in _FEEDS else 0


class Stager:
    """Stages outputs in *folder*, the staging of an output folder whose manifest has *entries*.

    An output that the manifest has already is not staged: whoever commits looks whether it is still there.
    """

    def __init__(self, folder: str, entries: Mapping[str, Digest]) -> None:
        self._folder = folder
        self._entries = entries
        self._staged: list[Staged] = []

    def put(self, output: Output) -> Placed:
        """As `Tree.put`."""
        path, digest = checked_file(output.url), digest_of(output)
        if self._entries.get(path) != digest:
            try:
                stage(output, path, self._folder)
            except OSError as error:
                raise disk.fault(error, "what is published stays as it was") from error
            self._staged.append(Staged(path, digest, rank(output.media_type)))
        return Placed(output.url, digest, output.owner)

    def take(self) -> list[Staged]:
        """What was staged since the last call."""
        taken, self._staged = self._staged, []
        return taken
