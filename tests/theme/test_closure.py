"""What a template's rendering depends on, found without rendering it."""

import pytest

from itnews.theme.chain import Chain
from itnews.theme.closure import Closure, find_template, template_closure

CHAIN = Chain(("theme", "@newsroom"))


def closure_of(name: str, **texts: str) -> tuple[Closure, list[str]]:
    """The closure over templates given as `theme__update="..."`, and the problems as `code line`."""
    sources = sources_of(**texts)
    closure, problems = template_closure(CHAIN, name, sources.get)
    return closure, [f"{problem.code} {problem.at.line}" for problem in problems]


def sources_of(**texts: str) -> dict[str, bytes]:
    roots = {"theme": "theme", "built": "@newsroom"}
    found = {}
    for key, text in texts.items():
        root, _, name = key.partition("__")
        found[f"{roots[root]}/templates/{name}.html"] = text.encode()
    return found


def test_a_closure_follows_extends_include_import_and_from() -> None:
    closure, problems = closure_of(
        "page.html",
        built__page='{% extends "base.html" %}{% import "m.html" as m %}{% from "n.html" import x %}',
        built__base='{% include "part.html" %}',
        built__part="p",
        built__m="m",
        built__n="n",
        built__other="not asked",
    )
    assert problems == []
    assert closure.names[0] == "@newsroom/templates/page.html"
    assert sorted(name.split("/")[-1] for name in closure.names) == [
        "base.html",
        "m.html",
        "n.html",
        "page.html",
        "part.html",
    ]


def test_a_new_override_changes_the_digest_although_nothing_else_did() -> None:
    texts = {"built__page": '{% include "part.html" %}', "built__part": "p"}
    before, _ = closure_of("page.html", **texts)
    same, _ = closure_of("page.html", **texts)
    overridden, _ = closure_of("page.html", **texts, theme__part="p")
    unrelated, _ = closure_of("page.html", **texts, theme__elsewhere="x")
    assert before == same == unrelated
    assert before.digest != overridden.digest


def test_every_part_of_a_closure_is_in_its_digest() -> None:
    before, _ = closure_of("page.html", built__page='{% include "part.html" %}', built__part="p")
    after, _ = closure_of("page.html", built__page='{% include "part.html" %}', built__part="q")
    assert before.digest != after.digest


def test_parent_means_the_rest_of_the_chain() -> None:
    closure, problems = closure_of(
        "page.html", theme__page='{% extends "parent:page.html" %}', built__page="base"
    )
    assert problems == []
    assert closure.names == ("theme/templates/page.html", "@newsroom/templates/page.html")


def test_parent_in_the_last_theme_leads_nowhere() -> None:
    _, problems = closure_of("page.html", built__page='\n{% extends "parent:page.html" %}')
    assert problems == ["template-missing 2"]


def test_a_template_that_extends_itself_is_told_about_parent() -> None:
    sources = sources_of(theme__page='{% extends "page.html" %}', built__page="")
    _, (problem,) = template_closure(CHAIN, "page.html", sources.get)
    assert problem.code == "template-extends-itself"
    assert "parent:" in problem.hint


def test_a_ring_of_extends_is_found_and_a_recursive_include_is_allowed() -> None:
    _, ring = closure_of(
        "a.html", built__a='{% extends "b.html" %}', built__b='\n{% extends "a.html" %}'
    )
    assert ring == ["template-extends-itself 1", "template-extends-itself 2"]
    _, tree = closure_of("tree.html", built__tree='{% if x %}{% include "tree.html" %}{% endif %}')
    assert tree == []


@pytest.mark.parametrize(
    "text",
    [
        "{% include name %}",
        '{% include "a" ~ "b" %}',
        "{% extends page.layout %}",
        '{% include ["a.html", name] %}',
        "{% import name as m %}",
        "{% from name import m %}",
    ],
)
def test_names_that_are_no_constants_are_refused(text: str) -> None:
    _, problems = closure_of("page.html", built__page=f"\n\n{text}", built__a="a")
    assert problems == ["template-not-constant 3"]


def test_a_list_of_names_takes_the_first_that_exists_and_depends_on_those_before_it() -> None:
    text = '{% include ["special.html", "part.html"] %}'
    before, problems = closure_of("page.html", built__page=text, built__part="p")
    after, _ = closure_of("page.html", built__page=text, built__part="p", built__special="s")
    assert problems == []
    assert before.digest != after.digest


def test_what_is_missing_is_reported_at_the_line_that_asks_unless_it_is_optional() -> None:
    _, problems = closure_of(
        "page.html", built__page='\n{% include "no.html" %}{% include "no.html" ignore missing %}'
    )
    assert problems == ["template-missing 2"]


def test_a_missing_entry_and_names_that_lead_astray_are_missing_templates() -> None:
    for name in ("no.html", "../secret.html", "/etc/passwd", "", "a\\b.html", "./a.html", "a\0b"):
        closure, problems = template_closure(CHAIN, name, sources_of(built__a="a").get)
        assert [problem.code for problem in problems] == ["template-missing"]
        assert closure.names == ()


def test_a_syntax_error_and_a_wrong_encoding_have_their_line() -> None:
    _, problems = closure_of("page.html", built__page="\n{% endfor %}")
    assert problems == ["template-syntax 2"]
    _, found = template_closure(
        CHAIN, "page.html", {"theme/templates/page.html": b"one\ntwo \xff"}.get
    )
    assert [(problem.code, problem.at.line) for problem in found] == [("template-encoding", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "(" * 5000,
        "{{ x" + "|e" * 5000 + " }}",
        "{{ " + "not " * 5000 + "x }}",
        "{% if x %}" * 5000 + "{% endif %}" * 5000,
    ],
    ids=["brackets", "open brackets", "filters", "not", "blocks"],
)
def test_a_template_nested_too_deeply_is_a_syntax_error_of_that_file(text: str) -> None:
    sources = sources_of(built__page='{% include "deep.html" %}', built__deep=f"\n\n{text}")
    _, (problem,) = template_closure(CHAIN, "page.html", sources.get)
    assert (problem.code, str(problem.at.path)) == (
        "template-syntax",
        "@newsroom/templates/deep.html",
    )
    assert problem.at.line == 3
    assert "nested too deeply" in problem.message


def test_private_attributes_are_refused() -> None:
    _, problems = closure_of("page.html", built__page='{{ site._fetch }}\n{{ page["__class__"] }}')
    assert problems == ["template-private 1", "template-private 2"]


def test_find_template_answers_the_first_folder_that_has_it() -> None:
    sources = sources_of(theme__page="t", built__page="b")
    assert find_template(CHAIN, "page.html", sources.get) == "theme/templates/page.html"
    assert find_template(CHAIN, "no.html", sources.get) is None
