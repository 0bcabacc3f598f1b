"""The schedule: what of the site changes by itself, and when."""

from msgspec.structs import replace

from itnews.app.rules import zone_of
from itnews.app.tasks.site import all_entries
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.keys import card_key, edition_key, passed_key
from itnews.site.coming import Coming
from itnews.site.keys import index_key
from itnews.site.schedule import changes
from itnews.site.spans import superseded_ids


def schedule(key: Key[tuple[Coming, ...]], fetch: Fetch) -> Answer[tuple[Coming, ...]]:
    """The changes that are still to come, the next one first."""
    edition, zone = fetch(edition_key(key.variant)), zone_of(fetch)
    entries = [entry for _, entry in all_entries(fetch) if entry]
    gone = superseded_ids(fetch(index_key(key.variant)).cards.values())
    found = (
        change for entry in entries for change in changes(entry, edition, zone, superseded=gone)
    )
    coming = [_titled(change, fetch) for change in found if not fetch(passed_key(change.at))]
    return Answer(tuple(sorted(coming, key=lambda change: (change.at, str(change.path)))))


def _titled(change: Coming, fetch: Fetch) -> Coming:
    """*change* with the title that an entry may lack."""
    card = fetch(card_key(change.path)) if not change.title else None
    return replace(change, title=card.title) if card else change
