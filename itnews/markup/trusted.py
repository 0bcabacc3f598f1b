"""Trusted raw HTML: left as it is but for the form of the tags that carry addresses."""

import re
from html import unescape

from itnews.markup.refs import tag

_UNTOUCHED = re.compile(
    r"(<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(
    r"""<(a|audio|img|source|track|video)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*+)?)>""", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_END = re.compile(r"</a\s*>", re.IGNORECASE)


def canonical_tags(markup: str) -> str:
    """*markup* whose links and images are in the form that `refs` reads; scripts, styles and comments as they are."""
    parts = _UNTOUCHED.split(markup)
    parts[::2] = [_END.sub("</a>", _TAG.sub(_canonical, part)) for part in parts[::2]]
    return "".join(parts)


def _canonical(match: re.Match[str]) -> str:
    values: dict[str, str] = {}
    for name, *written in _ATTRIBUTE.findall(match[2]):
        values.setdefault(name.lower(), unescape(next(filter(None, written), "")))
    return tag(match[1].lower(), values)
