"""From a body's Markdown to a document, in this process and without limits (`parser` sets them)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from itnews.markup.convert import FOREIGN, convert
from itnews.markup.locate import body_span, find_references, find_tag, find_text
from itnews.markup.refs import ATTRIBUTES, Collected, Complaint, collect, scheme_of
from itnews.markup.sanitise import clean, dangerous_schemes, removed_tags, without_strangers
from itnews.markup.text import plain_text
from itnews.markup.trusted import canonical_tags
from itnews.model.article import Document, Heading
from itnews.model.names import REFERENCE_KINDS
from itnews.model.scalars import SAFE_SCHEMES
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error, warning
from itnews.words import did_you_mean

MOST_NAMES = 20
"""Names of elements that one file's warnings name: a file with more than these has another problem."""

RawHtml = Literal["sanitise", "escape", "trust"]


@dataclass(frozen=True, slots=True)
class MarkupRules:
    """The settings that bodies are read by: plain values, which go to another process as JSON (`apart`).

    *raw_html*: `sanitise` reduces it to the allow-list, `escape` shows it as text, `trust` leaves it alone.
    """

    raw_html: RawHtml = "sanitise"


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
    collected = collect(canonical_tags(raw) if trusted else clean(raw), remote_images=trusted)
    document = Document(
        path,
        collected.html,
        collected.refs,
        collected.anchors,
        tuple(_outline(collected.html)),
        plain_text(collected.html),
    )
    findings = _Findings(path, body_text, rules)
    found = [*findings.foreign(), *findings.refused(collected)]
    if not trusted:
        found += findings.strangers(strangers)
        found += findings.removed(removed_tags(raw))
        found += findings.dangerous(dangerous_schemes(raw))
    return document, tuple(found)


_HEADING = re.compile(rf"<h([2-6])({ATTRIBUTES})>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_NOTE_MARK = re.compile(r'<sup id="fnref[^"]*">.*?</sup>', re.DOTALL)
_TAG = re.compile(rf"</?[a-z][a-z0-9]*(?:{ATTRIBUTES})>")


def _outline(markup: str) -> Iterator[Heading]:
    if "<h" not in markup:
        return
    for match in _HEADING.finditer(markup):
        anchor = _ID.search(match[2])
        if anchor:
            words = _TAG.sub("", _NOTE_MARK.sub("", match[3]))
            yield Heading(int(match[1]), unescape(anchor[1]), " ".join(unescape(words).split()))


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
                hint=f"write it between backticks: `<{name}>`",
                subject=name,
            )

    def dangerous(self, schemes: Sequence[str]) -> Iterator[Problem]:
        """An error for each scheme that runs or holds something, whose addresses are gone."""
        for scheme in schemes:
            place = find_text(self._text, re.compile(rf"\b{re.escape(scheme)}:", re.IGNORECASE))
            yield self._scheme_error(body_span(self._path, place), scheme)

    def refused(self, collected: Collected) -> Iterator[Problem]:
        """What `refs.collect` let not through."""
        if not collected.refused:
            return
        wanted = [refused.reference for refused in collected.refused]
        places = find_references(self._text, wanted, among=[*collected.refs, *wanted])
        for refused in collected.refused:
            at = body_span(self._path, places[refused.reference.number])
            yield self._refusal(refused.code, refused.reference.target, at)

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
        return self._scheme_error(at, scheme_of(target))

    def _scheme_error(self, at: Span, scheme: str) -> Problem:
        return error(
            "link-scheme",
            at,
            f"Pages have no addresses that begin with '{scheme}:'.",
            hint=did_you_mean(scheme, [*REFERENCE_KINDS, *SAFE_SCHEMES])
            or "use https:, mailto:, tel:, a path to a file, or kind:id such as project:expenses",
            subject=scheme,
        )


def _shortened(address: str) -> str:
    return address if len(address) <= 80 else address[:79] + "…"
