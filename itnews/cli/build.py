"""`itnews build`: the command line of a build."""

from pathlib import Path
from typing import Literal

import click

from itnews.cli.console import Console
from itnews.cli.options import site_option
from itnews.errors import UsageFault


@click.command("build", context_settings={"show_default": False})
@site_option
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to write, instead of the edition's own folder (output/).",
)
@click.option("--edition", metavar="E", help="Which of the editions in itnews.yaml to build.")
@click.option("--all-editions", is_flag=True, help="Build every edition, each into its own folder.")
@click.option("--drafts", is_flag=True, help="Show drafts and what is dated later, too.")
@click.option(
    "--now",
    metavar="ISO",
    default="",
    help="Build as if it were this day or time (2026-12-01, 2026-12-01T09:00), in the site's time zone. "
    "Without it: SOURCE_DATE_EPOCH if that is set, else the clock.",
)
@click.option("--clean", is_flag=True, help="Forget what earlier builds made, and make all anew.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--keep-going", is_flag=True, help="Publish what can be published despite errors.")
@click.option(
    "--prune",
    is_flag=True,
    help="Remove the pages of withdrawn documents even if there are errors.",
)
@click.option("--watch", is_flag=True, help="Go on: build again whenever a file is saved.")
@click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to report: for people (text, the default) or for programs (json).",
)
@click.option("--state", type=click.Path(path_type=Path), hidden=True)  # for `itnews verify`
@click.pass_obj
def command(
    console: Console,
    *,
    site: Path | None,
    output: Path | None,
    edition: str | None,
    all_editions: bool,
    drafts: bool,
    now: str,
    clean: bool,
    strict: bool,
    keep_going: bool,
    prune: bool,
    watch: bool,
    format: Literal["text", "json"],
    state: Path | None,
) -> int:
    """Build the site into its output folder.

    Only what changed is made again. If there are errors, nothing is published and the output folder stays as it was.
    """
    _check(edition, output, all_editions=all_editions, is_json_watch=watch and format == "json")

    from itnews.cli.building import Wish, build_once

    wish = Wish(
        site=site,
        output=output,
        edition=edition or "",
        all_editions=all_editions,
        drafts=drafts,
        now=now,
        clean=clean,
        strict=strict,
        keep_going=keep_going,
        prune=prune,
        state=state,
    )
    if watch:
        from itnews.cli.watching import keep_built

        return keep_built(wish, console)
    return build_once(wish, console, as_json=format == "json")


def _check(
    edition: str | None, output: Path | None, *, all_editions: bool, is_json_watch: bool
) -> None:
    """Raises UsageFault for options that contradict each other."""
    if is_json_watch:
        raise UsageFault("--watch tells what happens to a person: it has no --format json.")
    if all_editions and (edition or output):
        other = "--edition" if edition else "--output"
        raise UsageFault(
            f"--all-editions builds each edition into its own folder: leave {other} out."
        )
