"""Views inside a page: what an author may choose, and the choice as a value that can be the name of a key."""

import json
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import asdict

from itnews.model.names import ASK_STATE, HORIZON, Enumeration

LIMIT = "limit"
"""What stands among the filters and is none: how many entries there may be."""

_PROJECTS = ("goals", "departments", "services", "projects", "horizons", LIMIT)

VIEWS: Mapping[str, tuple[str, ...]] = {
    "asks": ("departments", "states", LIMIT),
    "goals": (LIMIT,),
    "notices": ("departments", "services", LIMIT),
    "people": ("departments", LIMIT),
    "projects": _PROJECTS,
    "roadmap": _PROJECTS,
    "updates": ("departments", "projects", "goals", "services", "tags", LIMIT),
    "value": ("goals", "departments", "projects"),
}
"""The views that a page may hold, each with what it can be narrowed to."""

FILTER_KINDS: Mapping[str, str] = {
    "departments": "department",
    "goals": "goal",
    "projects": "project",
    "services": "service",
}
"""Filters that name documents, and their kind."""

FILTER_WORDS: Mapping[str, Enumeration] = {"horizons": HORIZON, "states": ASK_STATE}
"""Filters that hold words of an enumeration. What is in neither table (`tags`) is text."""


class Specification(Struct, frozen=True):
    """A view and what it is narrowed to.

    *where*: pairs of a filter and the ids or words of which any may hold, in the order written; all pairs have to.
    *limit* 0: as many entries as the view has where nothing is said.
    """

    view: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limit: int = 0

    @classmethod
    def of(cls, name: str) -> "Specification":
        """The specification whose *name* this is."""
        plain = json.loads(name)
        where = tuple((filter, tuple(wanted)) for filter, wanted in plain["where"])
        return cls(plain["view"], where, plain["limit"])

    @property
    def name(self) -> str:
        """The specification as a line of text, by which a key knows it."""
        return json.dumps(asdict(self), sort_keys=True)

    def wanted(self, filter: str) -> tuple[str, ...]:
        """The ids or words of *filter*; empty where it does not narrow anything."""
        return next((wanted for name, wanted in self.where if name == filter), ())
