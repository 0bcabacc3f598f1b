"""One check: everything is made as for a build, and nothing of it published; then what editorial policy says."""

from zoneinfo import ZoneInfo

from itnews.app.clock import Clock
from itnews.app.inputs import inputs
from itnews.app.making import Making
from itnews.app.options import Options
from itnews.app.pipeline import PHASES
from itnews.app.placing import settled
from itnews.app.progress import SILENT, Progress
from itnews.app.project import (
    Project,
    load_project,
    no_site,
    refusals,
    remember_project,
    scanned,
)
from itnews.app.replay import WAIT
from itnews.app.report import Report, exit_code
from itnews.app.steady import steady
from itnews.app.unchanged import SOURCES, STORE, remember_sources
from itnews.app.workers import Workers
from itnews.checks.keys import check_plan_key
from itnews.engine.code import code_digest
from itnews.engine.frontier import Frontier
from itnews.engine.phase import Pipeline, by_kind
from itnews.engine.run import Run
from itnews.engine.settled import begin
from itnews.engine.store import Store
from itnews.errors import UsageFault
from itnews.files.lock import Lock
from itnews.files.nowhere import Nowhere
from itnews.files.scan import SETTINGS
from itnews.model.edition import Edition


def check(options: Options, *, progress: Progress = SILENT) -> Report:
    """All that a build of one edition would report, and what editorial policy says; no output is written.

    The store, in `options.state_folder`, is the checks' own: they neither wait for a build nor change what it finds.
    Raises UsageFault for what is wrong with the request, EnvironmentFault for what the machine refuses.
    """
    if not (options.site / SETTINGS).is_file():
        raise UsageFault(no_site(options.site))
    with Lock(options.state_folder).held(WAIT):
        return steady(lambda _: _attempt(options, progress), options.state_folder / STORE)


def _attempt(options: Options, progress: Progress) -> Report:
    store, notice = Store.opened(options.state_folder / STORE)
    told = (notice,) if notice else ()
    try:
        found = scanned(options.site, store.files(SOURCES))
        project, files, problems = load_project(options.site, found, store)
        if project is None:
            return Report(settled(problems, files), 2, files=files, notices=told)
        return _checked(options, project, store, progress, told)
    finally:
        store.close()


def _checked(
    options: Options, project: Project, store: Store, progress: Progress, notices: tuple[str, ...]
) -> Report:
    edition = project.settings.edition(options.edition or None, drafts=options.drafts)
    making = _made(options, project, edition, store, progress)
    files = project.files
    found = (*project.problems, *refusals(files), *making.problems())
    problems = settled(found, files)
    store.prune(making.unreached)
    making.leave(frozenset(), code=code_digest(store), published=False)
    project.log.leave(edition.variant, store)
    remember_sources(store, files)
    remember_project(project, store)
    store.commit()
    notices = (*notices, *making.notices(project.log))
    code = exit_code(problems, strict=options.strict)
    return Report(problems, code, files=files, notices=notices)


def _made(
    options: Options, project: Project, edition: Edition, store: Store, progress: Progress
) -> Making:
    """All that a check asks for, answered."""
    clock = Clock(options.now, ZoneInfo(project.settings.text("site.timezone")))
    code = code_digest(store)
    pipeline: Pipeline = (*PHASES, *inputs(project, edition, clock))
    last = begin(store, edition.variant, code)
    frontier = Frontier(pipeline, store, last) if last else None
    if last is None:
        project.log.load()
    nowhere = Nowhere()
    run = Run(by_kind(pipeline), store, code=code, deliver=nowhere.put, frontier=frontier)
    plan = check_plan_key(edition.variant)
    making = Making(edition.variant, store, run, nowhere, last=last, frontier=frontier, plan=plan)
    workers = Workers(options, store, run, nowhere, code, executor=None)
    making.answer(workers, progress)
    return making
