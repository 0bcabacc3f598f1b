"""What of a site is still to change by itself."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from itnews.paths import SourcePath

What = Literal[
    "appears",
    "begins",
    "is over",
    "opens",
    "closes",
    "leaves the lists",
    "is removed",
    "stops asking for action",
]


class Coming(Struct, frozen=True):
    """At *at* (aware, UTC) the document *title* appears, begins, closes, leaves the lists, or the like."""

    at: datetime
    what: What
    path: SourcePath
    title: str
