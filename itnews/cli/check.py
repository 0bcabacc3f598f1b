"""`itnews check`: everything that is wrong or missing, and nothing published."""

from pathlib import Path

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


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@site_option
@edition_option
@all_editions_option
@drafts_option
@now_option
@strict_option
@click.option(
    "--format",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    help="How to report: for people (text, the default), for programs (json), as annotations of GitHub Actions "
    "(github), as a Code Quality report of GitLab CI (gitlab).",
)
@click.pass_obj
def command(
    console: Console,
    *,
    paths: tuple[Path, ...],
    site: Path | None,
    edition: str,
    all_editions: bool,
    drafts: bool,
    now: str,
    strict: bool,
    format: str,
) -> int:
    """Say what is wrong or missing, without publishing anything.

    That is all that a build would report, and what is missing for good reading: summaries, reasons, recent statuses.
    With PATHs (files or folders) only what concerns these is told. The exit code is 1 if there is an error.
    """
    one_or_all_editions(edition, all_editions=all_editions)

    from itnews.cli.building import Wish
    from itnews.cli.checking import check_once

    wish = Wish(
        site=site,
        edition=edition,
        all_editions=all_editions,
        drafts=drafts,
        now=now,
        strict=strict,
    )
    return check_once(wish, paths, console, form=format)
