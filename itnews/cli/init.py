"""`itnews init`: a new site that builds as it is."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import click

from itnews import __version__
from itnews.cli.console import Console
from itnews.cli.site import shown
from itnews.errors import UsageFault
from itnews.words import counted, slug

_CI = {"github": ".github/workflows/pages.yml", "gitlab": ".gitlab-ci.yml"}
# Files whose names begin with a dot are left out of many an archive, so they are stored without it.
_DOTTED = {"gitignore": ".gitignore", "gitkeep": ".gitkeep"}
_KEPT = ".gitignore"
_IGNORED = ("/output/", "/.itnews/")


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--ci",
    type=click.Choice(list(_CI)),
    help="Add what makes GitLab or GitHub build and publish the site after every push.",
)
@click.pass_obj
def command(console: Console, *, folder: Path, ci: str | None) -> int:
    """Make a new site in DIR (here, without one): settings, and one example of everything.

    It asks nothing and overwrites nothing.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageFault(f"{folder} is a file; name a folder for the site.")
    wanted = starter(starter_values(folder.resolve().name, datetime.now().astimezone().date()), ci)
    keeps_ignored = (folder / _KEPT).exists()
    if keeps_ignored:  # A new repository often has one; what is in it is nobody's but its owner's.
        del wanted[_KEPT]
    _refuse_present(folder, wanted)
    for name, text in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    _tell(console, folder, len(wanted), keeps_ignored=keeps_ignored)
    return 0


def starter(values: Mapping[str, str], ci: str | None = None) -> dict[str, str]:
    """The files of a new site, by their path in it."""
    folder = files("itnews.cli") / "starter"
    found = dict(_texts(folder / "site", ""))
    if ci:
        found[_CI[ci]] = (folder / "ci" / f"{ci}.yml").read_text("utf-8")
    return {name: Template(text).substitute(values) for name, text in found.items()}


def _texts(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{prefix}{_DOTTED.get(entry.name, entry.name)}"
        if entry.is_dir():
            found += _texts(entry, f"{name}/")
        else:
            found.append((name, entry.read_text("utf-8")))
    return found


def starter_values(folder: str, today: date) -> dict[str, str]:
    """What the examples leave open: days around *today*, so that a new site looks alive, and a host name of its own."""
    later = today + timedelta(days=60)
    target = today + timedelta(days=120)
    return {
        "host": f"{slug(folder) or 'it'}.example",
        "version": __version__,
        "year": str(today.year),
        "today": today.isoformat(),
        "before": (today - timedelta(days=35)).isoformat(),
        "soon": (today + timedelta(days=21)).isoformat(),
        "later": later.isoformat(),
        "target": f"{target.year}-Q{(target.month + 2) // 3}",
    }


def _refuse_present(folder: Path, wanted: Mapping[str, str]) -> None:
    """Raises UsageFault, before anything is written, if a file would have to give way."""
    present = [name for name in wanted if (folder / name).exists() or (folder / name).is_symlink()]
    if "itnews.yaml" in present:
        raise UsageFault(f"There is a site in {folder} already: itnews.yaml. Nothing was written.")
    if present:
        more = f" and {len(present) - 1} more" if len(present) > 1 else ""
        raise UsageFault(
            f"{folder / present[0]}{more} would have to be overwritten. Nothing was written: name an empty folder."
        )


def _tell(console: Console, folder: Path, number: int, *, keeps_ignored: bool) -> None:
    here = folder.resolve() == Path.cwd()
    console.result(
        f"A new site is in {'this folder' if here else shown(folder)}: {counted(number, 'file')}."
    )
    if keeps_ignored:
        lines = " and ".join(_IGNORED)
        console.result(f"There was a {_KEPT} already: add the lines {lines} to it.")
    console.result(
        "Look through itnews.yaml first: site.id, base_url and timezone are yours to set."
    )
    console.result("Then build it, and go on while you write:")
    console.result()
    if not here:
        console.result(f"    cd {folder}")
    console.result("    itnews build --watch")
