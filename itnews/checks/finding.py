"""What a rule is asked about, and what it answers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from itnews.model.article import Card
from itnews.model.fields.department import Blackout
from itnews.model.references import Location
from itnews.views.values import NoticeItem, ProjectView


class Finding(Struct, frozen=True):
    """Something that a document lacks or should not say, at *loc* of its front matter.

    *subject* is what findings of one rule are grouped by over files, where each says the same; empty if none is.
    """

    loc: Location
    message: str
    hint: str
    subject: str = ""


class Closed(NamedTuple):
    """Days on which a department, by its title, cannot bear changes."""

    department: str
    blackout: Blackout


class Case(Struct, frozen=True, kw_only=True):
    """A document as the rules see it, in one edition.

    *passed* tells whether an instant has passed. *project* and *notice* are its view, if the document is one.
    *notice_days* and *stale_after* are the settings of these names. *closed* are the blackouts of the departments that
    a notice concerns.
    """

    card: Card
    zone: ZoneInfo
    passed: Callable[[datetime], bool]
    project: ProjectView | None = None
    notice: NoticeItem | None = None
    notice_days: Mapping[str, int] = field(default_factory=dict)
    stale_after: int = 31
    closed: tuple[Closed, ...] = ()
