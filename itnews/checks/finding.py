"""What a rule is asked about, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from itnews.model.article import Card
from itnews.model.references import Location
from itnews.views.values import ProjectView


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a document lacks or should not say, at *loc* of its front matter.

    *subject* is what findings of one rule are grouped by over files, where each says the same; empty if none is.
    """

    loc: Location
    message: str
    hint: str
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A document as the rules see it, in one edition.

    *passed* tells whether an instant has passed. *project* is its view, if the document is a project.
    """

    card: Card
    zone: ZoneInfo
    passed: Callable[[datetime], bool]
    project: ProjectView | None = None
