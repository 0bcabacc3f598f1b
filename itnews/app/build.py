"""One build: from the scan of the sources to the last file moved into the output folder."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from itnews.app.clock import Clock
from itnews.app.inputs import inputs
from itnews.app.last import STORE, LastBuild, remember
from itnews.app.pipeline import PHASES
from itnews.app.progress import SILENT, Progress
from itnews.app.project import STATE, Project, load_project, no_site, refusals
from itnews.app.report import Report, exit_code, settled
from itnews.app.withdrawn import withdrawn
from itnews.engine.code import code_digest
from itnews.engine.key import Key, parse_key
from itnews.engine.phase import by_kind
from itnews.engine.run import Run, Verifier
from itnews.engine.store import BEGUN_ANEW, Store, forget
from itnews.engine.trace import why_stale
from itnews.errors import StoreDamaged, UsageFault
from itnews.files.lock import Lock
from itnews.files.output import Change, Placed
from itnews.files.scan import SETTINGS
from itnews.files.sources import SourceChanged
from itnews.files.tree import Tree
from itnews.model.edition import Edition
from itnews.paths import UrlPath
from itnews.problems import Problem, Span, error
from itnews.site import schedule
from itnews.site.keys import plan_key, schedule_key

SOURCES = "sources"
_WAIT = 30.0  # seconds: longer than a build of ten thousand pages takes
_ATTEMPTS = 3
_OF_SOURCES = frozenset({"card", "document", "anchors", "static"})


@dataclass(frozen=True, slots=True)
class Options:
    """What one build is asked for.

    *now* is aware. *output* replaces the edition's own folder. *clean* forgets the store first. *keep_going* publishes
    what can be; *strict* counts warnings as errors; *prune* removes withdrawn outputs even if the build fails. *state*
    is the folder of store, staging and lock, `.itnews` beside the settings unless another is named.
    """

    site: Path
    now: datetime
    edition: str = ""
    output: Path | None = None
    drafts: bool = False
    clean: bool = False
    strict: bool = False
    keep_going: bool = False
    prune: bool = False
    state: Path | None = None


def state_of(options: Options) -> Path:
    """Where the build keeps its store, its staging and its lock."""
    return options.state or options.site / STATE


def build(
    options: Options, *, progress: Progress = SILENT, verifier: Verifier = why_stale
) -> Report:
    """Builds one edition.

    Authors' mistakes are in the report. Raises UsageFault for what is wrong with the request (no site, unknown
    edition, an output folder that is not ours) and EnvironmentFault for what the machine refuses; nothing of the
    output has changed then.
    """
    # Asked before the lock is made: a folder that is no site is left as it is.
    if not (options.site / SETTINGS).is_file():
        raise UsageFault(no_site(options.site))
    with Lock(state_of(options)).held(_WAIT):
        return _steady(options, progress, verifier)


def _steady(options: Options, progress: Progress, verifier: Verifier) -> Report:
    """The first attempt that neither a damaged store nor an editor's saving spoils."""
    state, notices = state_of(options), tuple[str, ...]()
    for _ in range(_ATTEMPTS - 1):
        try:
            report = _attempt(options, state, progress, verifier)
            return replace(report, notices=(*notices, *report.notices))
        except StoreDamaged:
            forget(state / STORE)
            notices = (BEGUN_ANEW,)
        except SourceChanged:
            continue  # The next attempt sees the file as it is now.
    return _attempt(options, state, progress, verifier)


def _attempt(options: Options, state: Path, progress: Progress, verifier: Verifier) -> Report:
    if options.clean:
        forget(state / STORE)
    store, notice = Store.opened(state / STORE)
    try:
        project, files, problems = load_project(options.site, store.files(SOURCES))
        if project is None:
            return Report(settled(problems, files), 2, files=files)
        one = _begun(options, project, store, progress, verifier)
        one.answer()
        report = one.published()
        return replace(report, notices=(notice, *report.notices) if notice else report.notices)
    finally:
        store.close()


