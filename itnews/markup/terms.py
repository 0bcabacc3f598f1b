"""Terms of the glossary in a body: found at their first use, and explained there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

from itnews.markup.refs import tag
from itnews.model.glossary import Gloss, TermUse
from itnews.paths import SourcePath
from itnews.words import fold

_NO_PLACE = """a abbr audio button code del dfn h1 h2 h3 h4 h5 h6 kbd label pre rp rt s samp summary svg time var
    video"""
_CLOSED = frozenset(_NO_PLACE.split())
"""Elements that hold no button (links, labels, summaries, headings that an outline repeats), or whose words are not
those of the text: code, what is struck out, what an author explains already."""

_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|textarea)\b.*?</\1\s*>"
    r"""|<(/?)([a-z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*+>""",
    re.DOTALL | re.IGNORECASE,
)


def first_uses(
    markup: str, glosses: tuple[Gloss, ...], *, apart_from: SourcePath
) -> tuple[TermUse, ...]:
    """The first use in *markup* of each of *glosses* but that of the document *apart_from*, in order.

    Whole words, the longest that is there, in any case; words in capitals (VPN) only as they are written.
    """
    vocabulary = _vocabulary(glosses)
    if not any(match[1] for match in vocabulary.pattern.finditer(markup)):
        return ()
    seen = {apart_from}
    uses: list[TermUse] = []
    for begin, end in _texts(markup):
        for match in vocabulary.pattern.finditer(markup, begin, end):
            gloss = vocabulary.gloss(match[1] or "")
            if gloss and gloss.path not in seen:
                seen.add(gloss.path)
                uses.append(TermUse(match.start(), match.end(), gloss))
    return tuple(uses)


def with_terms(markup: str, uses: Sequence[TermUse]) -> str:
    """*markup* whose *uses* are buttons, each followed by what it shows: the meaning, and the way to the term."""
    pieces: list[str] = []
    done = 0
    for use in uses:
        pieces += (markup[done : use.begin], _explained(markup[use.begin : use.end], use.gloss))
        done = use.end
    return "".join([*pieces, markup[done:]])


def _explained(words: str, gloss: Gloss) -> str:
    id = f"term:{gloss.slug}"  # With a colon, as all ids that are no anchor of a heading.
    button = tag("button", {"type": "button", "class": "term", "popovertarget": id})
    shown = tag("span", {"class": "gloss", "id": id, "popover": "auto"})
    link = tag("a", {"href": gloss.href}) + escape(gloss.term, quote=False)
    return f"{button}{words}</button>{shown}{link}</a> {escape(gloss.plain, quote=False)}</span>"


def _texts(markup: str) -> Iterator[tuple[int, int]]:
    """The stretches of *markup* that are words of the text and may hold a button."""
    closed = done = 0
    for match in _MARKUP.finditer(markup):
        if not closed and done < match.start():
            yield done, match.start()
        if (match[3] or "").lower() in _CLOSED:
            closed = max(closed - 1, 0) if match[2] else closed + 1
        done = match.end()
    if not closed and done < len(markup):
        yield done, len(markup)


class _Vocabulary(NamedTuple):
    """What finds the words of a glossary (group 1), and what they mean: *exact* as written, *folded* in any case."""

    pattern: re.Pattern[str]
    exact: Mapping[str, Gloss]
    folded: Mapping[str, Gloss]

    def gloss(self, found: str) -> Gloss | None:
        word = _plain(unescape(found))
        return self.exact.get(word) or self.folded.get(fold(word))


@lru_cache(maxsize=4)  # two editions in turn, before an edit and after it
def _vocabulary(glosses: tuple[Gloss, ...]) -> _Vocabulary:
    exact: dict[str, Gloss] = {}
    folded: dict[str, Gloss] = {}
    words = [(_plain(word), gloss) for gloss in glosses for word in gloss.words]
    for word, gloss in words:
        if word.isupper():
            exact.setdefault(word, gloss)
        else:
            folded.setdefault(fold(word), gloss)
    # An entity is taken first, or `&amp;` would hold the word amp.
    pattern = rf"&\#?\w+;|(?<!\w)({_any_of(word for word, _ in words)})(?!\w)"
    return _Vocabulary(re.compile(pattern), exact, folded)


def _any_of(words: Iterable[str]) -> str:
    """What matches any of *words*, the longest first; by their first letter, so that most are not even tried."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(dict.fromkeys(words), key=len, reverse=True):
        written = escape(word, quote=False)
        rest = _written(written[1:])
        by_letter.setdefault(written[0].lower(), []).append(
            rest if word.isupper() else f"(?i:{rest})"
        )
    return "|".join(
        f"[{re.escape(letter + letter.upper())}](?:{'|'.join(rests)})"
        for letter, rests in by_letter.items()
    )


def _written(words: str) -> str:
    """What matches *words* in a text: blanks are any white space, apostrophes may be curled."""
    return r"\s+".join(re.escape(part).replace("'", "['’]") for part in words.split(" "))


def _plain(word: str) -> str:
    return " ".join(word.replace("’", "'").split())
