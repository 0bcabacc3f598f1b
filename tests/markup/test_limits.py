"""No text hangs a build, and none takes the process with it."""

import time
from pathlib import Path

import pytest

from itnews.markup import apart, convert, reading
from itnews.markup.limits import LONGEST, LONGEST_HERE, is_suspicious
from itnews.markup.parser import MarkupRules, parse_document
from itnews.markup.reading import read_document
from itnews.paths import source_path

PATH = source_path("content/pages/flood.md")
RULES = MarkupRules()
REAL = Path(__file__).parents[3] / "shared" / "realcontent"

FLOODS = [
    "[" * 20_000,
    "![" * 20_000,
    "[^" * 20_000,
    "[a](" * 10_000,
    "[a][" * 10_000,
    "[a](b(" * 8_000,
    "<a " * 20_000,
    "<![CDATA[" * 5_000,
    "\\" * 40_000,
    "# a\n" * 14_000,
    "---\n" * 14_000,
    "*[a]: b\n" * 7_000,
    "[TOC]\n\n" * 8_000,
    '"a ' * 19_000,
    "<a@b" * 14_000,
    "- " * 400 + "a",
    "1. " * 400 + "a",
    "> " * 2_000 + "a",
    "".join("    " * depth + "- a\n" for depth in range(300)),
    "".join("    " * depth + "!!! note\n" for depth in range(200)),
    "word " * 20_000,
]


@pytest.mark.parametrize("text", FLOODS, ids=lambda text: repr(text[:12]))
def test_floods_are_parsed_apart(text: str) -> None:
    assert is_suspicious(text)


OPENERS = [
    "[",
    "<a ",
    "*a ",
    "_",
    "`",
    '"',
    "[a](",
    "(",
    "|",
    "&",
    "{{",
    "~~",
    "==",
    "@a",
    "a@",
    "http://",
    "\\",
]
LINES = ["# a\n", "- a\n", "> a\n", "1. a\n", "!!! a\n", '=== "a"\n', ":\n", "```\n"]


@pytest.mark.parametrize("opener", [*OPENERS, *LINES])
def test_what_is_parsed_here_takes_no_time(opener: str) -> None:
    """The largest flood of each sort that is not set apart stays below the promise of two seconds."""
    size = LONGEST_HERE // len(opener)
    while is_suspicious(opener * size):
        size = size * 2 // 3
    convert.convert("warm")
    before = time.process_time()
    convert.convert(opener * size)
    assert time.process_time() - before < 2


@pytest.mark.parametrize("language", ["java", "hcl", "python", "make"])
def test_long_code_is_coloured_apart(language: str) -> None:
    """Their lexers need half a minute for 20,000 characters of `a ` or `-`, and an instant for real code."""
    assert is_suspicious(f"text\n\n```{language}\n" + "a -" * 1_500 + "\n```\n")
    assert not is_suspicious(f"text\n\n```{language}\n" + "a -\n" * 500 + "```\n")


@pytest.mark.skipif(not REAL.is_dir(), reason=f"{REAL} is not here")
def test_no_real_post_is_suspicious() -> None:
    assert not [path for path in REAL.rglob("*.md") if is_suspicious(path.read_text("utf-8"))]


def test_ordinary_long_texts_are_not_suspicious() -> None:
    row = '| [a](b.md) | `c[0]` | "d" | 1.5 |\n'
    assert not is_suspicious("|a|b|c|d|\n|-|-|-|-|\n" + row * 300)
    assert not is_suspicious(
        '## Version 1.2\n\n- fixed [#1](https://x.example/1), "quoted" (see [b])\n\n' * 300
    )
    assert not is_suspicious(
        "```\n" + "    if x[0] < y and 'a' in b:\n        return {}\n" * 50 + "```\n"
    )


def test_a_suspicious_text_gives_the_same_document_apart() -> None:
    text = "# A\n\n[b](c.md) <iframe>\n\n" + "- " * 30 + "deep\n"
    assert is_suspicious(text)
    document, problems = parse_document(PATH, text, RULES)
    here, found = read_document(PATH, text, RULES)
    assert (document, problems) == (here, found)
    assert [ref.target for ref in document.refs] == ["c.md"]
    assert [problem.code for problem in problems] == ["html-removed"]


def test_a_text_that_overflows_the_stack_becomes_a_problem() -> None:
    document, (problem,) = parse_document(PATH, "1. " * 4_000 + "a", RULES)
    assert (problem.code, problem.level, problem.at.path) == ("markdown-too-deep", "error", PATH)
    assert document.html == ""


def test_a_text_that_takes_too_long_becomes_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    monkeypatch.setattr(apart, "GRACE", 0.01)
    _, (problem,) = parse_document(PATH, "[" * 30_000, RULES)
    assert problem.code == "markdown-too-much"


def test_a_text_beyond_all_measure_is_not_read() -> None:
    _, (problem,) = parse_document(PATH, "a" * (LONGEST + 1), RULES)
    assert problem.code == "markdown-too-long"


def test_a_recursion_that_ends_here_is_tried_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """How deep the stack is when a body is parsed must not decide what becomes of it."""

    def overflow(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reading, "read_document", overflow)
    document, problems = parse_document(PATH, "*a*", RULES)
    assert (document.html, problems) == ("<p><em>a</em></p>", ())


def test_a_fault_of_the_library_is_a_problem_of_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(reading, "read_document", stumble)
    _, (problem,) = parse_document(PATH, "a", RULES)
    assert problem.code == "markdown-failed"
    assert "IndexError" in problem.message


def test_an_interrupted_instance_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = convert._instance(escape_html=False, quick=True, rare=False)
    monkeypatch.setattr(before, "convert", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        convert.convert("a")
    assert convert.convert("a") == "<p>a</p>"
