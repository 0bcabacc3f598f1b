"""The border: what answers the keys that no task makes, from files, settings and the clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from itnews.app.clock import Clock
from itnews.app.project import Project
from itnews.digest import ABSENT, Digest, digest_value
from itnews.engine.key import Key
from itnews.engine.phase import Input
from itnews.files.output import SourceFile
from itnews.model.config import setting
from itnews.model.edition import Edition
from itnews.paths import SourcePath, source_path


def inputs(project: Project, edition: Edition, clock: Clock) -> tuple[Input[object], ...]:
    """The inputs of one build of *edition*."""
    files = project.files
    shown = replace(edition, output="")
    constants = {
        "edition": (shown, digest_value(shown)),
        "chain": (project.chain, digest_value(project.chain)),
        "environment": (project.environment, digest_value(project.locale)),
    }

    def file(name: str) -> SourceFile | None:
        path = source_path(name)
        digest = files.digest(path)
        return None if digest == ABSENT else SourceFile(files.path(path), digest)

    def listing(name: str) -> tuple[SourcePath, ...]:
        return files.scan.below(name)

    return (
        Input("source", lambda key: files.read(_path(key)), lambda key: files.digest(_path(key))),
        Input("file", lambda key: file(key.name), lambda key: files.digest(_path(key))),
        _plain("present", lambda name: name in files.scan.files),
        _plain("listing", listing),
        _plain("setting", lambda name: setting(project.settings, name)),
        _plain("groups", lambda name: tuple(sorted(project.settings.groups))),
        _plain("today", lambda name: clock.today()),
        _plain("passed", lambda name: clock.passed(datetime.fromisoformat(name))),
        *(_constant(kind, value, digest) for kind, (value, digest) in constants.items()),
    )


def _path(key: Key[object]) -> SourcePath:
    return source_path(key.name)


def _plain(kind: str, answer: Callable[[str], object]) -> Input[object]:
    return Input(kind, lambda key: answer(key.name))


def _constant(kind: str, value: object, digest: Digest) -> Input[object]:
    return Input(kind, lambda key: value, lambda key: digest)
