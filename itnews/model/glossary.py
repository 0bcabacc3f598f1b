"""The glossary as pages use it: its terms with the words that mean them, and where a body uses one first."""

from msgspec import Struct

from itnews.paths import SourcePath


class Gloss(Struct, frozen=True):
    """A term of one edition and its *plain* meaning; any of *words* means it, *href* is its page.

    *slug* tells it from other terms in the ids of a page.
    """

    path: SourcePath
    slug: str
    term: str
    plain: str
    href: str
    words: tuple[str, ...]


class TermUse(Struct, frozen=True):
    """The first use of a term in a body: the characters from *begin* up to *end* of its HTML."""

    begin: int
    end: int
    gloss: Gloss
