"""Building as the command line asks for it: one report for each edition, told to a person or to a program."""

import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from itnews.app import profile
from itnews.app.options import Options
from itnews.app.progress import Progress
from itnews.app.replay import replay
from itnews.app.report import Report
from itnews.cli.console import Console
from itnews.cli.profiling import Profile, profile_record, show
from itnews.cli.site import Facts, clock, facts_of, find_site, fixed_time
from itnews.cli.summary import Told, as_record, outcome
from itnews.engine.meter import ENGINE, UNMEASURED, Meter, Stopwatch
from itnews.late import watch_loading


class Wish(Struct, frozen=True, kw_only=True):
    """What `itnews build` was asked for. *state* is for `verify`: another folder than the site's `.itnews`."""

    site: Path | None = None
    output: Path | None = None
    edition: str = ""
    all_editions: bool = False
    drafts: bool = False
    now: str = ""
    clean: bool = False
    strict: bool = False
    keep_going: bool = False
    prune: bool = False
    state: Path | None = None
    jobs: int = 0
    explain: bool = False
    profile: bool = False


class Order(Struct, frozen=True):
    """A wish with everything looked up: *fixed* is the time of every build, None if the clock decides."""

    wish: Wish
    site: Path
    editions: tuple[str, ...]
    fixed: datetime | None

    @classmethod
    def of(cls, wish: Wish) -> "Order":
        """Raises UsageFault for a time that is none."""
        site = find_site(wish.site)
        # The settings are read by the build; here only what cannot be understood without them waits for them.
        facts = facts_of(site) if wish.now or wish.all_editions else Facts()
        editions = facts.editions if wish.all_editions else (wish.edition,)
        return cls(wish, site, editions or ("",), fixed_time(wish.now, facts.zone))

    def options(self) -> list[Options]:
        """What each of the builds is asked for, all at the same time."""
        wish, now = self.wish, self.fixed or clock()
        return [
            Options(
                self.site,
                now,
                edition=name,
                output=wish.output,
                drafts=wish.drafts,
                # A second edition may use what the first has made anew.
                clean=wish.clean and number == 0,
                strict=wish.strict,
                keep_going=wish.keep_going,
                prune=wish.prune,
                state=wish.state,
                jobs=wish.jobs,
                explain=wish.explain,
            )
            for number, name in enumerate(self.editions)
        ]

    def told(self, options: Options, report: Report, seconds: float) -> Told:
        """*report* with what the summary says beside it."""
        return Told(
            report=report,
            edition=options.edition,
            strict=options.strict,
            seconds=seconds,
            zone=ZoneInfo(report.zone),
            base_path=report.base_path,
            explains=self.wish.explain,
        )


def build_once(wish: Wish, console: Console, *, as_json: bool) -> int:
    """Builds, reports on *console*, and returns the exit code."""
    order = Order.of(wish)
    every: list[Told] = []
    for options in order.options():
        with console.progress() as progress:
            build = profiled_edition if wish.profile else build_edition
            told = build(order, options, progress)
        every.append(told)
        if not as_json:
            tell(told, console, looks=True)
    code = max(told.report.exit_code for told in every)
    if as_json:
        console.result_json({"exit_code": code, "builds": [told_record(told) for told in every]})
    return code


def profiled_edition(order: Order, options: Options, progress: Progress) -> Told:
    """As `build_edition`, and where its time and its memory went."""
    meter = Stopwatch(profile.DETAILED)
    watch_loading(lambda: meter.work(profile.LOADING))
    try:
        told = build_edition(order, options, progress, meter)
    finally:
        watch_loading(None)
    return replace(told, profile=Profile.of(meter.take(), told.seconds))


def build_edition(
    order: Order, options: Options, progress: Progress, meter: Meter = UNMEASURED
) -> Told:
    """One build. What `app.build.build` raises passes through."""
    begun = time.perf_counter()
    with meter.work(ENGINE):
        report = _built(options, progress, meter)
    return order.told(options, report, time.perf_counter() - begun)


def _built(options: Options, progress: Progress, meter: Meter) -> Report:
    with meter.work(profile.UNCHANGED):
        found = replay(options)
    if isinstance(found, Report):
        return found
    with meter.work(profile.LOADING):
        from itnews.app.build import build  # loads all that makes a site
    return build(options, progress=progress, seen=found, meter=meter)


def tell(told: Told, console: Console, *, looks: bool) -> None:
    """What came of a build: the problems, then how it ended; *looks*: and how to look at it."""
    for notice in told.report.notices:
        console.note_once(notice)
    console.problems(told.report.problems, told.report.line)
    for line in outcome(told, looks=looks):
        console.result(line)
    tell_reasons(told, console)
    if told.profile:
        show(told.profile, console)


def tell_reasons(told: Told, console: Console, *, briefly: bool = False) -> None:
    """Why outputs were made, if that was asked for; *briefly*: for one build of many."""
    if not told.explains:
        return
    from itnews.cli.reasons import reasons, reasons_briefly

    for line in reasons_briefly(told) if briefly else reasons(told):
        console.result(line)


def told_record(told: Told) -> dict[str, object]:
    """All that is told of a build, for programs."""
    from itnews.cli.reasons import reason_records

    found = as_record(told)
    if told.explains:
        found["rebuilt"] = reason_records(told)
    if told.profile:
        found["profile"] = profile_record(told.profile)
    return found
