"""The kinds of document: where their files and lists live. What their fields are is known when one of them is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from itnews.late import late

if TYPE_CHECKING:
    from itnews.model.common import Common
    from itnews.model.fields import (
        accomplishment,
        ask,
        consultation,
        department,
        goal,
        introduction,
        notice,
        page,
        person,
        project,
        roadmap,
        service,
        term,
        update,
    )
else:
    accomplishment = late("itnews.model.fields.accomplishment")
    ask = late("itnews.model.fields.ask")
    consultation = late("itnews.model.fields.consultation")
    department = late("itnews.model.fields.department")
    goal = late("itnews.model.fields.goal")
    introduction = late("itnews.model.fields.introduction")
    notice = late("itnews.model.fields.notice")
    page = late("itnews.model.fields.page")
    person = late("itnews.model.fields.person")
    project = late("itnews.model.fields.project")
    roadmap = late("itnews.model.fields.roadmap")
    service = late("itnews.model.fields.service")
    term = late("itnews.model.fields.term")
    update = late("itnews.model.fields.update")

__all__ = ["INTRODUCTION", "KINDS", "Kind", "kind_named", "kind_of_folder"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    *folder* is where its files live below `content/`, and where its list lives on the site. *fields* loads the model of
    its front matter. *dated*: a date is required. *feed*: it is in the site's feed. *list*: it has a list.
    *page*: each document has a page of its own.
    """

    name: str
    folder: str
    fields: "Callable[[], type[Common]]"
    singular: str
    plural: str
    dated: bool = False
    feed: bool = False
    list: bool = True
    page: bool = True

    @property
    def model(self) -> "type[Common]":
        """The model of its front matter."""
        return self.fields()


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(
                "update", "updates", lambda: update.Update, "Update", "News", dated=True, feed=True
            ),
            Kind("project", "projects", lambda: project.Project, "Project", "Projects"),
            Kind(
                "accomplishment",
                "accomplishments",
                lambda: accomplishment.Accomplishment,
                "Accomplishment",
                "What we delivered",
                dated=True,
                feed=True,
            ),
            Kind("roadmap", "roadmaps", lambda: roadmap.Roadmap, "Roadmap", "Roadmaps", feed=True),
            Kind(
                "notice",
                "notices",
                lambda: notice.Notice,
                "Notice",
                "Notices",
                dated=True,
                feed=True,
            ),
            Kind("ask", "asks", lambda: ask.Ask, "Ask", "You asked", dated=True, feed=True),
            Kind(
                "consultation",
                "consultations",
                lambda: consultation.Consultation,
                "Consultation",
                "Still time to influence",
                dated=True,
                feed=True,
            ),
            Kind(
                "department",
                "departments",
                lambda: department.Department,
                "Department",
                "Departments",
            ),
            Kind("goal", "goals", lambda: goal.Goal, "Goal", "Goals"),
            Kind("service", "services", lambda: service.Service, "Service", "Services"),
            Kind("person", "people", lambda: person.Person, "Person", "People"),
            Kind("term", "glossary", lambda: term.Term, "Term", "Glossary"),
            Kind("page", "pages", lambda: page.PlainPage, "Page", "Pages", list=False),
        )
    }
)
"""The kinds that authors may name, in the order in which they are told of."""

INTRODUCTION = Kind(
    "introduction",
    "",
    lambda: introduction.Introduction,
    "Introduction",
    "Introductions",
    list=False,
    page=False,
)
"""What introduces a list. Not in KINDS: no `kind:` names it, it has no page, feed or list of its own."""

_FOLDERS = {kind.folder: kind for kind in KINDS.values()}


def kind_named(name: str) -> Kind:
    """The kind of a card, introductions included. Raises KeyError for a name that no card bears."""
    return INTRODUCTION if name == INTRODUCTION.name else KINDS[name]


def kind_of_folder(folder: str) -> Kind | None:
    """The kind whose files live in *folder* of `content/`."""
    return _FOLDERS.get(folder)
