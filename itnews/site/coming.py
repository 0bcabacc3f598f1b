"""What of a site is still to change by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from itnews.paths import SourcePath

What = Literal["appears", "leaves the lists", "is removed", "stops asking for action"]


@dataclass(frozen=True, slots=True)
class Coming:
    """At *at* (aware, UTC) the document *title* appears, leaves the lists, or stops asking for something."""

    at: datetime
    what: What
    path: SourcePath
    title: str
