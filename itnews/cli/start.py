"""The way in: the version is told at once, without click; for everything else `main` is loaded."""

import sys
from contextlib import suppress
from typing import NoReturn

from itnews import __version__


def main() -> NoReturn:
    """The command `itnews`. Ends the process with one of the exit codes."""
    if sys.argv[1:] == ["--version"] and _is_told(f"itnews {__version__}\n"):
        sys.exit(0)
    from itnews.cli.main import main as whole

    whole()


def _is_told(text: str) -> bool:
    """Whether stdout took *text*; where it is closed or full, `main` says what is to be said."""
    with suppress(OSError, AttributeError):
        sys.stdout.write(text)
        sys.stdout.flush()
        return True
    return False
