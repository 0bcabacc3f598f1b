"""The border: what answers the keys that no task makes, from files, settings and the clock."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from itnews.app.clock import Clock
from itnews.app.project import Project
from itnews.digest import ABSENT, Digest, digest_text, digest_value
from itnews.engine.key import Key
from itnews.engine.phase import Input
from itnews.files.output import SourceFile
from itnews.files.sources import Files
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

    def passed(name: str) -> bool:
        return clock.passed(datetime.fromisoformat(name))

    return (
        Input(
            "source",
            lambda key: files.read(_path(key)),
            lambda key: files.digest(_path(key)),
            partial(_not_as_known, files),
        ),
        Input(
            "file",
            lambda key: file(key.name),
            lambda key: files.digest(_path(key)),
            partial(_not_as_known, files),
        ),
        _plain("present", lambda name: name in files.scan.files),
        Input(
            "listing",
            lambda key: files.scan.below(key.name),
            lambda key: digest_text("\n".join(files.scan.names_below(key.name))),
        ),
        _plain("setting", lambda name: setting(project.settings, name)),
        _plain("groups", lambda name: tuple(sorted(project.settings.groups))),
        _plain("today", lambda name: clock.today()),
        Input(
            "passed",
            lambda key: passed(key.name),
            lambda key: _DIGESTS[passed(key.name)],
            lambda known: [
                text
                for text, one in known.items()
                if one != _DIGESTS[passed(text[len("passed||") :])]
            ],
        ),
        *(_constant(kind, value, digest) for kind, (value, digest) in constants.items()),
    )


_DIGESTS = {answer: digest_value(answer) for answer in (False, True)}


def _not_as_known(files: Files, known: Mapping[str, Digest]) -> list[str]:
    """The keys of files, by their text, of which a glance does not tell that they are as they were."""
    return [text for text, digest in known.items() if files.glance(text.split("|", 2)[2]) != digest]


def _path(key: Key[object]) -> SourcePath:
    return source_path(key.name)


def _plain(kind: str, answer: Callable[[str], object]) -> Input[object]:
    return Input(kind, lambda key: answer(key.name))


def _constant(kind: str, value: object, digest: Digest) -> Input[object]:
    return Input(kind, lambda key: value, lambda key: digest)
