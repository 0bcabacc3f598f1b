"""Who names whom in an index, worked out once for all views of it: every edit makes hundreds of pages ask."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from msgspec import Struct

from itnews.model.article import Card
from itnews.model.fields.ask import Ask
from itnews.model.fields.department import Department
from itnews.model.fields.goal import Goal
from itnews.model.fields.notice import Notice
from itnews.model.fields.project import Project
from itnews.model.fields.update import Update
from itnews.model.names import EVERYONE
from itnews.model.query import Query
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import having
from itnews.views.status import statuses
from itnews.views.values import StatusMark

Named = Mapping[SourcePath, tuple[Card, ...]]
"""For the path of a document the cards that name it."""


class Relations(Struct, frozen=True, dict=True):
    """The relations in *index*. Cards are listed ones, newest first where they are dated kinds, unless said otherwise.

    Ids are compared as the index compares them, so `project: Expenses` names the project `expenses`.
    """

    index: Index

    @cached_property
    def about_project(self) -> Named:
        """By project: the documents that say they are about it."""
        return self._named("project", self.newest, lambda card: (card.fields.project,))

    @cached_property
    def statuses(self) -> Mapping[SourcePath, tuple[StatusMark, ...]]:
        """By project: all that was said of its status, oldest first; empty where nothing was.

        Expired updates count: what was said on a day was said.
        """
        told = self._named("project", self.index.cards.values(), _stated)
        zone = self.index.calendar.zone
        return {
            card.path: statuses(
                card,
                fields,
                told=told.get(card.path, ()),
                revisions=self.index.revisions.get(card.path, ()),
                zone=zone,
            )
            for card, fields in having(self.index.cards.values(), Project)
        }

    @cached_property
    def of_goal(self) -> Named:
        """By goal: the documents that name it."""
        return self._named("goal", self.newest, lambda card: card.fields.goals)

    @cached_property
    def of_service(self) -> Named:
        """By service: the documents that name it."""
        return self._named("service", self.newest, lambda card: card.fields.services)

    @cached_property
    def notices_of_service(self) -> Named:
        """By service: the notices that name it. Expired ones count: what was out of order was."""
        notices = (card for card in self.index.cards.values() if card.kind == "notice")
        return self._named("service", notices, lambda card: card.fields.services)

    @cached_property
    def successors(self) -> Mapping[SourcePath, Card]:
        """By notice: the one that supersedes it, the newest if there are several.

        Expired ones count: what was moved stays moved.
        """
        named = self._named("notice", self._dated, _supersedes)
        others = {
            path: [card for card in cards if card.path != path] for path, cards in named.items()
        }
        return {path: cards[0] for path, cards in others.items() if cards}

    @cached_property
    def asks_of_project(self) -> Named:
        """By project: the asks that name it, and those that it names."""
        naming = self._named("project", self._asks, lambda card: (card.fields.project,))
        found = {path: list(cards) for path, cards in naming.items()}
        for card, project in having(self.index.listed, Project):
            named = (self.index.by_id("ask", id) for id in project.asks)
            listed = [ask for ask in named if ask and ask.path not in self.index.expired]
            found[card.path] = self.newest_of((*found.get(card.path, ()), *listed))
        return {path: tuple(cards) for path, cards in found.items()}

    @cached_property
    def asked_by(self) -> Named:
        """By department: the asks of its own and of its people, the shared ones among them."""
        return self._named("department", self._asks, self._asking)

    @cached_property
    def subgoals(self) -> Named:
        """By goal: those that are part of it, in the order of their lists."""
        return self._named("goal", self._ordered("goal"), _part_of)

    @cached_property
    def of_department(self) -> Named:
        """By department: the documents on whose page it stands by name (CONTENT-MODEL "Views")."""
        return self._named("department", self.newest, self.index.concerns)

    @cached_property
    def for_everyone(self) -> tuple[Card, ...]:
        """The documents that concern everyone."""
        return tuple(card for card in self.newest if EVERYONE in card.audience)

    @cached_property
    def members(self) -> Named:
        """By department: its people, in the order of their lists."""
        return self._named(
            "department", self._ordered("person"), lambda card: card.fields.departments
        )

    @cached_property
    def owned(self) -> Named:
        """By person: what they answer for, in the order of the lists."""
        return self._named("person", self._ordered(), lambda card: (card.fields.owner,))

    @cached_property
    def sponsored(self) -> Named:
        """By person: the projects that they want."""
        return self._named("person", self._ordered("project"), _sponsors)

    @cached_property
    def led(self) -> Named:
        """By person: the departments that they lead or look after."""
        return self._named("person", self._ordered("department"), _leads)

    @cached_property
    def written(self) -> Named:
        """By person: what they wrote or signed."""
        return self._named("person", self.newest, _writers)

    @cached_property
    def newest(self) -> tuple[Card, ...]:
        """All documents, newest first, those without a date last."""
        return self.index.select(Query())

    def newest_of(self, cards: Iterable[Card]) -> list[Card]:
        """*cards*, which are listed, each once and newest first."""
        unique = {card.path: card for card in cards}
        return sorted(unique.values(), key=lambda card: self._rank[card.path])

    @cached_property
    def _dated(self) -> tuple[Card, ...]:
        """All cards with a date, expired ones too, newest first."""
        zone = self.index.calendar.zone
        dated = ((card, card.date) for card in self.index.cards.values() if card.date)
        ordered = sorted(dated, key=lambda each: each[1].sort_key(zone), reverse=True)
        return tuple(card for card, _ in ordered)

    @cached_property
    def _asks(self) -> tuple[Card, ...]:
        return self.index.select(Query(("ask",)))

    def _asking(self, card: Card) -> Iterator[str]:
        if isinstance(card.fields, Ask):
            for party in (card.fields.asked_by, *card.fields.also_asked_by):
                yield from self.index.departments_of(party)

    @cached_property
    def _rank(self) -> Mapping[SourcePath, int]:
        return {card.path: place for place, card in enumerate(self.newest)}

    def _ordered(self, *kinds: str) -> tuple[Card, ...]:
        return self.index.select(Query(kinds, order="order"))

    def _named(
        self, kind: str, cards: Iterable[Card], ids: Callable[[Card], Iterable[str]]
    ) -> Named:
        """*cards* by each document of *kind* whose id is among their *ids*."""
        found: dict[SourcePath, dict[SourcePath, Card]] = {}
        for card in cards:
            for id in ids(card):
                target = self.index.by_id(kind, id) if id else None
                if target:
                    found.setdefault(target.path, {})[card.path] = card
        return {path: tuple(named.values()) for path, named in found.items()}


def relations(index: Index) -> Relations:
    """The relations in *index*; asked again for the same one, the same answer without work."""
    return _remembered(_Same(index))


class _Same(Struct, frozen=True, eq=False):
    """An index as a key: the same object, not an equal one, which would have to be compared card by card."""

    index: Index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.index is self.index

    def __hash__(self) -> int:
        return id(self.index)


@lru_cache(maxsize=2)  # two editions in turn; an index that is gone shall not be kept for long
def _remembered(same: _Same) -> Relations:
    return Relations(same.index)


def _stated(card: Card) -> tuple[str, ...]:
    fields = card.fields
    return (fields.project,) if isinstance(fields, Update) and fields.status else ()


def _part_of(card: Card) -> tuple[str, ...]:
    return (card.fields.parent,) if isinstance(card.fields, Goal) else ()


def _supersedes(card: Card) -> tuple[str, ...]:
    return (card.fields.supersedes,) if isinstance(card.fields, Notice) else ()


def _sponsors(card: Card) -> tuple[str, ...]:
    return (card.fields.sponsor,) if isinstance(card.fields, Project) else ()


def _leads(card: Card) -> tuple[str, ...]:
    fields = card.fields
    return (fields.relationship_manager, fields.head) if isinstance(fields, Department) else ()


def _writers(card: Card) -> tuple[str, ...]:
    return (*card.fields.authors, card.fields.sender)
