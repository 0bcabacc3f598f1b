"""What a profile of a build tells beside its tasks: the work at its edges, and the memory that it took."""

import os
import sys

from itnews.engine.meter import Meter, Spent

if sys.platform != "win32":
    import resource

UNCHANGED = "look whether anything changed"
LOADING = "load program and libraries"
STORING = "open and write the store"
SCANNING = "scan the sources"
SETTINGS = "read settings and theme"
LOOKING = "look at the output folder"
STAGING = "stage files"
PUBLISHING = "publish"
EXPLAINING = "explain"
ADOPTING = "take over from workers"
WAITING = "wait for workers"
"""No work: what a build waits for is counted where it is done."""

DETAILED = frozenset({"document", "body", "shell", "page"})
"""Kinds of key that are about one document, whose times are noted one by one."""


def spent_here(meter: Meter) -> Spent | None:
    """What was measured in this process since the last call, with its highest memory: for the process of the build."""
    spent = meter.take()
    if spent is not None:
        spent.peaks[os.getpid()] = peak_memory() or 0
    return spent


def peak_memory() -> int | None:
    """The most memory (bytes, resident) that this process had at one time; None where the system does not say.

    Windows does not, to the standard library.
    """
    if sys.platform == "win32":
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # getrusage(2): KiB, on macOS bytes
