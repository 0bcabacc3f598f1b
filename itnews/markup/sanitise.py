"""The allow-list: what of the HTML that Markdown made, or that an author wrote, may stand on a page.

After `clean` the HTML is in one canonical form, which `refs` and `html` rely on: lower-case names, each attribute as
` name="value"`, every `<` of the text escaped.
"""

import re
from functools import cache, lru_cache
from html import unescape

from nh3 import Cleaner

from itnews.markup.parts import PARTS_WRITTEN, with_parts_in_order
from itnews.markup.refs import (
    attributes,
    scheme_of,
    tag,
    with_described_images,
    with_fit_sizes,
    with_ids_once,
    with_pointers,
)
from itnews.model.names import SAFE_SCHEMES

_BLOCKS = """address article aside blockquote caption col colgroup dd details div dl dt figcaption figure footer h1 h2
    h3 h4 h5 h6 header hr li nav ol p pre section summary table tbody td tfoot th thead tr ul"""
_WORDS = """a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup
    time u var wbr"""
_MEDIA = "audio img input label picture source track video"

TAGS = frozenset(f"{_BLOCKS} {_WORDS} {_MEDIA}".split())
"""Elements that stay. Neither script nor style, nothing embedded, no forms (but for lists of tasks, and tabs)."""

_EMPTIED = """applet area base button canvas embed frame frameset iframe link map math meta noembed noframes noscript
    object option param script select style svg template textarea title xmp"""

EMPTIED = frozenset(_EMPTIED.split())
"""Elements that go with all that is in them; of the others that are not in TAGS the words stay."""

_UNWRAPPED = """acronym basefont bgsound big blink body center dialog dir fencedframe fieldset font form head hgroup
    html isindex legend listing main marquee menu menuitem meter nobr optgroup output plaintext progress rb rtc search
    selectedcontent slot strike tt"""

_OF_THE_PAGE = frozenset({"main", "hgroup"})
"""Elements that the page has already, and that say nothing about words: nobody needs to hear that they went."""

ELEMENTS = TAGS | EMPTIED | frozenset(_UNWRAPPED.split())
"""What HTML has ever called an element; any other `<word>` was meant as words."""

_REMOVED = ELEMENTS - TAGS - _OF_THE_PAGE

_SIZE = {"width", "height"}
_SPANS = {"colspan", "rowspan", "headers", "style"}
_PLAYED = {"src", "controls", "loop", "muted", "preload"}

_ATTRIBUTES = {
    "*": {"aria-hidden", "aria-label", "class", "dir", "id", "lang", "role", "title"},
    "a": {"href", "name"},
    "audio": _PLAYED,
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "img": {"alt", "loading", "sizes", "src", "srcset", *_SIZE},
    "input": {"checked", "disabled", "name"},
    "ins": {"datetime"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "source": {"media", "sizes", "src", "srcset", "type", *_SIZE},
    "td": _SPANS,
    "th": {"abbr", "scope", *_SPANS},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"poster", *_PLAYED, *_SIZE},
}
_VALUES = {"input": {"type": {"checkbox", "radio"}}}

_DANGEROUS = """about blob cid chrome data file filesystem javascript jar livescript mhtml mocha resource vbscript
    view-source"""
_NEVER = frozenset(_DANGEROUS.split())

_SCHEME_OF_VALUE = re.compile(r"""=\s*["']?\s*([A-Za-z][A-Za-z0-9+.-]*):""")
"""In the value of any attribute: that begins with a character that is quickly found."""

_SCHEME_OF_ADDRESS = re.compile(
    r"""(?:href|src|poster)\s*=\s*["']?\s*([a-z][a-z0-9+.-]*):""", re.IGNORECASE
)
_HIDING = re.compile("&(?:#|colon;|NewLine;|Tab;)")
_ADDRESS_WITH_ENTITY = re.compile(r'="(?<=[cfr]=")([^"&:/]{0,40}&(?:#|colon;|NewLine;|Tab;)[^"]*)"')
_TAG_WRITTEN = re.compile(r"<([A-Za-z][^\s/<>\"'=]*)")


def clean(markup: str, *, written: str | None = None) -> str:
    """*markup* in canonical form, reduced to the allow-list, and valid in what the elements say of each other.

    *written* is the Markdown that *markup* was made of: elements that are not in it stand where Markdown put them.
    Addresses may still have a scheme that is neither in SAFE_SCHEMES nor dangerous, so that the author of `projct:x` or
    `ftp://x` can be told: `refs.collect` has to be called on the result, and lets none of them through.
    """
    cleaned = _cleaner(SAFE_SCHEMES | (_written_schemes(markup) - _NEVER)).clean(markup)
    source = markup if written is None else written
    # What Markdown itself makes has fit values, and each element where it belongs.
    has_values = _VALUE_IN_TAG.search(source) or _VALUE_IN_BRACES.search(source)
    if has_values:
        cleaned = _with_fit_attributes(cleaned)
    if PARTS_WRITTEN.search(source):
        cleaned = with_parts_in_order(cleaned)
    cleaned = _canonical(cleaned)
    return with_pointers(cleaned) if has_values else cleaned


