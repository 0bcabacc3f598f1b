"""The site as a whole: the index, where references lead, and answers to questions about many documents."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from itnews.app.rules import calendar, zone_of
from itnews.app.tasks.fields import image_href
from itnews.app.tasks.references import field_span
from itnews.content.scan import documents, is_document
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.article import Card, Link, Teaser
from itnews.model.history import Revision
from itnews.model.keys import (
    card_key,
    edition_key,
    entry_key,
    kinds_key,
    listing_key,
    passed_key,
    revisions_key,
)
from itnews.model.moment import Moment
from itnews.model.query import Query
from itnews.paths import SourcePath, UrlPath, source_path
from itnews.problems import Problem, error
from itnews.site.catalogue import Catalogue
from itnews.site.index import Index, Standing
from itnews.site.index import standing as standing_of
from itnews.site.keys import (
    Neighbours,
    Sequence,
    bearer_key,
    catalogue_key,
    claim_key,
    excerpt_key,
    index_key,
    place_key,
    query_key,
    query_of,
    routes_key,
    sequence_key,
    standing_key,
)
from itnews.site.links import Place
from itnews.site.teaser import teaser as teaser_of
from itnews.site.urls import Claim, address
from itnews.views.keys import consultation_key, notice_key, project_key
from itnews.words import suggestion

CONTENT = "content"


def all_entries(fetch: Fetch) -> list[tuple[SourcePath, Card | None]]:
    """Every document with its entry, valid or not, seen or hidden. For index, catalogue and schedule only."""
    return [(path, fetch(entry_key(path))) for path in documents(fetch(listing_key(CONTENT)))]


def index(key: Key[Index], fetch: Fetch) -> Answer[Index]:
    """The index, and a problem for each document whose id another of its kind has."""
    standings = [
        (card, fetch(standing_key(path, key.variant))) for path, card in all_entries(fetch) if card
    ]
    seen = [card for card, state in standings if state != "hidden"]
    unlisted = frozenset(card.path for card, state in standings if state == "unlisted")
    made = Index.of(
        seen,
        expired=unlisted,
        calendar=calendar(fetch),
        revisions=dict(_revisions(seen, key.variant, fetch)),
    )
    return Answer(made, tuple(_twice(first, second, fetch) for first, second in made.twins()))


def _revisions(
    cards: Iterable[Card], variant: str, fetch: Fetch
) -> Iterator[tuple[SourcePath, tuple[Revision, ...]]]:
    """What git says that projects promised, as far as the edition could see it then."""
    for card in cards:
        if card.kind == "project":
            shows = fetch(edition_key(variant)).shows
            told = fetch(revisions_key(card.path))
            seen = tuple(one for one in told if shows.intersection(one.visibility))
            if seen:
                yield card.path, seen


def standing(key: Key[Standing], fetch: Fetch) -> Answer[Standing]:
    """A document whose front matter is broken is hidden, and so is what is none."""
    path = source_path(key.name)
    card = fetch(entry_key(path)) if is_document(path) else None
    if card is None:
        return Answer("hidden")

    def passed(instant: datetime) -> bool:
        return fetch(passed_key(instant))

    edition = fetch(edition_key(key.variant))
    return Answer(standing_of(card, edition, zone=zone_of(fetch), passed=passed))


def _twice(first: Card, second: Card, fetch: Fetch) -> Problem:
    message = f"{second.path} has the id '{second.id}' of {first.path}."
    hint = "give one of them another `id:`, or another file name"
    return error("id-duplicate", field_span(second.path, ("id",), fetch), message, hint=hint)


def catalogue(key: Key[Catalogue], fetch: Fetch) -> Answer[Catalogue]:
    return Answer(Catalogue.of(all_entries(fetch), fetch(kinds_key())))


def bearer(key: Key[SourcePath | None], fetch: Fetch) -> Answer[SourcePath | None]:
    kind, _, id = key.name.partition(":")
    card = fetch(index_key(key.variant)).by_id(kind, id)
    return Answer(card.path if card else None)


def namesake(key: Key[str], fetch: Fetch) -> Answer[str]:
    return Answer(fetch(index_key(key.variant)).person_named(key.name))


def claim(key: Key[Claim | None], fetch: Fetch) -> Answer[Claim | None]:
    return Answer(fetch(routes_key(key.variant)).owners.get(UrlPath(key.name)))


def place(key: Key[Place], fetch: Fetch) -> Answer[Place]:
    way, _, name = key.name.partition(":")
    return Answer(_WAYS[way](name, key.variant, fetch))


def _by_id(name: str, variant: str, fetch: Fetch) -> Place:
    kind, _, id = name.partition(":")
    path = fetch(bearer_key(kind, id, variant))
    if path:
        return _here(path, fetch)
    if fetch(catalogue_key()).has_id(kind, id):
        return Place("hidden")
    known = fetch(index_key(variant)).cards.values()
    near = suggestion(id, (card.id for card in known if card.kind == kind))
    return Place("unknown", near=f"{kind}:{near}" if near else "")


def _by_path(name: str, variant: str, fetch: Fetch) -> Place:
    path = source_path(name)
    if fetch(standing_key(path, variant)) != "hidden":
        return _here(path, fetch)
    if fetch(catalogue_key()).has_path(path):
        return Place("hidden")
    known = fetch(index_key(variant)).cards
    near = suggestion(path.name, (other.name for other in known if other.parent == path.parent))
    return Place("unknown", near=near)


def _by_url(name: str, variant: str, fetch: Fetch) -> Place:
    for url in (UrlPath(name), UrlPath(f"{name.rstrip('/')}/")):
        claim = fetch(claim_key(url, variant))
        if claim:
            return _claimed(claim, fetch)
        if fetch(catalogue_key()).has_address(url):
            return Place("hidden")
    return Place("unknown", near=suggestion(name, fetch(routes_key(variant)).near(name)))


def _claimed(claim: Claim, fetch: Fetch) -> Place:
    if not claim.of_document:
        return Place("here", claim.url, claim.title)
    return Place("here", claim.url, _seen(claim.owner, fetch).title, claim.owner)


_WAYS = {"id": _by_id, "path": _by_path, "url": _by_url}


def _here(path: SourcePath, fetch: Fetch) -> Place:
    card = _seen(path, fetch)
    return Place("here", address(card), card.title, path)


def _seen(path: SourcePath, fetch: Fetch) -> Card:
    """The card of a document that is in the index."""
    card = fetch(card_key(path))
    assert card is not None
    return card


def query(key: Key[tuple[SourcePath, ...]], fetch: Fetch) -> Answer[tuple[SourcePath, ...]]:
    index = fetch(index_key(key.variant))
    chosen = index.select(
        query_of(key), title_of=lambda card: card.title or _seen(card.path, fetch).title
    )
    return Answer(tuple(card.path for card in chosen))


def sequence(key: Key[Sequence], fetch: Fetch) -> Answer[Sequence]:
    paths = fetch(query_key(Query((key.name,)), key.variant))
    newer: tuple[SourcePath | None, ...] = (None, *paths)[: len(paths)]
    older: tuple[SourcePath | None, ...] = (*paths, None)[1:]
    names = (str(path) for path in paths)
    return Answer(dict(zip(names, zip(newer, older, strict=True), strict=True)))


def neighbours(key: Key[Neighbours], fetch: Fetch) -> Answer[Neighbours]:
    path = source_path(key.name)
    card = fetch(entry_key(path))
    if card is None or not card.definition.dated:
        return Answer((None, None))
    return Answer(fetch(sequence_key(card.kind, key.variant)).get(key.name, (None, None)))


def teaser(key: Key[Teaser | None], fetch: Fetch) -> Answer[Teaser | None]:
    path = source_path(key.name)
    place = fetch(place_key(f"path:{path}", key.variant))
    card = fetch(card_key(path)) if place.state == "here" else None
    if card is None:
        return Answer(None)
    summary = card.fields.summary or fetch(excerpt_key(path, key.variant))
    image = image_href(path, card.fields.image, key.variant, fetch)
    state, unconfirmed_since = _state(card, key.variant, fetch)
    return Answer(
        teaser_of(
            card,
            url=address(card),
            summary=summary,
            image=image,
            status=state,
            unconfirmed_since=unconfirmed_since,
        )
    )


def _state(card: Card, variant: str, fetch: Fetch) -> tuple[str, Moment | None]:
    """What a view finds a document to be, where its own fields do not say that; and when a status that has not been
    confirmed for too long was last."""
    if card.kind == "notice":
        notice = fetch(notice_key(card.path, variant))
        return (notice.state if notice else ""), None
    if card.kind == "consultation":
        consultation = fetch(consultation_key(card.path, variant))
        return (consultation.state if consultation else ""), None
    if card.kind == "project":
        project = fetch(project_key(card.path, variant))
        return (project.item.status, project.item.unconfirmed_since) if project else ("", None)
    return "", None


def party(key: Key[Link], fetch: Fetch) -> Answer[Link]:
    """Hidden parties have no words either: the id of a hidden document is hidden, too."""
    places = [
        fetch(place_key(f"id:{kind}:{key.name}", key.variant)) for kind in ("person", "department")
    ]
    for place in places:
        if place.state == "here":
            return Answer(Link(place.title, place.url))
    return Answer(Link("" if any(place.state == "hidden" for place in places) else key.name))
