"""What readers need to do, and until when."""

from collections.abc import Iterable

from itnews.model.article import Card
from itnews.model.parts import Action
from itnews.paths import SourcePath
from itnews.site.index import Index
from itnews.views.cards import Passed, shown_audience
from itnews.views.values import ActionItem


def open_actions(index: Index, cards: Iterable[Card], *, passed: Passed) -> tuple[ActionItem, ...]:
    """The actions that *cards* ask for and whose day has not passed: the next due first, those without a day last."""
    zone = index.calendar.zone
    due: list[tuple[float, str, ActionItem]] = []
    for card in cards:
        action = card.fields.action
        end = action.by.end(zone) if action and action.by else None
        if action and not (end and passed(end)):
            when = end.timestamp() if end else float("inf")
            due.append((when, str(card.path), _item(index, card, action)))
    return tuple(item for _, _, item in sorted(due, key=lambda each: each[:2]))


def falls_to(index: Index, action: Action, department: SourcePath) -> bool:
    """Whether *department* has to do *action*, which a document that is for it asks for.

    Where *who* names a department or somebody in one, it is theirs only. A mere name, or nobody, means all.
    """
    named = (index.by_id("department", id) for id in index.departments_of(action.who))
    theirs = {card.path for card in named if card}
    return not theirs or department in theirs


def _item(index: Index, card: Card, action: Action) -> ActionItem:
    return ActionItem(
        path=card.path,
        what=action.what,
        by=action.by,
        minutes=action.minutes,
        who=action.who,
        link=action.link,
        audience=shown_audience(index, card),
    )
