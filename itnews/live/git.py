"""Whether git is just writing the files of a site."""

import os
from collections.abc import Callable
from pathlib import Path

from itnews.files.head import git_folder


def git_busy_in(site: Path) -> Callable[[], bool]:
    """Answers whether a git command (checkout, pull, rebase) is at work in the repository that holds *site*.

    The repository is looked for each time: a site may become one while it is watched.
    """
    place = os.path.realpath(site)

    def is_busy() -> bool:
        folder = git_folder(place)
        return folder is not None and os.path.exists(f"{folder}/index.lock")

    return is_busy
