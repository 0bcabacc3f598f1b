"""From a document to a body, and from a body to what a page or a feed shows."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urljoin

from itnews.markup.embeds import with_embeds
from itnews.markup.refs import (
    ATTRIBUTES,
    attributes,
    candidates,
    is_external,
    number_of,
    scheme_of,
    tag,
    without_broken_pictures,
    without_sizes,
)
from itnews.markup.terms import with_terms
from itnews.markup.text import plain_text, reading_minutes
from itnews.model.article import Body, Document, Resolved
from itnews.model.glossary import TermUse
from itnews.paths import SourcePath

__all__ = ["fill", "reading_minutes", "resolve_body", "resolve_html"]

_WITH_ADDRESS = re.compile(rf"<(/a|a|audio|img|source|track|video)({ATTRIBUTES})>")
_WITH_ATTRIBUTES = re.compile(r"<([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")+)>")
_INPUT = re.compile(rf"<input{ATTRIBUTES}>\s?")
_LABEL = re.compile(rf"<label{ATTRIBUTES}>(.*?)</label>", re.DOTALL)
_FRAME = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'
_ADDRESSES = ("href", "src", "poster")
_IDS = ("id", "for", "name", "headers")


def resolve_body(document: Document, resolved: Mapping[int, Resolved]) -> Body:
    """*document* for one edition.

    A reference that *resolved* lacks, or that has no `href` there, leaves its own words behind: a link its text, an
    image its `alt`. An empty link takes the `title` of what it leads to.
    """
    markup = resolve_html(document.html, resolved)
    # Only these change the words.
    reworded = any(
        ref.empty or (ref.role == "image" and not _leads(resolved.get(ref.number)))
        for ref in document.refs
    )
    text = plain_text(markup) if reworded else document.text
    assets: dict[SourcePath, None] = {}
    for ref in document.refs:
        found = resolved.get(ref.number)
        if found is not None and found.asset is not None and _leads(found):
            assets[found.asset] = None
    embeds = tuple(written.embed for written in document.embeds)
    return Body(markup, text, document.outline, tuple(assets), embeds)


def resolve_html(markup: str, resolved: Mapping[int, Resolved]) -> str:
    """*markup* with the addresses of *resolved* in place of its placeholders; see `resolve_body`."""
    if "itnews-ref-" not in markup:
        return markup
    return without_broken_pictures(_WITH_ADDRESS.sub(_Resolver(resolved).replace, markup))


def fill(
    markup: str,
    embeds: Sequence[str] = (),
    terms: Sequence[TermUse] = (),
    *,
    absolute: str = "",
    id_prefix: str = "",
) -> str:
    """*markup* as it is shown where a page shows it (no addresses and ids given), or elsewhere; *embeds* are put in as
    they are, *terms* are explained on a page only.

    With *absolute*, the address of the page that it comes from, every address is absolute, those of its own headings
    too, and nothing waits for a click: boxes become signs, tabs become headed paragraphs. With *id_prefix* every id
    begins with it, and without *absolute* the links to these ids too, so that several bodies can share a page.
    """
    if not absolute and not id_prefix:
        markup = with_terms(markup, terms) if terms else markup
        return with_embeds(_reachable(markup) if "<table" in markup else markup, embeds)
    if absolute:
        markup = _LABEL.sub(r"<p><strong>\1</strong></p>", _INPUT.sub(_sign, markup))

    def rewrite(match: re.Match[str]) -> str:
        values = attributes(match[2])
        changed = _elsewhere(values, absolute=absolute, id_prefix=id_prefix)
        return tag(match[1], changed) if changed != values else match[0]

    return with_embeds(_WITH_ATTRIBUTES.sub(rewrite, markup), embeds)


def _reachable(markup: str) -> str:
    """*markup* with a frame around each table: one that is wider than a phone scrolls, and a keyboard can reach it."""
    return markup.replace("<table", f"{_FRAME}<table").replace("</table>", "</table></div>")


def _elsewhere(values: dict[str, str], *, absolute: str, id_prefix: str) -> dict[str, str]:
    changed = dict(values)
    if id_prefix:
        for name in _IDS:
            if name in values:
                changed[name] = (
                    " ".join(id_prefix + word for word in values[name].split()) or id_prefix
                )
        if not absolute and len(values.get("href", "")) > 1 and values["href"].startswith("#"):
            changed["href"] = f"#{id_prefix}{values['href'][1:]}"
            return changed
    if absolute:
        for name in _ADDRESSES:
            if name in values:
                changed[name] = _joined(absolute, values[name])
        if "srcset" in values:
            parts = (_joined(absolute, url) + size for url, size in candidates(values["srcset"]))
            changed["srcset"] = ", ".join(parts)
    return changed


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # `//[` is no address for urljoin; a browser makes of it what it can.
        return address


def _sign(match: re.Match[str]) -> str:
    if ' type="checkbox"' not in match[0]:
        return ""
    return "☑ " if " checked" in match[0] else "☐ "


def _leads(found: Resolved | None) -> bool:
    """True if *found* has an address that a page may carry; a resolver's slip must not bring a script back."""
    return (
        found is not None
        and bool(found.href)
        and (not scheme_of(found.href) or is_external(found.href))
    )


class _Resolver:
    """Replaces the tags of one body in order; keeps in mind what closes a link that is no longer one."""

    def __init__(self, resolved: Mapping[int, Resolved]) -> None:
        self._resolved = resolved
        self._closing: list[str] = []

    def replace(self, match: re.Match[str]) -> str:
        name, written = match.groups()
        if name == "/a":
            return self._closing.pop() if self._closing else "</a>"
        if "itnews-ref-" not in written:
            if name == "a":
                self._closing.append("</a>")
            return match[0]
        values = attributes(written)
        if name == "a":
            return self._link(match, values)
        return self._media(name, values)

    def _link(self, match: re.Match[str], values: dict[str, str]) -> str:
        number = number_of(values.get("href", ""))
        if number is None:
            self._closing.append("</a>")
            return match[0]
        found = self._resolved.get(number)
        if found is None or not _leads(found):
            return self._released(values)
        self._closing.append("</a>")
        is_empty = match.string.startswith("</a>", match.end())
        words = escape(found.title, quote=False) if is_empty else ""
        return tag("a", values | {"href": found.href}) + words

    def _released(self, values: dict[str, str]) -> str:
        """The words of a link that leads nowhere; its id may be led to."""
        self._closing.append("</span>" if "id" in values else "")
        return tag("span", {"id": values["id"]}) if "id" in values else ""

    def _media(self, name: str, values: dict[str, str]) -> str:
        for attribute in ("src", "poster"):
            if attribute in values:
                address = self._address(values[attribute])
                values[attribute] = address
                if not address:
                    del values[attribute]
        if "srcset" in values:
            sized = ((self._address(url), size) for url, size in candidates(values["srcset"]))
            values["srcset"] = ", ".join(url + size for url, size in sized if url)
            if not values["srcset"]:
                values = without_sizes(values)
            elif name == "img" and "src" not in values:
                values["src"] = next(candidates(values["srcset"]))[0]
        if "src" in values or "srcset" in values or name in ("audio", "video"):
            return tag(name, values)
        return escape(values.get("alt", ""), quote=False) if name == "img" else ""

    def _address(self, address: str) -> str:
        number = number_of(address)
        if number is None:
            return address
        found = self._resolved.get(number)
        return found.href if found is not None and _leads(found) else ""
