"""Withdrawn outputs: what a document that must no longer be published left in the output folder."""

from collections.abc import Iterable

from itnews.engine.key import Key, parse_key
from itnews.engine.run import Run
from itnews.engine.store import Store
from itnews.files.output import Placed
from itnews.model.edition import Edition
from itnews.model.keys import card_key, present_key
from itnews.paths import SourcePath, UrlPath, source_path
from itnews.site.catalogue import addresses
from itnews.site.keys import catalogue_key, index_key

# Whose outputs belong to one document, whatever else they show.
_BY_ONE = frozenset({"page", "sheet", "alias"})
_OF_DOCUMENTS = _BY_ONE | {"feed", "list"}
_SHOWN = frozenset({"body", "card", "teaser"})


def withdrawn(
    surplus: Iterable[UrlPath], run: Run, store: Store, edition: Edition
) -> tuple[UrlPath, ...]:
    """Those of *surplus*, the addresses that no output claims any more, that tell of a hidden or vanished document.

    Its page, its aliases and images, its feed, and the lists and feeds of tags that nothing else bears. A document
    whose front matter is broken is neither: its page stays until it can be read again. Where the store was lost,
    hidden documents are known by the address that they would have.
    """
    left = frozenset(surplus)
    if not left:
        return ()
    told = {
        placed.url
        for key in map(parse_key, store.names())
        for placed in _outputs(key, store)
        if placed.url in left and _tells_of_gone(key, placed, run, store, edition)
    }
    return tuple(sorted(told | (left & _addresses_of_hidden(run, edition))))


def _outputs(key: Key[object], store: Store) -> tuple[Placed, ...]:
    return store.placed(key) if key.kind in _OF_DOCUMENTS else ()


def _tells_of_gone(
    key: Key[object], placed: Placed, run: Run, store: Store, edition: Edition
) -> bool:
    row = store.row(key)
    reads = row.trace.reads if row else ()
    shown = {source_path(read.name) for read, _ in reads if read.kind in _SHOWN}
    if key.kind in _BY_ONE:
        shown = {source_path(key.name) if key.kind != "alias" else placed.owner}
    return any(_gone(path, run, edition) for path in shown)


def _gone(path: SourcePath, run: Run, edition: Edition) -> bool:
    if not run.fetch(present_key(path)):
        return True
    return (
        run.fetch(card_key(path)) is not None
        and path not in run.fetch(index_key(edition.variant)).cards
    )


def _addresses_of_hidden(run: Run, edition: Edition) -> frozenset[UrlPath]:
    """The addresses that exist only because of documents that the edition must not see."""
    seen = run.fetch(index_key(edition.variant)).cards
    brought = {url for card in seen.values() for url in addresses(card)}
    return run.fetch(catalogue_key()).addresses - brought
