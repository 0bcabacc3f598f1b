"""What the settings name: addresses, which stand on every page, fields and templates; checked once."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from itnews.app.tasks.pages import chosen_template
from itnews.app.tasks.plan import SETTINGS
from itnews.app.tasks.references import is_ignored
from itnews.app.tasks.templates import template_names
from itnews.content.frontmatter import decode
from itnews.engine.key import Answer, Fetch, Key
from itnews.errors import PathError
from itnews.late import late
from itnews.model.keys import kinds_key, setting_key, source_key
from itnews.model.marks import span_at
from itnews.model.references import Location
from itnews.paths import url_path
from itnews.problems import Problem, Span, error
from itnews.site.keys import place_key
from itnews.theme.closure import template_missing
from itnews.words import did_you_mean

if TYPE_CHECKING:
    from itnews import yaml
else:
    yaml = late("itnews.yaml")

_LINKS: tuple[Location, ...] = (("feedback", "form"),)
_IMAGES: tuple[Location, ...] = (("theme", "logo"),)


def check_settings(key: Key[None], fetch: Fetch) -> Answer[None]:
    """The problems of what the settings name; the answer itself says nothing."""
    found = (*_problems(key.variant, fetch), *_misnamed(fetch), *_template_faults(fetch))
    return Answer(None, found)


def _problems(variant: str, fetch: Fetch) -> Iterator[Problem]:
    menu = fetch(setting_key("menu"))
    entries = menu if isinstance(menu, list) else []
    links = [*_LINKS, *(("menu", number, "url") for number in range(len(entries)))]
    for what, places in (("link", links), ("image", _IMAGES)):
        for loc in places:
            written = _written(loc, fetch)
            if written and _leads_nowhere(written, what, variant, fetch):
                message = f"The {what} '{written}' leads nowhere."
                yield error(f"{what}-broken", setting_place(loc, fetch), message, hint=_HINTS[what])


def _misnamed(fetch: Fetch) -> Iterator[Problem]:
    """The foreign names of fields that stand for a field that no kind has."""
    names = fetch(setting_key("field_names"))
    if not isinstance(names, Mapping):
        return
    known = {name for kind in fetch(kinds_key()).values() for name in kind.model.model_fields}
    for foreign, ours in names.items():
        if ours not in known:
            at = setting_place(("field_names", str(foreign)), fetch)
            hint = did_you_mean(str(ours), known) or "write a field that a document can have"
            yield error("field-name-unknown", at, f"No kind has a field '{ours}'.", hint=hint)


def _template_faults(fetch: Fetch) -> Iterator[Problem]:
    """The templates of the site's own kinds that no theme has."""
    for kind in fetch(kinds_key()).values():
        name = f"{kind.template}.html"
        if kind.template and chosen_template((name, ""), fetch) != name:
            at = setting_place(("kinds", kind.name, "template"), fetch)
            yield template_missing(at, [name], template_names(fetch))


_HINTS = {
    "image": "put the picture into static/ and write its path, as in /logo.svg",
    "link": "write a path of this site from its root, as in /departments/, or a whole address",
}


def _written(loc: Location, fetch: Fetch) -> str:
    if loc[0] == "menu":
        entries = fetch(setting_key("menu"))
        entry = entries[int(loc[1])] if isinstance(entries, list) else {}
        return str(entry.get("url", "")) if isinstance(entry, dict) else ""
    value = fetch(setting_key(".".join(map(str, loc))))
    return value if isinstance(value, str) else ""


def _leads_nowhere(written: str, what: str, variant: str, fetch: Fetch) -> bool:
    """Whether *written* is a path of this site where nothing stands; other addresses are not asked for."""
    if is_ignored(written, fetch):
        return False
    if not written.startswith("/"):
        return what == "image"  # pages ask no other host for a picture
    try:
        path = url_path(written.partition("#")[0].partition("?")[0])
    except PathError:
        return True
    place = fetch(place_key(f"url:{path}", variant))
    return place.state == "unknown" or (what == "image" and path.endswith("/"))


def setting_place(loc: Location, fetch: Fetch) -> Span:
    """Where a setting stands, which is looked for only when a Problem needs it."""
    payload = fetch(source_key(SETTINGS))
    text, _ = decode(payload, SETTINGS) if payload is not None else (None, ())
    return (
        span_at(yaml.locate(text, loc, first_line=1), SETTINGS)
        if text is not None
        else Span(SETTINGS)
    )
