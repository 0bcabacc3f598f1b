"""The law of the house: an incremental build gives the bytes, the problems and the exit code of a clean one."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from itnews.app.report import Report
from itnews.digest import Digest
from itnews.engine.key import Key
from itnews.engine.run import Verifier
from itnews.engine.trace import Trace, why_stale
from tests.laws.edits import Editor, differences
from tests.sites import Site, contents, told

SEQUENCES = 180
CHECKED_AT_EVERY_EDIT = 30
_PER_TEST = 10
# Fixed in CI; `ITNEWS_SEEDS=fresh make test` tries others, by hand.
_BASE = random.SystemRandom().randrange(10**9) if os.environ.get("ITNEWS_SEEDS") == "fresh" else 0


@pytest.mark.parametrize("first", range(0, SEQUENCES, _PER_TEST))
def test_incremental_equals_clean(first: int, tmp_path: Path) -> None:
    for number in range(first, first + _PER_TEST):
        wrong = sequence(
            _BASE + number, tmp_path / str(number), every=number < CHECKED_AT_EVERY_EDIT
        )
        assert not wrong


def sequence(seed: int, folder: Path, *, every: bool, verifier: Verifier = why_stale) -> str:
    """Runs the sequence of edits of *seed*: an account of the first difference from a clean build, or empty.

    The site is built with `--keep-going` half of the time, so that broken documents are published around, too. The
    store is opened anew by every build.
    """
    site = Site(folder / "site", verifier=verifier)
    editor = Editor(site, seed)
    site.keep_going = seed % 2 == 0
    history = [f"seed {seed}"]
    report = site.build()
    for edit in editor.edits(random.Random(seed).randint(3, 6)):
        history.append(edit)
        report = site.build()
        if every and (wrong := fault(site, editor, report, folder / "clean")):
            return "\n".join([*history, wrong])
    wrong = difference(site, report, folder / "clean")
    return "\n".join([*history, wrong]) if wrong else ""


def difference(site: Site, report: Report, scratch: Path, clean: Report | None = None) -> str:
    """What *report* and the output of *site* differ in from a clean build's; a refused build has only a report.

    The clean build is made in *scratch*, or lies there already and has the report *clean*.
    """
    clean = clean or site.clean(scratch)
    if told(report) != told(clean):
        return f"told {told(report)}\nclean {told(clean)}"
    if not report.published:
        return ""
    files = differences(site.output, scratch / "output")
    return f"different: {files}" if files else ""


def fault(
    site: Site, editor: Editor, report: Report, scratch: Path, clean: Report | None = None
) -> str:
    """Which of the laws a build broke, and how; empty if none. *scratch* and *clean* as in `difference`."""
    return (
        difference(site, report, scratch, clean)
        or restless(site, report)
        or leak(site, editor, report)
    )


def leak(site: Site, editor: Editor, report: Report) -> str:
    """The marks of hidden documents that the edition `public` tells, in an address or a file."""
    if site.edition != "public" or not report.published:
        return ""
    told = "".join(path + payload.decode() for path, payload in contents(site.output).items())
    found = sorted(mark for mark in editor.hidden_marks() if mark in told.lower())
    return f"leaks {found}" if found else ""


def restless(site: Site, report: Report) -> str:
    """What a build with nothing changed makes, which ought to be nothing once a build was published."""
    again = site.build()
    if not report.published or report.withdrawn:
        return ""
    if again.made or again.change or told(again) != told(report):
        return f"a no-op made {dict(again.made)}, changed {again.change}"
    return ""


DigestOf = Callable[[Key[object]], Digest]


def never(trace: Trace | None, code: Digest, digest_of: DigestOf) -> str | None:
    return None if trace else "made for the first time"


def only_sources(trace: Trace | None, code: Digest, digest_of: DigestOf) -> str | None:
    return _blind_to(trace, code, digest_of, lambda key: key.kind not in {"source", "card"})


def _blind_to(
    trace: Trace | None, code: Digest, digest_of: DigestOf, blind: Callable[[Key[object]], bool]
) -> str | None:
    if trace is None:
        return "made for the first time"
    seen = tuple((key, digest) for key, digest in trace.reads if not blind(key))
    return why_stale(Trace(trace.key, trace.code, seen), code, digest_of)


def blind_to(*kinds: str) -> Verifier:
    def verifier(trace: Trace | None, code: Digest, digest_of: DigestOf) -> str | None:
        return _blind_to(trace, code, digest_of, lambda key: key.kind in kinds)

    return verifier


def forgets_the_last_read(trace: Trace | None, code: Digest, digest_of: DigestOf) -> str | None:
    if trace is None:
        return "made for the first time"
    return why_stale(Trace(trace.key, trace.code, trace.reads[:-1]), code, digest_of)


BROKEN = {
    "never makes anything again": (never, 0),
    "sees sources only": (only_sources, 0),
    "forgets the last read": (forgets_the_last_read, 0),
    "blind to new and deleted files": (blind_to("listing"), 0),
    "blind to the clock": (blind_to("passed", "today"), 5),
    "blind to settings": (blind_to("setting", "edition", "environment", "groups"), 26),
    "blind to templates": (blind_to("template"), 24),
    "blind to teasers": (blind_to("teaser", "query"), 0),
    "blind to images": (blind_to("file", "present"), 2),
}
"""What a verifier may overlook, and a seed that shows it: tried first, and where it shows it no more, all are."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_verifier_is_caught(name: str, tmp_path: Path) -> None:
    verifier, known = BROKEN[name]
    seeds = sorted(range(SEQUENCES), key=lambda seed: seed != known)
    found = (sequence(seed, tmp_path / str(seed), every=True, verifier=verifier) for seed in seeds)
    assert any(found)
