"""Where references lead: what is written in a body, and what became of it in an edition."""

import posixpath
import re
from collections.abc import Collection
from typing import Literal
from urllib.parse import unquote

from msgspec import Struct

from itnews.content.scan import is_markdown
from itnews.errors import PathError
from itnews.model.article import Reference, Resolved
from itnews.paths import SourcePath, UrlPath, source_path, url_path
from itnews.problems import Problem, Span, error

_ID = re.compile(r"(?P<kind>[a-z][a-z-]*):(?P<id>[^/#?\s][^#?\s]*)")
_BRACES = ("{{", "{%")

Way = Literal["own", "id", "file", "site", "wrong"]


class Target(Struct, frozen=True):
    """A reference taken apart.

    *way*: an anchor of the `own` page, a document by kind and `id`, a source `file` by its relative path, a path on the
    `site`, or `wrong` (it would leave the site folder). *rest* is the query and fragment as written.
    """

    way: Way
    name: str
    anchor: str = ""
    rest: str = ""


class Place(Struct, frozen=True):
    """Where a reference leads in an edition.

    *state* `here`: to *url*; `hidden`: to a document that this edition must not see; `unknown`: nowhere, *near* is the
    name that was probably meant. *document* is the source of the page, None for lists and files.
    """

    state: Literal["here", "hidden", "unknown"]
    url: UrlPath | Literal[""] = ""
    title: str = ""
    document: SourcePath | None = None
    near: str = ""


NOWHERE = Place("unknown")


def target_of(written: str, document: SourcePath, kinds: Collection[str]) -> Target:
    """What *written*, a link in *document*, points at; *kinds* are the names that may stand before an id."""
    path, mark, anchor = written.partition("#")
    path, query, _ = path.partition("?")
    rest = written[len(path) :] if query or mark else ""
    anchor = unquote(anchor)
    if not path:
        return Target("own", "", anchor, rest)
    by_id = _ID.fullmatch(path)
    if by_id and by_id["kind"] in kinds:
        return Target("id", path, anchor, rest)
    try:
        if path.startswith("/"):
            return Target("site", url_path(_collapsed(unquote(path))), anchor, rest)
        beside = posixpath.normpath(posixpath.join(str(document.parent), unquote(path)))
        return Target("file", str(source_path(beside)), anchor, rest)
    except PathError:
        return Target("wrong", path, anchor, rest)


def candidates(path: str) -> tuple[SourcePath, ...]:
    """The documents that a relative path without `.md` may mean: itself, the file, the folder's `index.md`."""
    if is_markdown(path):
        return (source_path(path),)
    return tuple(source_path(text) for text in (f"{path}.md", f"{path}/index.md"))


def settled(reference: Reference, target: Target, place: Place, *, base_path: str) -> Resolved:
    """A reference whose *place* is known: its href, and the title for a link without words of its own."""
    if place.state != "here":
        return Resolved(reference.number)
    return Resolved(reference.number, f"{base_path}{place.url}{target.rest}", place.title)


def broken(reference: Reference, target: Target, place: Place, at: Span) -> Problem | None:
    """What is wrong with a reference whose document was looked for; None if nothing is."""
    if place.state != "unknown":
        return None
    what = "image" if reference.role == "image" else "link"
    if target.way == "wrong":
        return error(f"{what}-outside", at, f"The {what} '{reference.target}' leads out of the site folder.",
                     hint="use a path inside the site, or a full https address")  # fmt: skip
    hint = (
        f"did you mean '{place.near}'?" if place.near else _remedy(target, what, reference.target)
    )
    return error(f"{what}-broken", at, f"The {what} '{reference.target}' leads nowhere.", hint=hint)


def anchor_missing(written: str, at: Span, anchors: Collection[str], near: str) -> Problem:
    """The page is there, the heading is not."""
    known = ", ".join(f"#{anchor}" for anchor in list(anchors)[:5])
    hint = (
        f"did you mean '#{near}'?"
        if near
        else f"the page has {known}"
        if known
        else "the page has no headings"
    )
    return error("anchor-missing", at, f"The page of '{written}' has no such heading.", hint=hint)


def _remedy(target: Target, what: str, written: str) -> str:
    if any(brace in written for brace in _BRACES):
        return "templates of other systems are not run here: write the address itself"
    if target.way == "site":
        return "check the address; if another server answers it, list it under links: ignore: in itnews.yaml"
    if target.way == "id":
        return "check the id: it is the name of the document's file without .md"
    return f"put the {what}'s file there, or correct the path, which is relative to this document"


def _collapsed(path: str) -> str:
    """*path* without empty parts and `.`; `..` stays, to be refused."""
    kept = "/".join(part for part in path.split("/") if part not in {"", "."})
    return f"/{kept}/" if kept and path.endswith("/") else f"/{kept}"
