"""The exception tree: what goes wrong on our side of the border.

What an author gets wrong is a `problems.Problem`, never one of these.
"""


class ItnewsError(Exception):
    """Any failure that ends a command; its text is one sentence for the person at the terminal."""


class PathError(ItnewsError):
    """A path or an address that would leave the folder it belongs to."""


class UsageFault(ItnewsError):
    """The command line or the settings are wrong (exit code 2)."""


class EnvironmentFault(ItnewsError):
    """The machine failed us: disk full, folder not writable, lock held (exit code 3)."""


class StoreError(EnvironmentFault):
    """The store cannot be read or written: locked, read-only, disk full."""


class StoreDamaged(StoreError):
    """What lies in the store is not what was put there, or of another version: it has to be begun anew."""


class OutputRefused(UsageFault):
    """The output folder is not one that itnews may write to."""


class CycleError(ItnewsError):
    """A key was asked for while it was being made: a bug in a task."""
