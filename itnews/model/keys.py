"""Factories of the keys whose answers are values of this floor and below: inputs, and the facets of a document."""

from datetime import UTC, date, datetime

from itnews.engine.key import Key
from itnews.files.output import SourceFile
from itnews.model.article import Body, Card, Document, Gist
from itnews.model.edition import Edition
from itnews.model.history import Dates, Revision
from itnews.model.kinds import Kinds
from itnews.paths import SourcePath


def source_key(path: SourcePath) -> Key[bytes | None]:
    """The bytes of a source file; None if there is none."""
    return Key("source", str(path))


def file_key(path: SourcePath) -> Key[SourceFile | None]:
    """A file to copy, by its digest; its bytes are not read into memory."""
    return Key("file", str(path))


def present_key(path: SourcePath) -> Key[bool]:
    """Whether a source file exists."""
    return Key("present", str(path))


def listing_key(folder: str) -> Key[tuple[SourcePath, ...]]:
    """The paths of all files below a folder of the site, sorted."""
    return Key("listing", folder)


def setting_key(path: str) -> Key[object]:
    """A setting by its dotted path, as plain data."""
    return Key("setting", path)


def groups_key() -> Key[tuple[str, ...]]:
    """The names that `visibility` may hold."""
    return Key("groups", "")


def kinds_key() -> Key[Kinds]:
    """The kinds of document that the site has, its own among them."""
    return Key("kinds", "")


def kind_names_key() -> Key[tuple[str, ...]]:
    """The names of the kinds: what may stand before the colon of an address such as `project:expenses`."""
    return Key("kind-names", "")


def edition_key(variant: str) -> Key[Edition]:
    """The edition that a variant names, without its output folder: where a site is written changes no page."""
    return Key("edition", "", variant)


def today_key() -> Key[date]:
    """The day of the build in the site's zone. Whoever asks is made anew every night."""
    return Key("today", "")


def passed_key(instant: datetime) -> Key[bool]:
    """Whether the build's time has reached *instant* (aware). The answer changes once, at that instant."""
    return Key("passed", instant.astimezone(UTC).isoformat())


def dates_key(path: SourcePath) -> Key[Dates | None]:
    """When git says that a document was committed; None if it never was, or that is not known."""
    return Key("dates", str(path))


def revisions_key(path: SourcePath) -> Key[tuple[Revision, ...]]:
    """What git says that a project promised, by date."""
    return Key("revisions", str(path))


def card_key(path: SourcePath) -> Key[Card | None]:
    """A document's validated front matter; None if it is not valid."""
    return Key("card", str(path))


def entry_key(path: SourcePath) -> Key[Card | None]:
    """A document's card without the words that only its page and its teaser show: what the index is made of."""
    return Key("entry", str(path))


def matter_key(path: SourcePath) -> Key[str | None]:
    """A document's front matter with its fences, decoded; None if the file cannot be read."""
    return Key("matter", str(path))


def prose_key(path: SourcePath) -> Key[str | None]:
    """A document's Markdown, without its front matter; None if it cannot be read."""
    return Key("prose", str(path))


def document_key(path: SourcePath) -> Key[Document | None]:
    """A document's parsed body; None if it cannot be read."""
    return Key("document", str(path))


def anchors_key(path: SourcePath) -> Key[tuple[str, ...]]:
    """The anchors of a document's body: what a link check reads instead of the document."""
    return Key("anchors", str(path))


def body_key(path: SourcePath, variant: str) -> Key[Body]:
    """A document's body with its references resolved for an edition."""
    return Key("body", str(path), variant)


def gist_key(path: SourcePath, variant: str) -> Key[Gist]:
    """What a document's page tells of its body beside showing it."""
    return Key("gist", str(path), variant)
