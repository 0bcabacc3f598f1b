"""Trying again where the store is damaged, or somebody saves while a build reads."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from itnews.app.report import Report
from itnews.engine.store import BEGUN_ANEW, forget
from itnews.errors import EnvironmentFault, StoreDamaged, UsageFault
from itnews.files.sources import SourceChanged

_ATTEMPTS = 3
_LASTING = (UsageFault, EnvironmentFault, MemoryError, OSError)
_PASSING = (StoreDamaged, SourceChanged)  # EnvironmentFaults that another attempt may not meet


def steady(attempt: Callable[[bool], Report], store: Path) -> Report:
    """The report of the first *attempt* that neither a damaged *store* nor an editor's saving spoils.

    An attempt is told whether it is the first one. What fails with a store and not without it is taken for its fault:
    whatever lies in there, the site is built. Raises what the last attempt raises, and at once what would come again.
    """
    notices, number = tuple[str, ...](), 0
    while True:
        number += 1
        try:
            report = attempt(number == 1)
            return replace(report, notices=(*notices, *report.notices))
        except Exception as fault:
            is_lasting = isinstance(fault, _LASTING) and not isinstance(fault, _PASSING)
            is_changed = isinstance(fault, SourceChanged)
            if number == _ATTEMPTS or is_lasting or (notices and not is_changed):
                raise
            if number > 1 or not is_changed:  # twice: is what is remembered of the files wrong?
                forget(store)
                notices = (BEGUN_ANEW,)
