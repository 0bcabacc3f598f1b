"""The strict YAML loader: what it reads, what it refuses, and where it says things stand."""

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.yaml import WrittenFloat, YamlError, load, locate


def problem(text: str) -> tuple[str, int, int]:
    with pytest.raises(YamlError) as caught:
        load(text, first_line=2)
    found = caught.value.fault
    assert found.hint
    return found.code, found.at.line, found.at.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("true", True),
        ("12:30", "12:30"),
        ("010", "010"),
        ("2026-13-01", "2026-13-01"),
        ("2026-03-02", "2026-03-02"),
        ("2026", 2026),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("1_000", "1_000"),
        ("~", None),
        ("", None),
        ("'2026'", "2026"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    assert load(f"field: {text}") == {"field": value}


def test_names_of_fields_are_texts() -> None:
    assert load("on: 1\n2026: 2\nnull: 3") == {"on": 1, "2026": 2, "null": 3}


def test_a_number_with_a_fraction_knows_how_it_was_written() -> None:
    number = load("version: 1.10")["version"]
    assert isinstance(number, WrittenFloat)
    assert (number, number.written) == (1.1, "1.10")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: VPN: new", ("yaml-syntax", 2, 11)),
        ("a: b\n  c: d", ("yaml-syntax", 3, 4)),
        ('title: "never closed\nb: c', ("yaml-syntax", 2, 8)),
        ("title: 'it's'", ("yaml-syntax", 2, 12)),
        ("tags: [a, b\nb: c", ("yaml-syntax", 2, 7)),
        ("tags: [a, b]\n\tb: c", ("yaml-syntax", 3, 1)),
        ("title: @here", ("yaml-syntax", 2, 8)),
        ("title: *new*", ("yaml-syntax", 2, 12)),
        ('path: "C:\\data"', ("yaml-syntax", 2, 10)),
        ("title: a\n---\ntitle: b", ("yaml-syntax", 3, 1)),
        ("title: !new b", ("yaml-tag", 2, 8)),
        ("title: !!python/name:os.system", ("yaml-tag", 2, 8)),
        ("n: !!int abc", ("yaml-tag", 2, 4)),
        ("a: 1\nb: 2\na: 3", ("yaml-duplicate", 4, 1)),
        ("a:\n  b: 1\n  b: 2", ("yaml-duplicate", 4, 3)),
        ("title: {{ page.title }}", ("yaml-key", 2, 9)),
        ("<<: {a: b}", ("yaml-merge", 2, 1)),
        ("a: \x07", ("yaml-character", 2, 4)),
        ('a: "\\0"', ("yaml-character", 2, 4)),
        ("a: \ud800", ("yaml-character", 2, 4)),
        ("a: 1e999", ("yaml-number", 2, 4)),
    ],
)
def test_a_mistake_is_found_where_the_author_looks(text: str, place: tuple[str, int, int]) -> None:
    assert problem(text) == place


@pytest.mark.parametrize("digits", [16, sys.int_info.default_max_str_digits + 1])
def test_a_number_of_many_digits_is_refused_and_not_rounded(digits: int) -> None:
    assert problem("ticket: " + "7" * digits)[0] == "yaml-number"


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "yaml-too-many"),
        ("[" + "[]," * 300_000 + "]", "yaml-too-many"),
        ("\n".join(f"k{n}: v" for n in range(20_000)), "yaml-too-many"),
        ("a: &a [*a]", "yaml-too-deep"),
        ("[" * 500_000, "yaml-too-deep"),
        ("- " * 200_000, "yaml-too-deep"),
        ("{a: " * 100_000, "yaml-too-deep"),
        ("\n".join(" " * n + "a:" for n in range(400)), "yaml-too-deep"),
        ("a: " + "x" * 2**20, "yaml-too-long"),
    ],
    ids=["aliases", "wide", "fields", "itself", "brackets", "dashes", "braces", "indent", "long"],
)
def test_a_bomb_is_a_problem_at_once(text: str, code: str) -> None:
    start = time.process_time()
    assert problem(text)[0] == code
    assert time.process_time() - start < 2


def test_line_separators_of_other_programs_do_not_move_lines() -> None:
    assert problem("a: x\u2028y\x85z\r\nb: c: d") == ("yaml-syntax", 3, 5)


FRONT = """\
title: "VPN"
milestones:
  - name: pilot
    due: 2026-99
  - {name: all}
empty:
story: |
  Once
  upon
tags: [a, bb]
audience: finance
"""


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("title",), (2, 8, 5)),
        (("milestones", 0, "due"), (5, 10, 7)),
        (("milestones", 0, "missing"), (4, 5, 4)),
        (("milestones", 1), (6, 5, 1)),
        (("empty",), (7, 1, 5)),
        (("story",), (8, 8, 1)),
        (("tags", 1), (11, 11, 2)),
        (("audience", 0), (12, 11, 7)),
        (("nowhere", 3), (2, 1, 5)),
    ],
)
def test_locate_finds_a_value(loc: tuple[str | int, ...], place: tuple[int, int, int]) -> None:
    span = locate(FRONT, loc, first_line=2)
    assert (span.line, span.column, span.length) == place


def test_locate_finds_a_name() -> None:
    span = locate(FRONT, ("milestones", 0, "due"), first_line=2, key=True)
    assert (span.line, span.column, span.length) == (5, 5, 3)


@pytest.mark.parametrize("text", ["", "a: [", "- a", "# nothing"])
def test_locate_never_raises(text: str) -> None:
    assert locate(text, ("a", 0), first_line=7).line >= 7


PIECES = ["a", ":", " ", "\n", "-", "[", "]", "{", "}", '"', "'", "&a", "*a", "!", "|", ">", "#"]
PIECES += [
    "?",
    "  ",
    "\t",
    ",",
    "%",
    "@",
    "`",
    "\r\n",
    "\u2028",
    "\ufeff",
    "---",
    "...",
    "<<",
    "1e9",
]


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_any_text_is_a_value_or_a_problem_inside_it(text: str) -> None:
    try:
        load(text)
    except YamlError as wrong:
        at = wrong.fault.at
        assert 1 <= at.line <= text.count("\n") + text.count("\r") + 1
        assert at.column >= 1
