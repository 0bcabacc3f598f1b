"""From a body's Markdown to a document, in this process and without limits (`parser` sets them)."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from itnews.markup.convert import FOREIGN, convert
from itnews.markup.embeds import collect_embeds
from itnews.markup.headings import levelled
from itnews.markup.locate import (
    Place,
    body_span,
    disguised,
    find_references,
    find_tag,
    find_text,
    find_words,
    written_at,
)
from itnews.markup.refs import Collected, Complaint, collect, placeholder, scheme_of
from itnews.markup.rules import MarkupRules
from itnews.markup.sanitise import clean, dangerous_schemes, removed_tags, without_strangers
from itnews.markup.text import plain_text
from itnews.markup.trusted import canonical_tags
from itnews.model.article import Document, Reference
from itnews.model.names import SAFE_SCHEMES
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error, warning
from itnews.words import did_you_mean

MOST_NAMES = 20
"""Names of elements that one file's warnings name: a file with more than these has another problem."""

_IGNORED = r"(?:\s|&#0*(?:9|10|13);|&#[xX]0*[9aAdD];|&Tab;|&NewLine;)*"
"""What browsers leave out of an address."""

_BEGINNINGS = ("p", "li", "td", "th", "dd", "dt", "div", "figure", "h2", "h3", "h4", "h5", "h6")
_ENOUGH = 2000


def read_document(
    path: SourcePath, body_text: str, rules: MarkupRules, *, quick: bool = True
) -> tuple[Document, tuple[Problem, ...]]:
    """The document that *body_text* makes, and what is wrong in it, with positions in the body.

    Without *quick* Python-Markdown takes its own paths, to the same end. What the library raises passes through.
    """
    raw = convert(body_text, escape_html=rules.raw_html == "escape", quick=quick)
    trusted = rules.raw_html == "trust"
    strangers: tuple[str, ...] = ()
    if not trusted:
        raw, strangers = without_strangers(raw)
    markup = canonical_tags(raw) if trusted else clean(raw, written=body_text)
    markup, outline = levelled(markup, has_scripts=trusted)
    markup, embeds, misread = collect_embeds(path, markup, body_text)
    collected = collect(markup, rules.kinds, remote_images=trusted)
    document = Document(
        path,
        collected.html,
        _as_written(collected.refs, body_text),
        collected.anchors,
        outline,
        plain_text(collected.html),
        embeds,
    )
    findings = _Findings(path, body_text, rules)
    found = [
        *misread,
        *findings.foreign(),
        *findings.refused(collected),
        *findings.unused_notes(collected.unused),
    ]
    if not trusted:
        found += findings.strangers(strangers)
        found += findings.removed(removed_tags(raw))
        found += findings.dangerous(dangerous_schemes(raw))
    return document, tuple(found)


def _as_written(refs: tuple[Reference, ...], body_text: str) -> tuple[Reference, ...]:
    """*refs*, of which those with angle brackets have their targets as they stand in *body_text*.

    These lead nowhere, and Markdown has read them in its own way: what it made of `<\\>` nobody would find.
    """
    odd = [ref for ref in refs if "<" in ref.target or ">" in ref.target]
    if not odd:
        return refs
    places = find_references(body_text, odd, among=refs)
    written = {number: written_at(body_text, place) for number, place in places.items()}
    return tuple(replace(ref, target=written.get(ref.number) or ref.target) for ref in refs)


