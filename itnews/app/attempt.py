"""One attempt at one edition: from what it begins with to the report, and what it leaves for the next."""

import os
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from itnews.app import profile
from itnews.app.causes import Causes
from itnews.app.clock import Clock
from itnews.app.last import LastBuild, remember
from itnews.app.making import DELIVERING, Making
from itnews.app.measured import measured
from itnews.app.options import Options
from itnews.app.placing import settled
from itnews.app.progress import Progress
from itnews.app.project import Project, refusals, remember_project
from itnews.app.report import MadeKeys, Rebuilt, Report, exit_code, recorded
from itnews.app.unchanged import (
    Outcome,
    folders_name,
    forget_outcome,
    remember_outcome,
    remember_sources,
    tree_name,
)
from itnews.app.warm import Bounds, Held, Warm
from itnews.app.withdrawn import withdrawn
from itnews.app.workers import Workers
from itnews.digest import Digest
from itnews.engine.frontier import Frontier
from itnews.engine.meter import Meter
from itnews.engine.phase import by_kind
from itnews.engine.run import FIRST, Run, Verifier
from itnews.engine.settled import Settled
from itnews.engine.store import Store
from itnews.files.output import Change
from itnews.files.tree import Tree
from itnews.model.edition import Edition
from itnews.paths import SourcePath
from itnews.problems import Problem

if TYPE_CHECKING:
    from concurrent.futures import Executor


class Request(Struct, frozen=True):
    """All that a build was called with (`app.build.build`)."""

    options: Options
    progress: Progress
    verifier: Verifier
    executor: "Executor | None"
    meter: Meter
    warm: Warm | None
    changed: frozenset[SourcePath] | None


class Basis(Struct, frozen=True):
    """What a build begins with: the site, its store and its output folder, and how the *last* build left them.

    *held* is what the last build left in memory, None if this one begins as in a new process; then *candidates* are the
    inputs that can have changed since.
    """

    project: Project
    edition: Edition
    output: Path
    store: Store
    tree: Tree
    code: Digest
    last: Settled | None
    held: Held | None = None
    candidates: list[str] | None = None


class Attempt:
    """One build, between the first question and the report."""

    def __init__(self, request: Request, basis: Basis) -> None:
        self.options, self.progress, self.meter = request.options, request.progress, request.meter
        self.project, self.edition, self.output = basis.project, basis.edition, basis.output
        self.store, self.tree, self.basis = basis.store, basis.tree, basis
        self.clock = Clock(self.options.now, ZoneInfo(self.project.settings.text("site.timezone")))
        pipeline = measured(self.project, self.edition, self.clock, self.meter)
        frontier = (
            Frontier(pipeline, self.store, basis.last, candidates=basis.candidates)
            if basis.last
            else None
        )
        self.run = Run(
            by_kind(pipeline),
            self.store,
            code=basis.code,
            deliver=self.meter.timed(profile.STAGING, self.tree.put),
            verifier=request.verifier,
            frontier=frontier,
            memory=basis.held.memory if basis.held else None,
        )
        self.making = Making(
            self.edition.variant,
            self.store,
            self.run,
            self.tree,
            last=basis.last,
            frontier=frontier,
            is_warm=self._is_warm,
        )
        self.workers = Workers(
            self.options,
            self.store,
            self.run,
            self.tree,
            basis.code,
            executor=request.executor,
            meter=self.meter,
        )

    def report(self) -> Report:
        """Answers every question, publishes or refuses, and tells what came of it."""
        forget_outcome(self.store, self.options.asked)
        if self.basis.last is None:
            self.project.log.load()
        self.making.answer(self.workers, self.progress)
        return self.published()

    def held(self) -> Held | None:
        """What the next build of this process may go on from; None if it had better not."""
        if self.run.unkept:
            return None
        return Held(
            options=self.options,
            store=self.store,
            version=self.store.version(),
            code=self.basis.code,
            project=self.project,
            edition=self.edition,
            output=self.output,
            tree=self.tree,
            settled=self.making.settled(),
            memory=self.run.memory(),
            bounds=self.bounds,
        )

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
            with self.meter.work(profile.PUBLISHING):
                change = self._commit()
            report = self._report(problems, code, change)
            with self.meter.work(profile.STORING):
                self.store.prune(unreached)
            unreached = frozenset()
        with self.meter.work(profile.STORING):
            self._remember(unreached, report)
        return report

    def _commit(self) -> Change:
        """Makes the output folder hold what is wanted."""
        changes = self.making.changes if self._is_warm else None
        if changes is not None:
            return self.tree.amend(changes)
        return self.tree.commit(self.making.wanted.digests)

    @cached_property
    def pages(self) -> int:
        """How many pages are wanted."""
        if self._is_warm and self.making.changes is not None:
            return self.tree.pages
        return sum(url.endswith("/") for url in self.making.wanted.digests)

    @property
    def _is_warm(self) -> bool:
        return self.basis.held is not None

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
            made=MadeKeys(self.run.made),
            rebuilt=self._rebuilt() if self.options.explain else (),
            coming=self.making.coming,
            wakes=self.bounds[1],
            notices=self.making.notices(self.project.log),
            output=self.output,
            pages=self.pages,
            files=self.project.files,
            zone=self.project.settings.text("site.timezone"),
            base_path=self.edition.base_path,
        )

    def _rebuilt(self) -> tuple[Rebuilt, ...]:
        with self.meter.work(profile.EXPLAINING):
            causes = Causes(self.run, self.store, self.edition.variant)
            return causes.rebuilt(lambda key: key.kind in DELIVERING)

    def _made(self) -> dict[str, str]:
        """What was made, with the reasons, as `why` asks for it: of what is new only the outputs."""
        return {
            str(key): reason
            for key, reason in self.run.made.items()
            if reason != FIRST or key.kind in DELIVERING
        }

    @cached_property
    def bounds(self) -> Bounds:
        """The instants between which the clock gives the answers that it gave; None where there is no bound."""
        if self.basis.held is not None and not self.making.asks_the_clock_anew:
            return self.basis.held.bounds
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

    @property
    def _asks_git(self) -> bool:
        inputs = self.making.inputs
        return bool(inputs.get("dates") or inputs.get("revisions"))

    def _remember(self, unreached: frozenset[str], report: Report) -> None:
        output = os.path.realpath(self.output)
        self.making.leave(unreached, code=self.basis.code, published=report.published)
        self.project.log.leave(self.edition.variant, self.store)
        remember_sources(self.store, self.project.files)
        self.store.set_files(tree_name(output), *self.tree.news())
        self.store.set_files(folders_name(output), *self.tree.folder_news())
        # A build that goes on from memory leaves this to the next whole one: it takes a look at everything.
        if self.basis.held is None:
            remember_project(self.project, self.store)
        files = self.project.files
        is_whole = self.basis.held is None and not files.missed and files.noted
        if is_whole and not self.run.unkept and not report.withdrawn:
            told = cast("dict[str, object]", recorded(report))
            folder = self.edition.output
            head = self.project.log.token if self._asks_git else None
            outcome = Outcome(self.options.asked, folder, output, *self.bounds, told, head)
            remember_outcome(self.store, outcome, files)
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
