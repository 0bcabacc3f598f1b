"""Nothing that runs survives, wherever it is put in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.markup.html import fill, resolve_body
from itnews.markup.parser import MarkupRules, parse_document
from itnews.markup.sanitise import clean, removed_tags, without_strangers
from itnews.model.article import Resolved
from itnews.paths import source_path
from tests.markup.checked import faults

PATH = source_path("content/pages/a.md")

RAW = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=\"x\" ONERROR='alert(1)'/>",
    "<img src=`x`onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=javascript:alert(1)>",
    '<img srcset="javascript:alert(1) 1x, data:text/html,x 2x">',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
    '<img dynsrc="javascript:alert(1)" lowsrc="javascript:alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" &#14;  javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="jav&#x0A;ascript:alert(1)">x</a>',
    '<a href="jav\nascript:alert(1)">x</a>',
    '<a href="java\x00script:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>',
    '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    "<a href=vbscript:msgbox(1)>x</a>",
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="x" ping="https://evil" target=_blank style="position:fixed">x</a>',
    '<a href="view-source:x">x</a><a href="blob:https://x/y">y</a><a href="filesystem:x">z</a>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    '<math><mi xlink:href="data:x,<script>alert(1)</script>">x</mi></math>',
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    "<applet code=x></applet>",
    "<frameset onload=alert(1)>",
    '<base href="//evil/">',
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<link rel=stylesheet href=//evil/x.css>",
    "<style>@import '//evil/x.css';</style>",
    "<style onload=alert(1)></style>",
    '<div style="background:url(javascript:alert(1))">x</div>',
    '<table><tr><td style="text-align:left;background:url(//evil)">x</td></tr></table>',
    "<table><tr><td style='text-align:expression(alert(1))'>x</td></tr></table>",
    '<table background="javascript:alert(1)"><td background="javascript:alert(1)">x',
    '<form action="javascript:alert(1)"><input type=submit><button formaction=javascript:alert(1)>x</button></form>',
    "<input autofocus onfocus=alert(1)>",
    "<input type=image src=x formaction=javascript:alert(1)>",
    '<input type="checkbox" onclick="alert(1)">',
    "<isindex action=javascript:alert(1) type=image>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<video src=x poster=javascript:alert(1) onloadstart=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<keygen autofocus onfocus=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<title><img src=x onerror=alert(1)></title>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    '<?xml-stylesheet href="javascript:alert(1)"?>',
    "<![CDATA[<script>alert(1)</script>]]>",
    '<!DOCTYPE x [<!ENTITY y "<script>">]>&y;',
    "</p><script>alert(1)</script><p>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    '<abbr title="&quot;><script>alert(1)</script>">x</abbr>',
    "<a href='x\" onclick=\"alert(1)'>x</a>",
    "<a title='a\" onmouseover=\"alert(1)' href='b'>x</a>",
    '<div markdown="1" onclick="alert(1)">\n*x*\n</div>',
    "<div markdown=1>\n<script>alert(1)</script>\n</div>",
    "<username onclick=alert(1)>x</username>",
    "<foo><script>alert(1)</script></foo>",
    "<x-y onclick=1 <script>>",
    "<a\x0conclick=alert(1)\x0chref=x>x</a>",
    '<img src="itnews-ref-1" onerror=alert(1)>',
    "<a href=itnews-ref-9>x</a>",
]

IN_MARKDOWN = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript&#58;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\\script:alert(1))",
    "[x](\tjavascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x][y]\n\n[y]: <javascript:alert(1)> 'z'",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](data:image/svg+xml,<svg>)",
    '[x](a "\\" onclick=alert(1)")',
    "[x](a '\" onclick=\"alert(1)')",
    '![" onerror="alert(1)](x)',
    "*x*{onclick=alert(1)}",
    '[x](y){href="javascript:alert(1)"}',
    '![x](y){src="javascript:alert(1)" onerror=alert(1)}',
    '# x {onclick="alert(1)" style="color:red"}',
    "x\n{: onmouseover=alert(1) #id .c }",
    '```{.python onclick="alert(1)" title="<script>alert(1)</script>"}\nx\n```',
    '```python title="<img src=x onerror=alert(1)>" title_mode="html"\nx\n```',
    '```"><script>alert(1)</script>\nx\n```',
    "`#!html <script>alert(1)</script>`",
    '!!! note" onclick="alert(1)\n    x',
    '!!! note "<script>alert(1)</script>"\n    x',
    '??? warning "<img src=x onerror=alert(1)>"\n    x',
    '=== "<script>alert(1)</script>"\n\n    x',
    "![a](b)\n/// caption\n    attrs: {onclick: 'alert(1)', id: x}\n<script>alert(1)</script>\n///",
    '*[X]: "><script>alert(1)</script>\n\nX',
    "x[^<script>]\n\n[^<script>]: <img src=x onerror=alert(1)>",
    '{{ "><script>alert(1)</script> }}',
    "{% <img src=x onerror=alert(1)> %}",
    '[x]({{ " onclick=alert(1) }})',
    '<img src="{{ "onerror=alert(1)// }}">',
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "\x02klzzwxh:0000\x03",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "- [ ] <input type=text onfocus=alert(1)>",
    '<http://a" onclick="alert(1)>',
    'http://a.b/"onclick=alert(1)',
    '<a@b.c" onclick=alert(1)>',
    "Setext <script>\n===",
]


def page_of(text: str, rules: MarkupRules) -> str:
    """The body as a page carries it, with everything resolved to something."""
    document, _ = parse_document(PATH, text, rules)
    resolved = {
        ref.number: Resolved(ref.number, f"/x/{ref.number}/", 'T<i>"') for ref in document.refs
    }
    return resolve_body(document, resolved).html


@pytest.mark.parametrize(
    "rules", [MarkupRules(), MarkupRules(raw_html="escape")], ids=["sanitise", "escape"]
)
@pytest.mark.parametrize("text", [*RAW, *IN_MARKDOWN])
def test_known_attacks_leave_nothing_that_runs(text: str, rules: MarkupRules) -> None:
    page = page_of(text, rules)
    assert faults(page) == []
    assert faults(fill(page, absolute="https://x.example/a/", id_prefix="p-")) == []


@pytest.mark.parametrize(
    "wrapper",
    ["- {}", "> {}", "a {} b", "<div>{}</div>", "<p>\n{}", "    {}", "`{}", "*{}*", "[{}](x)"],
)
def test_known_attacks_leave_nothing_inside_other_markup(wrapper: str) -> None:
    for text in RAW:
        assert faults(page_of(wrapper.format(text), MarkupRules())) == [], text


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from([part for text in RAW for part in (text[:9], text[-9:], text)]), max_size=6
    ).map("".join)
)
def test_pieces_of_attacks_leave_nothing(text: str) -> None:
    assert faults(page_of(text, MarkupRules())) == []


def test_cleaning_twice_changes_nothing() -> None:
    for text in RAW:
        once = clean(text)
        assert clean(once) == once, text


def test_a_resolver_that_answers_with_a_script_is_not_believed() -> None:
    document, _ = parse_document(PATH, "[x](a.md) ![y](b.png)", MarkupRules())
    body = resolve_body(document, {1: Resolved(1, "javascript:alert(1)"), 2: Resolved(2, "data:x")})
    assert body.html == "<p>x y</p>"


def test_words_in_angle_brackets_are_shown_as_they_are() -> None:
    """Cloud.gov's release notes lost `put_qpel_fallback<unsigned short>` to a browser's idea of an element."""
    document, (problem,) = parse_document(
        PATH, "via put_qpel_fallback<unsigned short> in", MarkupRules()
    )
    assert document.text == "via put_qpel_fallback<unsigned short> in"
    assert (problem.code, problem.level, problem.at.column) == ("html-unknown", "warning", 22)


def test_an_element_that_pages_do_not_carry_is_named_once_with_its_place() -> None:
    text = "a\n\n<iframe src='https://v.example/1'></iframe>\n\n<iframe src='https://v.example/2'></iframe>\n"
    document, (problem,) = parse_document(PATH, text, MarkupRules())
    assert document.html.strip() == "<p>a</p>"
    assert (problem.code, problem.subject) == ("html-removed", "iframe")
    assert (problem.at.line, problem.at.column, problem.at.length) == (3, 1, 7)


def test_elements_in_code_and_comments_are_no_elements() -> None:
    text = "`<iframe>`\n\n```\n<script>\n```\n\n<!-- <object> -->\n\n    <style>\n"
    assert parse_document(PATH, text, MarkupRules())[1] == ()
    assert removed_tags("<svg><path d='x'/><g></g></svg>") == ("svg",)
    assert without_strangers("<p>a</p>") == ("<p>a</p>", ())


def test_alignment_becomes_a_class() -> None:
    page = page_of(
        "|a|b|\n|-:|-|\n|c|d|\n\n<table><tr><td class='x' style='text-align: center; color: red'>e</table>",
        MarkupRules(),
    )
    assert page.count('<td class="align-right">') == 1
    assert '<td class="x align-center">e' in page
    assert "style" not in page


def test_tasks_are_boxes_with_a_name_that_nobody_can_tick() -> None:
    page = page_of("- [ ] a\n- [x] b\n", MarkupRules())
    assert '<input type="checkbox" disabled="" aria-label="To do"> a' in page
    assert '<input type="checkbox" disabled="" checked="" aria-label="Done"> b' in page


def test_a_raw_first_heading_is_a_second_one() -> None:
    assert page_of("<h1 id='a'>A</h1>", MarkupRules()) == '<h2 id="a">A</h2>'


def test_escaped_html_is_shown_as_text() -> None:
    page = page_of(
        "<div>*a*</div> and <b onclick=x>b</b> &amp; <https://c.example>",
        MarkupRules(raw_html="escape"),
    )
    assert "&lt;div&gt;<em>a</em>&lt;/div&gt;" in page
    assert '<a href="https://c.example">' in page


def test_trusted_html_is_left_alone_but_its_links_are_checked() -> None:
    text = "<iframe src=x></iframe>\n<a class=x href='../a.md'>a</a>\n\n<script>let s='<a href=x>'</script>"
    document, problems = parse_document(PATH, text, MarkupRules(raw_html="trust"))
    assert "<iframe" in document.html
    assert "let s='<a href=x>'" in document.html
    assert '<a class="x" href="itnews-ref-1">a</a>' in document.html
    assert [ref.target for ref in document.refs] == ["../a.md"]
    assert problems == ()


def test_a_trusted_comment_is_nothing_that_a_summary_says() -> None:
    text = "<!-- a remark\n\n<p>of two</p> -->\n\nFirst words."
    document, _ = parse_document(PATH, text, MarkupRules(raw_html="trust"))
    assert document is not None
    assert document.text == "First words."
