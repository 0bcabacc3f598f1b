"""One build: from the scan of the sources to the last file moved into the output folder."""

import os
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from itnews.app import profile
from itnews.app.clock import Clock
from itnews.app.last import LastBuild, remember
from itnews.app.making import Making
from itnews.app.measured import measured
from itnews.app.options import Options
from itnews.app.placing import settled
from itnews.app.progress import SILENT, Progress
from itnews.app.project import Project, load_project, no_site, refusals, scanned
from itnews.app.replay import WAIT, told_again
from itnews.app.report import Report, exit_code, recorded
from itnews.app.unchanged import (
    SOURCES,
    STORE,
    Outcome,
    folders_name,
    forget_outcome,
    remember_outcome,
    tree_name,
)
from itnews.app.withdrawn import withdrawn
from itnews.app.workers import Workers
from itnews.engine.code import code_digest
from itnews.engine.frontier import Frontier
from itnews.engine.meter import UNMEASURED, Meter
from itnews.engine.phase import by_kind
from itnews.engine.pool import cores
from itnews.engine.run import Run, Verifier
from itnews.engine.settled import begin
from itnews.engine.store import BEGUN_ANEW, Store, forget
from itnews.engine.trace import why_stale
from itnews.errors import StoreDamaged, UsageFault
from itnews.files.lock import Lock
from itnews.files.output import Change
from itnews.files.scan import SETTINGS
from itnews.files.sources import Files, SourceChanged
from itnews.files.tree import Known, Tree
from itnews.model.edition import Edition
from itnews.problems import Problem

_ATTEMPTS = 3


def build(
    options: Options,
    *,
    progress: Progress = SILENT,
    verifier: Verifier = why_stale,
    seen: Files | None = None,
    executor: Executor | None = None,
    meter: Meter = UNMEASURED,
) -> Report:
    """Builds one edition.

    *executor* runs the workers, if there is enough for them to do, instead of `options.jobs` processes of our own.
    *seen* is what `app.replay` has seen of the sources, and that something has changed; without it this is asked first.
    *meter* is told what takes time. Authors' mistakes are in the report. Raises UsageFault for what is wrong with the request (no site, unknown
    edition, an output folder that is not ours) and EnvironmentFault for what the machine refuses; nothing of the
    output has changed then.
    """
    # Asked before the lock is made: a folder that is no site is left as it is.
    if not (options.site / SETTINGS).is_file():
        raise UsageFault(no_site(options.site))
    with Lock(options.state_folder).held(WAIT):
        if seen is None and verifier is why_stale:
            found = told_again(options)
            if isinstance(found, Report):
                return found
            seen = found
        return _steady(_Request(options, progress, verifier, executor, meter), seen)


@dataclass(frozen=True, slots=True)
class _Request:
    """All that a build was called with."""

    options: Options
    progress: Progress
    verifier: Verifier
    executor: Executor | None
    meter: Meter


def _steady(request: _Request, seen: Files | None) -> Report:
    """The first attempt that neither a damaged store nor an editor's saving spoils."""
    notices = tuple[str, ...]()
    for _ in range(_ATTEMPTS - 1):
        try:
            report = _attempt(request, seen)
            return replace(report, notices=(*notices, *report.notices))
        except StoreDamaged:
            forget(request.options.state_folder / STORE)
            notices = (BEGUN_ANEW,)
        except SourceChanged:
            pass
        seen = None  # The next attempt sees the files as they are now.
    return _attempt(request, None)


def _attempt(request: _Request, seen: Files | None) -> Report:
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
            project, files, problems = load_project(options.site, found)
        if project is None:
            return Report(settled(problems, files), 2, files=files)
        one = _begun(request, project, store)
        one.answer()
        report = one.published()
        return replace(report, notices=(notice, *report.notices) if notice else report.notices)
    finally:
        store.close()


