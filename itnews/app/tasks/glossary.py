"""The glossary of an edition, and its terms in one body."""

from itnews.app.tasks.references import base_path
from itnews.engine.key import Answer, Fetch, Key
from itnews.markup.terms import first_uses
from itnews.model.article import Card, declared
from itnews.model.glossary import Gloss, TermUse
from itnews.model.keys import body_key, card_key
from itnews.model.query import Query
from itnews.paths import source_path
from itnews.site.keys import glossary_key, query_key
from itnews.site.urls import address


def glossary(key: Key[tuple[Gloss, ...]], fetch: Fetch) -> Answer[tuple[Gloss, ...]]:
    """The terms that the edition lists and that say what they mean."""
    cards = [fetch(card_key(path)) for path in fetch(query_key(Query(("term",)), key.variant))]
    base = base_path(key.variant, fetch) if cards else ""
    return Answer(tuple(gloss for card in cards if card and (gloss := _gloss(card, base))))


def glossed(key: Key[bool], fetch: Fetch) -> Answer[bool]:
    return Answer(bool(fetch(glossary_key(key.variant))))


def terms(key: Key[tuple[TermUse, ...]], fetch: Fetch) -> Answer[tuple[TermUse, ...]]:
    path = source_path(key.name)
    body, glosses = fetch(body_key(path, key.variant)), fetch(glossary_key(key.variant))
    return Answer(first_uses(body.html, glosses, apart_from=path) if glosses else ())


def _gloss(card: Card, base: str) -> Gloss | None:
    fields = card.fields
    plain, term = declared(fields, "plain", ""), declared(fields, "term", "") or card.title
    if not plain:
        return None
    words = (term, card.title, *declared(fields, "also_called", tuple[str, ...]()))
    return Gloss(
        path=card.path,
        slug=card.slug,
        term=term,
        plain=plain,
        href=f"{base}{address(card)}",
        words=tuple(dict.fromkeys(word for word in words if word.strip())),
    )
