"""The stages of a document: card (front matter), document (parsed body), body (resolved for one edition)."""

from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct, field

from itnews.model.embed import Specification
from itnews.model.kinds import Kind
from itnews.model.moment import Moment
from itnews.paths import SourcePath, UrlPath

if TYPE_CHECKING:
    from itnews.model.common import (
        Common,  # loads pydantic, which is for what reads or shows fields
    )

T = TypeVar("T")


class Card(Struct, frozen=True):
    """A document's front matter, validated. *definition* says what its kind is, *fields* is the model of that kind.

    *audience* is whom the document concerns after the rule of concern: as written; without it the departments that
    `departments` and `impact` name; else everyone.
    """

    path: SourcePath
    definition: Kind
    id: str
    slug: str
    title: str
    date: Moment | None
    audience: tuple[str, ...]
    visibility: tuple[str, ...]
    fields: "Common"

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.definition.name


def declared(fields: "Common", name: str, default: T) -> T:
    """The value of a field that only some kinds have; *default* where the kind of *fields* has none of this name.

    A field that the kind does not know is kept as it was written (`extra`): it is no value of ours. Nor is one that a
    site has given to a kind of its own, which may mean something else by the name.
    """
    model = type(fields)
    is_ours = name in model.model_fields and name not in model.own_names
    return getattr(fields, name) if is_ours else default


class Heading(Struct, frozen=True):
    """A heading of the body: *level* 2 to 6 (a body's `#` is shifted below the page's title), its anchor, its text."""

    level: int
    anchor: str
    text: str


ReferenceRole = Literal["link", "image"]


class Reference(Struct, frozen=True):
    """A link or an image as written. *number* is what its placeholder in the HTML carries; *empty*: it has no text."""

    number: int
    role: ReferenceRole
    target: str
    empty: bool = False


class Embed(Struct, frozen=True):
    """A view inside a body; its own headings begin at *level*, one below the heading that it stands under."""

    specification: Specification
    level: int


class WrittenEmbed(Struct, frozen=True):
    """An embed and the YAML that asks for it, which begins on *line* of the body (0: nobody knows), behind *indent*
    characters."""

    embed: Embed
    text: str
    line: int
    indent: int


class Document(Struct, frozen=True):
    """A parsed body. Each reference in *html* is a placeholder (`markup.refs.placeholder(number)`), and so is each of
    *embeds*, by its position (`markup.embeds.place`)."""

    path: SourcePath
    html: str
    refs: tuple[Reference, ...]
    anchors: tuple[str, ...]
    outline: tuple[Heading, ...]
    text: str
    embeds: tuple[WrittenEmbed, ...] = ()


class Resolved(Struct, frozen=True):
    """What became of a reference in one edition.

    *href* is what the page shall carry, empty when the link becomes its own words; *title* stands in for the text of
    an empty link; *asset* is the file beside the document that has to be published for it.
    """

    number: int
    href: str = ""
    title: str = ""
    asset: SourcePath | None = None


class Body(Struct, frozen=True):
    """A body for one edition: links resolved (path-absolute, with the base's path), *assets* the files it needs.

    The places of *embeds* are still open: a page and a feed fill them in forms of their own.
    """

    html: str
    text: str
    outline: tuple[Heading, ...]
    assets: tuple[SourcePath, ...] = field(default=())
    embeds: tuple[Embed, ...] = ()


class Gist(Struct, frozen=True):
    """What a page tells of its body beside showing it: whether there is anything to show, its headings, how long it
    takes to read."""

    filled: bool
    outline: tuple[Heading, ...]
    reading_minutes: int


class Shell(Struct, frozen=True):
    """A document's page without its body, which belongs between the *parts*; one part: the page does not show it.

    *beside* are the files of `content/` that the page needs for its front matter.
    """

    url: UrlPath
    parts: tuple[str, ...]
    beside: tuple[SourcePath, ...]


class Teaser(Struct, frozen=True):
    """What a list may show of a document, and nothing more.

    *unconfirmed_since* is when a status was confirmed last that has not been for too long.
    """

    path: SourcePath
    kind: str
    id: str
    title: str
    summary: str
    url: UrlPath
    date: Moment | None
    status: str = ""
    unconfirmed_since: Moment | None = None
    image: str = ""
    image_alt: str = ""


class Link(Struct, frozen=True):
    """Words that may lead somewhere: *url* is empty where there is no page to lead to (a name, a hidden document)."""

    text: str
    url: UrlPath | Literal[""] = ""
