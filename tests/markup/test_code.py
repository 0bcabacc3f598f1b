"""Code blocks: classes only, kept lexers, a limit, and colours that can be read."""

import re

import pytest

from itnews.markup.code import LONGEST_COLOURED, PALETTE, stylesheet
from itnews.markup.parser import MarkupRules, parse_document
from itnews.paths import source_path

PAPER, INK = "#f3f1ea", "#1c212c"


def html_of(text: str) -> str:
    return parse_document(source_path("content/a.md"), text, MarkupRules())[0].html


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("entry", PALETTE, ids=lambda entry: entry[0])
def test_every_colour_can_be_read_on_paper_and_on_ink(entry: tuple[str, str, str]) -> None:
    _, light, dark = entry
    assert contrast(light, PAPER) >= 4.5
    assert contrast(dark, INK) >= 4.5


def test_the_stylesheet_colours_the_classes_that_code_has() -> None:
    html = html_of('```python\n@d\ndef f(x: int) -> str:\n    return "a" + 1  # b\n```\n')
    coloured = set(re.findall(r"\.highlight \.(\w+)", stylesheet()))
    assert {"k", "nf", "nd", "s2", "mi", "c1"} <= coloured
    assert {"k", "nf", "nd", "s2", "mi", "c1"} <= set(re.findall(r'<span class="(\w+)">', html))
    assert "style=" not in html


def test_the_stylesheet_is_the_same_bytes_each_time_and_asks_nobody() -> None:
    assert stylesheet() == stylesheet()
    assert "url(" not in stylesheet()


def test_a_language_that_nobody_knows_is_plain_text() -> None:
    assert '<div class="language-text highlight">' in html_of("```nolanguage\nx < y\n```")
    assert "x &lt; y" in html_of("```nolanguage\nx < y\n```")


def test_a_long_log_is_shown_without_colours() -> None:
    html = html_of("```python\n" + "x = 1\n" * (LONGEST_COLOURED // 6 + 1) + "```\n")
    assert "<span class" not in html
    assert html.count("x = 1") == LONGEST_COLOURED // 6 + 1
