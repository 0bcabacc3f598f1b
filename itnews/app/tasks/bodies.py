"""Bodies as they are shown: what fills their places in a page and in a feed, and what is wrong with these."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from itnews.engine.key import Fetch
from itnews.markup.embeds import embed_span
from itnews.markup.html import fill
from itnews.model.article import Document, WrittenEmbed
from itnews.model.embed import FILTER_KINDS
from itnews.model.keys import body_key
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error, warning
from itnews.site.index import tag_slug
from itnews.site.keys import glossed_key, place_key, terms_key
from itnews.theme.keys import embed_key

_TAGS = "/tags/"


def filled(path: SourcePath, variant: str, fetch: Fetch) -> str:
    """The body of the document *path* as its page shows it, terms of the glossary explained."""
    body = fetch(body_key(path, variant))
    embeds = [fetch(embed_key(embed, variant)) for embed in body.embeds]
    uses = fetch(terms_key(path, variant)) if fetch(glossed_key(variant)) else ()
    return fill(body.html, embeds, uses)


def filled_elsewhere(
    path: SourcePath, variant: str, fetch: Fetch, *, absolute: str, id_prefix: str
) -> str:
    """The body as a feed carries it: its views are plain lists; see `markup.html.fill`."""
    body = fetch(body_key(path, variant))
    embeds = [fetch(embed_key(embed, variant, plain=True)) for embed in body.embeds]
    return fill(body.html, embeds, absolute=absolute, id_prefix=id_prefix)


def unknown_in_embeds(document: Document, variant: str, fetch: Fetch) -> tuple[Problem, ...]:
    """The ids and tags in the views of *document* that no document bears; of what is hidden here nothing is said."""
    ids = (_unknown(document, named, variant, fetch) for named in ids_in_embeds(document))
    tags = (_unused(document, named, variant, fetch) for named in _named(document, {"tags": "tag"}))
    return tuple(problem for problem in (*ids, *tags) if problem)


class EmbeddedId(NamedTuple):
    """An id of a document of *kind* (or a tag) that the view *written* is narrowed to, and where it stands in there."""

    written: WrittenEmbed
    loc: tuple[str | int, ...]
    kind: str
    id: str

    def span(self, path: SourcePath) -> Span:
        """Its place in the body of *path*, which is looked for only now that it matters."""
        return embed_span(path, self.written, self.loc)


def ids_in_embeds(document: Document) -> Iterator[EmbeddedId]:
    """The ids that the views of *document* are narrowed to, in order."""
    return _named(document, FILTER_KINDS)


def _named(document: Document, kinds: Mapping[str, str]) -> Iterator[EmbeddedId]:
    """What the views of *document* name in the filters *kinds*, in order."""
    for written in document.embeds:
        specification = written.embed.specification
        for filter, ids in specification.where:
            kind = kinds.get(filter)
            for number, id in enumerate(ids if kind else ()):
                yield EmbeddedId(written, (specification.view, filter, number), kind or "", id)


def _unknown(document: Document, named: EmbeddedId, variant: str, fetch: Fetch) -> Problem | None:
    place = fetch(place_key(f"id:{named.kind}:{named.id}", variant))
    if place.state != "unknown":
        return None
    near = place.near.partition(":")[2]
    hint = f"did you mean '{near}'?" if near else f"there is no {named.kind} with this id"
    message = f"Unknown {named.kind} '{named.id}'."
    return error("embed-unknown", named.span(document.path), message, hint=hint)


def _unused(document: Document, named: EmbeddedId, variant: str, fetch: Fetch) -> Problem | None:
    """A tag without a document may get one later, so it is no error."""
    slug = tag_slug(named.id)
    place = fetch(place_key(f"url:{_TAGS}{slug}/", variant)) if slug else None
    if place and place.state != "unknown":
        return None
    near = (
        place.near.removeprefix(_TAGS).rstrip("/") if place and place.near.startswith(_TAGS) else ""
    )
    hint = f"did you mean '{near}'?" if near else "look at the page Topics for those that there are"
    at, message = named.span(document.path), f"No document has the tag '{named.id}'."
    return warning("embed-tag-unused", at, message, hint=hint)
