"""The border: what answers the keys that no task makes, from files, settings and the clock."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from itnews.app.clock import Clock
from itnews.app.log import Log
from itnews.app.project import Project
from itnews.digest import ABSENT, Digest, digest_text, digest_value
from itnews.engine.key import Key
from itnews.engine.phase import Input
from itnews.files.output import SourceFile
from itnews.files.sources import Files
from itnews.model.edition import Edition
from itnews.paths import SourcePath, source_path

_DIGESTS = {answer: digest_value(answer) for answer in (False, True)}


def inputs(project: Project, edition: Edition, clock: Clock) -> tuple[Input[object], ...]:
    """The inputs of one build of *edition*."""
    return (
        *_of_files(project.files),
        *_of_log(project.log, edition.variant),
        *_of_settings(project, edition),
        *_of_time(clock),
    )


def _of_files(files: Files) -> Iterator[Input[object]]:
    def file(key: Key[object]) -> SourceFile | None:
        path = _path(key)
        digest = files.digest(path)
        return None if digest == ABSENT else SourceFile(files.path(path), digest)

    def digest(key: Key[object]) -> Digest:
        return files.digest(_path(key))

    def names_digest(key: Key[object]) -> Digest:
        return digest_text("\n".join(files.scan.names_below(key.name)))

    differing = partial(_not_as_known, files)
    yield Input("source", lambda key: files.read(_path(key)), digest, differing)
    yield Input("file", file, digest, differing)
    yield Input("listing", lambda key: files.scan.below(key.name), names_digest)
    yield _plain("present", lambda name: name in files.scan.files)


def _of_log(log: Log, variant: str) -> Iterator[Input[object]]:
    def differing(known: Mapping[str, Digest]) -> Iterable[str]:
        return () if log.is_as_left(variant) else known

    for kind, answer in (("dates", log.dates), ("revisions", log.revisions)):
        yield Input(kind, _of_path(answer), differing=differing)


def _of_settings(project: Project, edition: Edition) -> Iterator[Input[object]]:
    shown = replace(edition, output="")
    yield _plain("setting", project.settings.value)
    yield _plain("groups", lambda name: tuple(sorted(project.settings.groups)))
    kinds = project.settings.kinds
    yield _constant("kinds", kinds, digest_value(kinds.definitions))
    yield _constant("kind-names", tuple(kinds), digest_value(tuple(kinds)))
    yield _constant("edition", shown, digest_value(shown))
    yield _constant("chain", project.chain, digest_value(project.chain))
    yield _constant("environment", project.environment, digest_value(project.locale))


def _of_time(clock: Clock) -> Iterator[Input[object]]:
    def passed(name: str) -> bool:
        return clock.passed(datetime.fromisoformat(name))

    def differing(known: Mapping[str, Digest]) -> list[str]:
        begin = len("passed||")
        return [text for text, one in known.items() if one != _DIGESTS[passed(text[begin:])]]

    yield _plain("today", lambda name: clock.today())
    yield Input(
        "passed", lambda key: passed(key.name), lambda key: _DIGESTS[passed(key.name)], differing
    )


def _not_as_known(files: Files, known: Mapping[str, Digest]) -> list[str]:
    """The keys of files, by their text, of which a glance does not tell that they are as they were."""
    return [text for text, digest in known.items() if files.glance(text.split("|", 2)[2]) != digest]


def _of_path(answer: Callable[[SourcePath], object]) -> Callable[[Key[object]], object]:
    return lambda key: answer(_path(key))


def _path(key: Key[object]) -> SourcePath:
    return source_path(key.name)


def _plain(kind: str, answer: Callable[[str], object]) -> Input[object]:
    return Input(kind, lambda key: answer(key.name))


def _constant(kind: str, value: object, digest: Digest) -> Input[object]:
    return Input(kind, lambda key: value, lambda key: digest)
