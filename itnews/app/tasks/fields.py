"""The references in a front matter: ids, addresses and images, each checked at its place."""

from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from itnews.app.tasks.pictures import picture_problem
from itnews.app.tasks.references import (
    asset_url,
    base_path,
    field_span,
    file_of,
    is_ignored,
    place_of,
    target_in,
)
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.article import Card, declared
from itnews.model.keys import anchors_key, card_key
from itnews.model.kinds import KINDS
from itnews.model.names import SAFE_SCHEMES
from itnews.model.references import FieldReference, Location, addresses, references
from itnews.paths import SourcePath, UrlPath, source_path
from itnews.problems import Problem, Span, error, warning
from itnews.site.keys import place_key
from itnews.site.links import Place, anchor_missing
from itnews.words import did_you_mean, suggestion

if TYPE_CHECKING:
    from itnews.model.worth import Benefit

_IMAGES = ("image", "photo")
_LEADING_ON = {"notice": "supersedes", "goal": "parent", "department": "parent"}
"""By kind the field that names one of the same kind, which has the field, too."""

_OTHERS = tuple(f"{scheme}:" for scheme in SAFE_SCHEMES)


def check_references(key: Key[None], fetch: Fetch) -> Answer[None]:
    """The problems of a front matter's references; the answer itself says nothing."""
    card = fetch(card_key(source_path(key.name)))
    if card is None:
        return Answer(None)
    ids = (
        _id_problem(card, reference, key.variant, fetch) for reference in references(card.fields)
    )
    links = (
        _address_problem(card, loc, text, key.variant, fetch)
        for loc, text in addresses(card.fields)
    )
    images = (_image_problem(card, name, key.variant, fetch) for name in _IMAGES)
    ring = _ring_problem(card, key.variant, fetch)
    return Answer(None, tuple(problem for problem in (*ids, *links, *images, ring) if problem))


def address_href(path: SourcePath, written: str, variant: str, fetch: Fetch) -> str:
    """What a page writes for an address in the front matter of *path*; empty if it leads nowhere in this edition."""
    if is_of_others(written):
        return written
    target = target_in(path, written, fetch)
    url = asset_url(source_path(target.name), fetch) if target.way == "file" else None
    if url is None:
        url = place_of(path, target, variant, fetch).url or None
    return f"{base_path(variant, fetch)}{url}{target.rest}" if url else ""


def address_words(path: SourcePath, written: str, variant: str, fetch: Fetch) -> str:
    """What an address without words of its own is called: the title of what it leads to, or the address itself.

    Empty for a document that this edition must not see: its id is hidden, too.
    """
    if written.startswith(_OTHERS):
        return written.removeprefix("mailto:").removeprefix("tel:")
    target = target_in(path, written, fetch)
    if target.way == "file" and asset_url(source_path(target.name), fetch):
        return source_path(target.name).name
    place = place_of(path, target, variant, fetch)
    return place.title or ("" if place.state == "hidden" else written)


def image_href(path: SourcePath, written: str, variant: str, fetch: Fetch) -> str:
    """What a page writes for an image field; empty if there is no such file, or a page stands there."""
    if is_of_others(written):
        return ""
    target = target_in(path, written, fetch)
    url: UrlPath | str | None = None
    file = file_of(target)
    wrong = picture_problem(file, Span(path), fetch) if file else None
    if wrong and wrong.level == "error":
        return ""
    if target.way == "file":
        url = asset_url(source_path(target.name), fetch)
    if url is None and target.way == "site":
        place = place_of(path, target, variant, fetch)
        url = place.url if place.document is None else None
    return f"{base_path(variant, fetch)}{url}{target.rest}" if url else ""


def is_of_others(written: str) -> bool:
    """Whether an address leads out of the site, or nowhere because it is empty."""
    return not written or written.startswith(_OTHERS)


def files_named(card: Card, fetch: Fetch) -> tuple[SourcePath, ...]:
    """The files that a front matter names by their relative paths, be they there or not."""
    named = [_beside(card, declared(card.fields, name, ""), fetch) for name in _IMAGES]
    linked = [_beside(card, text, fetch) for _, text in addresses(card.fields)]
    return tuple(dict.fromkeys(path for path in (*named, *linked) if path))


def _beside(card: Card, written: str, fetch: Fetch) -> SourcePath | None:
    """The file that a front matter names by its relative path."""
    if is_of_others(written):
        return None
    target = target_in(card.path, written, fetch)
    return source_path(target.name) if target.way == "file" else None


def _id_problem(
    card: Card, reference: FieldReference, variant: str, fetch: Fetch
) -> Problem | None:
    names = [f"id:{kind}:{reference.id}" for kind in reference.kinds]
    places = [fetch(place_key(name, variant)) for name in names]
    here = next((place for place in places if place.state == "here"), None)
    if here:
        return _benefit_problem(card, reference, here, fetch) if reference.part else None
    if any(place.state == "hidden" for place in places):
        return None
    near = next((place.near.partition(":")[2] for place in places if place.near), "")
    return _unknown(card, reference, near, fetch)


