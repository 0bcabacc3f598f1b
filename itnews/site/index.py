"""The index: the cards that an edition may see, by path, kind and id. What is hidden is not in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from itnews.model.article import Card, declared
from itnews.model.edition import Edition
from itnews.model.history import Revision
from itnews.model.kinds import INTRODUCTION
from itnews.model.moment import Moment
from itnews.model.period import fiscal_quarter_of
from itnews.model.query import Query
from itnews.paths import SourcePath
from itnews.words import fold, slug

if TYPE_CHECKING:
    from itnews.model.fields.project import Need


class Calendar(Struct, frozen=True):
    """How the site counts time: its zone, the month (1 to 12) in which its fiscal year begins, and when a status is
    stale (*stale_after* days, or a project's cadence, *cadence_default* where it states none)."""

    zone: ZoneInfo
    fiscal_year_start: int
    stale_after: int
    cadence_default: str


_WORDS: Mapping[str, tuple[str, ...]] = {
    "ask": ("words", "answer_why"),
    "consultation": ("question",),
    "notice": ("what_you_will_notice", "fallback", "cause", "change_ref"),
    "service": ("users", "turnaround"),
    "term": ("plain", "say_instead"),
}
"""Texts of a kind that only its page and its lists show."""


def entry_of(card: Card) -> Card:
    """What the index keeps of *card*: all but the words that no order and no membership depends on.

    A new summary changes no list's order, nor does a new title where the date decides: so neither changes the index.
    """
    told = dict.fromkeys(("summary", "image", "image_alt", *_WORDS.get(card.kind, ())), "")
    if not card.definition.dated:
        return replace(card, fields=card.fields.model_copy(update=told))
    return replace(card, title="", fields=card.fields.model_copy(update={**told, "title": ""}))


class Index(Struct, frozen=True, dict=True):
    """The entries (`entry_of`) of one edition. *cards*: all that are visible, in path order; *expired*: paths of those
    that keep their page and stand in no list; *revisions*: what git says that projects promised, by date."""

    cards: Mapping[SourcePath, Card]
    expired: frozenset[SourcePath]
    calendar: Calendar
    revisions: Mapping[SourcePath, tuple[Revision, ...]]

    @classmethod
    def of(
        cls,
        cards: Iterable[Card],
        *,
        expired: frozenset[SourcePath],
        calendar: Calendar,
        revisions: Mapping[SourcePath, tuple[Revision, ...]] = MappingProxyType({}),
    ) -> "Index":
        ordered = sorted(cards, key=lambda card: str(card.path))
        return cls({card.path: card for card in ordered}, expired, calendar, revisions)

    @cached_property
    def listed(self) -> tuple[Card, ...]:
        """The cards that lists and feeds may show, in path order; introductions of lists are not among them."""
        return tuple(
            card
            for card in self.cards.values()
            if card.path not in self.expired and card.kind != INTRODUCTION.name
        )

    def by_id(self, kind: str, id: str) -> Card | None:
        return self._ids.get((kind, fold(id)))

    def person_named(self, name: str) -> str:
        """The id of the first listed person of that *name*, in whatever case; empty if there is none."""
        wanted = fold(name)
        named = (
            card.id
            for card in self.of_kind("person")
            if wanted in (fold(card.title), fold(declared(card.fields, "name", "")))
        )
        return next(named, "")

    def twins(self) -> Iterator[tuple[Card, Card]]:
        """Cards with the id of another of their kind, after the first by path, which keeps it."""
        for card in self.cards.values():
            first = self.by_id(card.kind, card.id)
            if first is not None and first is not card:
                yield first, card

    def ids(self, kind: str, written: Iterable[str]) -> frozenset[str]:
        """The ids of those documents of *kind* that *written* names, as the documents themselves spell them."""
        found = (self.by_id(kind, id) for id in written)
        return frozenset(card.id for card in found if card)

    def of_kind(self, *kinds: str) -> tuple[Card, ...]:
        """The listed cards of *kinds*, in path order; of all kinds if none is named."""
        if not kinds:
            return self.listed
        return tuple(card for kind in kinds for card in self._kinds.get(kind, ()))

    def select(
        self, query: Query, *, title_of: Callable[[Card], str] = lambda card: card.title
    ) -> tuple[Card, ...]:
        """The listed cards that answer *query*, in its order; *title_of* is asked where titles decide."""
        ordered = sorted(self._chosen(query), key=self._order(query.order, title_of))
        return tuple(ordered[: query.limit] if query.limit else ordered)

    def _chosen(self, query: Query) -> Iterable[Card]:
        if not query.where:
            return self.of_kind(*query.kinds)
        # The smallest set first: a tag has ten documents, the site ten thousand.
        sets = sorted((self.having(facet, wanted) for facet, wanted in query.where), key=len)
        paths = sets[0].intersection(*sets[1:])
        kinds = frozenset(query.kinds)
        cards = (self.cards[path] for path in paths)
        return [card for card in cards if not kinds or card.kind in kinds]

    def having(self, facet: str, wanted: str) -> frozenset[SourcePath]:
        """The listed documents that answer *wanted* for a facet of `Query.where`."""
        return self._by_facet(facet).get(wanted, frozenset())

    def values(self, facet: str) -> tuple[str, ...]:
        """What listed documents answer for a facet of `Query.where`, sorted."""
        return tuple(sorted(self._by_facet(facet)))

    def _by_facet(self, facet: str) -> Mapping[str, frozenset[SourcePath]]:
        if facet not in self._facets:
            self._facets[facet] = self._inverted(facet)
        return self._facets[facet]

    def _inverted(self, facet: str) -> Mapping[str, frozenset[SourcePath]]:
        found: dict[str, set[SourcePath]] = {}
        for card in self.listed:
            for value in FACETS[facet](self, card):
                found.setdefault(value, set()).add(card.path)
        return {value: frozenset(paths) for value, paths in found.items()}

    def concerns(self, card: Card) -> frozenset[str]:
        """The departments on whose page *card* stands by name (CONTENT-MODEL "Views")."""
        return self._concerns[card.path]

    def departments_of(self, party: str) -> frozenset[str]:
        """The departments that a person or department id stands for; none for a mere name."""
        own = self.ids("department", (party,))
        person = self.by_id("person", party)
        return own or self.ids("department", person.fields.departments if person else ())

    def day(self, card: Card) -> date | None:
        """The day in the site's zone by which *card* is dated, if it is."""
        when = entered(card)
        return when.day_in(self.calendar.zone) if when else None

    @cached_property
    def tags(self) -> Mapping[str, Mapping[str, int]]:
        """Each tag's spellings with their counts, by the tag's slug."""
        found: dict[str, dict[str, int]] = {}
        for card in self.listed:
            for spelling in card.fields.tags:
                spellings = found.setdefault(tag_slug(spelling), {})
                spellings[spelling] = spellings.get(spelling, 0) + 1
        return found

    @cached_property
    def _facets(self) -> dict[str, Mapping[str, frozenset[SourcePath]]]:
        """For each facet that was asked for, the documents by what they answer."""
        return {}

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], Card]:
        return {(card.kind, fold(card.id)): card for card in reversed(tuple(self.cards.values()))}

    @cached_property
    def _kinds(self) -> Mapping[str, tuple[Card, ...]]:
        found: dict[str, list[Card]] = {}
        for card in self.listed:
            found.setdefault(card.kind, []).append(card)
        return {kind: tuple(cards) for kind, cards in found.items()}

    @cached_property
    def _concerns(self) -> Mapping[SourcePath, frozenset[str]]:
        return {card.path: frozenset(self._named_departments(card)) for card in self.cards.values()}

    def _named_departments(self, card: Card) -> Iterator[str]:
        fields = card.fields
        yield from self.ids("department", (*card.audience, *fields.departments, *fields.impact))
        for party in (
            *declared(fields, "requested_by", tuple[str, ...]()),
            *(need.who for need in declared(fields, "needs_from", cast("tuple[Need, ...]", ()))),
        ):
            yield from self.departments_of(party)

    def _order(
        self, order: str, title_of: Callable[[Card], str]
    ) -> Callable[[Card], tuple[object, ...]]:
        if order == "newest":
            return lambda card: (self._rank[card.path],)
        if order == "pinned":
            return lambda card: (not card.fields.pin, self._rank[card.path])
        if order == "order":
            return lambda card: (*_place_in_order(card), fold(title_of(card)), str(card.path))
        return lambda card: (fold(title_of(card)), str(card.path))

    @cached_property
    def _rank(self) -> Mapping[SourcePath, int]:
        """Each listed card's position by date, newest first; worked out once for all queries."""

        def newest_first(card: Card) -> tuple[float, str]:
            # Undated cards last: a page without a date must not head the news. Equal dates by path: a new title
            # must not move a document among those of its day.
            when = entered(card)
            instant = when.start(self.calendar.zone).timestamp() if when else float("-inf")
            return -instant, str(card.path)

        ordered = sorted(self.listed, key=newest_first)
        return {card.path: position for position, card in enumerate(ordered)}


