"""What an author is told about a body, and where: reports of messages that were wrong, or nowhere."""

import pytest

from itnews.markup.html import resolve_body
from itnews.markup.locate import find_reference
from itnews.markup.parser import MarkupRules, parse_document
from itnews.model.article import Document, Resolved
from itnews.paths import source_path
from itnews.problems import Problem

PATH = source_path("content/updates/vpn/index.md")


def parsed(text: str) -> tuple[Document, tuple[Problem, ...]]:
    return parse_document(PATH, text, MarkupRules())


def test_a_footnote_that_nothing_refers_to_has_no_way_back() -> None:
    document, (problem,) = parsed("Hello\n\n[^a]: unused note")
    assert (document.refs, document.text) == ((), "Hello\n\nunused note")
    assert "footnote-backref" not in document.html
    assert (problem.code, problem.level, problem.at.line) == ("footnote-unused", "warning", 3)
    assert problem.hint == "write [^a] where it belongs, or remove the note"


def test_footnotes_that_are_used_keep_their_way_back() -> None:
    document, problems = parsed("a[^a b] c[^c] d[^c]\n\n[^a b]: e\n[^c]: f\n")
    assert (document.refs, problems) == ((), ())
    assert document.html.count("footnote-backref") == 3


@pytest.mark.parametrize(
    ("text", "target", "line", "length"),
    [
        ("words\n\n[x]({{ a\nb }}/c)", "{{ a b }}/c", 3, 4),
        ("[x](a\tb)", "a b", 1, 3),
        ("> [x](a\n> b)", "a b", 1, 1),
        ("<a href='x\n y'>z</a>", "x y", 1, 1),
        ("words\n\n[x](<\\>)", "<\\>", 3, 3),
        ("[x](<\\))", "<\\)", 1, 3),
        ("[x](&#97;.md)", "a.md", 1, 8),
        ("[x](a\\)b.md)", "a)b.md", 1, 7),
        ("[x](&auml;.md)", "ä.md", 1, 9),
    ],
)
def test_a_target_is_one_line_and_found_however_it_is_written(
    text: str, target: str, line: int, length: int
) -> None:
    refs = parsed(text)[0].refs
    assert [ref.target for ref in refs] == [target]
    place = find_reference(text, refs[0], among=refs)
    assert (place.line, place.length) == (line, length)


@pytest.mark.parametrize(
    "written",
    ["&#106;avascript:x", "javascript&colon;x", "&#x6A;&#97;vascript:x", "&#102;tp://x"],
)
def test_a_hidden_scheme_is_an_error_with_a_place(written: str) -> None:
    document, (problem,) = parsed(f"words\n\n[x]({written}) more")
    assert (problem.code, problem.at.line, problem.at.column) == ("link-scheme", 3, 5)
    assert "href" not in resolve_body(document, {}).html


@pytest.mark.parametrize("written", ["[x](<>)", "[x]( )", "<a href=''>x</a>", "[x][r]\n\n[r]: <>"])
def test_a_link_without_an_address_has_a_place(written: str) -> None:
    assert [(one.code, one.at.line > 0) for one in parsed(f"a {written}\n")[1]] == [
        ("link-empty", True)
    ]


def test_a_kind_and_an_id_between_angle_brackets_is_meant_as_a_link() -> None:
    (problem,) = parsed("see <project:x>")[1]
    assert (problem.code, problem.hint) == (
        "html-unknown",
        "write [](project:x) for a link to it",
    )
    assert "backticks" in parsed("see <host:x>")[1][0].hint


@pytest.mark.parametrize("target", ["../projects/h.md", "project:h", "h.md#top"])
def test_an_image_that_is_a_document_becomes_a_link(target: str) -> None:
    text = f"[y]({target}) ![x]({target}) [![z]({target})](a)"
    document, (problem, _) = parsed(text)
    assert (problem.code, problem.level) == ("image-document", "warning")
    assert problem.at.column == text.index(f"![x]({target}") + 6
    body = resolve_body(document, {2: Resolved(2, "/projects/h/", "H")})
    assert '<a href="/projects/h/">x</a>' in body.html


def test_an_address_of_another_server_is_written_as_addresses_are() -> None:
    assert 'href="https://a.example/b%20c%7Cd"' in parsed("[x](<https://a.example/b c|d>)")[0].html
