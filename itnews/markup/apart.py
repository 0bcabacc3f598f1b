"""Bodies that could take long are parsed in a process of their own, which may not take long."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from itnews.errors import EnvironmentFault
from itnews.markup.limits import SECONDS
from itnews.markup.reading import MarkupRules
from itnews.model.article import Document
from itnews.paths import SourcePath
from itnews.problems import Problem

GRACE = 2 * SECONDS
"""Seconds on the wall that the process has beyond its processor time: the machine may be busy with other things."""

Outcome = tuple[Document, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """What the other process is asked."""

    path: SourcePath
    body_text: str
    rules: MarkupRules


QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)


class TooMuchError(Exception):
    """The process was stopped by a limit, or overflowed its stack; caught by `parser`."""


def read_apart(path: SourcePath, body_text: str, rules: MarkupRules) -> Outcome:
    """As `reading.read_document`, in a new process under the limits of `limits`.

    Raises TooMuchError when a limit stopped it, and EnvironmentFault where no process can be started.
    """
    package_root = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join([package_root, *filter(None, [os.environ.get("PYTHONPATH", "")])])
    try:
        done = subprocess.run(
            [sys.executable, "-m", "itnews.markup.child"],
            input=QUESTION.dump_json(Question(path, body_text, rules)),
            capture_output=True,
            timeout=SECONDS + GRACE,
            env={**os.environ, "PYTHONPATH": search},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooMuchError from None
    except OSError as reason:
        raise EnvironmentFault(f"No process could be started to read {path}: {reason}") from reason
    if done.returncode != 0:
        raise TooMuchError
    return OUTCOME.validate_json(done.stdout)
