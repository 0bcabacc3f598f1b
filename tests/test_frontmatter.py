"""From bytes to fields and body: every way to get the encoding and the fences wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.content.frontmatter import decode, read_fields, split
from itnews.paths import source_path
from itnews.problems import Problem

PATH = source_path("content/updates/vpn.md")


def problem(text: str) -> Problem:
    fields, problems = read_fields(text, PATH)
    assert fields is None
    (found,) = problems
    assert found.hint
    return found


def place(found: Problem) -> tuple[str, int, int, int]:
    return found.code, found.at.line, found.at.column, found.at.length


def test_a_document_is_split_and_knows_its_lines() -> None:
    parts = split("---\ntitle: VPN\ntags: a\n---\nFirst line\n")
    assert (parts.front, parts.front_line) == ("title: VPN\ntags: a\n", 2)
    assert (parts.body, parts.body_line) == ("First line\n", 5)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: VPN\n---",
        "--- \ntitle: VPN\n--- \nBody",
        "\n\n---\ntitle: VPN\n...\nBody",
        "---\ntitle: VPN\n---\n---\n",
    ],
)
def test_fences_are_read_as_people_write_them(text: str) -> None:
    assert read_fields(text, PATH) == ({"title": "VPN"}, ())


def test_a_byte_order_mark_and_windows_line_ends_leave_no_trace() -> None:
    text, problems = decode(b"\xef\xbb\xbf---\r\ntitle: VPN\r\n---\r\nBody\rEnd", PATH)
    assert (text, problems) == ("---\ntitle: VPN\n---\nBody\nEnd", ())


def test_a_file_in_another_encoding_is_a_problem_at_its_first_strange_byte() -> None:
    text, (found,) = decode("---\r\ntitle: x\r\n---\r\nCafé".encode("cp1252"), PATH)
    assert text is None
    assert place(found) == ("encoding-invalid", 4, 4, 1)
    assert "'é'" in found.hint


def test_a_byte_order_mark_does_not_move_the_strange_byte() -> None:
    _, (found,) = decode(b"\xef\xbb\xbf--\xff", PATH)
    assert place(found) == ("encoding-invalid", 1, 3, 1)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("---\ntitle: x\n---\n".encode("utf-16"), "encoding-utf16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "encoding-binary"),
        (b"---\ntitle: \xed\xa0\x80\n---\n", "encoding-invalid"),
    ],
)
def test_what_is_no_text_is_a_problem(payload: bytes, code: str) -> None:
    text, (found,) = decode(payload, PATH)
    assert (text, found.code, found.level) == (None, code, "error")


def test_control_characters_are_left_out_with_a_warning() -> None:
    text, (found,) = decode(b"---\ntitle: a\x0bb\n---\n\x08", PATH)
    assert text == "---\ntitle: ab\n---\n"
    assert (found.level, *place(found)) == ("warning", "encoding-control", 2, 9, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("frontmatter-missing", 1, 1, 0)),
        ("Just text\n", ("frontmatter-missing", 1, 1, 9)),
        ("----\ntitle: x\n----\n", ("frontmatter-missing", 1, 1, 4)),
        ("+++\ntitle = 'x'\n+++\n", ("frontmatter-toml", 1, 1, 3)),
        ("---\ntitle: x\n\nBody", ("frontmatter-unterminated", 1, 1, 3)),
        ("---\ntitle: x\n ---\nBody", ("frontmatter-unterminated", 3, 1, 4)),
        ("---\ntitle: x\n—-\nBody", ("frontmatter-unterminated", 3, 1, 2)),
        ("---\n---\nBody", ("frontmatter-empty", 1, 1, 3)),
        ("---\n# nothing\n---\nBody", ("frontmatter-empty", 1, 1, 3)),
        ("---\n{}\n---\nBody", ("frontmatter-empty", 1, 1, 3)),
        ("---\n# a list\n- title: x\n---\n", ("frontmatter-list", 3, 1, 10)),
        ("---\njust words\n---\n", ("frontmatter-text", 2, 1, 10)),
        ("---\n2026\n---\n", ("frontmatter-text", 2, 1, 4)),
        ("---\ntitle: VPN: new\n---\n", ("yaml-syntax", 2, 11, 0)),
        ("\n---\ntitle: VPN: new\n---\n", ("yaml-syntax", 3, 11, 0)),
    ],
)
def test_broken_front_matter_is_a_problem_where_it_breaks(
    text: str, found: tuple[str, int, int, int]
) -> None:
    assert place(problem(text)) == found


def test_almost_three_hyphens_are_recognised() -> None:
    assert "exactly three hyphens" in problem("----\ntitle: x\n").hint
    assert "exactly three hyphens" in problem("---\ntitle: x\n--\n").hint


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=50), st.sampled_from([b"", b"---\n", b"---\ntitle: x\n"]))
def test_any_bytes_are_fields_or_a_problem_inside_the_file(noise: bytes, head: bytes) -> None:
    payload = head + noise
    text, problems = decode(payload, PATH)
    if text is not None:
        fields, more = read_fields(text, PATH)
        assert (fields is None) == bool(more)
        problems += more
    lines = payload.count(b"\n") + payload.count(b"\r") + 1
    assert all(1 <= found.at.line <= lines for found in problems)
