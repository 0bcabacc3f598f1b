"""Whether git is just writing the files of a site."""

from collections.abc import Callable
from pathlib import Path

_POINTER = "gitdir:"


def git_busy_in(site: Path) -> Callable[[], bool]:
    """Answers whether a git command (checkout, pull, rebase) is at work in the repository that holds *site*.

    The repository is looked for each time: a site may become one while it is watched.
    """
    site = site.resolve()

    def is_busy() -> bool:
        folder = _git_folder(site)
        return folder is not None and (folder / "index.lock").exists()

    return is_busy


def _git_folder(site: Path) -> Path | None:
    """The `.git` folder; a work tree or a submodule has it elsewhere, and a file names it (gitrepository-layout)."""
    for above in (site, *site.parents):
        found = above / ".git"
        if found.is_dir():
            return found
        if found.is_file():
            text = found.read_text(encoding="utf-8", errors="replace")
            return (
                above / text.removeprefix(_POINTER).strip() if text.startswith(_POINTER) else None
            )
    return None
