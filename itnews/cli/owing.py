"""What IT owes its readers, read straight from the sources: no build is needed for it."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from itnews.app.placing import settled
from itnews.app.report import Report, exit_code
from itnews.cli.inventory import clock_of, index_of, opened
from itnews.views.coverage import coverage

HEAD = ("what", "kind", "title", "last", "path")

_WORDS = {
    "not-addressed": "no news names it",
    "without-news": "no news of it",
    "cadence-broken": "status too old",
    "not-confirmed": "status never confirmed",
    "review-overdue": "review overdue",
}


class Debt(Struct, frozen=True):
    """One of them. *gap* is a word of `overviews.Gap`; *since*: the last time, or when it was due; empty: never."""

    gap: str
    kind: str
    id: str
    title: str
    since: str
    path: str

    def row(self) -> tuple[str, ...]:
        """For people."""
        return _WORDS[self.gap], self.kind, self.title, self.since or "never", self.path

    def record(self) -> dict[str, str]:
        """For programs; the names and their meaning are stable."""
        return asdict(self)


def owed(site: Path, now: str) -> tuple[list[Debt], Report]:
    """What is owed in the folder *site* at the time *now* (as `--now` has it), and a report of what cannot be read.

    Raises UsageFault where there is no site, and for what is no time.
    """
    project, report = opened(site)
    if project is None:
        return [], report
    clock = clock_of(project, now)
    index, problems = index_of(project, clock)
    found = []
    for one in coverage(index, passed=clock.passed, today=clock.today()):
        card = index.cards[one.path]
        since = str(one.since or "").replace("T", " ")
        found.append(Debt(one.gap, card.kind, card.id, card.title, since, str(one.path)))
    code = exit_code(problems, strict=False)
    return found, replace(report, problems=settled(problems, project.files), exit_code=code)