def entered(card: Card) -> Moment | None:
    """The moment that a document has among others: an ask that of its asking, all else its date."""
    return declared(card.fields, "asked_on", cast("Moment | None", None)) or card.date


Standing = Literal["listed", "unlisted", "hidden"]
"""What an edition makes of a document: in lists; expired, with its page only; not to be seen."""


def standing(
    card: Card, edition: Edition, *, zone: ZoneInfo, passed: Callable[[datetime], bool]
) -> Standing:
    """The standing of *card* in *edition*."""
    if not visible(card, edition, zone=zone, passed=passed):
        return "hidden"
    expires = card.fields.expires
    return "unlisted" if expires and passed(expires.end(zone)) else "listed"


def visible(
    card: Card, edition: Edition, *, zone: ZoneInfo, passed: Callable[[datetime], bool]
) -> bool:
    """Whether *edition* may see *card*: its groups, then draft, embargo, future date and removal on expiry."""
    if not edition.shows.intersection(card.visibility or ("everyone",)):
        return False
    fields = card.fields
    if fields.remove_when_expired and fields.expires and passed(fields.expires.end(zone)):
        return False
    if edition.drafts:
        return True
    release = fields.publish_at or card.date
    return not fields.draft and (release is None or passed(release.start(zone)))


@lru_cache(maxsize=4096)
def tag_slug(spelling: str) -> str:
    """The part of the address by which a tag is known; tags of equal slug are one tag."""
    return slug(spelling)


