"""The kinds of document: where their files and lists live. What their fields are is known when one of them is read."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypedDict, cast

from msgspec import Struct

from itnews.late import late
from itnews.model.own import FieldSetting, OwnField

if TYPE_CHECKING:
    from itnews.model.common import Common
    from itnews.model.fields import (
        accomplishment,
        ask,
        consultation,
        custom,
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
    custom = late("itnews.model.fields.custom")
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

__all__ = ["INTRODUCTION", "KINDS", "Kind", "KindSetting", "Kinds", "kinds_of"]


class KindSetting(TypedDict):
    """A kind of the site's own, as the settings have it (`model.config` checks them)."""

    folder: str
    title: str
    plural: str
    dated: bool
    list: bool
    feed: bool
    template: str
    fields: dict[str, FieldSetting]


class Kind(Struct, frozen=True):
    """A kind of document.

    *folder* is where its files live below `content/`, and where its list lives on the site. *fields* loads the model of
    its front matter. *dated*: a date is required. *feed*: it is in the site's feed. *list*: it has a list.
    *page*: each document has a page of its own.

    A kind of the site's own has a *template* (a name without `.html`), its *own* fields, and the *definition* that all
    of this was made of, as canonical JSON; for the others these are empty.
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
    template: str = ""
    own: tuple[OwnField, ...] = ()
    definition: str = ""

    @property
    def model(self) -> "type[Common]":
        """The model of its front matter."""
        return self.fields()

    @classmethod
    def defined(cls, definition: str) -> "Kind":
        """The kind of the site's own that *definition* describes: the same object for the same text."""
        return _defined(definition)


class Kinds(Mapping[str, Kind]):
    """Kinds by name, in the order in which they are told of."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        self._folders = {kind.folder: kind for kind in self._kinds.values()}

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def __hash__(self) -> int:
        return hash((*self._kinds, *self.definitions))

    def of_folder(self, folder: str) -> Kind | None:
        """The kind whose files live in *folder* of `content/`."""
        return self._folders.get(folder)

    def of_feeds(self) -> tuple[str, ...]:
        """The names of those that enter the feeds (CONTENT-MODEL "Outputs: Feeds")."""
        return tuple(name for name, kind in self._kinds.items() if kind.feed)

    @property
    def definitions(self) -> tuple[str, ...]:
        """What the settings say of those that are the site's own: all in which two sites can differ."""
        return tuple(kind.definition for kind in self._kinds.values() if kind.definition)


KINDS = Kinds(
    (
        Kind("update", "updates", lambda: update.Update, "Update", "News", dated=True, feed=True),
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
            "notice", "notices", lambda: notice.Notice, "Notice", "Notices", dated=True, feed=True
        ),
        Kind("ask", "asks", lambda: ask.Ask, "Ask", "You asked", dated=True, feed=True),
        Kind(
            "consultation",
            "consultations",
            lambda: consultation.Consultation,
            "Consultation",
            "Still time to say something",
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
)
"""The kinds that every site has. Those of one site, with its own, are `Settings.kinds`."""

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


def kinds_of(settings: Mapping[str, KindSetting]) -> Kinds:
    """The kinds of a site whose setting `kinds` is *settings*: pages come last, whose folder is the least telling."""
    own = (
        Kind.defined(json.dumps({"name": name, **setting}, ensure_ascii=True))
        for name, setting in settings.items()
    )
    known = [kind for kind in KINDS.values() if kind.name != "page"]
    return Kinds((*known, *own, KINDS["page"])) if settings else KINDS


@cache
def _defined(definition: str) -> Kind:
    found = json.loads(definition)
    setting, name = cast("KindSetting", found), str(found["name"])
    own = tuple(
        OwnField(
            name=field_name,
            type=field["type"],
            title=field["title"] or _in_words(field_name),
            description=field["description"],
            many=field["list"],
            required=field["required"],
            words=tuple(field["words"]),
        )
        for field_name, field in setting["fields"].items()
    )
    return Kind(
        name=name,
        folder=setting["folder"],
        fields=lambda: custom.model_of(name, own),
        singular=setting["title"] or _in_words(name),
        plural=setting["plural"] or _in_words(setting["folder"]),
        dated=setting["dated"],
        feed=setting["feed"],
        list=setting["list"],
        template=setting["template"],
        own=own,
        definition=definition,
    )


def _in_words(name: str) -> str:
    """What a name without a title is called: `lesson-learnt` is a `Lesson learnt`."""
    return name.replace("-", " ").replace("_", " ").capitalize()
