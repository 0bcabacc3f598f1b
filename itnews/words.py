"""Words: slugs, excerpts, suggestions."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from itnews.late import late

if TYPE_CHECKING:
    import difflib

    import slugify
else:
    difflib, slugify = late("difflib"), late("slugify")

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")


def slug(text: str) -> str:
    """*text* as a part of an address: lower-case ASCII letters, digits and hyphens; empty if nothing is left."""
    return slugify.slugify(text, replacements=[("ß", "ss"), ("ẞ", "ss")])


def excerpt(text: str, limit: int = 200) -> str:
    """The beginning of *text*, cut at a sentence if one ends within *limit* characters, else at a word with `…`."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if len(kept) + len(sentence) + 1 > limit:
            break
        kept = f"{kept} {sentence}".strip()
    if kept:
        return kept
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:-–—") + "…"


def suggestion(word: str, known: Iterable[str]) -> str:
    """The member of *known* that *word* was probably meant to be, or an empty string."""
    candidates = sorted(set(known))
    folded = {fold(candidate): candidate for candidate in reversed(candidates)}
    close = difflib.get_close_matches(fold(word), list(folded), n=1, cutoff=0.7)
    return folded[close[0]] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a message, or an empty string when nothing is near."""
    near = suggestion(word, known)
    return f"did you mean '{near}'?" if near else ""


def fold(text: str) -> str:
    """*text* as it is compared where case and Unicode normalisation do not count."""
    return unicodedata.normalize("NFKC", text).casefold()


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def with_article(noun: str) -> str:
    """`a project`, `an update`."""
    return f"an {noun}" if noun[:1] in tuple("aeiou") else f"a {noun}"
