"""The allow-list: what of the HTML that Markdown made, or that an author wrote, may stand on a page.

After `clean` the HTML is in one canonical form, which `refs` and `html` rely on: lower-case names, each attribute as
` name="value"`, every `<` of the text escaped.
"""

import re
from functools import lru_cache

from nh3 import Cleaner

from itnews.model.scalars import SAFE_SCHEMES

_BLOCKS = """address article aside blockquote caption col colgroup dd details div dl dt figcaption figure footer h1 h2
    h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"""
_WORDS = """a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup
    time u var wbr"""
_MEDIA = "audio img input label picture source track video"

TAGS = frozenset(f"{_BLOCKS} {_WORDS} {_MEDIA}".split())
"""Elements that stay. Neither script nor style, nothing embedded, no forms (but for lists of tasks, and tabs)."""

EMPTIED = frozenset(
    [
        "applet",
        "area",
        "base",
        "button",
        "canvas",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "link",
        "map",
        "math",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "param",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "xmp",
    ]
)
"""Elements that go with all that is in them; of the others that are not in TAGS the words stay."""

_UNWRAPPED = """acronym basefont bgsound big blink body center dialog dir fencedframe fieldset font form head hgroup
    html isindex legend listing main marquee menu menuitem meter nobr optgroup output plaintext progress rb rtc search
    selectedcontent slot strike tt"""

ELEMENTS = TAGS | EMPTIED | frozenset(_UNWRAPPED.split())
"""What HTML has ever called an element; any other `<word>` was meant as words."""

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

_NEVER = frozenset(
    [
        "about",
        "blob",
        "cid",
        "chrome",
        "data",
        "file",
        "filesystem",
        "javascript",
        "jar",
        "livescript",
        "mhtml",
        "mocha",
        "resource",
        "vbscript",
        "view-source",
    ]
)

_SCHEME_OF_VALUE = re.compile(r"""=\s*["']?\s*([A-Za-z][A-Za-z0-9+.-]*):""")
"""In the value of any attribute: that begins with a character that is quickly found."""

_SCHEME_OF_ADDRESS = re.compile(
    r"""(?:href|src|poster)\s*=\s*["']?\s*([a-z][a-z0-9+.-]*):""", re.IGNORECASE
)
_TAG_WRITTEN = re.compile(r"<([A-Za-z][^\s/<>\"'=]*)")


def clean(markup: str) -> str:
    """*markup* in canonical form, reduced to the allow-list.

    Addresses may still have a scheme that is neither in SAFE_SCHEMES nor dangerous, so that the author of `projct:x` or
    `ftp://x` can be told: `refs.collect` has to be called on the result, and lets none of them through.
    """
    return _canonical(_cleaner(SAFE_SCHEMES | (_written_schemes(markup) - _NEVER)).clean(markup))


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
    return tuple(name for name in names if name in ELEMENTS and name not in TAGS)


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
    schemes = dict.fromkeys(scheme.lower() for scheme in _SCHEME_OF_ADDRESS.findall(markup))
    return tuple(scheme for scheme in schemes if scheme in _NEVER)


def _written_schemes(markup: str) -> frozenset[str]:
    return frozenset(scheme.lower() for scheme in _SCHEME_OF_VALUE.findall(markup))


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
_IDENTIFIED = re.compile(
    r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*? id="([^"]*)"(?: [a-z-]+="[^"]*")*>'
)
_EMPTY_HEAD = re.compile(r"<th((?: [a-z]+=\"[^\"]*\")*)></th>")
_INPUT = re.compile(r"<input((?: [a-z-]+=\"[^\"]*\")*)>")
_FIRST_HEADING = re.compile(r"<(/?)h1(?=[ >])")
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
    if "<h1" in markup:
        markup = _FIRST_HEADING.sub(r"<\1h2", markup)
    if ' name="' in markup:
        markup = _NAMED.sub(_identified, markup)
    return _with_ids_once(markup)


def _with_ids_once(markup: str) -> str:
    """*markup* without the second of two equal ids: the first is where a link leads to."""
    ids = [match[1] for match in _IDENTIFIED.finditer(markup)]
    if len(ids) == len(set(ids)):
        return markup
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        if match[1] not in seen:
            seen.add(match[1])
            return match[0]
        return match[0].replace(f' id="{match[1]}"', "", 1)

    return _IDENTIFIED.sub(once, markup)


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
