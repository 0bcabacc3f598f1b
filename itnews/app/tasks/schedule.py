"""The schedule: what of the site changes by itself, and when."""

from itnews.app.rules import zone_of
from itnews.app.tasks.site import all_cards
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.keys import edition_key, passed_key
from itnews.site.schedule import Change, changes


def schedule(key: Key[tuple[Change, ...]], fetch: Fetch) -> Answer[tuple[Change, ...]]:
    """The changes that are still to come, the next one first."""
    edition, zone = fetch(edition_key(key.variant)), zone_of(fetch)
    cards = [card for _, card in all_cards(fetch) if card]
    found = (change for card in cards for change in changes(card, edition, zone))
    coming = [change for change in found if not fetch(passed_key(change.at))]
    return Answer(tuple(sorted(coming, key=lambda change: (change.at, str(change.path)))))
