"""Checking as the command line asks for it: which files it is about, and how the problems are told."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from itnews.app.checking import check
from itnews.app.report import Report, exit_code
from itnews.app.unchanged import STATE
from itnews.cli.building import Order, Wish
from itnews.cli.console import Console
from itnews.cli.formats import github, gitlab
from itnews.cli.layout import record
from itnews.cli.site import find_site, nearest_site
from itnews.content.scan import CONTENT, documents
from itnews.errors import UsageFault
from itnews.paths import SourcePath
from itnews.problems import in_order
from itnews.words import counted

_OWN_STATE = "check"


class Scope(Struct, frozen=True):
    """What a check is about: a *site*, and *within* it the files and folders that are told of; none: everything."""

    site: Path
    within: tuple[PurePosixPath, ...] = ()

    @classmethod
    def of(cls, site: Path | None, paths: Sequence[Path]) -> "Scope":
        """The scope of *paths* in *site*, or, without one, in the site that they lie in.

        Raises UsageFault for a path that does not exist or lies in another site or in none.
        """
        for path in paths:
            if not os.path.lexists(path):
                raise UsageFault(f"There is no file or folder {path}.")
        if site is None:
            site = nearest_site(paths[0]) if paths else find_site(None)
            if site is None:
                raise UsageFault(f"{paths[0]} lies in no site: no folder above it has itnews.yaml.")
        within = [_below(site, path) for path in paths]
        return cls(site, () if PurePosixPath() in within else tuple(within))

    def holds(self, path: SourcePath) -> bool:
        """Whether *path* is told of."""
        return not self.within or any(path.is_relative_to(one) for one in self.within)


def check_once(wish: Wish, paths: Sequence[Path], console: Console, *, form: str) -> int:
    """Checks, reports on *console* as *form* says, and returns the exit code."""
    scope = Scope.of(wish.site, paths)
    own = replace(wish, site=scope.site, state=scope.site / STATE / _OWN_STATE)
    reports = []
    for options in Order.of(own).options():
        with console.progress() as progress:
            reports.append(check(options, progress=progress))
    report = _together(reports, scope, strict=wish.strict)
    for notice in report.notices:
        console.note(notice)
    for path in _not_read(report, scope):
        console.note(f"{path}: itnews reads nothing of this.")
    _tell(report, scope, console, form)
    if report.exit_code == 1 and not exit_code(report.problems, strict=False):
        console.note("There are no errors, but --strict counts warnings as errors.")
    return report.exit_code


def _together(reports: Sequence[Report], scope: Scope, *, strict: bool) -> Report:
    """The reports of all editions as one, with what *scope* is about."""
    problems = in_order(problem for report in reports for problem in report.problems)
    notices = tuple(dict.fromkeys(notice for report in reports for notice in report.notices))
    unusable = next((report for report in reports if report.exit_code > 1), None)
    if unusable is not None:  # settings that cannot be used are told whatever the scope
        return replace(unusable, notices=notices)
    told = tuple(problem for problem in problems if scope.holds(problem.at.path))
    code = exit_code(told, strict=strict)
    return replace(reports[0], problems=told, exit_code=code, notices=notices)


def _not_read(report: Report, scope: Scope) -> Iterator[PurePosixPath]:
    """What was asked about and is no source of the site: that there are no problems in it says nothing."""
    if report.files is None:
        return
    scan = report.files.scan
    known = [*map(PurePosixPath, scan.files), *(refused.path for refused in report.files.refused())]
    yield from (path for path in scope.within if not any(map(partial(_lies_in, path), known)))


def _lies_in(folder: PurePosixPath, path: PurePosixPath) -> bool:
    return path.is_relative_to(folder)


def _tell(report: Report, scope: Scope, console: Console, form: str) -> None:
    problems = report.problems
    if form == "json":
        console.result_json([record(problem) for problem in problems])
    elif form == "gitlab":
        console.result_json(gitlab(problems, _prefix(scope.site)))
    elif form == "github":
        for line in github(problems, _prefix(scope.site)):
            console.result(line)
    elif problems:
        console.problems(problems, report.line, as_result=True)
    else:
        console.result(_no_problems(report, scope))


def _no_problems(report: Report, scope: Scope) -> str:
    below = report.files.scan.below(CONTENT) if report.files else ()
    number = sum(scope.holds(path) for path in documents(below))
    return f"No problems in {counted(number, 'document')}." if number else "No problems."


def _below(site: Path, path: Path) -> PurePosixPath:
    """*path* as the site's sources are named."""
    # Not resolved: a link inside the site is named as it is met.
    here, root = Path(os.path.abspath(path)), Path(os.path.abspath(site))
    if not here.is_relative_to(root):
        raise UsageFault(f"{path} does not lie in the site '{site}'.")
    return PurePosixPath(here.relative_to(root).as_posix())


def _prefix(site: Path) -> str:
    """What leads from the repository's folder to the site's: empty, or ending in `/`.

    Where there is no git, the folder in which the command was called stands for the repository.
    """
    here = Path(os.path.abspath(site))
    root = next((one for one in (here, *here.parents) if (one / ".git").exists()), Path.cwd())
    if not here.is_relative_to(root):
        return ""
    inner = here.relative_to(root).as_posix()
    return "" if inner == "." else f"{inner}/"
