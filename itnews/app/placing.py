"""Problems at their places in the files, as people count."""

from collections.abc import Iterable

from itnews.content.frontmatter import decode, split
from itnews.files.sources import Files
from itnews.paths import SourcePath
from itnews.problems import Problem, in_order, placed


def settled(problems: Iterable[Problem], files: Files) -> tuple[Problem, ...]:
    """*problems* in order, each once, counted from the top of their files."""
    found = tuple(problems)
    paths = {problem.at.path for problem in found if problem.at.in_body}
    begins = {path: _body_line(path, files) for path in paths}
    return in_order(placed(problem, begins.get(problem.at.path, 1)) for problem in found)


def _body_line(path: SourcePath, files: Files) -> int:
    payload = files.read(path)
    text, _ = decode(payload, path) if payload is not None else (None, ())
    return split(text).body_line if text is not None else 1
