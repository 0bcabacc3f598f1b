"""Keys as words for people: what a page asked, in groups. Pure."""

import json
from collections.abc import Callable, Mapping

from itnews.content.scan import CONTENT
from itnews.engine.key import Key
from itnews.model.embed import Specification
from itnews.views.keys import EMBED

Subject = tuple[str, str]
"""The group that a question belongs to, and what was asked there: `("settings", "site.title")`."""

GROUPS = (
    "documents",
    "names",
    "links",
    "lists",
    "views",
    "templates",
    "theme files",
    "settings",
    "time",
    "other",
)
"""All groups, in the order in which they are told."""

FACETS: Mapping[str, str] = {
    "source": "the file",
    "file": "the file",
    "present": "whether it is there",
    "matter": "lines of the front matter",
    "card": "front matter",
    "prose": "Markdown",
    "document": "text",
    "body": "text with its links",
    "excerpt": "first words",
    "gist": "headings and length",
    "terms": "terms of the glossary in the text",
    "shell": "page around the text",
    "teaser": "what lists show",
    "anchors": "headings to link to",
    "dates": "dates in git",
    "revisions": "former plans in git",
    "references": "ids in the front matter",
    "neighbours": "the newer and the older one",
}
"""Questions about one document: kind of key -> what is asked of it."""

_SETTINGS = {
    "edition": "the edition's address and audience",
    "environment": "the language, time zone and currency",
    "groups": "editions (the groups)",
    "chain": "theme.name (the folders of the theme)",
}


def subject(key: Key[object]) -> Subject:
    """Where *key* is told, and in which words."""
    if key.kind == "present" and not key.name.startswith(f"{CONTENT}/"):
        return "templates", f"{key.name} (if it is there)"
    if key.kind in FACETS:
        return "documents", key.name
    if key.kind in _SETTINGS:
        return "settings", _SETTINGS[key.kind]
    words = _WORDS.get(key.kind)
    return words(key.name) if words else ("other", f"{key.kind} {key.name}".strip())


def phrase(key: Key[object]) -> str:
    """What *key* asks, inside a sentence: `the text of content/updates/vpn.md`."""
    if key.kind in _OF_ONE:
        return f"{_OF_ONE[key.kind]} {key.name}"
    if key.kind in FACETS:
        return f"the {FACETS[key.kind]} of {key.name}"
    group, words = subject(key)
    if group == "settings":
        return f"the setting {words}"
    return f"{_SINGULAR[group]} {words}" if group in _SINGULAR else words


_OF_ONE = {
    "source": "the file",
    "file": "the file",
    "present": "the file",
    "teaser": "what lists show of",
    "neighbours": "the newer or the older neighbour of",
}
_SINGULAR = {
    "names": "the name of",
    "links": "where a link leads:",
    "lists": "the list of",
    "views": "the view",
    "templates": "the template",
    "theme files": "the theme file",
}


def _query(name: str) -> Subject:
    asked = json.loads(name)
    kinds = ", ".join(asked["kinds"]) or "everything"
    where = [f"{facet} {wanted}" for facet, wanted in asked["where"] if wanted != "yes"]
    of = f" of {', '.join(where)}" if where else ""
    first = f", the first {asked['limit']}" if asked["limit"] else ""
    return "lists", f"{kinds}{of}{first}"


def _place(name: str) -> Subject:
    return "links", name.partition(":")[2]


def _view(name: str) -> Subject:
    view, _, path = name.partition(" ")
    if view == EMBED:
        return _embed(name)
    return "views", f"{view} of {path}" if path else view


def _embed(name: str) -> Subject:
    chosen = Specification.of(name.partition(" ")[2])
    where = [f"{filter} {', '.join(wanted)}" for filter, wanted in chosen.where]
    return "views", f"{chosen.view} of {'; '.join(where)}" if where else chosen.view


_WORDS: Mapping[str, Callable[[str], Subject]] = {
    "asset": lambda name: ("theme files", name),
    "assets": lambda name: ("theme files", "which ones there are"),
    "catalogue": lambda name: ("lists", "all documents that exist"),
    "embed": _embed,
    "fragment": lambda name: ("templates", name.partition(" ")[0]),
    "glossary": lambda name: ("lists", "the terms of the glossary"),
    "glossed": lambda name: ("lists", "whether there is a glossary"),
    "index": lambda name: ("lists", "all documents that may be seen"),
    "listing": lambda name: ("lists", f"the files in {name}/"),
    "offered": lambda name: ("templates", f"whether there is a {name}"),
    "party": lambda name: ("names", name),
    "passed": lambda name: ("time", f"whether {name} has passed"),
    "place": _place,
    "plan": lambda name: ("lists", "all addresses"),
    "query": _query,
    "routes": lambda name: ("lists", "all addresses"),
    "schedule": lambda name: ("time", "what changes by itself"),
    "sequence": lambda name: ("lists", f"{name}, by date"),
    "setting": lambda name: ("settings", name),
    "template": lambda name: ("templates", name),
    "today": lambda name: ("time", "the day"),
    "view": _view,
}
