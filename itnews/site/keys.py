"""Factories of the keys whose answers are values of the site as a whole."""

import json
from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import asdict

from itnews.engine.key import Key
from itnews.model.article import Link, Teaser
from itnews.model.glossary import Gloss, TermUse
from itnews.model.query import Query
from itnews.paths import SourcePath, UrlPath
from itnews.site.catalogue import Catalogue
from itnews.site.coming import Coming
from itnews.site.index import Index, Standing
from itnews.site.links import Place
from itnews.site.urls import Claim, Routes

T = TypeVar("T")

Neighbours = tuple[SourcePath | None, SourcePath | None]
Sequence = Mapping[str, Neighbours]


def index_key(variant: str) -> Key[Index]:
    """The cards that the edition may see. For queries, views, places and the plan only: pages ask those."""
    return Key("index", "", variant)


def catalogue_key() -> Key[Catalogue]:
    """What exists, whoever may see it: only to tell a hidden target from a missing one."""
    return Key("catalogue", "")


def routes_key(variant: str) -> Key[Routes]:
    """All addresses of the edition with their owners."""
    return Key("routes", "", variant)


def standing_key(path: SourcePath, variant: str) -> Key[Standing]:
    """Whether the edition lists a document, only keeps its page, or must not see it."""
    return Key("standing", str(path), variant)


def bearer_key(kind: str, id: str, variant: str) -> Key[SourcePath | None]:
    """The document of *kind* that bears an id in the edition; None if it has none."""
    return Key("bearer", f"{kind}:{id}", variant)


def namesake_key(name: str, variant: str) -> Key[str]:
    """The id of the person of that *name* in the edition, in whatever case; empty if there is none."""
    return Key("namesake", name, variant)


def claim_key(url: UrlPath, variant: str) -> Key[Claim | None]:
    """Who owns an address of the edition; None if nobody does."""
    return Key("claim", url, variant)


def place_key(name: str, variant: str) -> Key[Place]:
    """Where a reference leads: *name* is `id:project:expenses`, `path:content/...` or `url:/updates/`."""
    return Key("place", name, variant)


def query_key(query: Query, variant: str) -> Key[tuple[SourcePath, ...]]:
    """The paths of the documents that answer *query*, in its order."""
    return Key("query", json.dumps(asdict(query), sort_keys=True), variant)


def query_of(key: Key[T]) -> Query:
    """The query that is the name of *key*."""
    plain = json.loads(key.name)
    where = tuple((facet, wanted) for facet, wanted in plain["where"])
    return Query(tuple(plain["kinds"]), where, plain["order"], plain["limit"])


def sequence_key(kind: str, variant: str) -> Key[Sequence]:
    """The documents of a dated kind in order, by path, each with its neighbours; a new title does not change it."""
    return Key("sequence", kind, variant)


def neighbours_key(path: SourcePath, variant: str) -> Key[Neighbours]:
    """The newer and the older document of the same dated kind."""
    return Key("neighbours", str(path), variant)


def excerpt_key(path: SourcePath, variant: str) -> Key[str]:
    """The first words of a document's body, for documents without a summary of their own."""
    return Key("excerpt", str(path), variant)


def teaser_key(path: SourcePath, variant: str) -> Key[Teaser | None]:
    """What a list may show of a document; None if it has no page."""
    return Key("teaser", str(path), variant)


def references_key(path: SourcePath, variant: str) -> Key[None]:
    """The check of the references in a document's front matter; its answer is its problems."""
    return Key("references", str(path), variant)


def party_key(name: str, variant: str) -> Key[Link]:
    """A person or department by id, else the name as given."""
    return Key("party", name, variant)


def glossary_key(variant: str) -> Key[tuple[Gloss, ...]]:
    """The terms that the edition explains, with the words that mean them."""
    return Key("glossary", "", variant)


def glossed_key(variant: str) -> Key[bool]:
    """Whether there is any such term: what pages ask first, so that a site without a glossary pays nothing for it."""
    return Key("glossed", "", variant)


def terms_key(path: SourcePath, variant: str) -> Key[tuple[TermUse, ...]]:
    """Where a document's body uses terms first. A new term changes it in the bodies that have the word."""
    return Key("terms", str(path), variant)


def settings_check_key(variant: str) -> Key[None]:
    """The check of the addresses in the settings; its answer is its problems."""
    return Key("settings-check", "", variant)


def schedule_key(variant: str) -> Key[tuple[Coming, ...]]:
    """What is still to change by itself, the next one first."""
    return Key("schedule", "", variant)


def plan_key(variant: str) -> Key[tuple[str, ...]]:
    """The names of all output keys."""
    return Key("plan", "", variant)
