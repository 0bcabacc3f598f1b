"""The catalogue: what exists in the sources, whoever may see it. It tells a hidden target from a missing one."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from itnews.model.article import Card
from itnews.model.kinds import Kinds
from itnews.paths import SourcePath, UrlPath, url_path
from itnews.site.index import tag_slug
from itnews.site.urls import address, alias_address, feed_beside, sheet_address
from itnews.words import fold


class Catalogue(Struct, frozen=True):
    """Ids, paths and addresses of all documents. Nothing of it is ever printed.

    A document whose front matter is broken counts by its path and file name, so that one mistake is reported once and
    not again by everything that refers to it. *broken* are the ids and paths of these.
    """

    ids: frozenset[str]
    paths: frozenset[str]
    addresses: frozenset[UrlPath]
    broken: frozenset[str] = frozenset()

    @classmethod
    def of(cls, cards: Iterable[tuple[SourcePath, Card | None]], kinds: Kinds) -> "Catalogue":
        found = tuple(cards)
        ids = {_id(card.kind, card.id) if card else _id_of(path, kinds) for path, card in found}
        paths = {str(path) for path, _ in found}
        brought = frozenset(url for _, card in found if card for url in addresses(card))
        lost = [path for path, card in found if card is None]
        broken = (*(_id_of(path, kinds) for path in lost), *map(str, lost))
        return cls(frozenset(ids), frozenset(paths), brought, frozenset(broken))

    def has_id(self, kind: str, id: str) -> bool:
        return _id(kind, id) in self.ids

    def has_broken_id(self, kind: str, id: str) -> bool:
        return _id(kind, id) in self.broken

    def has_broken_path(self, path: SourcePath) -> bool:
        return str(path) in self.broken

    def has_path(self, path: SourcePath) -> bool:
        return str(path) in self.paths

    def has_address(self, url: UrlPath) -> bool:
        return url in self.addresses


def _id(kind: str, id: str) -> str:
    return f"{kind}:{fold(id)}"


def _id_of(path: SourcePath, kinds: Kinds) -> str:
    folder = path.parts[1] if len(path.parts) > 2 else ""  # content/<folder>/...
    kind = kinds.of_folder(folder)
    stem = path.parent.name if path.stem == "index" else path.stem
    return _id(kind.name if kind else "", stem)


def addresses(card: Card) -> Iterator[UrlPath]:
    """Every address that exists because *card* does: its page, what stands beside it, its aliases and tags."""
    page = address(card)
    yield from (page, feed_beside(page), sheet_address(card))
    yield from (alias_address(alias) for alias in card.fields.aliases)
    for tag in filter(None, map(tag_slug, card.fields.tags)):
        yield from (url_path(f"/tags/{tag}/"), url_path(f"/tags/{tag}/feed.xml"))