def _unknown(card: Card, reference: FieldReference, near: str, fetch: Fetch) -> Problem | None:
    kind = reference.kinds[0]
    field = str(reference.loc[0])
    named = "audience" if field in {"audience", "impact"} else kind
    hint = f"did you mean '{near}'?" if near else ""
    if reference.lenient and not near:
        return None
    at = field_span(card.path, reference.loc, fetch, key=reference.is_name)
    if reference.lenient:
        message = f"'{reference.id}' is taken for a name."
        return warning(f"{named}-near", at, message, hint=hint)
    message, hint = f"Unknown {named} '{reference.id}'.", hint or f"there is no {kind} with this id"
    if kind not in KINDS:
        return error("reference-unknown", at, message, hint=hint)
    return error(f"{named}-unknown", at, message, hint=hint)


def _benefit_problem(
    card: Card, reference: FieldReference, place: Place, fetch: Fetch
) -> Problem | None:
    project = fetch(card_key(place.document)) if place.document else None
    known = (
        [one.id for one in declared(project.fields, "benefits", cast("tuple[Benefit, ...]", ()))]
        if project
        else []
    )
    if reference.part in known:
        return None
    at = field_span(card.path, reference.loc, fetch)
    message = f"The project '{reference.id}' has no benefit '{reference.part}'."
    hint = did_you_mean(reference.part, known) or "give the benefit an `id:` in the project's file"
    return error("benefit-unknown", at, message, hint=hint)


def _ring_problem(card: Card, variant: str, fetch: Fetch) -> Problem | None:
    """That a document replaces itself or is part of itself, directly or over others."""
    name, way = _LEADING_ON.get(card.kind, ""), [card]
    while True:
        other = _led_to(way[-1], name, variant, fetch)
        if other is None or any(other.path == one.path for one in way[1:]):
            return None  # a ring further on is told there
        if other.path == card.path:
            break
        way.append(other)
    through = ", ".join(f"'{one.id}'" for one in (*way[1:], card))
    message = f"`{name}` leads back to this document" + (f": over {through}." if way[1:] else ".")
    at = field_span(card.path, (name,), fetch)
    return error("reference-ring", at, message, hint=f"take `{name}:` out, or name another")


def _led_to(card: Card, name: str, variant: str, fetch: Fetch) -> Card | None:
    """The document of the same kind that the field *name* of *card* names, if this edition sees it."""
    id = declared(card.fields, name, "")
    place = fetch(place_key(f"id:{card.kind}:{id}", variant)) if id else None
    return fetch(card_key(place.document)) if place and place.document else None


def _address_problem(
    card: Card, loc: Location, written: str, variant: str, fetch: Fetch
) -> Problem | None:
    if is_of_others(written):
        return None
    return _leads_nowhere(card, loc, written, variant, fetch)


def _image_problem(card: Card, name: str, variant: str, fetch: Fetch) -> Problem | None:
    written = declared(card.fields, name, "")
    return _leads_nowhere(card, (name,), written, variant, fetch) if written else None


def _leads_nowhere(
    card: Card, loc: Location, written: str, variant: str, fetch: Fetch
) -> Problem | None:
    if is_ignored(written, fetch):
        return None
    is_image = loc[0] in _IMAGES
    unfit = _unfit_picture(card, loc, written, fetch, is_shown=is_image)
    if unfit:
        return unfit
    if (image_href if is_image else address_href)(card.path, written, variant, fetch):
        return None if is_image else _anchor_problem(card, loc, written, variant, fetch)
    target = target_in(card.path, written, fetch)
    if not is_image and place_of(card.path, target, variant, fetch).state == "hidden":
        return None
    what = "image" if is_image else "link"
    at = field_span(card.path, loc, fetch)
    hint = f"put the file beside {card.path.name}, or correct the path, which is relative to it"
    return error(f"{what}-broken", at, f"The {what} '{written}' leads nowhere.", hint=hint)


def _unfit_picture(
    card: Card, loc: Location, written: str, fetch: Fetch, *, is_shown: bool
) -> Problem | None:
    """What is wrong with the file beside the document that the field at *loc* shows or links to."""
    file = file_of(target_in(card.path, written, fetch))
    if file is None:
        return None
    found = picture_problem(file, Span(card.path), fetch, is_shown=is_shown)
    return found and replace(found, at=field_span(card.path, loc, fetch))


def _anchor_problem(
    card: Card, loc: Location, written: str, variant: str, fetch: Fetch
) -> Problem | None:
    target = target_in(card.path, written, fetch)
    place = place_of(card.path, target, variant, fetch) if target.anchor else None
    if place is None or place.document is None:
        return None
    anchors = fetch(anchors_key(place.document))
    if target.anchor in anchors:
        return None
    near = suggestion(target.anchor, anchors)
    return anchor_missing(written, field_span(card.path, loc, fetch), anchors, near)
