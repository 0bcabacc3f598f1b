"""The fast path gives the bytes that Python-Markdown gives."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.inlinepatterns import Pattern

from itnews.markup.convert import _EXTENSIONS, _NEEDLES, RARE, _instance, convert
from itnews.markup.inline import NEEDS, QuickInline, may_match, named
from itnews.markup.limits import is_suspicious

REAL = Path(__file__).parents[3] / "shared" / "realcontent"
CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))

WRITTEN = [
    "*a **b* c** ***d*** _e_f_ __g__ ~~h~~ ==i== ~j~",
    "**bold *it** mixed* ***three** two*",
    "[a](b) [c] [d][e] ![f](g 'h') ![i][j] [k]\n\n[c]: /c 'C'\n[e]: <x y>\n[j]: j.png\n[k]: k",
    '[a [b](c) d](e) [x](<y z> "t") [x]( y ) [x](a(b)c) [x](a \'b"c) [x](a "b" c)',
    "[](x) []() [a]( ) ![](x) [a][] [[a]](b)",
    "<https://example.com/a_b> <me@example.com> https://example.com/a_b_c. www.example.com, WWW.x.org me@x.org",
    "`code` ``a ` b`` `#!python x = 1` \\`no\\` \\\\`yes`",
    "a  \nb\\\nc &amp; &copy; &#60; &#60 x &nope; R&D AT&T",
    "\"Quoted\" 'single' it's '90s \"'both'\" -- --- ... ....  'a\"b'",
    'He said "*yes*", [she](x)\'s, `"code"` <b>"bold"</b> "',
    '# One\n\n## "Two" & <three>\n\n### Four {#five}\n\n## One\n\n[TOC]\n',
    "# A\n## B `c` [d](e)\n#### *F*{.g}\n",
    "Head\n====\n\nSecond\n---\ntext\n---\n\n* * *\n___\n",
    "- a\n- b\n\n    more\n\n    - c\n        1. d\n        2. e\n- [ ] f\n- [x] g\n\n1. [X] h\n2. i\n",
    "- [\t] a\n* b\n+ c\n\n3. d\n4. e\n- f\n",
    "> quote\n> > inner\n> - list\n>\n> ```py\n> x\n> ```\nlazy\n",
    "```python\nx = '<a>'\n```\n\n~~~\nplain\n~~~\n\n    indented\n",
    '``` {.sql hl_lines="1" title="t"}\nselect 1\n```\n',
    "```\nunclosed\n\n# no\n",
    "```itnews\nroadmap: {goals: [a<b]}\n```\n\n- c\n\n    ~~~itnews\n    goals:\n    ~~~\n",
    "|a|b|\n|:-|-:|\n|`x|y`|\\||\n|c|\n\na | b\n- | -\n1 | 2 {.x}\n",
    '!!! note "T"\n    body\n\n    - li\n\n        deep\n\nafter\n\n??? warning\n    x\n\n???+ tip "o"\n    y\n',
    '=== "A"\n\n    one\n\n=== "B"\n\n    two\n\n    === "C"\n\n        three\n\nout\n',
    "Term\n:   def\n\n    more\n\n:   second\n\nB\n: c\n",
    'HTML and CSS.\n\n*[HTML]: Hyper "Text"\n*[CSS]: Sheets\n',
    "Note[^1] and[^b] and[^1] none[^x].\n\n[^1]: One *x*.\n\n    More.\n[^b]: Two.\n",
    "![a](b.png)\n/// caption\nWords *here*\n///\n\n/// figure-caption\nx\n///\n",
    '<div markdown="1">\n*a* [b](c)\n\n- x\n</div>\n\n<div>\n*raw*\n</div>\n\n<p>a<b>c</p>\n',
    "<span>*a*</span> <img src=x alt='y'> <br> <!-- c --> a <!-- d\n\ne --> <?p?> <![CDATA[x]]> </b> </>",
    'a {: .b #c title="d" } \n\n*x*{.y} [l](m){target=_blank} `z`{.w}\n\nlast\n{: .p }\n',
    '{{ a }} {% b %} {{< c "d" >}} {{<figure src="x">}} [e]({{ f }}/g) <img src="{{ h }}/i"> `{{ j }}`',
    r"escaped \~ \= \/ \~~ \== \/// a~b~ =c= //d// ~5 to ~10 x=y",
    "Tab\tstops\n\n\tcode\n \n   \nx\r\ny\rz\x02klzzwxh:0000\x03",
    "\u00a0x\u2028y\u200bz 漢字 *漢*字 **a**漢 Ünï \u202eabc",
    "",
    "   ",
    "\n\n\n",
]

WORDS = """* ** *** _ __ ~~ == ` `` ``` ~~~ [ ] ( ) ![ ]( [^1] [^1]: [a]: *[a]: < > <b> </b> <div> </div> <!-- --> &
    &amp; &#60 " ' -- --- ... | |- : :: # ## > - + 1. !!! ??? === /// {: } {{ }} {% %} \\ \\* http:// www. a@b.c
    ~ = / \\~ \\= \\/ a b1 Word s [x] [TOC] caption note """
TOKENS = st.sampled_from([*WORDS.split(), "[ ]", '<div markdown="1">'])
SPACES = st.sampled_from(["", " ", "  ", "    ", "\n", "\n\n", "  \n", "\n    ", "\t"])


def written_at_random() -> st.SearchStrategy[str]:
    return st.lists(st.tuples(TOKENS, SPACES), max_size=40).map(
        lambda pairs: "".join(token + space for token, space in pairs)
    )


def patterns() -> dict[str, Pattern]:
    """All inline patterns of the instance, those of smarty too."""
    md = _instance(escape_html=False, quick=True, rare=True)
    passes = [one for one in md.treeprocessors if isinstance(one, QuickInline)]
    return {name: pattern for one in passes for name, pattern in named(one.inlinePatterns).items()}


def both(text: str) -> tuple[str, str]:
    return convert(text, quick=True), convert(text, quick=False)


@pytest.mark.parametrize("text", WRITTEN)
def test_fast_path_gives_the_same_bytes(text: str) -> None:
    quick, plain = both(text)
    assert quick == plain


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_fast_path_gives_the_same_bytes_for_fixtures(case: Path) -> None:
    quick, plain = both(case.read_text("utf-8"))
    assert quick == plain


@pytest.mark.skipif(not REAL.is_dir(), reason=f"{REAL} is not here")
def test_fast_path_gives_the_same_bytes_for_real_posts() -> None:
    different = []
    for path in sorted(REAL.rglob("*.md")):
        quick, plain = both(path.read_text("utf-8"))
        if quick != plain:
            different.append(path.name)
    assert different == []


@settings(max_examples=50, deadline=None)
@given(written_at_random())
def test_fast_path_gives_the_same_bytes_for_anything(text: str) -> None:
    quick, plain = both(text)
    assert quick == plain


@settings(max_examples=50, deadline=None)
@given(written_at_random())
def test_a_pattern_that_is_skipped_would_not_have_matched(text: str) -> None:
    for name, pattern in patterns().items():
        test = may_match(name)
        if test is not None and not test(text):
            assert pattern.getCompiledRegExp().search(text) is None, name


def test_what_is_rare_is_an_extension_and_most_posts_have_none_of_it() -> None:
    assert set(RARE) < set(_EXTENSIONS)
    rare = [text for text in WRITTEN if any(needle in text for needle in _NEEDLES)]
    assert 0 < len(rare) < len(WRITTEN) / 2


def test_every_pattern_is_known_so_that_plain_words_skip_the_pass() -> None:
    assert set(patterns()) == set(NEEDS)


def test_documents_do_not_leak_into_each_other() -> None:
    """The instance is shared: what one document defines must not reach the next."""
    probe = "[a] HTML note[^1] *b\n\n## H\n"
    before = convert(probe)
    for text in WRITTEN:
        convert(text)
        assert convert(probe) == before


def test_ordinary_cases_are_parsed_in_this_process() -> None:
    assert not any(is_suspicious(text) for text in WRITTEN)


def test_text_without_markup_is_not_searched_twice() -> None:
    """The reason for the fast path: words alone make no element and no copy."""
    md = _instance(escape_html=False, quick=True, rare=False)
    inline = md.treeprocessors["inline"]
    assert isinstance(inline, QuickInline)
    assert (
        convert("just plain words, and more of them") == "<p>just plain words, and more of them</p>"
    )
    assert inline.stashed_nodes == {}
