"""Whether git is just writing the files of a site."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from itnews.files.head import git_folder


def git_busy_in(site: Path) -> Callable[[], bool]:
    """Answers whether a git command (checkout, pull, rebase) is at work in the repository that holds *site*."""
    folder = git_folder(os.path.realpath(site))
    if folder is None:
        return lambda: False
    return partial(os.path.exists, f"{folder}/index.lock")
