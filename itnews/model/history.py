"""What git tells of a document: when it came and was changed, and what a project said with each change."""

from datetime import UTC, datetime

from msgspec import Struct, field

from itnews.model.moment import Moment
from itnews.model.names import EVERYONE
from itnews.model.period import Period


class Dates(Struct, frozen=True):
    """When a document was committed for the first time and for the last, in seconds since 1970 (UTC), and by whom, in
    that order."""

    created_at: int
    updated_at: int
    authors: tuple[str, ...]

    @property
    def created(self) -> Moment:
        return moment(self.created_at)

    @property
    def updated(self) -> Moment:
        return moment(self.updated_at)


class Revision(Struct, frozen=True):
    """What a project says anew since a commit, *at* so many seconds since 1970 (UTC); what is empty it did not change.

    *is_change* is false where nothing is known of what was said before: then it was said by that day at the latest.
    *period*: the text of the target. *visibility*: the groups that could see it then.
    """

    at: int
    is_change: bool
    period: str = ""
    status: str = ""
    horizon: str = ""
    confidence: str = ""
    visibility: tuple[str, ...] = (EVERYONE,)

    @property
    def date(self) -> Moment:
        return moment(self.at)

    @property
    def target(self) -> Period | None:
        return Period(self.period) if self.period else None


NEVER = 253_402_300_799
"""The last second of the year 9999, since 1970."""


class Said(Struct, frozen=True):
    """What one version of a project says. *release*: from when on it can be seen, in seconds since 1970, and *removal*
    until when; nobody sees one whose *visibility* is empty."""

    target: str = ""
    status: str = ""
    horizon: str = ""
    confidence: str = ""
    visibility: tuple[str, ...] = (EVERYONE,)
    release: int = 0
    removal: int = NEVER


class Chronicle(Struct, frozen=True):
    """What git knows of the documents in a folder, by their paths below it."""

    dates: dict[str, Dates] = field(default_factory=dict)
    revisions: dict[str, tuple[Revision, ...]] = field(default_factory=dict)


def moment(at: int) -> Moment:
    """The moment *at* seconds after the beginning of 1970."""
    return Moment(datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"))