def without_strangers(markup: str) -> tuple[str, tuple[str, ...]]:
    """*markup*, as Markdown left it, with each `<word>` that HTML does not know as text, and these words in order."""
    if "<" not in markup:
        return markup, ()
    strangers = dict.fromkeys(name for name in _written(markup) if name.lower() not in ELEMENTS)
    if not strangers:
        return markup, ()
    names = "|".join(map(re.escape, sorted(strangers, key=len, reverse=True)))
    return re.sub(rf"<(/?(?:{names})(?=[\s/>]))", r"&lt;\1", markup), tuple(strangers)


def removed_tags(markup: str) -> tuple[str, ...]:
    """The names of the elements in *markup*, as Markdown left it, that `clean` takes away; each once, in order."""
    names = dict.fromkeys(name.lower() for name in _written(markup))
    return tuple(name for name in names if name in _REMOVED)


def _written(markup: str) -> list[str]:
    for begin, end in (("<!--", "-->"), ("<svg", "</svg"), ("<math", "</math")):
        markup = _without(markup, begin, end)
    return _TAG_WRITTEN.findall(markup)


def _without(markup: str, begin: str, end: str) -> str:
    """*markup* without what lies between *begin* and *end*; in linear time, which an expression would not take."""
    kept: list[str] = []
    done = 0
    while (start := markup.find(begin, done)) != -1 and (close := markup.find(end, start)) != -1:
        kept.append(markup[done : start + len(begin)])
        done = close
    return "".join(kept) + markup[done:]


def dangerous_schemes(markup: str) -> tuple[str, ...]:
    """Schemes in *markup* that are taken away by `clean` with their addresses; each once, in order."""
    if not _written_schemes(markup) & _NEVER:
        return ()
    found = [*map(str.lower, _SCHEME_OF_ADDRESS.findall(markup)), *_hidden_schemes(markup)]
    schemes = dict.fromkeys(found)
    return tuple(scheme for scheme in schemes if scheme in _NEVER)


def _written_schemes(markup: str) -> frozenset[str]:
    found = map(str.lower, _SCHEME_OF_VALUE.findall(markup))
    return frozenset(found).union(_hidden_schemes(markup))


def _hidden_schemes(markup: str) -> list[str]:
    """The schemes of addresses in which a character is an entity."""
    if not _HIDING.search(markup):
        return []
    values = (unescape(value) for value in _ADDRESS_WITH_ENTITY.findall(markup))
    return [scheme for scheme in map(scheme_of, values) if scheme]


@lru_cache(maxsize=32)
def _cleaner(schemes: frozenset[str]) -> Cleaner:
    return Cleaner(
        tags=TAGS,
        clean_content_tags=EMPTIED,
        attributes=_ATTRIBUTES,
        tag_attribute_values=_VALUES,
        url_schemes=schemes,
        filter_style_properties={"text-align"},
        link_rel=None,
    )


_STYLE = re.compile(
    r'(<t[dh](?: [a-z-]+="[^"]*")*?) style="(?:text-align:\s*(left|right|center|justify))?[^"]*"'
)
_CLASS = re.compile(r' class="([^"]*)"')
_SCOPE = re.compile(r' scope="[^"]*"')
_EMPTY_HEAD = re.compile(r"<th((?: [a-z]+=\"[^\"]*\")*)></th>")
_INPUT = re.compile(r"<input((?: [a-z-]+=\"[^\"]*\")*)>")
_NAMED = re.compile(r'<a((?: [a-z-]+="[^"]*")*?) name="([^"]*)"((?: [a-z-]+="[^"]*")*)>')
_CELL = re.compile(r'<t[dh](?: [a-z-]+="[^"]*")* style="[^"]*"(?: [a-z-]+="[^"]*")*>')


def _canonical(markup: str) -> str:
    if ' style="' in markup:
        markup = _CELL.sub(_aligned, markup)
    if "></th>" in markup:
        # A corner that heads nothing is no heading cell: a screen reader would announce an empty one.
        markup = _EMPTY_HEAD.sub(lambda match: f"<td{_SCOPE.sub('', match[1])}></td>", markup)
    if "<input" in markup:
        markup = _INPUT.sub(_choice, markup)
    if ' name="' in markup:
        markup = _NAMED.sub(_identified, markup)
    return with_ids_once(markup)


def _aligned(match: re.Match[str]) -> str:
    """A cell whose alignment is a class: pages carry no styles."""
    found = _STYLE.match(match[0])
    if found is None:
        return match[0]
    cell = found[1] + match[0][found.end() :]
    if not found[2]:
        return cell
    wanted = f"align-{found[2]}"
    if _CLASS.search(cell):
        return _CLASS.sub(rf' class="\1 {wanted}"', cell, count=1)
    return f'{cell[:3]} class="{wanted}"{cell[3:]}'


