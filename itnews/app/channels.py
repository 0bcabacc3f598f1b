"""Groups: the sets of documents that have a list or a feed, by name, and the queries that fill them."""

import sys

from msgspec import Struct

from itnews.model.kinds import Kinds
from itnews.model.query import Query
from itnews.paths import UrlPath, url_path

PAGE_LENGTH = 20
"""Documents on one page of a list that is read from the newest on."""

CHANGING = ("ask", "notice")
"""The kinds whose changes of state are news by themselves."""

DOCUMENTS = ("department", "goal", "project", "service")
"""The kinds of which each document has a feed beside its page."""

_DATED = ("dated", "yes")
_FOLDERS = {"fiscal-quarter": "archive", "tag": "tags", "year": "archive"}


class Group(Struct, frozen=True):
    """A set of documents: *facet* is `site`, `kind` or a facet of `Query.where`, *value* what it has to be.

    A group whose facet is one of `DOCUMENTS` belongs to the document of that kind whose id is *value*.
    """

    facet: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.facet}:{self.value}" if self.value else self.facet

    @property
    def of_document(self) -> bool:
        """Whether the group belongs to a document, beside whose page its feed stands."""
        return self.facet in DOCUMENTS

    def base(self, kinds: Kinds) -> UrlPath:
        """Where the group's list stands. Raises KeyError for a group of a document: its page's address is the base."""
        if self.facet == "site":
            return url_path("/")
        if self.facet == "kind":
            return url_path(f"/{kinds[self.value].folder}/")
        return url_path(f"/{_FOLDERS[self.facet]}/{self.value}/")

    def page_length(self, kinds: Kinds) -> int:
        """Documents on one page of the group's list.

        A kind without dates is looked up: who looks for a person or a word turns no pages, and none is "older".
        """
        looked_up = self.facet == "kind" and not kinds[self.value].dated
        return sys.maxsize if looked_up else PAGE_LENGTH

    def listed(self, kinds: Kinds) -> Query:
        """What the group's list shows."""
        if self.facet != "kind":
            return Query(where=((self.facet, self.value),))
        return Query((self.value,), order="pinned" if kinds[self.value].dated else "order")

    def fed(self, kinds: Kinds, limit: int = 0) -> Query:
        """What the group's feed carries: dated documents only, the newest *limit*."""
        if self.facet == "kind":
            return Query((self.value,), (_DATED,), limit=limit)
        facets = () if self.facet == "site" else ((self.facet, self.value),)
        return Query(kinds.of_feeds(), (_DATED, *facets), limit=limit)

    def changed(self, limit: int = 0) -> Query | None:
        """Whose changes of state the group's feed tells, the newest *limit*; None if nothing in it has a state."""
        if self.facet == "kind":
            return Query((self.value,), (_DATED,), limit=limit) if self.value in CHANGING else None
        facets = () if self.facet == "site" else ((self.facet, self.value),)
        return Query(CHANGING, (_DATED, *facets), limit=limit)


SITE = Group("site")


def group_of(name: str) -> Group:
    """The group whose `str` is *name*."""
    facet, _, value = name.partition(":")
    return Group(facet, value)
