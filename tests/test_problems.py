"""What a problem says is one line that can be read."""

from itnews.paths import source_path
from itnews.problems import Span, error


def test_what_a_message_quotes_stays_on_its_line() -> None:
    problem = error("x", Span(source_path("a.md")), "'two\n\tlines'", hint="a\r\nb")
    assert (problem.message, problem.hint) == ("'two lines'", "a b")


def test_a_word_of_thousands_of_letters_is_cut() -> None:
    problem = error("x", Span(source_path("a.md")), f"The image '{'a' * 5_000}' leads nowhere.")
    assert problem.message == f"The image '{'a' * 59}… leads nowhere."
