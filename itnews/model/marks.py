"""Places and faults of YAML as places and problems of a source file."""

from typing import TYPE_CHECKING

from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error

if TYPE_CHECKING:
    from itnews.yaml import Mark, YamlError


def span_at(mark: "Mark", path: SourcePath) -> Span:
    """Where *mark* lies in the file *path*."""
    return Span(path, mark.line, mark.column, mark.length)


def problem_of(wrong: "YamlError", path: SourcePath) -> Problem:
    """What is wrong with the YAML of the file *path*."""
    fault = wrong.fault
    return error(fault.code, span_at(fault.at, path), fault.message, hint=fault.hint)
