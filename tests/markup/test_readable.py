"""What a body needs to be read by a screen reader and a feed reader."""

import pytest

from itnews.markup.html import fill
from itnews.markup.parser import MarkupRules, parse_document
from itnews.paths import source_path


def html(text: str) -> str:
    return parse_document(source_path("content/updates/a.md"), text, MarkupRules())[0].html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n### C", [2, 3, 4]),
        ("## A\n\n### B", [2, 3]),
        ("### A\n\n# B\n\n## C", [2, 2, 3]),
        ("# A\n\n#### B\n\n## C\n\n#### D", [2, 3, 3, 4]),
    ],
)
def test_headings_leave_no_level_out(text: str, levels: list[int]) -> None:
    document, _ = parse_document(source_path("content/updates/a.md"), text, MarkupRules())
    assert [heading.level for heading in document.outline] == levels


def test_the_empty_corner_of_a_table_is_no_heading() -> None:
    table = html("| | Before | After |\n|-|-|-|\n| Days | 12 | 4 |")
    assert "<td></td>\n<th>Before</th>" in table


def test_a_link_to_an_own_heading_is_absolute_in_a_feed() -> None:
    filled = fill(
        html("# Risks\n\n[See](#risks)"), absolute="https://it.example.org/a/", id_prefix="a-"
    )
    assert '<h2 id="a-risks">' in filled
    assert 'href="https://it.example.org/a/#risks"' in filled


def test_a_link_to_an_own_heading_follows_its_id_where_bodies_share_a_page() -> None:
    filled = fill(html("# Risks\n\n[See](#risks)"), id_prefix="a-")
    assert 'href="#a-risks"' in filled


def test_no_id_stands_twice() -> None:
    assert html('<p id="a">One</p>\n\n<p id="a">Two</p>').count('id="a"') == 1


def test_a_keyboard_reaches_a_table_that_scrolls() -> None:
    table = html("| a |\n|-|\n| b |")
    assert '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>' in fill(table)
    assert "scroll" not in fill(table, absolute="https://it.example.org/a/")
