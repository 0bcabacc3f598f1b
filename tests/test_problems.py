"""What a problem says is one line that a terminal shows as it is."""

import pytest

from itnews.paths import source_path
from itnews.problems import Span, error


@pytest.mark.parametrize(
    ("quoted", "shown"),
    [
        ("two\nlines", "two lines"),
        ("\u202eexe.gpj", "\\u202eexe.gpj"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("Zürich – 2 €", "Zürich – 2 €"),
    ],
)
def test_what_a_message_quotes_stays_on_its_line_and_can_be_seen(quoted: str, shown: str) -> None:
    problem = error("x", Span(source_path("a.md")), f"'{quoted}'", hint=quoted)
    assert (problem.message, problem.hint) == (f"'{shown}'", shown)


def test_a_word_of_thousands_of_letters_is_cut() -> None:
    problem = error("x", Span(source_path("a.md")), f"The image '{'a' * 5_000}' leads nowhere.")
    assert problem.message == f"The image '{'a' * 59}… leads nowhere."
