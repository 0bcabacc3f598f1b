"""`itnews status`: what IT has not told its readers, or not confirmed."""

from pathlib import Path

import click

from itnews.cli.console import Console
from itnews.cli.options import now_option, site_option


@click.command("status")
@site_option
@now_option
@click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people (text, the default), for programs (json).",
)
@click.pass_obj
def command(console: Console, *, site: Path | None, now: str, format: str) -> int:
    """Say what IT owes its readers, for IT itself.

    Departments that no news has named for a quarter, goals that none has served, projects whose status nobody confirms,
    documents that were to be looked at again. Nothing of it is an error: the exit code is 1 only if a document cannot
    be read.
    """
    from itnews.cli.owing import HEAD, owed
    from itnews.cli.site import find_site

    found, report = owed(find_site(site), now)
    if format == "json":
        console.result_json([debt.record() for debt in found])
    else:
        console.table([debt.row() for debt in found], head=HEAD)
        if not found and not report.exit_code:
            console.note("Nothing is owed: everybody was told, and everything is confirmed.")
    console.problems(report.problems, report.line)
    return report.exit_code
