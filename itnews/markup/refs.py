"""References: links and images as written, and the placeholders that stand for them in a document's HTML."""

import re
from collections.abc import Collection, Iterator
from html import escape, unescape
from typing import Literal
from urllib.parse import quote, unquote

from msgspec import Struct, field

from itnews.model.article import Reference, ReferenceRole
from itnews.model.names import SAFE_SCHEMES

ATTRIBUTES = r'(?: [^\s"<>/=]+="[^"]*")*'
"""The attributes of a canonical tag (`sanitise`)."""

_TAG = re.compile(rf"<(/a|a|audio|img|source|track|video)({ATTRIBUTES})>")
_ATTRIBUTE = re.compile(r' ([^\s"<>/=]+)="([^"]*)"')
_ID = re.compile(rf'<[a-z][a-z0-9]*{ATTRIBUTES[:-1]}*? id="([^"]*)"')
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_NOT_IN_ADDRESSES = re.compile(r'[\s"<>\\^`{|}]')
_PLACEHOLDER = re.compile(r"itnews-ref-(\d+)\Z")
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])((?:\s+[^,\s]+)?)\s*(?:,|\Z)")

_BACK_LINK = re.compile(
    rf'(?:&nbsp;|&#160;)?<a(?= [^>]*class="footnote-backref")({ATTRIBUTES})>[^<]*</a>'
)
_PICTURE = re.compile(rf"<picture{ATTRIBUTES}>(.*?)</picture>", re.DOTALL)
_SOURCES = re.compile(rf"<source{ATTRIBUTES}>\s*")
_ONE_IMAGE = re.compile(rf"\s*(?:<source{ATTRIBUTES}>\s*)*<img{ATTRIBUTES}>\s*")

Complaint = Literal["link-scheme", "link-empty", "image-remote", "image-document"]


class Refused(Struct, frozen=True):
    """An address that may not stand on a page; what is left of it in the HTML has *reference.number*."""

    code: Complaint
    reference: Reference


class Collected(Struct, frozen=True):
    """HTML with placeholders, the references that they stand for, the anchors, and what was refused on the way.

    *unused* are the names of footnotes that nothing refers to.
    """

    html: str
    refs: tuple[Reference, ...]
    anchors: tuple[str, ...]
    refused: tuple[Refused, ...]
    unused: tuple[str, ...] = ()


def placeholder(number: int) -> str:
    """What stands in the HTML for the address of the reference *number*: itself a relative address."""
    return f"itnews-ref-{number}"


def number_of(address: str) -> int | None:
    """The number of the reference that *address* is the placeholder of, or None."""
    match = _PLACEHOLDER.match(address)
    return int(match[1]) if match else None


def scheme_of(address: str) -> str:
    """The scheme of *address* in lower case, or an empty string.

    Browsers ignore blanks in front of an address and tabs and line ends within it (WHATWG URL, 4.4), so we do too.
    """
    match = _SCHEME.match(re.sub(r"[\t\n\r]", "", address).lstrip("\x00 \x0b\x0c\x1c\x1d\x1e\x1f"))
    return match[1].lower() if match else ""


def is_external(address: str) -> bool:
    """True for an address of another server, a mailbox or a telephone: these stay as written and are not collected."""
    return address.startswith("//") or scheme_of(address) in SAFE_SCHEMES