def _begun(request: _Request, project: Project, store: Store) -> "_Build":
    options, meter = request.options, request.meter
    edition = project.settings.edition(options.edition or None, drafts=options.drafts)
    output = options.output or options.site / edition.output
    root = os.path.realpath(output)
    known = Known(store.files(tree_name(root)), store.files(folders_name(root)))
    with meter.work(profile.LOOKING):
        tree = Tree.open(output, options.state_folder, sources=options.site, known=known)
    clock = Clock(options.now, ZoneInfo(project.settings.site.timezone))
    pipeline = measured(project, edition, clock, meter)
    with meter.work(profile.STORING):
        code = code_digest(store)
        last = begin(store, edition.variant, code)
    frontier = Frontier(pipeline, store, last) if last else None
    run = Run(
        by_kind(pipeline),
        store,
        code=code,
        deliver=meter.timed(profile.STAGING, tree.put),
        verifier=request.verifier,
        frontier=frontier,
    )
    making = Making(edition.variant, store, run, tree, last=last, frontier=frontier)
    jobs = options.jobs or cores()
    workers = Workers(
        options, store, run, tree, code, jobs=jobs, executor=request.executor, meter=meter
    )
    forget_outcome(store, options.asked)
    return _Build(
        options=options,
        project=project,
        edition=edition,
        output=output,
        store=store,
        progress=request.progress,
        clock=clock,
        run=run,
        tree=tree,
        making=making,
        workers=workers,
        meter=meter,
    )


@dataclass(slots=True)
class _Build:
    """The state of one build, between the first question and the report."""

    options: Options
    project: Project
    edition: Edition
    output: Path
    store: Store
    progress: Progress
    clock: Clock
    run: Run
    tree: Tree
    making: Making
    workers: Workers
    meter: Meter

    def answer(self) -> None:
        self.making.answer(self.workers, self.progress)

    def problems(self) -> tuple[Problem, ...]:
        files = self.project.files
        found = (*self.project.problems, *refusals(files), *self.making.problems())
        return settled(found, files)

    def published(self) -> Report:
        """Moves what was made into place, or, if there are errors, leaves everything as it was; then reports."""
        problems = self.problems()
        code = exit_code(problems, strict=self.options.strict)
        unreached = self.making.unreached
        if code and not self.options.keep_going:
            report = self._refused(problems, code)
        else:
            self.progress.phase("Publishing", 1)
            wanted = self.making.wanted.digests
            with self.meter.work(profile.PUBLISHING):
                change = self.tree.commit(wanted)
            report = self._report(problems, code, change)
            with self.meter.work(profile.STORING):
                self.store.prune(unreached)
            unreached = frozenset()
        with self.meter.work(profile.STORING):
            self._remember(unreached, report)
        return report

    def _refused(self, problems: tuple[Problem, ...], code: int) -> Report:
        surplus = self.tree.surplus(self.making.wanted.digests)
        gone = withdrawn(surplus, self.run, self.store, self.edition)
        change = self.tree.prune(gone) if self.options.prune else Change()
        self.tree.discard()
        report = self._report(problems, code, change)
        return replace(report, published=False, withdrawn=gone, pruned=self.options.prune)

    def _report(self, problems: tuple[Problem, ...], code: int, change: Change) -> Report:
        return Report(
            problems,
            code,
            published=True,
            change=change,
            made=self._made(),
            coming=self.making.coming,
            wakes=self._bounds()[1],
            output=self.output,
            pages=sum(url.endswith("/") for url in self.making.wanted.digests),
            files=self.project.files,
            zone=self.project.settings.site.timezone,
            base_path=self.edition.base_path,
        )

    def _made(self) -> dict[str, str]:
        return {str(key): reason for key, reason in self.run.made.items()}

    def _bounds(self) -> tuple[datetime | None, datetime | None]:
        """The instants between which the clock gives the answers that it gave; None where there is no bound."""
        asked = self.making.inputs
        passed = asked.get("passed", {})
        instants = [datetime.fromisoformat(text[len("passed||") :]) for text in passed]
        if asked.get("today"):
            instants += [self.clock.last_midnight(), self.clock.next_midnight()]
        now = self.clock.now
        return (
            max((instant for instant in instants if instant <= now), default=None),
            min((instant for instant in instants if instant > now), default=None),
        )

    def _remember(self, unreached: frozenset[str], report: Report) -> None:
        output = os.path.realpath(self.output)
        self.making.leave(unreached, code=code_digest(self.store), published=report.published)
        self.store.set_files(SOURCES, *self.project.files.news())
        self.store.set_files(tree_name(output), *self.tree.news())
        self.store.set_files(folders_name(output), *self.tree.folder_news())
        if not self.run.unkept and not report.withdrawn:
            told = cast("dict[str, object]", recorded(report))
            folder = self.edition.output
            outcome = Outcome(self.options.asked, folder, output, *self._bounds(), told)
            remember_outcome(self.store, outcome, self.project.files)
        asked = self.options
        last = LastBuild(
            edition=asked.edition,
            drafts=asked.drafts,
            now=asked.now,
            output=Path(output),
            keep_going=asked.keep_going,
            strict=asked.strict,
            made=self._made(),
        )
        remember(self.store, last)
        self.store.commit()
