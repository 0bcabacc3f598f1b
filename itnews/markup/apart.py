"""Bodies that could take long are parsed in a process of their own, which may not take long."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from itnews.codec import Typed
from itnews.errors import EnvironmentFault
from itnews.markup.failed import Outcome
from itnews.markup.limits import SECONDS
from itnews.markup.rules import MarkupRules
from itnews.paths import SourcePath

GRACE = 2 * SECONDS
"""Seconds on the wall that the process has beyond its processor time: the machine may be busy with other things."""

# -P: a `markdown.py` in the current folder, which is the author's, is not imported. Not -I, which would also leave out
# the packages of an installation with `pip install --user`.
COMMAND = (sys.executable, "-P", "-m", "itnews.markup.child")

OUT_OF_MEMORY = 77
"""The exit code of a process whose memory ended: none that Python or a shell has a meaning for."""

_STOPPED = {
    OUT_OF_MEMORY,
    0xC00000FD,  # Windows: STATUS_STACK_OVERFLOW
    # The limit of processor time; the same, or the system out of memory; the stack; a library in Rust out of memory.
    *(
        -getattr(signal, name)
        for name in ("SIGXCPU", "SIGKILL", "SIGSEGV", "SIGBUS", "SIGABRT")
        if hasattr(signal, name)
    ),
}
"""Exit codes of a process that a limit stopped."""


class Question(Struct, frozen=True):
    """What the other process is asked."""

    path: SourcePath
    body_text: str
    rules: MarkupRules


QUESTION: Typed[Question] = Typed(Question)
OUTCOME: Typed[Outcome] = Typed(Outcome)


class TooMuchError(Exception):
    """The process was stopped by a limit, or overflowed its stack; caught by `parser`."""


def read_apart(path: SourcePath, body_text: str, rules: MarkupRules) -> Outcome:
    """As `reading.read_document`, in a new process under the limits of `limits`.

    Raises TooMuchError when a limit stopped it, and EnvironmentFault where no process can be started or one fails
    for another reason: whatever the text itself makes fail is in the outcome.
    """
    try:
        done = subprocess.run(
            COMMAND,
            input=QUESTION.encode(Question(path, body_text, rules)),
            capture_output=True,
            timeout=SECONDS + GRACE,
            env={**os.environ, "PYTHONPATH": _search_path()},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooMuchError from None
    except OSError as reason:
        raise EnvironmentFault(f"No process could be started to read {path}: {reason}") from reason
    if done.returncode in _STOPPED:
        raise TooMuchError
    if done.returncode != 0:
        said = _last_line(done.stderr) or f"exit code {done.returncode}"
        raise EnvironmentFault(f"The process that was to read {path} failed: {said}")
    try:
        return OUTCOME.decode(done.stdout)
    except ValueError:
        raise EnvironmentFault(f"The process that was to read {path} gave no answer.") from None


def _search_path() -> str:
    """Where the process finds this package and what the user added; an empty entry would be the current folder."""
    package_root = str(Path(__file__).resolve().parents[2])
    added = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join([package_root, *filter(None, added)])


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""