def _choice(match: re.Match[str]) -> str:
    """A task's box, which a reader cannot tick, or a tab; any other input goes."""
    attributes = match[1]
    if ' type="radio"' in attributes:
        return match[0]
    if ' type="checkbox"' not in attributes:
        return ""
    checked = " checked" in attributes
    label = "Done" if checked else "To do"
    state = ' checked=""' if checked else ""
    return f'<input type="checkbox" disabled=""{state} aria-label="{label}">'


def _identified(match: re.Match[str]) -> str:
    """`<a name>` of old pages as an id, which an address's `#` leads to as well."""
    before, name, after = match.groups()
    if ' id="' in before + after:
        return f"<a{before}{after}>"
    return f'<a{before} id="{name}"{after}>'


# --- values that elements may have ------------------------------------------------------------------------------------

_DAY = r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))"
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?"
_ZONE = r"(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)"
_INSTANT = rf"\d{{4}}-{_DAY}[T ]{_HOUR}"
_LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_LENGTH = r"\d{1,5}(?:\.\d{1,4})?(?:px|em|rem|vw|vh)"
_CONDITION = (
    rf"\((?:(?:min|max)-(?:width|height): ?{_LENGTH}|prefers-color-scheme: ?(?:dark|light))\)"
)
_CONDITIONS = rf"{_CONDITION}(?: and {_CONDITION})*"
_SIZES = rf"(?:{_CONDITIONS} )?{_LENGTH}"

_FIT = {
    "aria-hidden": "true|false",
    "colspan": r"[1-9]\d{0,2}",
    "datetime": rf"\d{{4}}-{_DAY}|{_INSTANT}{_ZONE}",
    "dir": "ltr|rtl|auto",
    "height": r"\d{1,5}",
    "kind": "captions|chapters|descriptions|metadata|subtitles",
    "lang": _LANGUAGE,
    "li.value": r"-?\d{1,9}",
    "loading": "eager|lazy",
    "media": f"{_CONDITIONS}|all|print|screen",
    "ol.type": "[1aAiI]",
    "preload": "auto|metadata|none",
    "role": "img|note|presentation",
    "rowspan": r"\d{1,4}",
    "scope": "col|colgroup|row|rowgroup",
    "sizes": rf"{_SIZES}(?:, ?{_SIZES})*",
    "source.type": r"[a-z]+/[a-z0-9.+-]+(?:; ?codecs=[\w., ]+)?",
    "span": r"[1-9]\d{0,2}",
    "srclang": _LANGUAGE,
    "start": r"-?\d{1,9}",
    "time.datetime": rf"\d{{4}}(?:-(?:0[1-9]|1[0-2])|-{_DAY})?|{_INSTANT}{_ZONE}?|{_HOUR}|{_DAY}"
    r"|P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?",
    "width": r"\d{1,5}",
    **dict.fromkeys(["controls", "default", "loop", "muted", "open", "reversed"], ""),
}
"""For an attribute, or one of an element, the values that HTML gives a meaning; others are dropped."""

_VALUE_IN_TAG = re.compile("<[a-zA-Z][^<>]*=")
_VALUE_IN_BRACES = re.compile(r"\{[^{}]*=")
_CHECKED = frozenset(name.rpartition(".")[2] for name in [*_FIT, "aria-label", "srcset"])
_NAMES = "|".join(_CHECKED)
_WITH_CHECKED = re.compile(
    rf'<([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*? (?:{_NAMES})="[^"]*"(?: [a-z-]+="[^"]*")*)>'
)
_WITH_ROLE = frozenset(["b", "div", "i", "p", "span", "table"])
_NAMEABLE = """a article aside audio figure footer h1 h2 h3 h4 h5 h6 header img nav ol section table ul video"""
_WITH_LABEL = frozenset(_NAMEABLE.split())


def _with_fit_attributes(markup: str) -> str:
    markup = with_described_images(markup)
    if any(f' {name}="' in markup for name in _CHECKED):
        return _WITH_CHECKED.sub(_with_fit_values, markup)
    return markup


def _with_fit_values(match: re.Match[str]) -> str:
    element, written = match.groups()
    values = {}
    for name, value in attributes(written).items():
        fit = _fit_value(element, name, value)
        if fit is not None:
            values[name] = fit
    if "role" in values and element not in _WITH_ROLE:
        del values["role"]
    if values.get("role", "presentation") == "presentation" and element not in _WITH_LABEL:
        values.pop("aria-label", None)
    return tag(element, with_fit_sizes(values) if element in {"img", "source"} else values)


def _fit_value(element: str, name: str, value: str) -> str | None:
    """The *value* of an attribute as HTML has it, or None if it has none such."""
    fitting = _fitting(f"{element}.{name}") or _fitting(name)
    if fitting is None or fitting.fullmatch(value):
        return value
    if not fitting.pattern:
        return ""  # It is there, and that is all it says.
    bare = value.strip().replace("_", "-") if "lang" in name else value.strip().removesuffix("px")
    return bare if fitting.fullmatch(bare) else None


@cache
def _fitting(name: str) -> re.Pattern[str] | None:
    """What an attribute's values have to match: compiled for the first body with such an attribute, few have any."""
    return re.compile(_FIT[name]) if name in _FIT else None