def _begun(
    options: Options, project: Project, store: Store, progress: Progress, verifier: Verifier
) -> "_Build":
    edition = project.settings.edition(options.edition or None, drafts=options.drafts)
    output = options.output or options.site / edition.output
    tree = Tree.open(
        output, state_of(options), sources=options.site, known=store.files(_tree_name(output))
    )
    clock = Clock(options.now, ZoneInfo(project.settings.site.timezone))
    phases = by_kind((*PHASES, *inputs(project, edition, clock)))
    run = Run(phases, store, code=code_digest(), deliver=tree.put, verifier=verifier)
    return _Build(options, project, edition, output, store, progress, clock, run, tree)


def _tree_name(output: Path) -> str:
    return f"output {os.path.realpath(output)}"


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
    wanted: dict[UrlPath, Placed] = field(default_factory=dict)
    makers: dict[UrlPath, Key[tuple[Placed, ...]]] = field(default_factory=dict)
    collisions: list[Problem] = field(default_factory=list)
    coming: tuple[schedule.Change, ...] = ()

    def answer(self) -> None:
        """Answers every output key, and makes again what is no longer on disk as it was."""
        names = self.run.fetch(plan_key(self.edition.variant))
        self.progress.phase("Making pages", len(names))
        for name in names:
            self._take(cast("Key[tuple[Placed, ...]]", parse_key(name)))
            self.progress.advance()
        lacking = {self.makers[url]: None for url in self.tree.lacking(self.wanted)}
        self.coming = self.run.fetch(schedule_key(self.edition.variant))
        for key in lacking:
            self.run.remake(cast("Key[object]", key))

    def _take(self, key: Key[tuple[Placed, ...]]) -> None:
        for placed in self.run.fetch(key):
            other = self.wanted.setdefault(placed.url, placed)
            if other is placed:
                self.makers[placed.url] = key
            elif other.digest != placed.digest:
                message = f"Two different files claim the address {placed.url}: of {other.owner} and of {placed.owner}."
                self.collisions.append(
                    error("address-taken", Span(placed.owner), message, hint="rename one of them")
                )

    def problems(self) -> tuple[Problem, ...]:
        files = self.project.files
        found = (*self.project.problems, *refusals(files), *self.run.problems, *self.collisions)
        return settled(found, files)

    def published(self) -> Report:
        """Moves what was made into place, or, if there are errors, leaves everything as it was; then reports."""
        problems = self.problems()
        code = exit_code(problems, strict=self.options.strict)
        if code and not self.options.keep_going:
            report = self._refused(problems, code)
        else:
            self.progress.phase("Publishing", 1)
            change = self.tree.commit(self.wanted)
            self._forget_unreached()
            report = self._report(problems, code, change)
        self._remember()
        return report

    def _refused(self, problems: tuple[Problem, ...], code: int) -> Report:
        surplus = self.tree.surplus(self.wanted)
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
            coming=self.coming,
            wakes=self._wakes(),
            output=self.output,
            pages=sum(url.endswith("/") for url in self.wanted),
            files=self.project.files,
        )

    def _made(self) -> dict[str, str]:
        return {str(key): reason for key, reason in self.run.made.items()}

    def _wakes(self) -> datetime | None:
        """The first instant at which an answer that was given depends on the clock and changes."""
        asked = self.run.reached
        instants = [datetime.fromisoformat(key.name) for key in asked if key.kind == "passed"]
        if any(key.kind == "today" for key in asked):
            instants.append(self.clock.next_midnight())
        return min((instant for instant in instants if instant > self.clock.now), default=None)

    def _forget_unreached(self) -> None:
        """Prunes the rows of vanished keys: all of this edition, and of none where their source is gone."""
        reached = {str(key) for key in self.run.reached}
        files = self.project.files.scan.files
        self.store.prune(
            name
            for name in self.store.names()
            if name not in reached and _vanished(parse_key(name), self.edition.variant, files)
        )

    def _remember(self) -> None:
        self.store.set_files(SOURCES, self.project.files.fresh())
        self.store.set_files(_tree_name(self.output), self.tree.known())
        asked = self.options
        last = LastBuild(
            edition=asked.edition,
            drafts=asked.drafts,
            now=asked.now,
            output=Path(os.path.realpath(self.output)),
            keep_going=asked.keep_going,
            strict=asked.strict,
            made=self._made(),
        )
        remember(self.store, last)
        self.store.commit()


def _vanished(key: Key[object], variant: str, files: Mapping[str, object]) -> bool:
    if key.variant:
        return key.variant == variant
    return key.kind in _OF_SOURCES and key.name not in files
