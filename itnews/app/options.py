"""What one build is asked for."""

import os
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from itnews.app.unchanged import STATE, Asked


class Options(Struct, frozen=True):
    """What one build is asked for.

    *now* is aware. *output* replaces the edition's own folder. *clean* forgets the store first. *keep_going* publishes
    what can be; *strict* counts warnings as errors; *prune* removes withdrawn outputs even if the build fails. *state*
    is the folder of store, staging and lock, `.itnews` beside the settings unless another is named. *jobs* is how many
    processes may work side by side, 0 as many as the machine has cores for. With *explain* the report tells why outputs
    were made.
    """

    site: Path
    now: datetime
    edition: str = ""
    output: Path | None = None
    drafts: bool = False
    clean: bool = False
    strict: bool = False
    keep_going: bool = False
    prune: bool = False
    state: Path | None = None
    jobs: int = 0
    explain: bool = False

    @property
    def state_folder(self) -> Path:
        """Where the build keeps its store, its staging and its lock."""
        return self.state or self.site / STATE

    @property
    def asked(self) -> Asked:
        """What decides the outcome beside the sources, the code and the time."""
        output = os.path.realpath(self.output) if self.output else ""
        return Asked(self.edition, self.drafts, output, self.strict, self.keep_going, self.prune)
