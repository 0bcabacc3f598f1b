"""References: what is collected, where it is found again, and what becomes of it."""

import pytest

from itnews.markup.html import fill, resolve_body
from itnews.markup.locate import NOWHERE, Place, find_reference, masked
from itnews.markup.parser import MarkupRules, parse_document
from itnews.model.article import Body, Document, Heading, Reference, Resolved
from itnews.paths import source_path
from itnews.problems import Problem

PATH = source_path("content/updates/vpn/index.md")


def parsed(text: str, rules: MarkupRules = MarkupRules()) -> tuple[Document, tuple[Problem, ...]]:  # noqa: B008
    return parse_document(PATH, text, rules)


def targets(text: str) -> list[tuple[str, str]]:
    return [(ref.role, ref.target) for ref in parsed(text)[0].refs]


def resolved(text: str, **answers: Resolved) -> Body:
    """The body of *text*; `_1=Resolved(...)` answers the first reference."""
    return resolve_body(
        parsed(text)[0], {int(name[1:]): answer for name, answer in answers.items()}
    )


# --- what is collected ------------------------------------------------------------------------------------------------


def test_paths_ids_and_images_are_collected_in_order() -> None:
    assert targets(
        "[a](../projects/x.md#risks) [](project:x) ![d](p.png) [r][r]\n\n[r]: /site/"
    ) == [
        ("link", "../projects/x.md#risks"),
        ("link", "project:x"),
        ("image", "p.png"),
        ("link", "/site/"),
    ]


def test_links_of_raw_html_are_collected_too() -> None:
    text = "<a href='a.md'>a</a> <video poster=p.jpg src=v.mp4></video> <img srcset='s.png, b.png 2x' src=s.png>"
    assert targets(text) == [
        ("link", "a.md"),
        ("image", "v.mp4"),
        ("image", "p.jpg"),
        ("image", "s.png"),
        ("image", "s.png"),
        ("image", "b.png"),
    ]


def test_other_servers_mail_and_telephone_are_left_alone() -> None:
    text = "[a](https://a.example/b?c=d&e=f) <me@b.example> [t](tel:+49-1) [u](HTTP://U.example) [p](//c.example/d)"
    document, problems = parsed(text)
    assert (document.refs, problems) == ((), ())
    assert 'href="https://a.example/b?c=d&amp;e=f"' in document.html


def test_a_fragment_is_collected_only_if_the_document_has_no_such_anchor() -> None:
    text = "# Über uns\n\n[a](#uber-uns) [b](#none) [c](#) <a name='old'></a> [d](#old) [e](#fn:1) x[^1]\n\n[^1]: n\n"
    assert targets(text) == [("link", "#none")]


def test_a_link_without_words_says_so() -> None:
    assert [ref.empty for ref in parsed("[](project:a) [b](project:b)")[0].refs] == [True, False]


def test_a_misspelt_kind_is_an_error_with_a_suggestion() -> None:
    document, (problem,) = parsed("See\n[the plan](projct:expenses).")
    assert (problem.code, problem.level, problem.hint) == (
        "link-scheme",
        "error",
        "did you mean 'project'?",
    )
    assert (problem.at.line, problem.at.column, problem.at.length) == (2, 12, 15)
    assert problem.at.in_body
    assert resolve_body(document, {}).html == "<p>See\nthe plan.</p>"


@pytest.mark.parametrize(
    "address", ["ftp://x/y", "file://server/share", "C:/x.docx", "data:text/html,x", "sip:a@b"]
)
def test_schemes_that_pages_do_not_have_are_errors_with_a_place(address: str) -> None:
    document, (problem,) = parsed(f"words\n\n[x](<{address}>) more")
    assert problem.code == "link-scheme"
    assert problem.at.line == 3
    assert "href" not in resolve_body(document, {}).html


def test_a_link_without_an_address_is_an_error() -> None:
    document, (problem,) = parsed("a [b]() c")
    assert (problem.code, problem.at.column) == ("link-empty", 6)
    assert resolve_body(document, {}).html == "<p>a b c</p>"


