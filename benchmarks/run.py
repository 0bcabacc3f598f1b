"""Measures itnews, and Hugo in turns with it, and prints the figures beside what was promised (README.md).

    python -m benchmarks.run [--posts 1000 10000 40000] [--only cold,body] [--runs 5] [--jobs N] [--json FILE]

Hugo takes part if ITNEWS_BENCH_HUGO names its binary.
"""

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure, table
from benchmarks.operations import OPERATIONS, Bench
from benchmarks.processes import BenchmarkFailed
from benchmarks.tools import Hugo, Itnews, Tool, knows_jobs, version

HUGO = "ITNEWS_BENCH_HUGO"


def main() -> int:
    """The command line; the exit code is 1 if something measured did not do what it was measured for."""
    chosen = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    # A shell that starts this in the background has Ctrl-C ignored, and the watch that is measured would have so too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    figures: list[Figure] = []
    try:
        with _folder(chosen.folder) as folder:
            for figure in _measured(chosen, folder):
                figures.append(figure)
                _write(chosen.json, figure.line())
    except BenchmarkFailed as failure:
        print(f"The benchmark failed: {failure}", file=sys.stderr)
        return 1
    finally:
        if figures:
            print(table(figures))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--posts", type=_positive, nargs="+", default=[1_000], metavar="N", help="default: 1000"
    )
    parser.add_argument(
        "--only",
        type=_operations,
        metavar="NAMES",
        default=OPERATIONS,
        help=f"some of {','.join(OPERATIONS)}",
    )
    parser.add_argument(
        "--runs", type=_positive, metavar="R", default=5, help="of each operation; default: 5"
    )
    parser.add_argument(
        "--jobs", type=_positive, metavar="N", help="passed to itnews build; default: its own"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="figures as lines of JSON, added")
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="where the sites are made; default: temporary"
    )
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: at least 1")
    return number


def _operations(text: str) -> tuple[str, ...]:
    """The named operations, in the order in which they are measured."""
    named = set(text.split(","))
    if unknown := named.difference(OPERATIONS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not an operation")
    return tuple(name for name in OPERATIONS if name in named)


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    """A folder for the sites: a temporary one, or a new one in *wanted*; it goes afterwards."""
    if wanted:
        wanted.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="itnews-bench-", dir=wanted) as folder:
        yield Path(folder).resolve()


def _measured(chosen: argparse.Namespace, folder: Path) -> Iterator[Figure]:
    """All figures, each as soon as it is known."""
    sizes: Sequence[int] = chosen.posts
    has_jobs = knows_jobs()
    if chosen.jobs and not has_jobs:
        _say("itnews build has no --jobs: left out")
    _write(chosen.json, json.dumps(_machine(chosen.jobs if has_jobs else None)))
    for posts in sizes:
        tools = _tools(folder / str(posts), posts, chosen.jobs, has_jobs=has_jobs)
        operations = [name for name in chosen.only if name != "start" or posts == sizes[0]]
        if operations != ["start"]:
            _make(tools)
        for name in operations:
            _say(f"{posts:,} posts: {name}")
            yield from Bench(posts, tools, chosen.runs, folder).measure(name)
        for tool in tools:
            tool.remove()


def _tools(folder: Path, posts: int, jobs: int | None, *, has_jobs: bool) -> list[Tool]:
    """What is measured: itnews and, if it is there, Hugo."""
    ours = Itnews(folder / "itnews", posts, jobs=jobs, has_jobs=has_jobs)
    binary = os.environ.get(HUGO)
    return [ours, Hugo(folder / "hugo", posts, binary=binary)] if binary else [ours]


def _make(tools: Sequence[Tool]) -> None:
    for tool in tools:
        _say(f"{tool.number:,} posts for {tool.name}")
        tool.write()


def _machine(jobs: int | None) -> dict[str, object]:
    """What the figures were measured with; printed too."""
    binary = os.environ.get(HUGO)
    about: dict[str, object] = {
        "itnews": version(Itnews.version),
        "hugo": version([binary, "version"]) if binary else None,
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "jobs": jobs,
    }
    for name, value in about.items():
        _say(f"{name}: {'-' if value is None else value}")
    return about


def _write(file: Path | None, line: str) -> None:
    if file:
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{line}\n")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
