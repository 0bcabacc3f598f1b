"""What changes in a site folder while it is watched: events of the operating system become source paths.

Events are hints. Which files really differ is found by the build, which scans the site.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from itnews.errors import PathError
from itnews.files.scan import SETTINGS, SOURCE_FOLDERS
from itnews.live.mounts import needs_polling
from itnews.paths import SourcePath, source_path

# Not `opened`, `closed without a write` and attributes: reading a file must not start the build that reads it.
_KINDS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
_SLICE = 0.5  # seconds: on Windows Ctrl-C does not end a wait, so none is long
_POLL = 1.0  # seconds between two looks at a network drive

# The hidden files of a site are those in static/ (`.well-known/`).
_SHOWS_HIDDEN = "static"
_LITTER_ENDS = ("~", ".swp", ".swx", ".swo", "___jb_tmp___", "___jb_old___", ".crdownload")
_LITTER = frozenset(
    {"4913", ".DS_Store", "Thumbs.db", "desktop.ini"}
)  # 4913: vim, trying the folder


def source_of(place: str, site: str) -> SourcePath | None:
    """The source path of the file or folder at *place*; None if nothing of the site can depend on it.

    Both are absolute. Left out are the output, the state, git, and what editors and desktops leave behind.
    """
    if not place.startswith(site.rstrip(os.sep) + os.sep):
        return None
    try:
        path = source_path(place[len(site.rstrip(os.sep)) + 1 :].replace(os.sep, "/"))
    except PathError:
        return None
    first = path.parts[0] if path.parts else ""
    if first not in (SETTINGS, *SOURCE_FOLDERS):
        return None
    return None if any(_is_litter(part, first) for part in path.parts) else path


def _is_litter(name: str, first: str) -> bool:
    if name in _LITTER or name.endswith(_LITTER_ENDS) or name.startswith((".#", "#")):
        return True
    return name.startswith(".") and first != _SHOWS_HIDDEN


class Changes:
    """The paths that changed and were not taken yet. Put by the observer's thread, taken by the loop's."""

    def __init__(self) -> None:
        self._paths: set[SourcePath] = set()
        self._news = threading.Condition()

    def put(self, path: SourcePath) -> None:
        with self._news:
            self._paths.add(path)
            self._news.notify_all()

    def wait(self, seconds: float) -> bool:
        """Waits until something has been put, *seconds* at most; whether there is something to take."""
        with self._news:
            if not self._paths:
                self._news.wait(min(seconds, _SLICE))
            return bool(self._paths)

    def take(self) -> frozenset[SourcePath]:
        """All that has been put since it was last taken."""
        with self._news:
            taken = frozenset(self._paths)
            self._paths.clear()
            return taken


class _Handler(FileSystemEventHandler):
    def __init__(self, site: str, put: Callable[[SourcePath], None]) -> None:
        self._site = site
        self._put = put

    def on_any_event(self, event: FileSystemEvent) -> None:
        """An editor's atomic save is a move onto the file: both ends of a move count."""
        for place in (event.src_path, event.dest_path):
            path = source_of(os.fsdecode(place), self._site) if place else None
            if path is not None:
                self._put(path)


class SiteWatch:
    """Watches a site folder. A source for `loop.watch`; made by `watched`.

    The folder itself is watched without what is below it, which covers the settings and the coming and going of the
    folders of sources; each of those is watched whole. So neither the output nor `.git` costs anything.
    """

    def __init__(self, site: Path, observer: BaseObserver) -> None:
        self._site = os.path.realpath(site)
        self._observer = observer
        self._changes = Changes()
        self._handler = _Handler(self._site, self._changes.put)
        self._watches: dict[str, tuple[ObservedWatch, tuple[int, int]]] = {}

    def wait(self, seconds: float) -> bool:
        """As `Changes.wait`."""
        return self._changes.wait(seconds)

    def take(self) -> frozenset[SourcePath]:
        """As `Changes.take`; folders of sources that came since are watched from now on."""
        taken = self._changes.take()
        self.refresh()
        return taken

    def refresh(self) -> None:
        """Watches the folders that are there: one that was removed and made again is another folder."""
        for name in ("", *SOURCE_FOLDERS):
            place = os.path.join(self._site, name) if name else self._site
            identity = _identity(place)
            known = self._watches.get(name)
            if known and known[1] == identity:
                continue
            if known:
                self._forget(name)
            if identity is not None:
                self._watch(name, place, identity)

    def _watch(self, name: str, place: str, identity: tuple[int, int]) -> None:
        with suppress(FileNotFoundError, NotADirectoryError):  # gone again: the next look finds it
            watch = self._observer.schedule(
                self._handler, place, recursive=bool(name), event_filter=_KINDS
            )
            self._watches[name] = watch, identity

    def _forget(self, name: str) -> None:
        watch, _ = self._watches.pop(name)
        with suppress(KeyError, OSError):  # watchdog gave it up with the folder
            self._observer.unschedule(watch)


@contextmanager
def watched(site: Path) -> Iterator[tuple[SiteWatch, str]]:
    """Watches *site* within, and says in a sentence if that is done by looking at it every second.

    So it is done on network drives, which do not tell of changes, and where the system allows no more watches.
    """
    logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it would write to stderr
    notice = ""
    if needs_polling(os.path.realpath(site)):
        notice = "This is a network drive: changes are looked for every second."
    observer = _polling() if notice else Observer()
    try:
        watch = _started(site, observer)
    except OSError:
        _stop(observer)
        notice = "The system allows no more watches: changes are looked for every second."
        observer = _polling()
        watch = _started(site, observer)
    try:
        yield watch, notice
    finally:
        _stop(observer)


def _polling() -> BaseObserver:
    return PollingObserver(timeout=_POLL)


def _started(site: Path, observer: BaseObserver) -> SiteWatch:
    observer.daemon = True
    observer.start()
    watch = SiteWatch(site, observer)
    watch.refresh()
    return watch


def _stop(observer: BaseObserver) -> None:
    observer.unschedule_all()
    observer.stop()
    observer.join()


def _identity(folder: str) -> tuple[int, int] | None:
    """What tells a folder from another that takes its place later; None if there is none."""
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if os.path.isdir(folder) else None
