"""Options that several commands have."""

from pathlib import Path

import click

from itnews.errors import UsageFault

site_option = click.option(
    "--site",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder with itnews.yaml. Without it: this folder, or the nearest one above that has one.",
)
"""Where the site lies; None stands for `site.find_site`."""

edition_option = click.option(
    "--edition",
    metavar="E",
    default="",
    help="Which of the editions in itnews.yaml.",
)
all_editions_option = click.option(
    "--all-editions", is_flag=True, help="Every edition, one after the other."
)
drafts_option = click.option(
    "--drafts", is_flag=True, help="Show drafts and what is dated later, too."
)
now_option = click.option(
    "--now",
    metavar="ISO",
    default="",
    help="As if it were this day or time (2026-12-01, 2026-12-01T09:00), in the site's time zone. "
    "Without it: SOURCE_DATE_EPOCH if that is set, else the clock.",
)
strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")


def one_or_all_editions(edition: str, *, all_editions: bool) -> None:
    """Raises UsageFault where both are asked for."""
    if edition and all_editions:
        raise UsageFault("--all-editions is every edition: leave --edition out.")