def test_an_image_of_another_server_becomes_a_link() -> None:
    text = '![A "cat"](https://cats.example/1.png) [![b](https://b.example/b.png)](c.md)'
    document, (problem, _) = parsed(text)
    assert (problem.code, problem.level, problem.at.column) == ("image-remote", "warning", 12)
    assert '<a href="https://cats.example/1.png">A "cat"</a>' in document.html
    assert '<a href="itnews-ref-2">b</a>' in document.html


# --- where it is ------------------------------------------------------------------------------------------------------


def place_of(text: str, index: int) -> Place:
    refs = parsed(text)[0].refs
    return find_reference(text, refs[index], among=refs)


def test_the_second_of_two_equal_targets_is_found_at_its_own_place() -> None:
    text = "[a](x.md)\n\nand [b](x.md)"
    assert place_of(text, 0) == (1, 5, 4)
    assert place_of(text, 1) == (3, 9, 4)


def test_a_target_in_code_is_passed_over() -> None:
    text = "`[a](x.md)` \n\n```\n[a](x.md)\n```\n<!-- [a](x.md) -->\n\n[a](x.md)\n"
    assert place_of(text, 0) == (8, 5, 4)


def test_a_longer_target_is_not_mistaken() -> None:
    assert place_of("[a](x.md.bak) [b](ax.md) [c](x.md)", 2) == (1, 30, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a][r]\n\n[r]: <x.md> 'T'", (3, 7, 4)),
        ("[r]\n\n  [r]: x.md", (3, 8, 4)),
        ("<a\n href=x.md>y</a>", (2, 7, 4)),
        ("[a](x\\_y.md)", (1, 5, 7)),
        ("<a href='x?a=1&amp;b=2'>c</a>", (1, 10, 13)),
        ("[a]( x.md 'T' )", (1, 6, 4)),
        ("![a](b(c).png)", (1, 6, 8)),
        ("x.md is [a](x.md)", (1, 13, 4)),
    ],
)
def test_targets_are_found_however_they_are_written(
    text: str, expected: tuple[int, int, int]
) -> None:
    assert place_of(text, 0) == expected


def test_what_cannot_be_found_is_nowhere() -> None:
    assert find_reference("nothing here", Reference(1, "link", "x.md")) == NOWHERE


