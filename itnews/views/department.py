"""A department's page: what IT is doing for it, what it needs to do and asked for, whom it can talk to."""

from collections.abc import Iterable, Iterator
from datetime import date

from itnews.model.article import Card
from itnews.model.fields.department import Department
from itnews.model.fields.project import Project
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.actions import falls_to, open_actions
from itnews.views.asks import ask_items
from itnews.views.cards import Passed, fields_of, having, paths
from itnews.views.coming import day_of, next_days
from itnews.views.notices import current_and_coming, lately_over
from itnews.views.relations import relations
from itnews.views.roadmap import in_order, is_over, latest_first, project_items
from itnews.views.values import DepartmentView, Need, RoadmapItem

NEWS = 12
"""News on the page; the department's feed has all."""

FOR_EVERYONE = 6
"""What is for everyone stands on the front page as well, so a few are enough."""


def department_view(
    index: Index, path: SourcePath, *, passed: Passed, today: date
) -> DepartmentView:
    """The view of the department *path* on the day *today*. Lists of documents are newest first."""
    own = relations(index).of_department.get(path, ())
    own_paths = {card.path for card in own}
    others = [card for card in relations(index).for_everyone if card.path not in own_paths]
    items = project_items(index, (card for card in own if card.kind == "project"), passed=passed)
    return DepartmentView(
        doing=_column(index, items, "now"),
        planned=_column(index, items, "next") + _column(index, items, "later"),
        done=latest_first((item for item in items if item.horizon == "done"), index.calendar),
        accomplishments=paths(card for card in own if card.kind == "accomplishment"),
        news=paths(card for card in own if card.kind == "update")[:NEWS],
        for_everyone=paths(card for card in others if card.kind == "update")[:FOR_EVERYONE],
        actions=open_actions(index, _tasks(index, path, (*own, *others)), passed=passed),
        needs=_needs(index, items, path),
        people=paths(_people(index, path)),
        notices=current_and_coming(index, (*own, *others), passed=passed),
        asks=ask_items(index, _asks(index, path, own)),
        coming=next_days(index, path, (*own, *_for_all(others)), today=today),
        lately=lately_over(index, (*own, *others), passed=passed),
    )


def _tasks(index: Index, path: SourcePath, cards: Iterable[Card]) -> Iterator[Card]:
    """Those of *cards* that ask the department for something, and not somebody else."""
    for card in cards:
        if card.fields.action and falls_to(index, card.fields.action, path):
            yield card


def _for_all(cards: Iterable[Card]) -> Iterator[Card]:
    """What of *cards*, which are for everyone, has days that everyone has to know: a project's steps are its own."""
    return (card for card in cards if card.kind not in ("project", "department"))


def _asks(index: Index, path: SourcePath, own: Iterable[Card]) -> list[Card]:
    """What the department and its people asked for, and what is about it; newest first."""
    known = relations(index)
    about = (card for card in own if card.kind == "ask")
    return known.newest_of((*known.asked_by.get(path, ()), *about))


def _column(index: Index, items: Iterable[RoadmapItem], horizon: str) -> tuple[RoadmapItem, ...]:
    return in_order((item for item in items if item.horizon == horizon), index.calendar)


def _needs(index: Index, items: Iterable[RoadmapItem], path: SourcePath) -> tuple[Need, ...]:
    """What projects that are not over need from the department or one of its people: the next due first."""
    day = day_of(index)
    found = _needed(index, items, path)
    return tuple(sorted(found, key=lambda need: day(need.by) if need.by else date.max))


def _needed(index: Index, items: Iterable[RoadmapItem], path: SourcePath) -> Iterator[Need]:
    alive = (item for item in items if not is_over(item.horizon, item.status))
    ordered = [index.cards[item.path] for item in in_order(alive, index.calendar)]
    for card, fields in having(ordered, Project):
        for need in fields.needs_from:
            if path in _stands_for(index, need.who):
                yield Need(card.path, need.what, need.by, need.who)


def _stands_for(index: Index, party: str) -> set[SourcePath]:
    departments = (index.by_id("department", id) for id in index.departments_of(party))
    return {department.path for department in departments if department}


def _people(index: Index, path: SourcePath) -> Iterator[Card]:
    """The people to talk to: the relationship manager first, then who leads and represents it, then its members."""
    fields = fields_of(index.cards[path], Department)
    named = (fields.relationship_manager, fields.head, *fields.representatives)
    known = [person for id in named if id and (person := index.by_id("person", id))]
    members = relations(index).members.get(path, ())
    listed = {person.path: person for person in (*known, *members)}
    yield from (person for path, person in listed.items() if path not in index.expired)