def attributes(written: str) -> dict[str, str]:
    """The attributes of a canonical tag, unescaped, in order."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}


def tag(name: str, values: dict[str, str]) -> str:
    """The canonical start tag."""
    written = "".join(f' {key}="{quoted(value)}"' for key, value in values.items())
    return f"<{name}{written}>"


def quoted(value: str) -> str:
    """*value* as it stands between the quotes of a canonical attribute."""
    return escape(value, quote=False).replace('"', "&quot;")


def candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """The addresses of a `srcset` with what follows each (` 2x`)."""
    for match in _CANDIDATE.finditer(srcset):
        yield match[1], match[2]


def collect(markup: str, kinds: Collection[str], *, remote_images: bool = False) -> Collected:
    """*markup*, canonical, with a placeholder for each address that has to be resolved.

    Not collected are external links, and links to anchors that the document has itself. An address with a scheme that
    is neither allowed nor one of *kinds* is refused: its placeholder has the reference that `Refused` names. Images of
    other servers become links, unless *remote_images* are let through.
    """
    anchors = tuple(dict.fromkeys(unescape(name) for name in _ID.findall(markup)))
    collector = _Collector(frozenset(anchors), kinds, remote_images)
    if "footnote-backref" in markup:
        markup = _BACK_LINK.sub(collector.back_link, markup)
    return Collected(
        without_broken_pictures(_TAG.sub(collector.replace, markup)),
        tuple(collector.refs),
        anchors,
        tuple(collector.refused),
        tuple(dict.fromkeys(collector.unused)),
    )


def without_broken_pictures(markup: str) -> str:
    """*markup* with what is left in place of each `<picture>` that has no image, or more than its image."""
    if "<picture" not in markup:
        return markup
    return _PICTURE.sub(
        lambda match: match[0] if _ONE_IMAGE.fullmatch(match[1]) else _SOURCES.sub("", match[1]),
        markup,
    )


def joined_words(name: str) -> str:
    """*name* as an id, which has no white space (HTML, 3.2.6)."""
    return "-".join(name.split())


def without_sizes(values: dict[str, str]) -> dict[str, str]:
    """The attributes of an image, or of a source of one, that has no `srcset` any more; `sizes` is part of it."""
    return {name: value for name, value in values.items() if name not in {"srcset", "sizes"}}


class _Collector(Struct):
    anchors: frozenset[str]
    kinds: Collection[str]
    remote_images: bool
    refs: list[Reference] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    _number: int = 0
    _in_link: bool = False

    def replace(self, match: re.Match[str]) -> str:
        name, written = match.groups()
        if name in ("a", "/a"):
            self._in_link = name == "a"
            return self._anchor(match) if ' href="' in written else match[0]
        values = attributes(written)
        if name == "img" and is_external(values.get("src", "")) and not self.remote_images:
            return self._remote_image(values)
        if name == "img" and self._is_document(values.get("src", "")):
            return self._document_image(values)
        values = self._media(values)
        if name == "img" and "src" not in values:
            if "srcset" not in values:
                return escape(values.get("alt", ""), quote=False)
            values["src"] = next(candidates(values["srcset"]))[0]
        return tag(name, values)

    def back_link(self, match: re.Match[str]) -> str:
        """A footnote's way back, which only a note has that something refers to."""
        _, _, anchor = attributes(match[1]).get("href", "").partition("#")
        if anchor in self.anchors or joined_words(anchor) in self.anchors:
            return match[0]
        self.unused.append(anchor.partition(":")[2])
        return ""

    def _anchor(self, match: re.Match[str]) -> str:
        values = attributes(match[2])
        target = self._link(values["href"], empty=_is_empty(match))
        if target == values["href"]:
            return match[0]
        return tag("a", values | {"href": target})

    def _link(self, target: str, *, empty: bool) -> str:
        if not target.strip():
            return self._refuse("link-empty", "link", target)
        if target.startswith("#"):
            if len(target) == 1 or unquote(target[1:]) in self.anchors:
                return target
            joined = joined_words(unquote(target[1:]))
            return (
                f"#{joined}" if joined in self.anchors else self._add("link", target, empty=empty)
            )
        if is_external(target):
            return _encoded(target)
        scheme = scheme_of(target)
        if scheme and scheme not in self.kinds:
            return self._refuse("link-scheme", "link", target)
        return self._add("link", target, empty=empty)

    def _is_document(self, address: str) -> bool:
        path = address.partition("#")[0].partition("?")[0]
        scheme = scheme_of(path)
        return scheme in self.kinds if scheme else path.endswith(".md")

    def _media(self, values: dict[str, str]) -> dict[str, str]:
        for name in ("src", "poster"):
            if name in values:
                values[name] = self._file(values[name])
                if not values[name]:
                    del values[name]
        if "srcset" not in values:
            return values
        kept = [(self._file(target), size) for target, size in candidates(values["srcset"])]
        values["srcset"] = ", ".join(address + size for address, size in kept if address)
        return values if values["srcset"] else without_sizes(values)

    def _file(self, target: str) -> str:
        if is_external(target):
            if self.remote_images:
                return target
            self._refuse("image-remote", "image", target)
            return ""
        if scheme_of(target):
            return self._refuse("link-scheme", "image", target)
        return self._add("image", target) if target.strip() else ""

    def _remote_image(self, values: dict[str, str]) -> str:
        """A link in place of an image of another server, which pages do not ask for anything."""
        target = values["src"]
        self._refuse("image-remote", "image", target)
        words = values.get("alt", "").strip() or target.rsplit("/", 1)[-1] or target
        shown = escape(words, quote=False)
        target = _encoded(target)
        return shown if self._in_link else tag("a", {"href": target}) + shown + "</a>"

    def _document_image(self, values: dict[str, str]) -> str:
        """A link in place of an image that is a document."""
        target = values["src"]
        words = escape(values.get("alt", "").strip(), quote=False)
        if self._in_link:
            self._refuse("image-document", "image", target)
            return words
        address = self._add("link", target, empty=not words)
        self.refused.append(Refused("image-document", self.refs[-1]))
        return tag("a", {"href": address}) + words + "</a>"

    def _add(self, role: ReferenceRole, target: str, *, empty: bool = False) -> str:
        self._number += 1
        self.refs.append(Reference(self._number, role, _in_one_line(target), empty))
        return placeholder(self._number)

    def _refuse(self, code: Complaint, role: ReferenceRole, target: str) -> str:
        self._number += 1
        self.refused.append(Refused(code, Reference(self._number, role, _in_one_line(target))))
        return placeholder(self._number)


