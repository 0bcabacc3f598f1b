"""`itnews new`: begins a document, with the fields of its kind."""

from pathlib import Path

import click

from itnews.cli.console import Console
from itnews.cli.options import site_option


@click.command("new")
@click.argument("kind")
@click.argument("title", nargs=-1)
@click.option(
    "--set",
    "given",
    metavar="FIELD=VALUE",
    multiple=True,
    allow_from_autoenv=False,
    help="Fill in a field: --set tags=[vpn,office], --set action.by=2026-12-01. May be given several times.",
)
@site_option
@click.pass_obj
def command(
    console: Console,
    *,
    kind: str,
    title: tuple[str, ...],
    given: tuple[str, ...],
    site: Path | None,
) -> int:
    """Begin a document of a KIND (update, project, notice, person...) called TITLE.

    It is written into the kind's folder of content/, with the fields that it may have as comments. On a terminal it
    asks for what is missing. It overwrites nothing.
    """
    from itnews.cli.beginning import begin
    from itnews.cli.inventory import opened
    from itnews.cli.kinds import kind_of
    from itnews.cli.site import find_site

    project, report = opened(find_site(site))
    if project is None:
        console.problems(report.problems, report.line)
        return report.exit_code
    return begin(console, project, kind_of(kind, project.settings.kinds), " ".join(title), given)
