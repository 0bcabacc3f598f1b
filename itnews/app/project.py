"""The project: the settings, the theme and the files of one site, as they are at the beginning of a build."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from itnews.app.log import Log
from itnews.content.frontmatter import decode
from itnews.digest import Digest
from itnews.engine.code import code_digest
from itnews.engine.store import Store
from itnews.errors import UsageFault
from itnews.files.scan import SETTINGS, scan
from itnews.files.sources import Files
from itnews.files.state import Seen
from itnews.files.themes import BUILT_IN, built_in_themes
from itnews.late import late
from itnews.model.marks import span_at
from itnews.model.settings import Settings
from itnews.paths import source_path
from itnews.problems import Problem, Span, error
from itnews.theme.chain import Chain, Read, resolve_chain
from itnews.theme.environment import ThemeEnvironment, environment
from itnews.theme.filters import SiteLocale

if TYPE_CHECKING:
    from itnews import yaml
    from itnews.model import config
else:
    yaml, config = late("itnews.yaml"), late("itnews.model.config")

_NOTE = "project"


class Project(Struct, frozen=True):
    """One site, ready to be built. *problems* are those of its theme and of files that were refused.

    *reads*: the digests of the files that its settings and its chain were read from. *log* knows its history.
    """

    site: Path
    files: Files
    settings: Settings
    chain: Chain
    environment: ThemeEnvironment
    locale: SiteLocale
    problems: tuple[Problem, ...]
    reads: Mapping[str, Digest]
    log: Log


def scanned(site: Path, known: Mapping[str, Seen]) -> Files:
    """The files of *site* as they are now; *known* is what the last build remembered of them."""
    return Files(scan(site, {BUILT_IN: built_in_themes() / BUILT_IN}), known)


def load_project(
    site: Path, files: Files, store: Store | None = None
) -> tuple[Project | None, Files, tuple[Problem, ...]]:
    """The project in the folder *site*, made of *files*; None, and the problems, if its settings cannot be used.

    Where *store* remembers what settings and theme come to (`remember_project`), they are not read again. Raises
    UsageFault where there is no site.
    """
    known = _recalled(site, files, store) if store else None
    if known is not None:
        return known, files, ()
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
    settings, problems = config.parse_settings(text, path)
    if settings is None:
        return None, files, (*found, *problems)
    return _resolved(site, files, settings, (*found, *problems), store=store), files, ()


def remember_project(project: Project, store: Store) -> None:
    """Notes in *store* what the settings and the theme of *project* come to, if nothing is wrong with them."""
    if project.problems:
        return
    note = {
        "code": code_digest(store),
        "reads": project.reads,
        "settings": project.settings.values,
        "chain": project.chain.roots,
    }
    text = json.dumps(note)
    if store.meta(_NOTE) != text:
        store.set_meta(_NOTE, text)


def _recalled(site: Path, files: Files, store: Store) -> Project | None:
    """The project that *store* remembers, if the files it was read from are as they were then."""
    try:
        note = json.loads(store.meta(_NOTE) or "null")
        if note is None or note["code"] != code_digest(store):
            return None
        reads = {str(name): Digest(digest) for name, digest in note["reads"].items()}
        if any(files.digest(source_path(name)) != digest for name, digest in reads.items()):
            return None
        settings, chain = Settings(note["settings"]), Chain(tuple(map(str, note["chain"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return _project(site, files, settings, chain, problems=(), reads=reads, store=store)


def no_site(site: Path) -> str:
    """What to say about a folder without settings."""
    return (
        f"There is no {SETTINGS} in {site.name or 'this folder'}: "
        "`itnews init` makes a new site, --site DIR names another."
    )


def _resolved(
    site: Path,
    files: Files,
    settings: Settings,
    problems: tuple[Problem, ...],
    *,
    store: Store | None,
) -> Project:
    reads = {SETTINGS: files.digest(source_path(SETTINGS))}

    def read(path: str) -> bytes | None:
        reads[path] = files.digest(source_path(path))
        return files.read(source_path(path))

    chain, found = resolve_chain(settings.text("theme.name"), read, known=_themes(files))
    found = tuple(_placed(problem, files) for problem in found)
    problems = (*problems, *found)
    return _project(site, files, settings, chain, problems=problems, reads=reads, store=store)


def _project(
    site: Path,
    files: Files,
    settings: Settings,
    chain: Chain,
    *,
    problems: tuple[Problem, ...],
    reads: Mapping[str, Digest],
    store: Store | None,
) -> Project:
    locale = SiteLocale(
        settings.text("site.language"),
        settings.text("site.timezone"),
        settings.text("site.currency"),
    )
    return Project(
        site,
        files,
        settings,
        chain,
        environment(chain, _reader(files), locale),
        locale,
        (*problems, *refusals(files)),
        reads,
        Log(site, settings, store),
    )


def _reader(files: Files) -> Read:
    return lambda path: files.read(source_path(path))


def _placed(problem: Problem, files: Files) -> Problem:
    """A problem of the theme's name, which the chain does not know the place of, at that place."""
    path = source_path(SETTINGS)
    text, _ = decode(files.read(path) or b"", path)
    if problem.at.path != path or text is None:
        return problem
    return replace(problem, at=span_at(yaml.locate(text, ("theme", "name"), first_line=1), path))


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
