"""`itnews build`: the command line of a build."""

from pathlib import Path
from typing import Literal, TypedDict, Unpack

import click

from itnews.cli.console import Console
from itnews.cli.options import (
    all_editions_option,
    drafts_option,
    edition_option,
    now_option,
    one_or_all_editions,
    site_option,
    strict_option,
)
from itnews.errors import UsageFault


class Chosen(TypedDict):
    """The options that are a wish as they stand (`building.Wish`)."""

    site: Path | None
    output: Path | None
    edition: str
    all_editions: bool
    drafts: bool
    now: str
    jobs: int
    clean: bool
    strict: bool
    keep_going: bool
    prune: bool
    explain: bool
    profile: bool
    state: Path | None


def _jobs(context: click.Context, option: click.Parameter, number: int | None) -> int:
    """*number*, 0 if there is none; raises UsageFault for what is no number of processes."""
    if number is not None and number < 1:
        raise UsageFault(
            f"--jobs {number}: at least 1 process has to work; without --jobs there are as many as cores."
        )
    return number or 0


@click.command("build", context_settings={"show_default": False})
@site_option
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to write, instead of the edition's own folder (output/).",
)
@edition_option
@all_editions_option
@drafts_option
@now_option
@click.option(
    "--jobs",
    metavar="N",
    type=int,
    callback=_jobs,
    help="How many processes may work side by side. Without it: as many as the machine has cores.",
)
@click.option("--clean", is_flag=True, help="Forget what earlier builds made, and make all anew.")
@strict_option
@click.option("--keep-going", is_flag=True, help="Publish what can be published despite errors.")
@click.option(
    "--prune",
    is_flag=True,
    help="Remove the pages of withdrawn documents even if there are errors.",
)
@click.option("--watch", is_flag=True, help="Go on: build again whenever a file is saved.")
@click.option("--explain", is_flag=True, help="Say why each output was made again, by causes.")
@click.option(
    "--profile",
    is_flag=True,
    help="Say where time and memory went: by phase, by template, the slowest documents.",
)
@click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to report: for people (text, the default) or for programs (json).",
)
@click.option("--state", type=click.Path(path_type=Path), hidden=True)  # for `itnews verify`
@click.pass_obj
def command(
    console: Console, *, watch: bool, format: Literal["text", "json"], **chosen: Unpack[Chosen]
) -> int:
    """Build the site into its output folder.

    Only what changed is made again. If there are errors, nothing is published and the output folder stays as it was.
    """
    _check(chosen)
    if watch:
        _check_watch(chosen, is_json=format == "json")

    from itnews.cli.building import Wish, build_once

    wish = Wish(**chosen)
    if watch:
        from itnews.cli.watching import keep_built

        return keep_built(wish, console)
    return build_once(wish, console, as_json=format == "json")


def _check(chosen: Chosen) -> None:
    """Raises UsageFault for options that contradict each other."""
    one_or_all_editions(chosen["edition"], all_editions=chosen["all_editions"])
    if chosen["all_editions"] and chosen["output"]:
        raise UsageFault(
            "--all-editions builds each edition into its own folder: leave --output out."
        )


def _check_watch(chosen: Chosen, *, is_json: bool) -> None:
    """Raises UsageFault for what goes with one build only."""
    if is_json:
        raise UsageFault("--watch tells what happens to a person: it has no --format json.")
    if chosen["profile"]:
        raise UsageFault("--profile measures one build: leave --watch out.")
