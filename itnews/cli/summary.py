"""What is said at the end of a build: text for people, a record for programs. Pure."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from msgspec import Struct

from itnews.app.report import Report
from itnews.cli.layout import record
from itnews.cli.profiling import Profile
from itnews.cli.site import shown
from itnews.files.manifest import NAME as MANIFEST
from itnews.site.coming import Coming
from itnews.words import counted

_MOST = 5
_APPEARS = "appears"


class Told(Struct, frozen=True):
    """A report, and what is said beside it. *seconds*: how long the build took; *explains*: it shall say why."""

    report: Report
    edition: str
    strict: bool
    seconds: float
    zone: tzinfo
    base_path: str
    explains: bool = False
    profile: Profile | None = None


def outcome(told: Told, *, looks: bool) -> Iterator[str]:
    """How a build ended, what is still to come, and, with *looks*, how to look at it; line by line."""
    report = told.report
    if not report.published:
        yield from _failure(told)
        return
    edition = f" of edition '{told.edition}'" if told.edition else ""
    despite = " despite the errors" if report.exit_code else ""
    yield f"{counted(report.pages, 'page')}{edition} in {_place(report)}{despite}: {changed(told)}."
    yield from _coming(report, told.zone)
    if looks:
        yield from _looking(told)


def changed(told: Told) -> str:
    """What a build did to the output folder, and how long it took: `3 files written, 140 unchanged, in 0.12 s`."""
    change = told.report.change
    parts = [
        f"{counted(len(change.written), 'file')} written" if change.written else "",
        f"{len(change.deleted)} deleted" if change.deleted else "",
        "" if change else "nothing changed",
        f"{change.unchanged} unchanged" if change and change.unchanged else "",
    ]
    return f"{', '.join(part for part in parts if part)}, in {told.seconds:.2f} s"


def local(instant: datetime, zone: tzinfo) -> str:
    """*instant* as a clock in *zone* shows it, to the minute."""
    return _shown(instant, zone).strftime("%Y-%m-%d %H:%M")


def _shown(instant: datetime, zone: tzinfo) -> datetime:
    """*instant* in *zone*; as it is where the calendar ends before (9999-12-31)."""
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant


def as_record(told: Told) -> dict[str, object]:
    """The outcome of a build for programs: its names are stable; times are ISO 8601 in the site's zone."""
    report = told.report
    return {
        "edition": told.edition,
        "exit_code": report.exit_code,
        "published": report.published,
        "output": str(report.output) if report.output else "",
        "pages": report.pages,
        "written": list(report.change.written),
        "deleted": list(report.change.deleted),
        "unchanged": report.change.unchanged,
        "withdrawn": list(report.withdrawn),
        "pruned": report.pruned,
        "seconds": round(told.seconds, 3),
        "coming": [_change_record(change, told.zone) for change in report.coming],
        "changes_next": _shown(report.wakes, told.zone).isoformat() if report.wakes else "",
        "notices": list(report.notices),
        "problems": [record(problem) for problem in report.problems],
    }


def _change_record(change: Coming, zone: tzinfo) -> dict[str, str]:
    return {
        "at": _shown(change.at, zone).isoformat(),
        "what": change.what,
        "title": change.title,
        "path": str(change.path),
    }


def _failure(told: Told) -> Iterator[str]:
    report = told.report
    kept = report.output is not None and (report.output / MANIFEST).is_file()
    stays = f": {_place(report)} stays as it was" if kept and not report.change else ""
    yield f"Nothing was published{stays}."
    if told.strict and not any(problem.level == "error" for problem in report.problems):
        yield "There are no errors, but --strict counts warnings as errors."
    if report.change.deleted:
        yield f"Removed from {_place(report)}, as --prune asks:"
        yield from _listed(report.change.deleted)
    elif report.withdrawn:
        yield f"Still in {_place(report)}, although it should be gone:"
        yield from _listed(report.withdrawn)
        yield "`itnews build --prune` removes just that, whatever else is wrong."


def _listed(urls: tuple[str, ...]) -> Iterator[str]:
    """All of them: somebody may have to answer for each."""
    return (f"  {url}" for url in urls)


def _coming(report: Report, zone: tzinfo) -> Iterator[str]:
    scheduled = [change for change in report.coming if change.what == _APPEARS]
    if scheduled:
        yield f"{counted(len(scheduled), 'document')} scheduled:"
    for change in scheduled[:_MOST]:
        yield f"  {local(change.at, zone)}  {change.title} ({change.path})"
    if len(scheduled) > _MOST:
        yield f"  and {len(scheduled) - _MOST} more"
    if report.coming:
        first = report.coming[0]
        yield f"next change due {local(first.at, zone)}: {first.title} {first.what}"


def _looking(told: Told) -> Iterator[str]:
    output = told.report.output
    if output is None:
        return
    if told.base_path:
        yield f"Its addresses begin with {told.base_path}/ (site.base_url): to look at it, serve the folder there."
        return
    folder = shown(output).rstrip("/")
    yield "To look at it, run this and open http://127.0.0.1:8000/ in a browser:"
    yield f"  python -m http.server --bind 127.0.0.1 --directory {folder} 8000"


def _place(report: Report) -> str:
    return shown(report.output) if report.output else "the output folder"
