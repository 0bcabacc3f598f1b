"""`itnews build --watch`: a line for each build, and the problems that are new."""

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta

from msgspec import Struct, field

from itnews.app.build import build
from itnews.app.options import Options
from itnews.app.progress import SILENT, Progress
from itnews.app.warm import Warm
from itnews.cli.building import Order, Wish, tell, tell_reasons
from itnews.cli.console import Console
from itnews.cli.layout import counts
from itnews.cli.summary import Told
from itnews.errors import EnvironmentFault, UsageFault
from itnews.live.changes import watched
from itnews.live.git import git_busy_in
from itnews.live.loop import Batch, Clock, SystemClock, watch
from itnews.paths import SourcePath
from itnews.problems import Problem
from itnews.words import counted

_NAMED = 3
CALM = timedelta(seconds=3)
"""After which, when nothing else is saved, a build looks at everything: at what no event told of, at the output too."""

_AGAIN = timedelta(seconds=5)
"""After which a build that the machine prevented is tried again: nothing else may ever change."""


def keep_built(wish: Wish, console: Console) -> int:
    """Builds until Ctrl-C; the exit code is 0 then.

    What would keep even the first build from beginning (no site, an output folder that is not ours) is raised.
    """
    clock = SystemClock()
    site = Order.of(wish).site
    try:
        with watched(site) as (source, notice):
            if notice:
                console.note(notice)
            builds = Builds(wish, console, clock)
            watch(builds.build, source, clock, git_is_busy=git_busy_in(site))
    except KeyboardInterrupt:
        console.note("")
        console.note("Stopped.")
        return 0


class Builds(Struct):
    """The builds of one `--watch`, one after the other; *seen* and *files*: the problems and files of the last one."""

    wish: Wish
    console: Console
    clock: Clock
    seen: frozenset[Problem] = field(default_factory=frozenset)
    files: frozenset[str] = field(default_factory=frozenset)
    failing: bool = False
    begun: bool = False
    wakes: datetime | None = None
    warm: dict[str, Warm] = field(default_factory=dict)

    def build(self, batch: Batch) -> datetime | None:
        """Builds because of *batch* and reports; answers when to build again without a change."""
        try:
            return self._build(batch)
        except (UsageFault, EnvironmentFault) as fault:
            if not self.begun:
                raise
            self.failing = True
            self.console.result(self._line("not built", _named(batch.paths)))
            self.console.fault(str(fault))
            return self.clock.now() + _AGAIN if isinstance(fault, EnvironmentFault) else None

    def _build(self, batch: Batch) -> datetime | None:
        # Looked up each time: the settings may have changed, and with them the zone and the editions.
        order = Order.of(self.wish)
        every = []
        for options in order.options():
            with self._progress() as progress:
                every.append(self._build_edition(order, options, progress, batch))
        before, self.files = self.files, _files(every)
        was_due, self.wakes = self._is_due(batch), _wakes(order, every)
        if batch.due and not was_due and not _news(every, self.seen):
            return self.wakes
        if self.begun:
            # What an editor put down and took away again while it saved says nothing to its user.
            lasting = {path for path in batch.paths if str(path) in before | self.files}
            self._tell_next(every, _named(lasting or batch.paths))
        else:
            self._tell_first(every)
        self.seen = frozenset(problem for told in every for problem in told.report.problems)
        self.failing = any(not told.report.published for told in every)
        if batch.due or not batch.paths:
            return self.wakes
        return min(filter(None, (self.wakes, self.clock.now() + CALM)))

    def _is_due(self, batch: Batch) -> bool:
        """Whether something was to change by itself; else what is due is a look at everything."""
        return batch.due and self.wakes is not None and self.wakes <= self.clock.now()

    def _build_edition(
        self, order: Order, options: Options, progress: Progress, batch: Batch
    ) -> Told:
        begun = time.perf_counter()
        warm = self.warm.setdefault(options.edition, Warm())
        changed = batch.paths if batch.paths and not batch.due else None
        report = build(options, progress=progress, warm=warm, changed=changed)
        return order.told(options, report, time.perf_counter() - begun)

    def _progress(self) -> AbstractContextManager[Progress]:
        """In a log each later build has its one line."""
        shows = self.console.is_interactive or not self.begun
        return self.console.progress() if shows else nullcontext(SILENT)

    def _tell_first(self, every: list[Told]) -> None:
        for told in every:
            tell(told, self.console, looks=True)
        self.console.note("Watching for changes. Ctrl-C ends it.")
        self.begun = True

    def _tell_next(self, every: list[Told], why: str) -> None:
        for told in every:
            problems = self._tell_problems(told)
            for notice in told.report.notices:
                self.console.note_once(notice)
            edition = f" of edition '{told.edition}'" if len(every) > 1 else ""
            what = f"{_what(told)}{edition}{problems} in {told.seconds:.2f} s"
            self.console.result(self._line(what, why, told=told))
            tell_reasons(told, self.console, briefly=True)

    def _tell_problems(self, told: Told) -> str:
        """Shows the problems that are new; what the line of the build says of them."""
        report = told.report
        new = [problem for problem in report.problems if problem not in self.seen]
        self.console.problems(new, report.line)
        if report.published:
            return ""
        return f", {counts(report.problems)}{'' if new else ' as before'},"

    def _line(self, what: str, why: str, *, told: Told | None = None) -> str:
        recovered = self.failing and told is not None and told.report.published
        gone = "the errors are gone: " if recovered else ""
        when = self.clock.now().astimezone().strftime("%H:%M:%S")
        return f"{when}  {gone}{what}: {why}"


def _files(every: Iterable[Told]) -> frozenset[str]:
    return frozenset(
        name for told in every if told.report.files for name in told.report.files.scan.files
    )


def _wakes(order: Order, every: Iterable[Told]) -> datetime | None:
    """When the next change is due by itself."""
    if order.fixed:
        return None
    return min((told.report.wakes for told in every if told.report.wakes), default=None)


def _news(every: Iterable[Told], seen: frozenset[Problem]) -> bool:
    """Whether there is anything to tell of builds that nobody asked for."""
    return any(told.report.change or not seen.issuperset(told.report.problems) for told in every)


def _what(told: Told) -> str:
    report, change = told.report, told.report.change
    if not report.published:
        return "nothing published"
    pages = [url for url in change.written if url.endswith(("/", ".html"))]
    others = len(change.written) - len(pages)
    parts = [
        counted(len(pages), "page") if pages else "",
        counted(others, "other file" if pages else "file") if others else "",
        f"{len(change.deleted)} removed" if change.deleted else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing changed"


def _named(paths: Iterable[SourcePath]) -> str:
    names = sorted(str(path) for path in paths)
    if not names:
        return "it was due"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
