"""What a body says: its plain text, and how long it takes to read."""

import re
from html import unescape

from itnews.markup.refs import ATTRIBUTES

WORDS_A_MINUTE = 220
"""How fast adults read English on a screen: 238 words a minute in fiction, less in reports (Brysbaert 2019)."""

_LEFT_OUT = re.compile(
    rf"<(pre|h[2-6]|script|style)(?:{ATTRIBUTES})>.*?</\1>"
    r"|<!--.*?-->"
    rf'|<sup id="fnref[^"]*">.*?</sup>'
    rf'|<a class="footnote-backref"{ATTRIBUTES}>.*?</a>',
    re.DOTALL,
)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh][ >])")
_BLOCK = re.compile(
    rf"</?(?:address|article|aside|blockquote|caption|dd|details|div|dl|dt|figcaption|figure|footer|header|hr|li|main"
    rf"|nav|ol|p|section|summary|table|tbody|tfoot|thead|tr|ul)(?:{ATTRIBUTES})>"
)
_TAG = re.compile(rf"</?[a-z][a-z0-9]*(?:{ATTRIBUTES})>")


def plain_text(markup: str) -> str:
    """The words of *markup*, canonical HTML: paragraphs, list items and table rows apart by an empty line.

    Headings (they are in the outline), code blocks, comments and footnote marks are left out; the cells of a row are
    parted by ` | `.
    """
    text = _LEFT_OUT.sub("", markup)
    if "<t" in text:
        text = _CELL_END.sub(" | ", text)
    text = _BLOCK.sub("\n\n", text.replace("\n", " ").replace("<br>", " "))
    text = unescape(_TAG.sub("", text))
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def reading_minutes(text: str) -> int:
    """Minutes that *text* takes to read, at least 1."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


# --- elements that belong into others ---------------------------------------------------------------------------------
