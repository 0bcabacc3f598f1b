"""Options that several commands have."""

from pathlib import Path

import click

site_option = click.option(
    "--site",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder with itnews.yaml. Without it: this folder, or the nearest one above that has one.",
)
"""Where the site lies; None stands for `site.find_site`."""
