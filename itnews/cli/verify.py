"""`itnews verify`: is the output what a build from nothing gives?"""

from pathlib import Path

import click

from itnews.cli.console import Console
from itnews.cli.options import site_option


@click.command("verify")
@site_option
@click.pass_obj
def command(console: Console, *, site: Path | None) -> int:
    """Build the site again, in another process and from nothing, and compare every byte with what the last build left.

    The new build is asked for what the last one was: the same edition, time and flags. The exit code is about bytes
    only: 0 if they are equal, 1 if they are not. The output folder is not touched.
    """
    from itnews.cli.site import find_site, shown
    from itnews.cli.verifying import compared
    from itnews.words import counted

    result = compared(find_site(site))
    for difference in result.differences:
        console.result(f"{difference.what:<9}{difference.path}{difference.where}")
    place = shown(result.output)
    if result.differences:
        number = counted(len(result.differences), "file")
        console.result(
            f"{number} of {result.files} in {place} not as a build from nothing gives it."
        )
        for reason in result.reasons:
            console.note(reason)
        return 1
    console.result(
        f"{place} is what a build from nothing gives: {counted(result.files, 'file')}, equal in every byte."
    )
    return 0