def _is_empty(match: re.Match[str]) -> bool:
    return match.string.startswith("</a>", match.end())


def _in_one_line(target: str) -> str:
    """*target* as messages show it; an address that goes on in the next line has no other meaning."""
    return " ".join(target.split())


def _encoded(address: str) -> str:
    """*address* with percent signs for what no address has (RFC 3986, 2): people paste what their browser shows."""
    if not _NOT_IN_ADDRESSES.search(address):
        return address
    return _NOT_IN_ADDRESSES.sub(lambda match: quote(match[0]), address.strip())


# --- images and anchors in canonical HTML -----------------------------------------------------------------------------

_DENSITY = re.compile(r"\s+(?:[1-9]\d{0,4}w|\d{1,2}(?:\.\d{1,3})?x)")
_IMAGE = re.compile(rf"<img({ATTRIBUTES})>")
_IDENTIFIED = re.compile(
    r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*? id="([^"]*)"(?: [a-z-]+="[^"]*")*>'
)
_POINTER = re.compile(rf'(<[a-z]+{ATTRIBUTES}?) (for|headers)="([^"]*)"({ATTRIBUTES}>)')
_POINTED_AT = re.compile(rf'<(input|th){ATTRIBUTES}? id="([^"]*)"')


def with_fit_sizes(values: dict[str, str]) -> dict[str, str]:
    """The attributes of an image with a `srcset` in one unit, and `sizes` where that are widths (HTML, 4.8.4.2)."""
    found = list(candidates(values.get("srcset", "")))
    densities = [density.strip() or "1x" for _, density in found]
    whole = "".join(address + density for address, density in found)
    units = {density[-1] for density in densities}
    if (
        len(units) != 1
        or len(set(densities)) < len(densities)
        or any(density and not _DENSITY.fullmatch(density) for _, density in found)
        or re.sub(r"[\s,]", "", whole) != re.sub(r"[\s,]", "", values["srcset"])
    ):
        return without_sizes(values)
    if units == {"w"}:
        return values if "sizes" in values else values | {"sizes": "100vw"}
    return {name: value for name, value in values.items() if name != "sizes"}


def with_described_images(markup: str) -> str:
    """*markup* whose images all have words in place of them, be they none, and an address, or else are these words."""
    return _IMAGE.sub(_described, markup) if "<img" in markup else markup


def _described(match: re.Match[str]) -> str:
    values = attributes(match[1])
    if "src" not in values and "srcset" not in values:
        return escape(values.get("alt", ""), quote=False)
    return match[0] if "alt" in values else tag("img", values | {"alt": ""})


def with_ids_once(markup: str) -> str:
    """*markup* with ids without white space, and without the second of two equal ids: links lead to the first."""
    ids = [match[1] for match in _IDENTIFIED.finditer(markup)]
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        name = joined_words(match[1])
        kept = f' id="{name}"' if name and name not in seen else ""
        seen.add(name)
        return match[0].replace(f' id="{match[1]}"', kept, 1)

    if len(ids) != len(set(ids)) or ids != " ".join(ids).split():
        return _IDENTIFIED.sub(once, markup)
    return markup


def with_pointers(markup: str) -> str:
    """*markup* whose `for` and `headers` lead to what is there."""
    if ' for="' in markup or ' headers="' in markup:
        pointed_at = frozenset(_POINTED_AT.findall(markup))
        markup = _POINTER.sub(lambda match: _pointing(match, pointed_at), markup)
    return markup


def _pointing(match: re.Match[str], pointed_at: frozenset[tuple[str, str]]) -> str:
    """A tag whose `for` names a box, or whose `headers` name heading cells, that are there (*pointed_at*)."""
    before, name, value, after = match.groups()
    element, wanted = ("input", [joined_words(value)]) if name == "for" else ("th", value.split())
    kept = " ".join(word for word in wanted if (element, word) in pointed_at)
    return f'{before} {name}="{kept}"{after}' if kept else before + after
