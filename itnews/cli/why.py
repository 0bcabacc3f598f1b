"""`itnews why`: what a page was made from, why it was made again, and what reads its document."""

from pathlib import Path

import click

from itnews.cli.console import Console
from itnews.cli.options import site_option


@click.command("why")
@click.argument("page")
@site_option
@click.pass_obj
def command(console: Console, *, page: str, site: Path | None) -> int:
    """Say what PAGE was made from, why the last build made it again or did not, and what reads its document.

    PAGE is an address (/updates/vpn/), a file in the output folder, or a source (content/updates/vpn.md).
    """
    from itnews.cli.explaining import explained
    from itnews.cli.site import find_site

    for line in explained(page, find_site(site)):
        console.result(line)
    return 0