def _place_in_order(card: Card) -> tuple[bool, int]:
    order = declared(card.fields, "menu", None) or card.fields.order
    return order is None, order or 0


def _tags(_: Index, card: Card) -> frozenset[str]:
    return frozenset(filter(None, (tag_slug(tag) for tag in card.fields.tags)))


def _projects(index: Index, card: Card) -> frozenset[str]:
    return index.ids("project", (card.fields.project,))


def _goals(index: Index, card: Card) -> frozenset[str]:
    """The goals that the card names, and those of the project that it is about."""
    project = index.by_id("project", card.fields.project)
    inherited = project.fields.goals if project else ()
    return index.ids("goal", (*card.fields.goals, *inherited))


def _services(index: Index, card: Card) -> frozenset[str]:
    """The services that the card names, and those of the project that it is about."""
    project = index.by_id("project", card.fields.project)
    inherited = project.fields.services if project else ()
    return index.ids("service", (*card.fields.services, *inherited))


def _menu(_: Index, card: Card) -> frozenset[str]:
    return frozenset({"yes"}) if declared(card.fields, "menu", None) is not None else frozenset()


def _people(index: Index, card: Card) -> frozenset[str]:
    fields = card.fields
    return index.ids("person", (fields.owner, fields.sender, *fields.authors))


def _dated(_: Index, card: Card) -> frozenset[str]:
    return frozenset({"yes"}) if card.date else frozenset()


def _everyone(_: Index, card: Card) -> frozenset[str]:
    return frozenset({"yes"}) if "everyone" in card.audience else frozenset()


def _years(index: Index, card: Card) -> frozenset[str]:
    day = index.day(card) if card.definition.dated else None
    return frozenset({f"{day.year:04}"}) if day else frozenset()


def _fiscal_quarters(index: Index, card: Card) -> frozenset[str]:
    day = index.day(card) if card.definition.dated else None
    return (
        frozenset({str(fiscal_quarter_of(day, index.calendar.fiscal_year_start))})
        if day
        else frozenset()
    )


FACETS: Mapping[str, Callable[[Index, Card], frozenset[str]]] = {
    "dated": _dated,
    "department": Index.concerns,
    "everyone": _everyone,
    "fiscal-quarter": _fiscal_quarters,
    "goal": _goals,
    "person": _people,
    "menu": _menu,
    "project": _projects,
    "service": _services,
    "tag": _tags,
    "year": _years,
}
"""What `Query.where` may ask for."""
