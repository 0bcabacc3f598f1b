"""Markdown as authors write it, and what a page carries: tests/markup/cases/*.txt, input, `====`, expected."""

import os
from pathlib import Path

import pytest

from itnews.markup.parser import MarkupRules, parse_document
from itnews.paths import source_path

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
BETWEEN = "\n====\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_markdown_becomes_what_the_case_says(case: Path) -> None:
    """With ITNEWS_ACCEPT=1 in the environment the expectation is written anew, to be read in the diff."""
    text, _, expected = case.read_text("utf-8").partition(BETWEEN)
    document, _ = parse_document(source_path(f"content/{case.stem}.md"), text, MarkupRules())
    if os.environ.get("ITNEWS_ACCEPT"):
        case.write_text(text + BETWEEN + document.html.strip() + "\n", "utf-8", newline="\n")
    assert document.html.strip() == expected.strip() or os.environ.get("ITNEWS_ACCEPT")
