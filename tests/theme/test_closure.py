"""What a template's rendering depends on, found without rendering it."""

import pytest

from itnews.paths import SourcePath, source_path
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


def test_a_theme_put_in_between_changes_a_digest_only_where_it_has_one_of_the_names() -> None:
    sources = sources_of(built__page='{% include "part.html" %}', built__part="p")
    between = Chain(("theme", "themes/quay", "@newsroom"))
    before, _ = template_closure(CHAIN, "page.html", sources.get)
    assert template_closure(between, "page.html", sources.get)[0] == before
    sources["themes/quay/templates/part.html"] = b"p"
    assert template_closure(between, "page.html", sources.get)[0].digest != before.digest


def test_two_themes_that_change_places_change_the_digest_although_all_files_are_read() -> None:
    sources = {
        f"{root}/templates/{name}.html": text.encode()
        for root in ("theme", "@newsroom")
        for name, text in (("page", '{% include "part.html" %}'), ("part", root))
    }
    sources["theme/templates/page.html"] += b'{% include "parent:part.html" ignore missing %}'
    sources["@newsroom/templates/page.html"] = sources["theme/templates/page.html"]
    there, back = (
        template_closure(Chain(roots), "page.html", sources.get)[0]
        for roots in (("theme", "@newsroom"), ("@newsroom", "theme"))
    )
    assert there.digest != back.digest


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


LISTED = [
    source_path(f"{root}/templates/{name}.html")
    for root, name in (
        ("theme", "update"),
        ("@newsroom", "base"),
        ("@newsroom", "partials/masthead"),
        ("@newsroom", "macros/links"),
    )
]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{% include "partials/masthed.html" %}', "did you mean 'partials/masthead.html'?"),
        ('{% extends "bsae.html" %}', "did you mean 'base.html'?"),
        ('{% extends "parent:bsae.html" %}', "did you mean 'parent:base.html'?"),
        ('{% import "macro/links.html" as links %}', "did you mean 'macros/links.html'?"),
        ("{{ site.fragment('partials/masthed.html') }}", "did you mean 'partials/masthead.html'?"),
        ('{% include "zebra" %}', "correct the name, or put the file into theme/templates/"),
        # What lies in front of `parent:` is no answer to it.
        (
            '{% extends "parent:updat.html" %}',
            "correct the name, or put the file into theme/templates/",
        ),
    ],
)
def test_a_missing_template_is_told_with_its_line_and_the_nearest_name(
    text: str, hint: str
) -> None:
    sources = sources_of(theme__update=f"\n{text}")
    _, (problem,) = template_closure(CHAIN, "update.html", sources.get, lambda: LISTED)
    assert (problem.code, problem.at.line, problem.hint) == ("template-missing", 2, hint)


def test_templates_are_listed_only_where_one_is_missing() -> None:
    def refuse() -> list[SourcePath]:
        raise AssertionError("nothing is missing here")

    sources = sources_of(built__page='{% include "part.html" %}', built__part="p")
    assert template_closure(CHAIN, "page.html", sources.get, refuse)[1] == ()


def blocks(**texts: str) -> list[tuple[int, str, str]]:
    """The warnings about blocks of a page that extends another of its name: line, message, hint."""
    sources = sources_of(**texts)
    _, problems = template_closure(CHAIN, "page.html", sources.get)
    assert {(problem.code, problem.level) for problem in problems} <= {
        ("template-block-unknown", "warning")
    }
    return [(problem.at.line, problem.message, problem.hint) for problem in problems]


OVERRIDE = '{% extends "parent:page.html" %}\n'


def test_a_block_that_no_parent_has_is_told_with_its_line_and_the_nearest_name() -> None:
    (warning,) = blocks(
        theme__page=OVERRIDE + "{% block contnet %}mine{% endblock %}",
        built__page='{% extends "base.html" %}{% block label %}{% endblock %}',
        built__base="{% block label %}{% endblock %}{% block content %}{% endblock %}",
    )
    assert warning == (
        2,
        "No template that this one extends has a block 'contnet': nothing prints it.",
        "did you mean 'content'?",
    )


def test_a_block_with_an_odd_name_is_told_which_there_are() -> None:
    (warning,) = blocks(
        theme__page=OVERRIDE + "{% block xyzzy %}{% endblock %}",
        built__page="{% block one %}{% endblock %}{% block another %}{% endblock %}",
    )
    assert warning[2] == "there are another, one"


@pytest.mark.parametrize(
    "text",
    [
        "{% block outer %}{% block new %}{% endblock %}{% endblock %}",
        "{% block inner %}{% endblock %}",
        "{% block outer %}{{ self.again() }}{% endblock %}{% block again %}{% endblock %}",
        "{% if x %}{% block outer %}{% endblock %}{% endif %}",
    ],
    ids=["new inside of a known one", "inside of the parent's", "called by name", "in an if"],
)
def test_a_block_that_is_printed_is_no_warning(text: str) -> None:
    page = "{% block outer %}{% block inner %}{% endblock %}{% endblock %}"
    assert blocks(theme__page=OVERRIDE + text, built__page=page) == []


def test_a_template_that_extends_one_of_two_may_fill_the_blocks_of_either() -> None:
    choice = '{% if x %}{% extends "one.html" %}{% else %}{% extends "two.html" %}{% endif %}'
    texts = {
        "built__one": "{% block a %}{% endblock %}",
        "built__two": "{% block b %}{% endblock %}",
    }
    fills = "{% block a %}{% endblock %}{% block b %}{% endblock %}"
    assert blocks(theme__page=choice + fills, **texts) == []
    _, problems = closure_of(
        "page.html", theme__page=choice, built__one="", built__two='{% extends "page.html" %}'
    )
    assert problems == ["template-extends-itself 1", "template-extends-itself 1"]


def test_blocks_are_not_judged_where_a_parent_cannot_be_read() -> None:
    _, problems = closure_of(
        "page.html",
        theme__page=OVERRIDE + "{% block new %}{% endblock %}",
        built__page='\n{% extends "nowhere.html" %}',
    )
    assert problems == ["template-missing 2"]
    _, problems = closure_of(
        "page.html",
        theme__page=OVERRIDE + "{% block new %}{% endblock %}",
        built__page="\n{% if %}",
    )
    assert problems == ["template-syntax 2"]
