"""The project: the settings, the theme and the files of one site, as they are at the beginning of a build."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from itnews.content.frontmatter import decode
from itnews.errors import UsageFault
from itnews.files.scan import SETTINGS, scan
from itnews.files.sources import Files
from itnews.files.state import Seen
from itnews.files.themes import BUILT_IN, built_in_themes
from itnews.model.config import Settings, parse_settings
from itnews.model.marks import span_at
from itnews.paths import source_path
from itnews.problems import Problem, Span, error
from itnews.theme.chain import Chain, resolve_chain
from itnews.theme.environment import ThemeEnvironment, environment
from itnews.theme.filters import SiteLocale
from itnews.yaml import locate


@dataclass(frozen=True, slots=True)
class Project:
    """One site, ready to be built. *problems* are those of its theme and of files that were refused."""

    site: Path
    files: Files
    settings: Settings
    chain: Chain
    environment: ThemeEnvironment
    locale: SiteLocale
    problems: tuple[Problem, ...]


def scanned(site: Path, known: Mapping[str, Seen]) -> Files:
    """The files of *site* as they are now; *known* is what the last build remembered of them."""
    return Files(scan(site, {BUILT_IN: built_in_themes() / BUILT_IN}), known)


def load_project(site: Path, files: Files) -> tuple[Project | None, Files, tuple[Problem, ...]]:
    """The project in the folder *site*, made of *files*; None, and the problems, if its settings cannot be used.

    Raises UsageFault where there is no site.
    """
    path = source_path(SETTINGS)
    payload = files.read(path)
    if payload is None:
        wrong = tuple(problem for problem in refusals(files) if problem.at.path == path)
        if wrong:
            return None, files, wrong
        raise UsageFault(no_site(site))
    text, found = decode(payload, path)
    if text is None:
        return None, files, found
    settings, problems = parse_settings(text, path)
    if settings is None:
        return None, files, (*found, *problems)
    return _project(site, files, settings, (*found, *problems)), files, ()


def no_site(site: Path) -> str:
    """What to say about a folder without settings."""
    return (
        f"There is no {SETTINGS} in {site.name or 'this folder'}: "
        "`itnews init` makes a new site, --site DIR names another."
    )


def _project(
    site: Path, files: Files, settings: Settings, problems: tuple[Problem, ...]
) -> Project:
    def read(path: str) -> bytes | None:
        return files.read(source_path(path))

    chain, found = resolve_chain(settings.theme.name, read, known=_themes(files))
    found = tuple(_placed(problem, files) for problem in found)
    locale = SiteLocale(settings.site.language, settings.site.timezone, settings.site.currency)
    return Project(
        site,
        files,
        settings,
        chain,
        environment(chain, read, locale),
        locale,
        (*problems, *found, *refusals(files)),
    )


def _placed(problem: Problem, files: Files) -> Problem:
    """A problem of the theme's name, which the chain does not know the place of, at that place."""
    path = source_path(SETTINGS)
    text, _ = decode(files.read(path) or b"", path)
    if problem.at.path != path or text is None:
        return problem
    return replace(problem, at=span_at(locate(text, ("theme", "name"), first_line=1), path))


def refusals(files: Files) -> tuple[Problem, ...]:
    """The files that are left out of the site, as problems."""
    return tuple(
        error(refused.reason, Span(refused.path), refused.message, hint=refused.hint)
        for refused in files.refused()
    )


def _themes(files: Files) -> list[str]:
    """The names of the themes there are."""
    own = {path.parts[1] for path in files.scan.below("themes") if len(path.parts) > 2}
    return sorted({*own, BUILT_IN})
