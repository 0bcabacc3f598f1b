"""`itnews list`: what the site holds, with the state of each document."""

from pathlib import Path

import click

from itnews.cli.console import Console
from itnews.cli.options import site_option


@click.command("list")
@click.argument("kind", required=False)
@site_option
@click.option("--drafts", is_flag=True, help="Only drafts.")
@click.option("--scheduled", is_flag=True, help="Only what appears later by itself.")
@click.option("--expired", is_flag=True, help="Only what has left the lists.")
@click.option(
    "--format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="For people (text, the default), for programs (json), for spreadsheets (csv).",
)
@click.pass_obj
def command(
    console: Console,
    *,
    kind: str | None,
    site: Path | None,
    drafts: bool,
    scheduled: bool,
    expired: bool,
    format: str,
) -> int:
    """Say what the site holds: everything, or one KIND (update, project, person...).

    With several of --drafts, --scheduled and --expired: what is any of them. The exit code is 1 if a document has
    errors and cannot be told of.
    """
    from itnews.cli.inventory import inventory, table_of
    from itnews.cli.site import find_site

    asked = {"draft": drafts, "scheduled": scheduled, "expired": expired}
    states = frozenset(state for state, is_asked in asked.items() if is_asked)
    found, report = inventory(find_site(site), kind or "")
    items = [item for item in found if not states or item.state in states]
    if format == "json":
        console.result_json([item.record() for item in items])
    elif format == "csv":
        console.result(table_of(items))
    else:
        console.table(
            [item.row() for item in items], head=("kind", "id", "date", "state", "title", "path")
        )
    console.problems(report.problems, report.line)
    return report.exit_code
