"""Addresses: where each document is published, and who owns which address."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from itnews.errors import PathError
from itnews.files.output import checked_file, parents
from itnews.model.article import Card
from itnews.model.edition import Edition
from itnews.model.kinds import INTRODUCTION
from itnews.paths import SourcePath, UrlPath, url_path
from itnews.words import fold

ASSETS = "/assets/"
_PAGE = "page"


class Claim(Struct, frozen=True):
    """An address and the source that wants it.

    *what* says in words what would stand there (`the page`, `an alias`), *output* names the key that makes it.
    *of_document*: it is a page of the document *owner*, which knows its title; *title* is what an empty link to
    another page is called. *frame*: the site's own pages (home, lists, feeds), which a document cannot take.
    """

    url: UrlPath
    owner: SourcePath
    what: str
    output: str = ""
    title: str = ""
    of_document: bool = False
    frame: bool = False


class Collision(Struct, frozen=True):
    """Two outputs on one address, or on addresses that some file system cannot hold side by side."""

    kept: Claim
    lost: Claim


class Routes(Struct, frozen=True):
    """Every address of an edition with its owner; the claims that lost, and those that no file can answer, with why."""

    owners: Mapping[UrlPath, Claim]
    collisions: tuple[Collision, ...]
    unfit: tuple[tuple[Claim, str], ...]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> "Routes":
        """Gives each address to its first claim: the site's frame, then documents by path, then files and their feeds.

        Addresses that differ only in case or Unicode normalisation are one; a file stands in the way of a folder of
        its name.
        """
        owners: dict[UrlPath, Claim] = {}
        files: dict[str, Claim] = {}
        folders: dict[str, Claim] = {}
        collisions, unfit = [], []
        for claim in sorted(claims, key=_precedence):
            try:
                file = fold(checked_file(claim.url))
            except PathError as fault:
                unfit.append((claim, str(fault)))
                continue
            above = parents(file)
            rival = files.get(file) or folders.get(file)
            rival = rival or next((files[folder] for folder in above if folder in files), None)
            if rival:
                collisions.append(Collision(rival, claim))
                continue
            owners[claim.url] = files[file] = claim
            for folder in above:
                folders.setdefault(folder, claim)
        return cls(owners, tuple(collisions), tuple(unfit))

    def near(self, url: str) -> list[str]:
        """Addresses in the same part of the site as *url*: what a wrong link was probably meant to be."""
        part = url.split("/")[1:2]
        return [other for other in self.owners if other.split("/")[1:2] == part]


def address(card: Card) -> UrlPath:
    """Where a document can be read: its page, or for the introduction of a list that list."""
    if card.kind == INTRODUCTION.name:
        return url_path(f"/{card.path.parts[1]}/")  # content/<folder>/index.md
    return url_path(
        f"/{card.slug}/" if card.kind == _PAGE else f"/{card.definition.folder}/{card.slug}/"
    )


def alias_address(alias: str) -> UrlPath:
    """Where a former address is answered: `/old` and `/old/` by a page in the folder, `/old.html` by that file."""
    url = url_path(f"/{alias.strip('/')}")
    file = url.rpartition("/")[2]
    return url if file.endswith((".html", ".htm")) or url == "/" else UrlPath(f"{url}/")


def feed_beside(base: UrlPath) -> UrlPath:
    """The address of the RSS feed that stands beside the page at *base*."""
    return url_path(f"{base}feed.xml")


def sheet_address(project: Card) -> UrlPath:
    """Where a project stands on one sheet."""
    return url_path(f"{address(project)}sheet/")


def page_of_list(base: UrlPath, number: int) -> UrlPath:
    """The address of a list's page *number*, which counts from 1: `/updates/`, `/updates/page/2/`."""
    return base if number == 1 else url_path(f"{base}page/{number}/")


def href(url: str, edition: Edition) -> str:
    """What a page writes to lead to *url*: the base's path in front of an address of this site."""
    return f"{edition.base_path}{url}" if url.startswith("/") else url


def absolute(url: str, edition: Edition) -> str:
    """The full address of an output of this site."""
    return f"{edition.base_url.rstrip('/')}{url}" if url.startswith("/") else url


def _precedence(claim: Claim) -> tuple[bool, bool, str, str]:
    return not claim.frame, not claim.of_document, str(claim.owner), claim.url
