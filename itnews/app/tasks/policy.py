"""Editorial policy: what `itnews check` says of a document beside what a build says."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import cast

from msgspec.structs import replace

from itnews.app.rules import number_setting, zone_of
from itnews.app.tasks.bodies import ids_in_embeds
from itnews.app.tasks.fields import is_of_others
from itnews.app.tasks.pages import Outputs
from itnews.app.tasks.references import field_span, is_ignored, place_of, positioned, target_in
from itnews.checks.finding import Case, Closed
from itnews.checks.keys import policy_key
from itnews.checks.links import hidden_words
from itnews.checks.registry import findings
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.article import Card
from itnews.model.fields.department import Department
from itnews.model.keys import card_key, document_key, passed_key, setting_key
from itnews.model.names import EVERYONE
from itnews.model.query import Query
from itnews.model.references import FieldReference, addresses, references
from itnews.paths import SourcePath, source_path
from itnews.problems import Problem, Span, warning
from itnews.site.keys import bearer_key, catalogue_key, index_key, place_key, plan_key, query_key
from itnews.site.links import Target, candidates
from itnews.views.keys import notice_key, project_key


def check_plan(key: Key[tuple[str, ...]], fetch: Fetch) -> Answer[tuple[str, ...]]:
    """The outputs of a build, because making them finds problems, and the policy of what has not expired."""
    index = fetch(index_key(key.variant))
    current = (path for path in index.cards if path not in index.expired)
    policies = (str(policy_key(path, key.variant)) for path in current)
    return Answer((*fetch(plan_key(key.variant)), *policies))


def policy(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """The policy of one document: no output, only problems, all of them warnings."""
    path = source_path(key.name)
    card = fetch(card_key(path))
    if card is None:
        return Answer(())
    return Answer((), (*_policy(card, key.variant, fetch), *_hidden(card, key.variant, fetch)))


def _policy(card: Card, variant: str, fetch: Fetch) -> Iterator[Problem]:
    def passed(instant: datetime) -> bool:
        return fetch(passed_key(instant))

    case = Case(card=card, zone=zone_of(fetch), passed=passed)
    for code, found in findings(_informed(case, variant, fetch)):
        at = field_span(card.path, found.loc, fetch)
        yield warning(code, at, found.message, hint=found.hint, subject=found.subject)


def _informed(case: Case, variant: str, fetch: Fetch) -> Case:
    """*case* with what the rules of its kind want to know beside the card."""
    card = case.card
    if card.kind == "project":
        return replace(case, project=fetch(project_key(card.path, variant)))
    if card.kind == "ask":
        return replace(case, stale_after=number_setting("stale_after", fetch, default=31))
    if card.kind == "notice":
        days = fetch(setting_key("notice_days"))
        wanted = cast("Mapping[str, int]", days) if isinstance(days, Mapping) else {}
        view, closed = fetch(notice_key(card.path, variant)), tuple(_closed(card, variant, fetch))
        return replace(case, notice=view, notice_days=wanted, closed=closed)
    return case


def _closed(card: Card, variant: str, fetch: Fetch) -> Iterator[Closed]:
    """The blackouts of the departments that *card* concerns: of all, if it concerns everyone."""
    for path in _concerned(card, variant, fetch):
        department = fetch(card_key(path))
        if department and isinstance(department.fields, Department):
            for blackout in department.fields.blackouts:
                yield Closed(department.title, blackout)


def _concerned(card: Card, variant: str, fetch: Fetch) -> tuple[SourcePath, ...]:
    if EVERYONE in card.audience:
        return fetch(query_key(Query(("department",), order="title"), variant))
    ids = (*card.audience, *card.fields.departments, *card.fields.impact)
    found = (fetch(bearer_key("department", id, variant)) for id in dict.fromkeys(ids))
    return tuple(dict.fromkeys(path for path in found if path))


def _hidden(card: Card, variant: str, fetch: Fetch) -> Iterator[Problem]:
    """The references of the front matter and of the body to documents that this edition must not see."""
    edition = variant.partition("+")[0] if fetch(setting_key("editions")) else ""
    for reference in references(card.fields):
        if _names_hidden(reference, variant, fetch):
            at = field_span(card.path, reference.loc, fetch, key=reference.is_name)
            yield _hides(reference.id, at, in_body=False, edition=edition)
    for loc, written in addresses(card.fields):
        if not is_of_others(written) and _leads_to_hidden(card.path, written, variant, fetch):
            at = field_span(card.path, loc, fetch)
            yield _hides(written, at, in_body=False, edition=edition)
    document = fetch(document_key(card.path))
    for one in document.refs if document else ():
        if document and _leads_to_hidden(card.path, one.target, variant, fetch):
            at = Span(card.path, in_body=True)
            found = _hides(one.target, at, in_body=True, edition=edition)
            yield positioned(found, document, one, fetch)
    for named in ids_in_embeds(document) if document else ():
        if _names_hidden(FieldReference((named.kind,), named.id, ()), variant, fetch):
            yield _hides(named.id, named.span(card.path), in_body=False, edition=edition)


def _names_hidden(reference: FieldReference, variant: str, fetch: Fetch) -> bool:
    states = {
        kind: fetch(place_key(f"id:{kind}:{reference.id}", variant)).state
        for kind in reference.kinds
    }
    if "hidden" not in states.values() or "here" in states.values():
        return False
    catalogue = fetch(catalogue_key())
    return not any(catalogue.has_broken_id(kind, reference.id) for kind in states)


def _leads_to_hidden(path: SourcePath, written: str, variant: str, fetch: Fetch) -> bool:
    if is_ignored(written, fetch):
        return False
    target = target_in(path, written, fetch)
    return place_of(path, target, variant, fetch).state == "hidden" and not _is_broken(
        target, fetch
    )


def _is_broken(target: Target, fetch: Fetch) -> bool:
    """Whether the front matter of the target is broken: that is told at its own place, and once."""
    catalogue = fetch(catalogue_key())
    if target.way == "id":
        return catalogue.has_broken_id(*target.name.split(":", 1))
    if target.way != "file":
        return False
    return any(catalogue.has_broken_path(path) for path in candidates(target.name))


def _hides(written: str, at: Span, *, in_body: bool, edition: str) -> Problem:
    message, hint = hidden_words(written, in_body=in_body, edition=edition)
    return warning("reference-hidden", at, message, hint=hint, subject=message)
