"""The two generators, each with its site: what is run, what is edited, and where the edit must show."""

import re
import shutil
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from subprocess import run
from typing import ClassVar

from benchmarks.corpus import FOLDERS, TITLE, Form, Post, post, save, write_corpus
from benchmarks.processes import BenchmarkFailed, environment

ITNEWS = (sys.executable, "-P", "-m", "itnews")

_OVERRIDE = """\
{{% extends "parent:update.html" %}}
{{% block after_body %}}{{{{ super() }}}}<p>{mark}</p>{{% endblock %}}
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """*text* is in each of the files *pages* when a build has done what it was measured for."""

    text: str
    pages: tuple[Path, ...]

    def check(self, tool: str) -> None:
        """Raises BenchmarkFailed if a page is not there or does not have the text."""
        for page in self.pages:
            if not page.is_file() or self.text not in page.read_text(encoding="utf-8"):
                raise BenchmarkFailed(f"{tool}: '{self.text}' is not in {page}")


@dataclass(slots=True)
class Tool(ABC):
    """A generator and its site of *number* posts in *folder*; `middle` is the post that is edited, as it is now.

    A mark is a word that occurs nowhere yet.
    """

    folder: Path
    number: int
    middle: Post = field(init=False)
    built: bool = field(default=False, init=False)
    _added: int = field(default=0, init=False)

    name: ClassVar[Form]
    output_folder: ClassVar[str]
    remains: ClassVar[tuple[str, ...]]
    template: ClassVar[str]
    """The file that the template edit writes, below the site's folder."""
    settings: ClassVar[str]
    is_incremental: ClassVar[bool]
    """Whether a build in which nothing changed must write nothing."""

    def __post_init__(self) -> None:
        self.middle = post(self.number // 2, self.number)

    @property
    def output(self) -> Path:
        """Where the pages are."""
        return self.folder / self.output_folder

    @abstractmethod
    def build(self) -> list[str]:
        """The command line of a build."""

    def build_of_two(self) -> list[str]:
        """The same with two jobs, where their number can be chosen."""
        return self.build()

    @abstractmethod
    def watch(self) -> list[str]:
        """The command line that builds, and again after each change, until it is interrupted."""

    @abstractmethod
    def starts(self) -> dict[str, list[str]]:
        """The command lines that only say something, each under the name of what it says."""

    @abstractmethod
    def template_text(self, mark: str) -> str:
        """A template that prints *mark* on the page of each post."""

    def write(self) -> None:
        """Writes the site."""
        write_corpus(self.number, self.folder, self.name)

    def clean(self) -> None:
        """Takes away what builds have left: the output and whatever makes the next build faster."""
        for name in (self.output_folder, *self.remains):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.built = False

    def remove(self) -> None:
        """Takes the whole site away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def page(self, slug: str) -> Path:
        """The page of a post."""
        return self.output / "updates" / slug / "index.html"

    def unchanged(self, _mark: str) -> Expected:
        """Edits nothing."""
        return Expected(self.middle.title, (self.page(self.middle.slug),))

    def edit_body(self, mark: str) -> Expected:
        """Changes a sentence of the post in the middle."""
        lead = post(self.number // 2, self.number).lead
        return self._rewrite(replace(self.middle, lead=f"{lead} This was {mark}."), mark)

    def edit_title(self, mark: str) -> Expected:
        """Changes the title of the post in the middle."""
        title = post(self.number // 2, self.number).title
        return self._rewrite(replace(self.middle, title=f"{title} {mark}"), mark)

    def add_post(self, mark: str) -> Expected:
        """Adds a post that is newer than all others, like the one in the middle."""
        self._added += 1
        last = post(self.number - 1, self.number)
        new = replace(
            self.middle,
            slug=f"new-{mark}",
            title=f"New {mark}",
            date=last.date + timedelta(days=self._added),
        )
        self._save(new)
        return Expected(mark, (self.page(new.slug), self.output / "index.html"))

    def edit_template(self, mark: str) -> Expected:
        """Changes what is printed below every post."""
        save(self.folder / self.template, self.template_text(mark))
        numbers = sorted({0, self.number // 2, self.number - 1})
        slugs = [post(number, self.number).slug for number in numbers]
        return Expected(mark, tuple(self.page(slug) for slug in slugs))

    def edit_settings(self, mark: str) -> Expected:
        """Changes the title of the site, which is on every page."""
        place = self.folder / self.settings
        text = place.read_text(encoding="utf-8")
        changed = re.sub(rf'{TITLE}( \w+)?(?="?$)', f"{TITLE} {mark}", text, flags=re.MULTILINE)
        save(place, changed)
        return Expected(
            f"{TITLE} {mark}", (self.page(self.middle.slug), self.output / "index.html")
        )

    def _rewrite(self, edited: Post, mark: str) -> Expected:
        self.middle = edited
        self._save(edited)
        return Expected(mark, (self.page(edited.slug),))

    def _save(self, edited: Post) -> None:
        save(self.folder / FOLDERS[self.name] / f"{edited.slug}.md", edited.text)


@dataclass(slots=True)
class Itnews(Tool):
    """The itnews of the running Python; *jobs* is passed on if it is set and `--jobs` is known (*has_jobs*)."""

    jobs: int | None = None
    has_jobs: bool = False

    version: ClassVar[Sequence[str]] = (*ITNEWS, "--version")

    name = "itnews"
    output_folder = "output"
    remains = (".itnews",)
    template = "theme/templates/update.html"
    settings = "itnews.yaml"
    is_incremental = True

    def build(self) -> list[str]:
        return self._build(self.jobs)

    def build_of_two(self) -> list[str]:
        return self._build(self.jobs or 2)

    def watch(self) -> list[str]:
        return [*self.build(), "--watch"]

    def starts(self) -> dict[str, list[str]]:
        return {"--version": [*self.version], "--help": [*ITNEWS, "--help"]}

    def template_text(self, mark: str) -> str:
        return _OVERRIDE.format(mark=mark)

    def _build(self, jobs: int | None) -> list[str]:
        chosen = ["--jobs", str(jobs)] if jobs and self.has_jobs else []
        return [*ITNEWS, "build", "--site", str(self.folder), *chosen]


@dataclass(slots=True)
class Hugo(Tool):
    """The Hugo at *binary*."""

    binary: str = "hugo"

    name = "hugo"
    output_folder = "public"
    remains = ("resources", ".hugo_build.lock")
    template = "layouts/_partials/after-body.html"
    settings = "hugo.toml"
    is_incremental = False

    def build(self) -> list[str]:
        return [self.binary, "build", "--quiet", "--source", str(self.folder)]

    def watch(self) -> list[str]:
        return [self.binary, "build", "--watch", "--source", str(self.folder)]

    def starts(self) -> dict[str, list[str]]:
        return {"--version": [self.binary, "version"], "--help": [self.binary, "--help"]}

    def template_text(self, mark: str) -> str:
        return f"<p>{mark}</p>\n"


def knows_jobs() -> bool:
    """Whether `itnews build` has the option `--jobs`."""
    return "--jobs" in _said([*ITNEWS, "build", "--help"])


def version(command: Sequence[str]) -> str:
    """The first line that *command* prints."""
    return _said(command).partition("\n")[0].strip()


def _said(command: Sequence[str]) -> str:
    try:
        done = run(command, check=False, capture_output=True, encoding="utf-8", env=environment())
    except OSError as fault:
        raise BenchmarkFailed(f"{command[0]} cannot be started: {fault.strerror}") from fault
    if done.returncode:
        raise BenchmarkFailed(f"{' '.join(command)}: {done.stderr or done.stdout}")
    return done.stdout