@pytest.mark.parametrize(
    "text",
    ["`a` b ``c ` d`` e", "```\nx\n```\ny", "~~~~\n```\n~~~~\nz", "a <!-- b --> c", "` a\n\nb `"],
)
def test_masking_keeps_every_offset(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert masked(text).count("\n") == text.count("\n")


def test_masking_takes_a_time_in_proportion() -> None:
    """A flood of backticks: an expression would need minutes."""
    text = "".join("`" * (number % 400) + " " for number in range(20_000)) + "<!--" * 50_000
    assert len(masked(text)) == len(text)


# --- what becomes of it -----------------------------------------------------------------------------------------------


def test_resolved_links_and_images_carry_their_address() -> None:
    body = resolved(
        "[a](x.md) ![b](b.png 'T')",
        _1=Resolved(1, "/it/x/?a=1&b=2"),
        _2=Resolved(2, "/it/b.png", asset=source_path("content/updates/vpn/b.png")),
    )
    assert (
        body.html
        == '<p><a href="/it/x/?a=1&amp;b=2">a</a> <img alt="b" src="/it/b.png" title="T"></p>'
    )
    assert body.assets == (source_path("content/updates/vpn/b.png"),)


def test_unresolved_links_keep_their_words_and_images_their_description() -> None:
    body = resolved('[*a* `b`](x.md) and ![a "c"](c.png) <a id=i href=y.md>d</a>')
    assert body.html == '<p><em>a</em> <code>b</code> and a "c" <span id="i">d</span></p>'
    assert body.text == 'a b and a "c" d'
    assert body.assets == ()


def test_an_empty_link_takes_the_title_or_nothing() -> None:
    assert resolved("see [](project:x).", _1=Resolved(1, "/p/x/", "Q<uick> & easy")).html == (
        '<p>see <a href="/p/x/">Q&lt;uick&gt; &amp; easy</a>.</p>'
    )
    assert resolved("see [](project:x).", _1=Resolved(1, "/p/x/", "Easy")).text == "see Easy."
    assert resolved("see [](project:x).").html == "<p>see .</p>"


def test_sizes_of_an_image_that_is_partly_there() -> None:
    body = resolved(
        "<img srcset='a.png, b.png 2x' src=a.png alt=c>",
        _1=Resolved(1, "/a.png"),
        _3=Resolved(3, "/b.png"),
    )
    assert body.html == '<p><img srcset="/b.png 2x" src="/a.png" alt="c"></p>'


def test_an_author_who_writes_a_placeholder_gets_a_reference() -> None:
    assert targets("[a](itnews-ref-7)") == [("link", "itnews-ref-7")]


# --- elsewhere than on its page ---------------------------------------------------------------------------------------


def test_a_page_gets_the_body_as_it_is() -> None:
    assert fill('<p id="a">b</p>') == '<p id="a">b</p>'


def test_a_feed_gets_absolute_addresses() -> None:
    body = (
        '<p><a href="/it/x/">a</a> <a href="#b">b</a> '
        '<a href="mailto:c@d.example">c</a> <img srcset="/e.png 2x" src="/f.png"></p>'
    )
    assert fill(body, absolute="https://h.example/it/u/") == (
        '<p><a href="https://h.example/it/x/">a</a> <a href="https://h.example/it/u/#b">b</a> '
        '<a href="mailto:c@d.example">c</a> <img srcset="https://h.example/e.png 2x" src="https://h.example/f.png"></p>'
    )


def test_several_bodies_share_a_page_by_prefixes() -> None:
    document, _ = parsed('# A\n\nx[^1] [b](#a)\n\n=== "T"\n\n    c\n\n[^1]: d\n')
    page = fill(document.html, id_prefix="u1-")
    assert '<h2 id="u1-a">' in page
    assert 'href="#u1-a"' in page
    for part in (
        'id="u1-fnref:1"',
        'href="#u1-fn:1"',
        'name="u1-__tabbed_1"',
        'for="u1-__tabbed_1_1"',
    ):
        assert part in page


def test_a_feed_has_nothing_to_click() -> None:
    document, _ = parsed('- [ ] a\n- [x] b\n\n=== "Tab"\n\n    c\n')
    page = fill(document.html, absolute="https://h.example/")
    assert "<input" not in page
    assert "<label" not in page
    for part in ("☐ a", "☑ b", "<strong>Tab</strong>"):
        assert part in page


# --- the rest of a document -------------------------------------------------------------------------------------------


def test_the_outline_has_the_headings_one_level_lower() -> None:
    document, _ = parsed('# A *b* [c](d)\n\n## "E" & `f`\n\n###### G\n\n<h2 id=raw>Raw</h2>\n')
    assert document.outline == (
        Heading(2, "a-b-c", "A b c"),
        Heading(3, "e-f", "“E” & f"),
        Heading(4, "g", "G"),
        Heading(3, "raw", "Raw"),  # as `##`
    )
    assert document.anchors == ("a-b-c", "e-f", "g", "raw")


def test_headings_begin_below_the_title_whatever_level_the_author_begins_with() -> None:
    assert [heading.level for heading in parsed("## A\n\n### B\n\n## C\n")[0].outline] == [2, 3, 2]
    assert [heading.level for heading in parsed("## A\n\n# B\n")[0].outline] == [2, 2]


def test_the_text_has_paragraphs_and_neither_headings_nor_code() -> None:
    text = "# H\n\nOne *two*\nthree[^1].\n\n```\ncode\n```\n\n- a\n- b\n\n|x|y|\n|-|-|\n|1|2|\n\n[^1]: Note.\n"
    assert parsed(text)[0].text == "One two three.\n\na\n\nb\n\nx | y\n\n1 | 2\n\nNote."


def test_templates_of_other_systems_stay_as_they_are_with_one_warning() -> None:
    text = 'a\n\n{{< fig src="x_y_z" >}} *b* {% include "c" %}\n\n`{{ d }}` {{ e }}\n'
    document, (problem,) = parsed(text)
    assert document.text == 'a\n\n{{< fig src="x_y_z" >}} b {% include "c" %}\n\n{{ d }} {{ e }}'
    assert (problem.code, problem.level, problem.at.line, problem.at.column) == (
        "template-foreign",
        "warning",
        3,
        1,
    )


def test_templates_in_code_are_meant() -> None:
    assert parsed("`{{ d }}`\n\n```\n{% x %}\n```\n")[1] == ()
