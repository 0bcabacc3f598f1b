"""One build: from the scan of the sources to the last file moved into the output folder."""

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from itnews.app import profile
from itnews.app.attempt import Attempt, Basis, Request
from itnews.app.options import Options
from itnews.app.placing import settled
from itnews.app.progress import SILENT, Progress
from itnews.app.project import Project, load_project, no_site, scanned
from itnews.app.replay import WAIT, told_again
from itnews.app.report import Report
from itnews.app.steady import steady
from itnews.app.unchanged import (
    SOURCES,
    STORE,
    folders_name,
    tree_name,
)
from itnews.app.warm import Held, Warm
from itnews.engine.code import code_digest
from itnews.engine.meter import UNMEASURED, Meter
from itnews.engine.run import Verifier
from itnews.engine.settled import begin, go_on
from itnews.engine.store import Store, forget
from itnews.engine.trace import why_stale
from itnews.errors import UsageFault
from itnews.files.lock import Lock
from itnews.files.scan import SETTINGS
from itnews.files.sources import Files
from itnews.files.tree import Known, Tree
from itnews.paths import SourcePath

if TYPE_CHECKING:
    from concurrent.futures import Executor


def build(
    options: Options,
    *,
    progress: Progress = SILENT,
    verifier: Verifier = why_stale,
    seen: Files | None = None,
    executor: "Executor | None" = None,
    meter: Meter = UNMEASURED,
    warm: Warm | None = None,
    changed: frozenset[SourcePath] | None = None,
) -> Report:
    """Builds one edition.

    *executor* runs the workers, if there is enough for them to do, instead of `options.jobs` processes of our own.
    *seen* is what `app.replay` has seen of the sources, and that something has changed; without it this is asked first.
    *meter* is told what takes time. *warm* is what earlier builds of this process left in memory; only with it counts
    that at most the files *changed* have changed since, which is taken on trust.

    Authors' mistakes are in the report. Raises UsageFault for what is wrong with the request (no site, unknown edition,
    an output folder that is not ours) and EnvironmentFault for what the machine refuses; nothing of the output has
    changed then.
    """
    # Asked before the lock is made: a folder that is no site is left as it is.
    if not (options.site / SETTINGS).is_file():
        raise UsageFault(no_site(options.site))
    with Lock(options.state_folder).held(WAIT):
        if seen is None and verifier is why_stale and warm is None:
            found = told_again(options)
            if isinstance(found, Report):
                return found
            seen = found
        request = Request(options, progress, verifier, executor, meter, warm, changed)
        # A second attempt sees the files as they are then.
        return steady(
            lambda is_first: _attempt(request, seen if is_first else None),
            options.state_folder / STORE,
        )


def _attempt(request: Request, seen: Files | None) -> Report:
    if request.warm is not None:
        held = request.warm.taken(request.options, request.changed)
        attempt = _going_on(held, request) if held else None
        if attempt is not None:
            return _told(attempt, request)
    return _whole(request, seen)


def _going_on(held: Held, request: Request) -> Attempt | None:
    """The attempt that goes on from memory; None if the site has to be looked at as a whole."""
    attempt = None
    try:
        changed = request.changed or frozenset()
        files = held.project.files.after(map(str, changed))
        if files is not None and held.tree.again():
            go_on(held.store, held.settled)
            attempt = Attempt(request, _basis(held, files, changed))
    finally:
        if attempt is None:
            held.store.close()
    return attempt


def _basis(held: Held, files: Files, changed: frozenset[SourcePath]) -> Basis:
    return Basis(
        replace(held.project, files=files),
        held.edition,
        held.output,
        held.store,
        held.tree,
        held.code,
        held.settled,
        held,
        held.candidates(files, changed),
    )


def _whole(request: Request, seen: Files | None) -> Report:
    options, meter = request.options, request.meter
    path = options.state_folder / STORE
    if options.clean:
        forget(path)
    with meter.work(profile.STORING):
        store, notice = Store.opened(path)
    try:
        with meter.work(profile.SCANNING):
            found = seen or scanned(options.site, store.files(SOURCES))
        with meter.work(profile.SETTINGS):
            project, files, problems = load_project(options.site, found, store)
        if project is None:
            store.close()
            return Report(settled(problems, files), 2, files=files)
        attempt = Attempt(request, _begun(request, project, store))
    except BaseException:
        store.close()
        raise
    report = _told(attempt, request)
    return replace(report, notices=(notice, *report.notices) if notice else report.notices)


def _told(attempt: Attempt, request: Request) -> Report:
    """The report of *attempt*, whose store stays open only for a build that goes on from it."""
    held = None
    try:
        report = attempt.report()
        held = attempt.held() if request.warm is not None else None
    finally:
        if held is None:
            attempt.store.close()
    if request.warm is not None and held is not None:
        request.warm.keep(held)
    return report


def _begun(request: Request, project: Project, store: Store) -> Basis:
    """What a build begins with in a new process."""
    options, meter = request.options, request.meter
    edition = project.settings.edition(options.edition or None, drafts=options.drafts)
    output = options.output or options.site / edition.output
    root = os.path.realpath(output)
    known = Known(store.files(tree_name(root)), store.files(folders_name(root)))
    with meter.work(profile.LOOKING):
        tree = Tree.open(output, options.state_folder, sources=options.site, known=known)
    with meter.work(profile.STORING):
        code = code_digest(store)
        last = begin(store, edition.variant, code)
    return Basis(project, edition, output, store, tree, code, last)
