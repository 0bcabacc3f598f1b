"""The report of a fault of ours, for whoever repairs it: loaded only when there is one to write."""

import os
import platform
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from itnews import __version__

_STATE = ".itnews"


def write_report(fault: Exception, arguments: Sequence[str]) -> str:
    """Where the traceback of *fault*, which the command line *arguments* led to, was written."""
    text = "\n".join(
        (
            f"itnews {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"arguments: {list(arguments)}",
            f"folder: {os.getcwd()}",
            "",
            "".join(traceback.format_exception(fault)),
        )
    )
    name = f"bug-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    for folder in (Path(_STATE), Path(tempfile.gettempdir())):
        if folder.is_dir():
            try:
                (folder / name).write_text(text, encoding="utf-8", errors="backslashreplace")
            except OSError:
                continue
            return str(folder / name)
    return "no file: none could be written"
