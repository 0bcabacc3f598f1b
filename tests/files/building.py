"""A build of outputs given as a mapping, and ways to stop it at each primitive of the disk."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import pytest

from itnews.digest import Digest
from itnews.files import disk
from itnews.files.output import Change, Output
from itnews.files.state import Seen
from itnews.files.tree import Known, Tree
from itnews.paths import SourcePath, UrlPath, url_path

Pages = Mapping[str, str]
Snapshot = dict[str, bytes]

PRIMITIVES = ("write", "copy", "move", "keep", "remove", "make_folder", "remove_folder")
OWNER = SourcePath(PurePosixPath("content/a.md"))
_TYPES = {
    ".xml": "application/rss+xml",
    ".css": "text/css",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
}


class Killed(BaseException):
    """The process died: nothing that the program does afterwards reaches the disk."""


def output_of(url: str, text: str) -> Output:
    media_type = _TYPES.get(PurePosixPath(url).suffix, "text/html; charset=utf-8")
    return Output(url_path(url), media_type, text.encode(), OWNER)


def open_tree(site: Path, known: Mapping[str, Seen] | None = None) -> Tree:
    return Tree.open(site / "output", site / ".itnews", sources=site, known=Known(known or {}))


def put_all(tree: Tree, pages: Pages) -> dict[UrlPath, Digest]:
    return {url_path(url): tree.put(output_of(url, text)).digest for url, text in pages.items()}


def build(site: Path, pages: Pages) -> Change:
    tree = open_tree(site)
    try:
        return tree.commit(put_all(tree, pages))
    finally:
        tree.discard()


def snapshot(folder: Path) -> Snapshot:
    """Every file below *folder* with its bytes, and every folder."""
    found: Snapshot = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            found[name + "/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


def files(folder: Path) -> Snapshot:
    """As `snapshot`, without the folders: one that could not be removed harms nobody."""
    return {name: payload for name, payload in snapshot(folder).items() if not name.endswith("/")}


def stamps(folder: Path) -> dict[str, int]:
    return {str(one): one.stat().st_mtime_ns for one in folder.rglob("*") if one.is_file()}


@contextmanager
def killed_at(number: int, *, moment: str) -> Iterator[list[str]]:
    """Kills the program at primitive *number*: `before` it, `after` it, or when a write is half done (`torn`)."""
    calls: list[str] = []

    def interrupt(name: str, primitive: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object) -> object:
            if len(calls) > number:
                raise Killed
            calls.append(name)
            if len(calls) <= number:
                return primitive(*args)
            if moment == "torn" and name == "write":
                path, payload = args
                assert isinstance(path, str)
                assert isinstance(payload, bytes)
                Path(path).write_bytes(payload[: len(payload) // 2])
            elif moment != "before":
                primitive(*args)
            raise Killed

        return wrapped

    with patched(interrupt):
        yield calls


@contextmanager
def failing_at(number: int, code: int, *, full: bool = False) -> Iterator[list[str]]:
    """Lets primitive *number* fail with errno *code*; if the disk is *full*, all later writes fail, too."""
    calls: list[str] = []

    def fail(name: str, primitive: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object) -> object:
            calls.append(name)
            place = len(calls) - 1
            if place == number or (full and place > number and name in {"write", "copy"}):
                raise OSError(code, os.strerror(code), str(args[0]))
            return primitive(*args)

        return wrapped

    with patched(fail):
        yield calls


@contextmanager
def patched(wrap: Callable[[str, Callable[..., object]], Callable[..., object]]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in PRIMITIVES:
            patch.setattr(disk, name, wrap(name, getattr(disk, name)))
        yield
