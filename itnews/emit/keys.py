"""Factories of the output keys: what the tree consists of. Their answers are where the outputs were placed."""

from itnews.emit.picture import PictureFault
from itnews.engine.key import Key
from itnews.files.output import Placed
from itnews.paths import SourcePath, UrlPath

Outputs = Key[tuple[Placed, ...]]


def page_key(path: SourcePath, variant: str) -> Outputs:
    """The page of a document, with the files beside it that it uses."""
    return Key("page", str(path), variant)


def front_key(name: str, variant: str) -> Outputs:
    """A page that no document writes: `home`, `roadmap`, `value`... or `changes 2026-09`, that since a month."""
    return Key("front", name, variant)


def sheet_key(path: SourcePath, variant: str) -> Outputs:
    """A project on one sheet, to forward and to print."""
    return Key("sheet", str(path), variant)


def list_key(listing: str, number: int, variant: str) -> Outputs:
    """Page *number* (from 1) of a list: `kind:update`, `tag:security`, `year:2026`, `fiscal-quarter:FY27-Q1`."""
    return Key("list", f"{number} {listing}", variant)


def feed_key(channel: str, variant: str) -> Outputs:
    """The RSS feed of a channel: `site`, `kind:update`, `department:finance`, `tag:security`..."""
    return Key("feed", channel, variant)


def alias_key(url: UrlPath, variant: str) -> Outputs:
    """The page at a former address that leads to the present one."""
    return Key("alias", url, variant)


def file_output_key(path: SourcePath) -> Outputs:
    """A file of `static/`, copied to the root."""
    return Key("static", str(path))


def asset_output_key(name: str) -> Outputs:
    """A theme's asset under its fingerprinted name."""
    return Key("asset-file", name)


def picture_key(path: SourcePath) -> Key[PictureFault | None]:
    """What is wrong with a file as a picture; None if nothing is. No output: it is asked where a picture is shown."""
    return Key("picture", str(path))


def tokens_key() -> Outputs:
    """The generated style sheet with the accent and its tints."""
    return Key("tokens", "")


def sitemap_key(variant: str) -> Outputs:
    """The sitemap, in as many files as the protocol asks for."""
    return Key("sitemap", "", variant)


def robots_key(variant: str) -> Outputs:
    """robots.txt."""
    return Key("robots", "", variant)
