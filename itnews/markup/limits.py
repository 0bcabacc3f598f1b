"""Limits of a body: which ones are parsed in this process, which apart from it, and which not at all.

Python-Markdown takes a time in the square of some floods and recurses with the nesting. Each figure below is far
above what people write, and was measured (Python-Markdown 3.11 on the machine of SPEED.md): a body within all of them
takes less than about two seconds, whatever stands in it, and an ordinary one is asked a dozen questions in C.
"""

import re

LONGEST = 4_000_000
"""Characters of a body that is parsed at all: a thousand printed pages."""

LONGEST_HERE = 60_000
"""Characters of a body that is parsed in this process: 60 kB of nothing but tabs or quotes take three seconds."""

SECONDS = 5
"""What a body that is parsed apart may take, in seconds of processor time."""

MEMORY = 1_500_000_000
"""What it may take of memory, in bytes of address space."""

_FARTHEST = {
    # Each `[` is read up to its `]`, character by character, three times: 2000 unclosed ones take 1.2 s.
    "bracket": 500_000,
    # The address of a link likewise: 1333 unclosed `[a](b(` in 8 kB take 1 s.
    "parenthesis": 2_000_000,
    # A tag is read by a regular expression: 2666 unclosed `<a ` take 1.2 s.
    "tag": 5_000_000,
}
"""For each pair, the sum of the distances from openers to their closers."""

_PAIRS = {
    "bracket": ("[", re.compile(r"(\[)|(\])|(\n[ \t]*\n)")),
    "parenthesis": ("](", re.compile(r"(\]\()|(\))|(\n[ \t]*\n)")),
    "tag": ("<", re.compile(r"(<[a-zA-Z/!?])|(>)|(\n[ \t]*\n)")),
}

_BLOCKS_IN_BLOCK = 10_000_000
"""Lines that end a block, times its length: the rest of the block is asked anew after each (0.4 s for 2000 in 8 kB)."""

_BLOCK_LINE = re.compile(r"^ {0,3}(?:#|=+ *$|-[- ]*$|\*\[|\[[^\]\n]*\]:)", re.MULTILINE)

_MARKS_IN_BLOCK = 150_000_000
"""Marks of one sort in a block, times its length: each is replaced in a copy of the text (3 s for 30,000 quotes)."""

_MARKS = ("'", '"', "\\", ".", "<", "*", "_", "`", "&", "~", "=", "@", "-", "{", "  \n")

_LONG_CODE = 9_000_000
"""The sum of the squares of the lengths of fenced blocks: most lexers of Pygments take a time in the square of some
text, the worst 1.5 s for 4000 characters; 3000 characters of code are an ordinary long block."""

_FENCE = re.compile(r"\n[^\n`~]{0,40}(?:```|~~~)")

_SHORT = 12_000
"""Characters of a body that can hold none of the floods of marks: its square is below their limit."""

_STATEFUL = ("!!!", "===", "???", "///", "[TOC]")
_MOST_STATEFUL = 300
"""Admonitions, tabs, captions: 300 of each take 0.1 s, 7500 three seconds."""

_DEEP = re.compile(r"\n[ \t>]{100}")
"""Twenty-five levels of lists, by indentation; Python's recursion ends a thousand frames deep, at five a level."""

_DEEP_IN_LINE = re.compile(r"\n[ \t]*+(?:(?:[-*+:>]|\d{1,9}\.)[ \t]*+){24}")
"""The same in one line: `- - - -`."""

_RULE_LINE = re.compile(r"[-*_ \t]*\Z")
_BLANK = re.compile(r"\n[ \t]*\n")


def is_suspicious(text: str) -> bool:
    """True for a body that had better be parsed apart, under limits of time and memory."""
    return (
        len(text) > LONGEST_HERE
        or any(_is_far(text, name) for name in _PAIRS)
        or _has_block_flood(text)
        or _is_deep(text)
        or _has_long_code(text)
        or (len(text) > _SHORT and _has_mark_flood(text))
    )


def _is_far(text: str, name: str) -> bool:
    opener, tokens = _PAIRS[name]
    farthest = _FARTHEST[name]
    # Not even if none of them were closed.
    if text.count(opener) * len(text) <= farthest:
        return False
    total = 0
    unclosed: list[int] = []
    for match in tokens.finditer(text):
        if match[1]:
            unclosed.append(match.start())
        elif match[2] and unclosed:
            total += match.start() - unclosed.pop()
        elif match[3]:
            total += sum(match.start() - start for start in unclosed)
            unclosed.clear()
        if total > farthest:
            return True
    return total + sum(len(text) - start for start in unclosed) > farthest


def _has_block_flood(text: str) -> bool:
    if text.count("\n") * len(text) <= _BLOCKS_IN_BLOCK:
        return False
    blocks = _BLANK.split(text)
    return sum(len(_BLOCK_LINE.findall(block)) * len(block) for block in blocks) > _BLOCKS_IN_BLOCK


def _has_long_code(text: str) -> bool:
    if len(text) ** 2 <= _LONG_CODE or ("```" not in text and "~~~" not in text):
        return False
    return sum(len(block) ** 2 for block in _FENCE.split("\n" + text)[1::2]) > _LONG_CODE


def _has_mark_flood(text: str) -> bool:
    if any(text.count(mark) > _MOST_STATEFUL for mark in _STATEFUL):
        return True
    many = [mark for mark in _MARKS if text.count(mark) * len(text) > _MARKS_IN_BLOCK]
    blocks = _BLANK.split(text) if many else []
    return any(
        sum(block.count(mark) * len(block) for block in blocks) > _MARKS_IN_BLOCK for mark in many
    )


def _is_deep(text: str) -> bool:
    # A line end in front: expressions that begin with a character are ten times as fast as those that begin with `^`.
    text = "\n" + text
    if _DEEP.search(text):
        return True
    return any(
        not _RULE_LINE.match(text, match.start() + 1, _end_of_line(text, match.end()))
        for match in _DEEP_IN_LINE.finditer(text)
    )


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end == -1 else end
