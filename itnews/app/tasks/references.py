"""References: what the links, images and ids of one document lead to in an edition, and what is wrong with them."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec.structs import replace

from itnews.app.channels import Group
from itnews.app.rules import card_rules, list_setting
from itnews.app.tasks.pictures import is_active, picture_problem
from itnews.content.frontmatter import decode, split
from itnews.content.scan import is_markdown
from itnews.emit.assets import hashed_name
from itnews.engine.key import Fetch
from itnews.late import late
from itnews.markup.locate import find_reference
from itnews.model.article import Document, Reference, Resolved
from itnews.model.keys import (
    anchors_key,
    edition_key,
    file_key,
    kind_names_key,
    kinds_key,
    present_key,
    source_key,
)
from itnews.paths import SourcePath, UrlPath, source_path, url_path
from itnews.problems import Problem, Span
from itnews.site.keys import place_key
from itnews.site.links import (
    NOWHERE,
    Place,
    Target,
    anchor_missing,
    broken,
    candidates,
    settled,
    target_of,
)
from itnews.site.urls import ASSETS
from itnews.words import suggestion

if TYPE_CHECKING:
    from itnews.content import card as cards
else:
    cards = late("itnews.content.card")

CONTENT = "content/"

Outcome = tuple[Resolved, Problem | None]


def resolve_references(
    document: Document, variant: str, fetch: Fetch
) -> tuple[dict[int, Resolved], tuple[Problem, ...]]:
    """What became of each reference in *document*'s body, by number, and the problems of those that lead nowhere."""
    outcomes = [
        _as_written(reference)
        if is_ignored(reference.target, fetch)
        else _outcome(document, reference, variant, fetch)
        for reference in document.refs
    ]
    problems = tuple(problem for _, problem in outcomes if problem)
    return {resolved.number: resolved for resolved, _ in outcomes}, problems


def file_is_ours(path: SourcePath) -> bool:
    """Whether a file at *path* may be published beside a document."""
    return str(path).startswith(CONTENT) and not is_markdown(path.name)


def file_of(target: Target) -> SourcePath | None:
    """The file beside a document, or in `static/`, that *target* may mean."""
    if target.way == "file":
        file = source_path(target.name)
        return file if file_is_ours(file) else None
    is_static = target.way == "site" and not target.name.endswith("/")
    return source_path(f"static{target.name}") if is_static else None


def asset_url(path: SourcePath, fetch: Fetch) -> UrlPath | None:
    """The fingerprinted address of a file of `content/`; None if there is none, it lies elsewhere, or is Markdown.

    The source of a document is never published: who may see it is said inside.
    """
    if not file_is_ours(path):
        return None
    if not fetch(present_key(path)) or is_active(path, fetch):
        return None
    file = fetch(file_key(path))
    return url_path(ASSETS + hashed_name(path.name, file.digest)) if file else None


def is_ignored(written: str, fetch: Fetch) -> bool:
    """Whether the settings say of an address, as written, that another server answers it."""
    return any(fnmatchcase(written, pattern) for pattern in list_setting("links.ignore", fetch))


def _as_written(reference: Reference) -> Outcome:
    """An address of which the settings say that another server answers it."""
    return Resolved(reference.number, reference.target, reference.target), None


def _outcome(document: Document, reference: Reference, variant: str, fetch: Fetch) -> Outcome:
    target = target_in(document.path, reference.target, fetch)
    unfit = _unfit_picture(document, reference, target, fetch)
    if unfit and unfit.level == "error":
        return Resolved(reference.number), unfit
    if target.way == "file":
        asset = source_path(target.name)
        url = asset_url(asset, fetch)
        if url:
            href = f"{base_path(variant, fetch)}{url}{target.rest}"
            return Resolved(reference.number, href, asset.name, asset), unfit
    place = place_of(document.path, target, variant, fetch)
    if reference.role == "image" and place.state == "here" and place.document:
        place = NOWHERE  # a page is no picture
    at = Span(document.path, in_body=True)
    wrong = broken(reference, target, place, at) or _anchor_problem(
        document, reference, target, place, fetch
    )
    resolved = settled(reference, target, place, base_path=base_path(variant, fetch))
    return resolved, positioned(wrong, document, reference, fetch) if wrong else unfit


def target_in(document: SourcePath, written: str, fetch: Fetch) -> Target:
    """What *written*, an address in *document*, points at."""
    return target_of(written, document, fetch(kind_names_key()))


def _unfit_picture(
    document: Document, reference: Reference, target: Target, fetch: Fetch
) -> Problem | None:
    """What is wrong with the file that *reference* shows or links to."""
    file = file_of(target)
    if file is None:
        return None
    at = Span(document.path, in_body=True)
    wrong = picture_problem(file, at, fetch, is_shown=reference.role == "image")
    return wrong and positioned(wrong, document, reference, fetch)


def place_of(document: SourcePath, target: Target, variant: str, fetch: Fetch) -> Place:
    """Where *target*, a reference in *document*, leads to as a page."""
    if target.way == "wrong":
        return NOWHERE
    if target.way == "own":
        return fetch(place_key(f"path:{document}", variant))
    if target.way == "id":
        return fetch(place_key(f"id:{target.name}", variant))
    if target.way == "site":
        return fetch(place_key(f"url:{target.name}", variant))
    places = [fetch(place_key(f"path:{path}", variant)) for path in candidates(target.name)]
    return next((place for place in places if place.state != "unknown"), places[0])


def _anchor_problem(
    document: Document, reference: Reference, target: Target, place: Place, fetch: Fetch
) -> Problem | None:
    if not target.anchor or place.state != "here" or place.document is None:
        return None
    own = place.document == document.path
    anchors = document.anchors if own else fetch(anchors_key(place.document))
    if target.anchor in anchors:
        return None
    at = Span(document.path, in_body=True)
    return anchor_missing(reference.target, at, anchors, suggestion(target.anchor, anchors))


def positioned(problem: Problem, document: Document, reference: Reference, fetch: Fetch) -> Problem:
    """*problem* at the place where *reference* is written, which is looked for only now that it matters."""
    path = document.path
    payload = fetch(source_key(path))
    text, _ = decode(payload, path) if payload is not None else (None, ())
    if text is None:
        return problem
    line, column, length = find_reference(split(text).body, reference, among=document.refs)
    return replace(problem, at=Span(path, line, column, length, in_body=True))


def group_title(group: Group, variant: str, fetch: Fetch) -> str:
    """What the list of *group* is called: its introduction's title, the kind's own name, the tag as it is spelt."""
    title = fetch(place_key(f"url:{base_of(group, fetch)}", variant)).title
    # A kind without a list may have a feed all the same.
    return title or (fetch(kinds_key())[group.value].plural if group.facet == "kind" else "")


def base_of(group: Group, fetch: Fetch) -> UrlPath:
    """Where the list of *group* stands."""
    return group.base(fetch(kinds_key()))


def field_span(
    path: SourcePath, loc: Sequence[str | int], fetch: Fetch, *, key: bool = False
) -> Span:
    """The place of a front matter's field (its name with *key*), which is looked for only when a Problem needs it."""
    payload = fetch(source_key(path))
    text, _ = decode(payload, path) if payload is not None else (None, ())
    if text is None:
        return Span(path)
    return cards.field_place(text, path, loc, card_rules(fetch), key=key)


def base_path(variant: str, fetch: Fetch) -> str:
    """The path that every address in a page of this edition begins with."""
    return fetch(edition_key(variant)).base_path