class _Findings:
    """The problems of one body; positions are looked for only here."""

    def __init__(self, path: SourcePath, body_text: str, rules: MarkupRules) -> None:
        self._path = path
        self._text = body_text
        self._rules = rules

    def foreign(self) -> Iterator[Problem]:
        """One warning for template syntax of another system."""
        if "{{" not in self._text and "{%" not in self._text:
            return
        place = find_text(self._text, FOREIGN)
        if place.line:
            yield warning(
                "template-foreign",
                body_span(self._path, place),
                "This looks like a template of another system and is shown as it is written.",
                hint="remove it, or write what it stood for; in `code` it is left alone without a warning",
            )

    def removed(self, names: Sequence[str]) -> Iterator[Problem]:
        """A warning for each sort of raw HTML that pages do not carry."""
        for name in names[:MOST_NAMES]:
            yield warning(
                "html-removed",
                body_span(self._path, find_tag(self._text, name)),
                f"Pages do not carry the HTML element <{name}>, so it was left out.",
                hint="say it in Markdown, or link to a page that has it",
                subject=name,
            )

    def strangers(self, names: Sequence[str]) -> Iterator[Problem]:
        """A warning for each `<word>` that is no element of HTML, and was probably meant as words."""
        for name in names[:MOST_NAMES]:
            yield warning(
                "html-unknown",
                body_span(self._path, find_tag(self._text, name)),
                f"HTML has no element <{name}>, so it is shown as it is written.",
                hint=self._remedy(name),
                subject=name,
            )

    def dangerous(self, schemes: Sequence[str]) -> Iterator[Problem]:
        """An error for each scheme that runs or holds something, whose addresses are gone."""
        for scheme in schemes:
            place = find_text(self._text, re.compile(rf"\b{re.escape(scheme)}:", re.IGNORECASE))
            if not place.line:
                # An entity or a blank within does not keep a browser from running it.
                place = find_text(self._text, disguised(f"{scheme}:", gap=_IGNORED))
            yield self._scheme_error(body_span(self._path, place), scheme)

    def refused(self, collected: Collected) -> Iterator[Problem]:
        """What `refs.collect` let not through."""
        if not collected.refused:
            return
        wanted = [refused.reference for refused in collected.refused]
        among = dict.fromkeys([*collected.refs, *wanted])
        places = find_references(self._text, wanted, among=among)
        for refused in collected.refused:
            number = refused.reference.number
            place = places[number] if places[number].line else self._near(collected.html, number)
            at = body_span(self._path, place)
            yield self._refusal(refused.code, refused.reference.target, at)

    def _near(self, markup: str, number: int) -> Place:
        """Where the words of the block begin that the reference *number* stands in."""
        at = markup.find(f'"{placeholder(number)}"')
        begin = max(markup.rfind(f"<{name}", 0, max(at, 0)) for name in _BEGINNINGS)
        return find_words(self._text, plain_text(markup[max(begin, 0) :][:_ENOUGH]))

    def unused_notes(self, names: Sequence[str]) -> Iterator[Problem]:
        """A warning for each footnote that no words refer to."""
        for name in names[:MOST_NAMES]:
            place = find_text(self._text, re.compile(rf"\[\^{re.escape(name)}\]:"))
            yield warning(
                "footnote-unused",
                body_span(self._path, place),
                f"Nothing refers to the footnote '{name}'.",
                hint=f"write [^{name}] where it belongs, or remove the note",
                subject=name,
            )

    def _refusal(self, code: Complaint, target: str, at: Span) -> Problem:
        if code == "link-empty":
            return error(
                "link-empty",
                at,
                "This link has no address.",
                hint="write one between the parentheses: [words](../projects/expenses.md)",
            )
        if code == "image-remote":
            return warning(
                "image-remote",
                at,
                f"The image '{_shortened(target)}' lies on another server, and pages ask no other server for "
                "anything; it became a link.",
                hint="save it beside this file and write its name here",
            )
        if code == "image-document":
            return warning(
                "image-document",
                at,
                f"'{_shortened(target)}' is a document, which cannot be shown as an image; it became a link.",
                hint="leave the exclamation mark out: [words](../projects/expenses.md)",
            )
        return self._scheme_error(at, scheme_of(target))

    def _scheme_error(self, at: Span, scheme: str) -> Problem:
        return error(
            "link-scheme",
            at,
            f"Pages have no addresses that begin with '{scheme}:'.",
            hint=did_you_mean(scheme, [*self._rules.kinds, *SAFE_SCHEMES])
            or "use https:, mailto:, tel:, a path to a file, or kind:id such as project:expenses",
            subject=scheme,
        )

    def _remedy(self, name: str) -> str:
        """What to write in place of `<name>`."""
        if name.partition(":")[0] in self._rules.kinds and ":" in name:
            return f"write []({name}) for a link to it"
        return f"write it between backticks: `<{name}>`"


def _shortened(address: str) -> str:
    return address if len(address) <= 80 else address[:79] + "…"
