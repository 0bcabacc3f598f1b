"""One document: its card, its parsed body, its body in an edition, its first words."""

from typing import TYPE_CHECKING

from itnews.app.rules import card_rules, markup_rules
from itnews.app.tasks.bodies import unknown_in_embeds
from itnews.app.tasks.references import resolve_references
from itnews.content.frontmatter import decode, head, split
from itnews.engine.key import Answer, Fetch, Key
from itnews.late import late
from itnews.markup.html import reading_minutes, resolve_body
from itnews.markup.parser import parse_document
from itnews.model.article import Body, Card, Document, Gist
from itnews.model.keys import body_key, card_key, document_key, matter_key, prose_key, source_key
from itnews.paths import source_path
from itnews.site.index import entry_of
from itnews.words import excerpt as first_words

if TYPE_CHECKING:
    from itnews.content import card as cards
else:
    cards = late("itnews.content.card")  # loads the models of the kinds

EMPTY = Body("", "", ())
LIMITS_OF_THE_MACHINE = frozenset({"markdown-too-much"})
"""Problems that a faster or a calmer machine may not find; they are not remembered."""


def card(key: Key[Card | None], fetch: Fetch) -> Answer[Card | None]:
    path = source_path(key.name)
    text = fetch(matter_key(path))
    if text is None:
        return Answer(None)
    return Answer(*cards.parse_card(path, text, card_rules(fetch)))


def matter(key: Key[str | None], fetch: Fetch) -> Answer[str | None]:
    path = source_path(key.name)
    payload = fetch(source_key(path))
    text, problems = decode(payload, path) if payload is not None else (None, ())
    return Answer(head(text) if text is not None else None, problems)


def entry(key: Key[Card | None], fetch: Fetch) -> Answer[Card | None]:
    known = fetch(card_key(source_path(key.name)))
    return Answer(entry_of(known) if known else None)


def prose(key: Key[str | None], fetch: Fetch) -> Answer[str | None]:
    path = source_path(key.name)
    payload = fetch(source_key(path))
    text, _ = decode(payload, path) if payload is not None else (None, ())
    return Answer(split(text).body if text is not None else None)


def document(key: Key[Document | None], fetch: Fetch) -> Answer[Document | None]:
    path = source_path(key.name)
    text = fetch(prose_key(path))
    if text is None:
        return Answer(None)
    parsed, problems = parse_document(path, text, markup_rules(fetch))
    limited = any(problem.code in LIMITS_OF_THE_MACHINE for problem in problems)
    return Answer(parsed, problems, keep=not limited)


def anchors(key: Key[tuple[str, ...]], fetch: Fetch) -> Answer[tuple[str, ...]]:
    parsed = fetch(document_key(source_path(key.name)))
    return Answer(parsed.anchors if parsed else ())


def body(key: Key[Body], fetch: Fetch) -> Answer[Body]:
    path = source_path(key.name)
    parsed = fetch(document_key(path))
    if parsed is None:
        return Answer(EMPTY)
    resolved, problems = resolve_references(parsed, key.variant, fetch)
    unknown = unknown_in_embeds(parsed, key.variant, fetch)
    return Answer(resolve_body(parsed, resolved), (*problems, *unknown))


def gist(key: Key[Gist], fetch: Fetch) -> Answer[Gist]:
    found = fetch(body_key(source_path(key.name), key.variant))
    return Answer(Gist(bool(found.html), found.outline, reading_minutes(found.text)))


def excerpt(key: Key[str], fetch: Fetch) -> Answer[str]:
    return Answer(first_words(fetch(body_key(source_path(key.name), key.variant)).text))
