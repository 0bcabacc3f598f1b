"""What the store's traces say about one page or file: what was read, why it was made, what reads it."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from itnews.app.codecs import CardCodec
from itnews.cli.questions import FACETS
from itnews.digest import ABSENT
from itnews.engine.explain import Graph
from itnews.engine.key import Key
from itnews.engine.store import Store
from itnews.files.output import Placed
from itnews.model.article import Card
from itnews.model.keys import card_key
from itnews.paths import SourcePath, UrlPath
from itnews.words import fold

AnyKey = Key[object]

OUTPUTS: Mapping[str, str] = {
    "page": "pages",
    "front": "pages",
    "sheet": "pages",
    "list": "lists",
    "feed": "feeds",
    "alias": "former addresses",
    "static": "files",
    "asset-file": "files",
    "tokens": "files",
    "sitemap": "files",
    "robots": "files",
}
"""Kinds of key whose answers are published, and what to call them in the plural."""

# An edge through these says "all documents", not "this one": what they answer is read in parts.
_OF_THE_SITE = frozenset(
    {"assets", "catalogue", "index", "plan", "query", "routes", "schedule", "sequence", "view"}
)


class Traces:
    """The traces of a store, for one edition: keys of others are left out. Reads the store as it is asked."""

    def __init__(self, store: Store, variant: str) -> None:
        self._store = store
        self._variant = variant
        self._graph = Graph(store, variant)

    def made_for(self, url: str) -> AnyKey | None:
        """The key whose output stands at *url*."""
        return self._makers.get(UrlPath(url))

    def addresses(self) -> tuple[UrlPath, ...]:
        """Everything that is published, sorted."""
        return tuple(sorted(self._makers))

    def sources(self) -> frozenset[str]:
        """The files of the site that anything was made from."""
        return frozenset(key.name for key in self._graph.readers if key.kind in {"source", "file"})

    def address_of(self, key: AnyKey) -> str:
        """The address of an output key: that of its page, if it has several outputs."""
        urls = [placed.url for placed in self._outputs(key)]
        return next((url for url in urls if url.endswith("/")), urls[0] if urls else "")

    def reads(self, key: AnyKey) -> tuple[AnyKey, ...]:
        """What *key* read, in its order; of a page also what is around its text."""
        read = self._graph.reads.get(key, ())
        around = (inner for one in read if one.kind == "shell" for inner in self.reads(one))
        return tuple(dict.fromkeys((*around, *(one for one in read if one.kind != "shell"))))

    def files_of(self, template: AnyKey) -> tuple[str, ...]:
        """The files that a template consists of; the places where an override could lie and does not are left out."""
        row = self._store.row(template)
        reads = row.trace.reads if row else ()
        return tuple(key.name for key, found in reads if key.kind == "source" and found != ABSENT)

    def page_of(self, path: str) -> AnyKey | None:
        """The key of the page of the document at *path*."""
        key: AnyKey = Key("page", path, self._variant)
        return key if key in self._graph.reads else None

    def card(self, path: SourcePath) -> Card | None:
        """The front matter of a document, as it was in the last build."""
        payload = self._store.value(card_key(path))
        return CardCodec().decode(payload) if payload else None

    def readers(self, path: SourcePath) -> tuple[AnyKey, ...]:
        """The outputs that something of the file at *path* went into, directly or through others of its kind."""
        found: dict[AnyKey, None] = {}
        waiting = list(self._about(path))
        seen = set(waiting)
        while waiting:
            for reader in self._graph.readers.get(waiting.pop(), ()):
                if reader in seen or reader.kind in _OF_THE_SITE:
                    continue
                seen.add(reader)
                if reader.kind in OUTPUTS:
                    found[reader] = None
                else:
                    waiting.append(reader)
        return tuple(sorted(found, key=self.address_of))

    def trail(self, key: AnyKey, made: Mapping[str, str]) -> tuple[tuple[AnyKey, str], ...]:
        """Why *key* was made, down to what began it (`engine.explain`)."""
        return self._graph.trail(key, made)

    def _about(self, path: SourcePath) -> Iterable[AnyKey]:
        """The keys that ask for the file at *path*: its facets, and the references that lead to it."""
        yield from (
            key for key in self._graph.readers if key.kind in FACETS and key.name == str(path)
        )
        card = self.card(path)
        if card is not None:
            ids = {fold(f"id:{card.kind}:{card.id}"), fold(f"path:{path}")}
            yield from (key for key in self._kind("place") if fold(key.name) in ids)
        if card is not None and card.kind in {"person", "department"}:
            yield from (key for key in self._kind("party") if fold(key.name) == fold(card.id))

    def _kind(self, kind: str) -> list[AnyKey]:
        return [key for key in self._graph.readers if key.kind == kind]

    def _outputs(self, key: AnyKey) -> tuple[Placed, ...]:
        return self._store.placed(key)

    @cached_property
    def _makers(self) -> Mapping[UrlPath, AnyKey]:
        outputs = (key for key in self._graph.reads if key.kind in OUTPUTS)
        return {placed.url: key for key in outputs for placed in self._outputs(key)}
