"""Git, asked once for the whole history of a folder, and what it answers as plain values."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from itnews.errors import EnvironmentFault
from itnews.model.history import NEVER

TIMEOUT = 120.0
"""Seconds for one question; 10,000 documents with 3,000 commits took six beside other work."""

_KEPT = frozenset(
    {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"}
)
# Whatever else a hook or a shell has set (GIT_DIR, GIT_INDEX_FILE, ...) speaks of another repository.
_SETTINGS = {
    "diff.relative": "false",
    "grep.fullName": "false",
    "log.follow": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "protocol.allow": "never",  # a partial clone would fetch what it lacks
}
_ALWAYS = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *(part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")),
)
_LOG = (
    *("log", "--topo-order", "--full-history", "-c", "--raw", "--no-abbrev", "-z"),
    "--format=%x01%ct %an",
    *("-M", "-l1000", "--no-color", "--no-ext-diff", "--no-textconv", "--no-notes"),
)
_COMMIT = b"\x01"
_REGULAR = b"100"  # how the mode of a regular file begins: no link, no submodule


class GitFault(EnvironmentFault):
    """Git is not there, or does not answer."""


class Change(Struct, frozen=True):
    """What one commit did to one file. *old* and *new* are the names of its content before (one for each parent, empty
    where there was none) and after it (empty: it was deleted); *former* is the path it had before, if another: git
    calls files the same that have half of their lines in common."""

    path: str
    former: str
    old: tuple[str, ...]
    new: str


class Commit(Struct, frozen=True):
    """A commit: when it was made (seconds since 1970 in UTC), which is not when its author wrote it if it was rebased,
    by whom, and what it changed."""

    at: int
    author: str
    changes: tuple[Change, ...]


class Repository:
    """The history of *folder* up to *revision*. Every method raises GitFault where git does not answer.

    Nothing is ever written. Paths are relative to *folder*, which may lie anywhere in a repository.
    """

    def __init__(self, folder: str, revision: str) -> None:
        self._folder = folder
        self._revision = revision
        self._program = shutil.which("git") or ""

    def files(self) -> dict[str, str]:
        """The files of *revision*, and the names of their contents."""
        found = {}
        for line in self._run("ls-tree", "-r", "-z", self._revision).split(b"\0"):
            about, _, path = line.partition(b"\t")
            if path and about.startswith(_REGULAR):
                found[_text(path)] = about.split(b" ")[2].decode("ascii")
        return found

    def log(self) -> Iterator[Commit]:
        """All commits that changed anything, each before its parents."""
        prefix = self._run("rev-parse", "--show-prefix").rstrip(b"\r\n")
        return parsed_log(self._run(*_LOG, self._revision, "--", "."), prefix)

    def files_with(self, pattern: str) -> tuple[str, ...]:
        """The files of *revision* with a line that matches *pattern*, an extended regular expression in any case."""
        options = ("--no-color", "-l", "-z", "-i", "-I", "-E")
        asked = ("grep", *options, "-e", pattern, self._revision, "--", ".")
        found = self._run(*asked, fine=(0, 1)).split(b"\0")
        return tuple(_text(line.partition(b":")[2]) for line in found if line)

    def contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The contents of these *names*; those that are missing are left out."""
        asked = "".join(f"{name}\n" for name in names).encode("ascii")
        answer = self._run("cat-file", "--batch", given=asked) if asked else b""
        place = 0
        while place < len(answer):
            end = answer.index(b"\n", place)
            head, place = answer[place:end].split(b" "), end + 1
            if len(head) == 3:  # name, type, size; else: name, "missing"
                size = int(head[2])
                yield head[0].decode("ascii"), answer[place : place + size]
                place += size + 1

    def _run(self, *arguments: str, given: bytes = b"", fine: tuple[int, ...] = (0,)) -> bytes:
        if not self._program:
            raise GitFault("git is not installed here, or not on the PATH.")
        try:
            done = subprocess.run(
                [self._program, *_ALWAYS, *arguments],
                cwd=self._folder,
                env=_environment(),
                input=given,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired:
            raise GitFault(f"git took longer than {TIMEOUT:.0f} s.") from None
        except OSError as fault:
            raise GitFault(f"git cannot be run: {fault.strerror or fault}.") from fault
        if done.returncode not in fine:
            raise GitFault(_refusal(done.stderr))
        return done.stdout


def parsed_log(answer: bytes, prefix: bytes = b"") -> Iterator[Commit]:
    """The commits in what `git log` answers; *prefix* is taken off the paths, what lies elsewhere is left out."""
    at, author, changes = -1, "", list[Change]()
    fields = iter(answer.split(b"\0"))
    for field in fields:
        word = field.lstrip(b"\n")
        if word.startswith(b":"):
            change = _change(word, lambda: _below(next(fields, b""), prefix))
            changes += [change] if change else []
        elif word.startswith(_COMMIT):
            if changes and at >= 0:
                yield Commit(at, author, tuple(changes))
            at, author = _signed(word[1:])
            changes = []
    if changes and at >= 0:
        yield Commit(at, author, tuple(changes))


def _change(word: bytes, path: Callable[[], str | None]) -> Change | None:
    """A raw entry (git-diff, "Raw output format"): as many colons as parents, modes, names, a letter a parent."""
    parents = len(word) - len(word.lstrip(b":"))
    parts = word[parents:].split(b" ")
    mode, names, status = parts[parents], parts[parents + 1 : -1], parts[-1]
    former = path() if parents == 1 and status[:1] in {b"R", b"C"} else None
    where = path()
    if where is None or not (mode.startswith(_REGULAR) or status == b"D"):
        return None
    *old, new = (_name(name) for name in names)
    if status.startswith(b"C"):
        former, old = None, [""]
    return Change(where, former or "", tuple(old), new)


def _below(path: bytes, prefix: bytes) -> str | None:
    return _text(path[len(prefix) :]) if path.startswith(prefix) else None


def _text(path: bytes) -> str:
    """A path as text; one that is no UTF-8 is none that a site may hold."""
    return path.decode("utf-8", "replace")


def _name(name: bytes) -> str:
    return name.decode("ascii") if name.strip(b"0") else ""


def _signed(header: bytes) -> tuple[int, str]:
    """When and by whom; -1 where the time is none that a calendar knows."""
    time, _, author = header.partition(b" ")
    at = int(time) if time.isdigit() else -1
    return at if at <= NEVER else -1, author.decode("utf-8", "replace").strip()


def _environment() -> Mapping[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    always = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    return {**kept, **always, "GIT_GRAFT_FILE": os.devnull, "LC_ALL": "C"}


def _refusal(told: bytes) -> str:
    text = told.decode("utf-8", "replace")
    if "dubious ownership" in text or "unsafe repository" in text:
        return "git refuses the repository because it belongs to another user (see git's safe.directory)."
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith("fatal:")] or lines
    said = fatal[0].removeprefix("fatal:").strip()[:200] if fatal else "no reason given"
    return f"git does not answer: {said.rstrip('.')}."
