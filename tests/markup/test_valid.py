"""Raw HTML that is on the allow-list is also valid: each case was an error of the Nu HTML checker."""

import pytest

from itnews.markup.html import resolve_body
from itnews.markup.parser import MarkupRules, parse_document
from itnews.model.article import Body, Resolved
from itnews.paths import source_path

PATH = source_path("content/pages/a.md")


def body_of(text: str, rules: MarkupRules = MarkupRules()) -> Body:  # noqa: B008
    document, _ = parse_document(PATH, text, rules)
    return resolve_body(document, {ref.number: Resolved(ref.number, "/r") for ref in document.refs})


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("<main><p>a</p></main>", "<p>a</p>"),
        ("<li>a</li><li value=3>b</li>", "<div>a</div>\n<div>b</div>"),
        ("<div><dt id=t>a</dt><dd>b</dd></div>", '<div><div id="t">a</div><div>b</div></div>'),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>",) * 2,
        ("<ul><ul><li>a</li></ul></ul>", "<ul><li><ul><li>a</li></ul></li></ul>"),
        ("<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<div><b><summary>a</summary></b></div>", "<div><b><span>a</span></b></div>"),
        ("<summary>a</summary>", "<div>a</div>"),
        ("<details>a</details>", "<details><summary>Details</summary>a</details>"),
        ("<details><summary>a</summary>b</details>",) * 2,
        ("<figcaption>a</figcaption>", "<div>a</div>"),
        ("<header>a<header>b</header></header>", "<header>a<div>b</div></header>"),
        ("<address><address>a</address></address>", "<address><div>a</div></address>"),
        ("<div><source src=a.mp3></div>", "<div></div>"),
        ("<div><time>soon</time></div>", "<div><span>soon</span></div>"),
        ("<div><td>a</td></div>", "<div>a</div>"),
        ("<div><picture></picture></div>", "<div></div>"),
    ],
)
def test_elements_stand_where_they_belong(written: str, page: str) -> None:
    assert body_of(written).html.strip() == page


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p dir=up lang=english role=button aria-hidden=maybe>", "<p>"),
        (
            "<p dir=rtl lang=en_GB aria-hidden=true>",
            '<p dir="rtl" lang="en-GB" aria-hidden="true">',
        ),
        ("<div role=note aria-label=a>", '<div role="note" aria-label="a">'),
        ("<p aria-label=a>", "<p>"),
        ("<ol type=z start=one reversed=yes>", '<ol reversed="">'),
        ("<ol type=a start=-3>", '<ol type="a" start="-3">'),
        ("<ol><li value=x>", "<ol><li>"),
        ("<table><tbody><tr><td colspan=x rowspan=2>", '<table><tbody><tr><td rowspan="2">'),
        ("<table><tbody><tr><th scope=up>a", "<table><tbody><tr><th>a"),
        ("<div><del datetime=now>", "<div><del>"),
        ("<div><ins datetime=2026-05-01>", '<div><ins datetime="2026-05-01">'),
        ("<div><time datetime=2026-02-30>", "<div><span>"),
        ("<div><time datetime=PT2H30M>", '<div><time datetime="PT2H30M">'),
        ("<div><img src=a width=50% height=20px>", '<div><img src="/r" height="20" alt="">'),
        ("<div><img src=a srcset='a 2q' sizes=b>", '<div><img src="/r" alt="">'),
        (
            "<div><img src=a alt=b srcset='a 1w, b 2w' sizes=c>",
            '<div><img src="/r" alt="b" srcset="/r 1w, /r 2w" sizes="100vw">',
        ),
        ("<div><img alt=words>", "<div>words</div>"),
        ("<div><label for=nothing>", "<div><label>"),
        ("<p id='a b'>", '<p id="a-b">'),
        ("<p id=''>", "<p>"),
    ],
)
def test_values_are_those_that_html_has(written: str, kept: str) -> None:
    assert body_of(written).html.startswith(kept)


def test_values_of_attribute_lists_are_checked_too() -> None:
    assert (
        body_of("![a](b.png){width=50% height=20}").html
        == '<p><img alt="a" height="20" src="/r"></p>'
    )


def test_an_old_anchor_with_a_blank_is_still_led_to() -> None:
    text = '<a name="my place">a</a> <a href="#my place">b</a> [c](#my%20place)'
    assert body_of(text).html == (
        '<p><a id="my-place">a</a> <a href="#my-place">b</a> <a href="#my-place">c</a></p>'
    )


def test_a_picture_whose_image_is_not_there_leaves_its_words() -> None:
    document, _ = parse_document(
        PATH, "<picture><source srcset=a.webp><img src=b.png alt=c></picture>", MarkupRules()
    )
    assert "<picture>" in document.html
    assert resolve_body(document, {1: Resolved(1, "/a.webp")}).html == "<p>c</p>"
    document, _ = parse_document(
        PATH, "<picture><img src=https://e.example/b.png alt=c></picture>", MarkupRules()
    )
    assert document.html == '<p><a href="https://e.example/b.png">c</a></p>'


def test_sizes_go_with_the_files_that_they_choose_from() -> None:
    text = "<img src=a.png alt=b srcset='c.png 1w' sizes=10px>"
    document, _ = parse_document(PATH, text, MarkupRules())
    assert resolve_body(document, {1: Resolved(1, "/a")}).html == '<p><img src="/a" alt="b"></p>'


# --- levels -----------------------------------------------------------------------------------------------------------


def levels(text: str, rules: MarkupRules = MarkupRules()) -> list[tuple[int, str]]:  # noqa: B008
    return [(heading.level, heading.anchor) for heading in body_of(text, rules).outline]


def test_raw_headings_leave_no_level_out_either() -> None:
    """A post of cloud.gov: `##`, and `<h4>` above each of its figures."""
    text = "## A\n\n<h4>Of A</h4>\n\n## B\n\n<h4>Of A</h4>\n"
    assert levels(text) == [(2, "a"), (3, "of-a"), (2, "b"), (3, "of-a_1")]


def test_a_raw_heading_is_as_high_as_one_with_so_many_signs() -> None:
    assert levels("# A\n\n<h2>B</h2>\n\n## C\n\n<h3>D</h3>\n\n<h1>E</h1>") == [
        (2, "a"),
        (3, "b"),
        (3, "c"),
        (4, "d"),
        (2, "e"),
    ]


def test_a_heading_whose_anchor_is_taken_gets_another() -> None:
    """`<a name>` in front of a heading, as old posts have it, took the heading out of the outline."""
    assert levels("<a name=setup></a>\n\n# Setup\n") == [(2, "setup_1")]


def test_headings_of_trusted_html_take_part_and_its_scripts_do_not() -> None:
    text = "# A\n\n<h5 class=x>B</h5>\n\n<h5>C</h5>\n\n<script>let s = '<h5>x</h5>'</script>\n"
    body = body_of(text, MarkupRules(raw_html="trust"))
    assert body.html.startswith('<h2 id="a">A</h2>')
    assert '<h3 id="c">C</h3>' in body.html
    assert "'<h5>x</h5>'" in body.html
