"""Small sites for tests: written, built, built clean, compared."""

import shutil
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from itnews.app.build import build
from itnews.app.options import Options
from itnews.app.report import Report
from itnews.engine.run import Verifier
from itnews.engine.trace import why_stale
from itnews.problems import Problem

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

SETTINGS = """\
site:
  id: it.example.org,2026
  title: IT News
  base_url: https://it.example.org/it/
  organisation: Example
  description: What IT does for Example
  timezone: Europe/Berlin
"""


@dataclass
class Site:
    """A site in *folder* that tests write to and build; *now* is the time of its builds."""

    folder: Path
    now: datetime = NOW
    edition: str = ""
    keep_going: bool = False
    strict: bool = False
    prune: bool = False
    verifier: Verifier = why_stale
    jobs: int = 1
    executor: Executor | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "itnews.yaml").exists():
            self.write("itnews.yaml", SETTINGS)

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def document(self, path: str, body: str = "", **fields: object) -> None:
        """Writes `content/<path>.md` with *fields* as its front matter; the title is the path unless given."""
        front = {"title": path.rpartition("/")[2], **fields}
        lines = "".join(f"{name}: {value}\n" for name, value in front.items())
        self.write(f"content/{path}.md", f"---\n{lines}---\n{body}\n")

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def build(self) -> Report:
        return build(self.options(), verifier=self.verifier, executor=self.executor)

    def clean(self, scratch: Path) -> Report:
        """Builds a copy of the sources in *scratch*, which has neither a store nor an output."""
        shutil.rmtree(scratch, ignore_errors=True)
        kept = shutil.ignore_patterns(".itnews", "output")
        shutil.copytree(self.folder, scratch, ignore=kept, symlinks=True)
        return build(replace(self.options(), site=scratch, jobs=1))

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def page(self, url: str) -> str:
        """What the output folder answers at *url*."""
        path = url.strip("/") + ("/index.html" if url.endswith("/") else "")
        return (self.output / path.lstrip("/")).read_text(encoding="utf-8")

    def options(self) -> Options:
        return Options(
            self.folder,
            self.now,
            edition=self.edition,
            keep_going=self.keep_going,
            strict=self.strict,
            prune=self.prune,
            jobs=self.jobs,
        )


def contents(output: Path) -> dict[str, bytes]:
    """All files of an output folder, the manifest included, by their relative paths."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def told(report: Report) -> tuple[int, tuple[Problem, ...]]:
    """What a report says of the content: the exit code and the problems with their places."""
    return report.exit_code, report.problems
