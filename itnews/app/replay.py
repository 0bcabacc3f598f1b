"""Telling the outcome of the last build again, where a build would find nothing to do."""

import os
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from itnews.app.last import LastBuild, last_build, remember
from itnews.app.options import Options
from itnews.app.report import Record, Report, replayed
from itnews.app.unchanged import STORE, unchanged
from itnews.engine.store import Store
from itnews.errors import StoreError
from itnews.files.lock import Lock
from itnews.files.scan import SETTINGS
from itnews.files.sources import Files

WAIT = 30.0  # seconds: longer than a build of ten thousand pages takes


def replay(options: Options) -> Report | Files | None:
    """The report of a build that has nothing to do; else what was seen of the sources, so far as anything was.

    Changes nothing but the store's note of what the last build made: nothing.
    """
    if not (options.state_folder / STORE).is_file() or not (options.site / SETTINGS).is_file():
        return None
    with Lock(options.state_folder).held(WAIT):
        return told_again(options)


def told_again(options: Options) -> Report | Files | None:
    """As `replay`, for whoever holds the lock."""
    path = options.state_folder / STORE
    if options.clean or not path.is_file():
        return None
    try:
        store = Store(path)
    except StoreError:
        return None  # The build itself sees to it.
    try:
        return _told_again(options, store)
    except (StoreError, ValueError, KeyError, TypeError):
        return None
    finally:
        store.close()


def _told_again(options: Options, store: Store) -> Report | Files:
    found, files = unchanged(store, options.state_folder, options.site, options.asked, options.now)
    if found is None:
        return files
    folder = options.output or options.site / found.folder
    report = replayed(cast("Record", found.told), files, folder)
    asked, output = options.asked, Path(os.path.realpath(folder))
    this = LastBuild(
        asked.edition, asked.drafts, options.now, output, asked.keep_going, asked.strict, made={}
    )
    last = last_build(store)
    if last is None or replace(last, now=this.now) != this:
        remember(store, this)
        store.commit()
    return report
