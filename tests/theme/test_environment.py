"""Rendering: strict, escaped, and with faults that name template and line."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

import pytest
from markupsafe import Markup

from itnews.errors import EnvironmentFault
from itnews.model.moment import Moment
from itnews.theme.chain import Chain
from itnews.theme.environment import TemplateFault, environment, render
from itnews.theme.filters import SiteLocale
from itnews.theme.reader import Reader

CHAIN = Chain(("theme", "@newsroom"))


def sources(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {name.replace(":", "/templates/"): text.encode() for name, text in texts.items()}


def rendered(texts: Mapping[str, str], site: object = None, **variables: object) -> str:
    made = environment(CHAIN, sources(texts).get, SiteLocale())
    return render(made, "page.html", site=cast("Reader", site), **variables)


def fault_of(texts: Mapping[str, str], site: object = None, **variables: object) -> TemplateFault:
    with pytest.raises(TemplateFault) as caught:
        rendered(texts, site, **variables)
    return caught.value


def test_a_site_overrides_a_block_of_the_template_it_hides() -> None:
    text = rendered(
        {
            "theme:page.html": '{% extends "parent:page.html" %}{% block a %}{{ super() }}, mine{% endblock %}',
            "@newsroom:page.html": "<{% block a %}theirs{% endblock %}>",
        }
    )
    assert text == "<theirs, mine>"


def test_an_override_of_a_partial_is_used_by_the_built_in_templates() -> None:
    texts = {"@newsroom:page.html": '{% include "foot.html" %}', "@newsroom:foot.html": "old"}
    assert rendered(texts) == "old"
    assert rendered({**texts, "theme:foot.html": "new"}) == "new"


def test_everything_is_escaped_but_markup() -> None:
    text = rendered({"theme:page.html": "{{ a }} {{ b }}"}, a="<b>&", b=Markup("<i>"))
    assert text == "&lt;b&gt;&amp; <i>"


def test_none_prints_nothing_and_a_moment_prints_itself() -> None:
    assert rendered({"theme:page.html": "[{{ a }}{{ b }}]"}, a=None, b=Moment("2026-03-02")) == (
        "[2026-03-02]"
    )


def test_the_filters_of_the_site_are_there() -> None:
    text = rendered(
        {"theme:page.html": '{{ day|when }}, {{ 2|count("update") }}'}, day=Moment("2026-03-02")
    )
    assert text == "2 March 2026, 2 updates"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{{ titel }}", "There is no 'titel' here."),
        ("{{ page.titel }}", "There is no 'titel' in this SimpleNamespace."),
        ("{{ page.title|shout }}", "No filter named 'shout'"),
        ("{{ page.method }}", "a method without its ()"),
        ("{{ page.parts }}", "a list"),
        ("{{ page.fails() }}", "ZeroDivisionError"),
        ('{% include "no.html" %}', "No theme has a template 'no.html'"),
        ("{% include page.title %}", "not a text in quotes"),
        ("{{ page.__class__ }}", "may not use '__class__'"),
        ("{% if %}", "Expected an expression"),
        ("{{ [1, 2]|random }}", "No filter named 'random'"),
        ("{{ lipsum() }}", "There is no 'lipsum' here."),
        ('{% include "page.html" %}', "without end"),
    ],
)
def test_a_fault_names_template_line_and_reason(line: str, reason: str) -> None:
    page = SimpleNamespace(title="Hello", parts=[1], method=print, fails=lambda: 1 / 0)
    fault = fault_of({"@newsroom:page.html": f"\n\n{line}"}, page=page)
    assert (fault.name, fault.line) == ("@newsroom/templates/page.html", 3)
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ page.titel }}", "did you mean 'title'?"),
        ("{{ pge.title }}", "did you mean 'page'?"),
        ("{{ page['titel'] }}", "did you mean 'title'?"),
        ("{{ page.fields.onwer }}", "did you mean 'owner'?"),
        ("{{ site.fragmant('a.html') }}", "did you mean 'fragment'?"),
        ("{{ page.title|uper }}", "did you mean 'upper'?"),
        ("{% if page.title %}{{ page.title|uper }}{% endif %}", "did you mean 'upper'?"),
        ("{{ page.parts|select('defind')|list }}", "did you mean 'defined'?"),
        ("{% set fields = 1 %}{{ feilds }}", "did you mean 'fields'?"),
        ("{% import 'm.html' as links %}{{ link.words(1) }}", "did you mean 'links'?"),
        ("{% import 'm.html' as links %}{{ links.wrods(1) }}", "did you mean 'words'?"),
        ("{% from 'm.html' import words as spoken %}{{ spokn(1) }}", "did you mean 'spoken'?"),
        ("{{ page.xyzzy }}", ""),
        ("{{ page.title / 2 }}", ""),
    ],
)
def test_a_fault_suggests_what_was_probably_meant(text: str, hint: str) -> None:
    page = SimpleNamespace(title="Hello", parts=["a"], fields={"owner": "Ada"})
    texts = {"theme:page.html": text, "theme:m.html": "{% macro words(x) %}{{ x }}{% endmacro %}"}
    fault = fault_of(texts, SimpleNamespace(fragment=str), page=page)
    assert fault.hint == hint


def test_a_name_in_a_file_of_macros_is_told_with_the_files_name() -> None:
    texts = {
        "theme:page.html": '{% import "macros/m.html" as m %}{{ m.wrods(1) }}',
        "theme:macros/m.html": "{% macro words(x) %}{{ x }}{% endmacro %}",
    }
    assert fault_of(texts).reason == "There is no 'wrods' in 'macros/m.html'."


def test_what_is_not_there_may_be_asked_for_without_a_fault() -> None:
    text = "{{ page.titel is defined }} {{ page.titel|default('none') }}"
    assert rendered({"theme:page.html": text}, page=SimpleNamespace()) == "False none"


def test_a_suggestion_goes_before_the_document_in_the_hint() -> None:
    fault = TemplateFault("theme/templates/page.html", 3, "No.", "did you mean 'x'?")
    assert fault.problem("content/a.md").hint == (
        "did you mean 'x'? (found while rendering content/a.md)"
    )
    assert fault.problem().hint == "did you mean 'x'?"


def test_a_fault_in_an_included_part_names_the_part() -> None:
    fault = fault_of(
        {
            "theme:page.html": '{% extends "base.html" %}{% block a %}{% include "part.html" %}{% endblock %}',
            "@newsroom:base.html": "{% block a %}{% endblock %}",
            "@newsroom:part.html": "\n{{ titel }}",
        }
    )
    assert (fault.name, fault.line) == ("@newsroom/templates/part.html", 2)


def test_a_fault_in_a_macro_names_the_macros_file() -> None:
    fault = fault_of(
        {
            "theme:page.html": '{% import "m.html" as m %}\n\n{{ m.mark(1) }}',
            "theme:m.html": "{% macro mark(x) %}\n{{ x.y }}\n{% endmacro %}",
        }
    )
    assert (fault.name, fault.line) == ("theme/templates/m.html", 2)


def test_a_missing_template_and_one_that_is_not_utf8_are_faults_too() -> None:
    assert fault_of({}).reason == "No theme has this template."
    made = environment(CHAIN, {"theme/templates/page.html": b"a\n\xff"}.get, SiteLocale())
    with pytest.raises(TemplateFault) as caught:
        render(made, "page.html", site=cast("Reader", None))
    assert (caught.value.line, caught.value.reason) == (2, "This template is not UTF-8 text.")


def test_a_fault_becomes_a_problem_at_its_place_that_names_the_document() -> None:
    fault = fault_of({"theme:page.html": "{{ titel }}"})
    problem = fault.problem("content/updates/vpn.md")
    assert (problem.code, str(problem.at.path), problem.at.line) == (
        "template-fault",
        "theme/templates/page.html",
        1,
    )
    assert problem.message == "There is no 'titel' here."
    assert "content/updates/vpn.md" in problem.hint


def test_a_failing_disk_behind_the_reader_is_not_the_templates_fault() -> None:
    def today() -> str:
        raise EnvironmentFault("disk full")

    with pytest.raises(EnvironmentFault, match="disk full"):
        rendered({"theme:page.html": "{{ site.today() }}"}, SimpleNamespace(today=today))


def test_an_edit_of_a_template_counts_in_the_next_build_of_the_same_process() -> None:
    texts = sources({"@newsroom:page.html": "one"})
    site = cast("Reader", None)
    assert render(environment(CHAIN, texts.get, SiteLocale()), "page.html", site=site) == "one"
    texts["@newsroom/templates/page.html"] = b"two"
    assert render(environment(CHAIN, texts.get, SiteLocale()), "page.html", site=site) == "two"


def test_a_constant_speaks_the_language_of_its_own_build() -> None:
    texts = sources({"@newsroom:page.html": "{{ 1234.5|number }}"})
    site = cast("Reader", None)
    told = [
        render(environment(CHAIN, texts.get, SiteLocale(language=tongue)), "page.html", site=site)
        for tongue in ("en", "de")
    ]
    assert told == ["1,234.5", "1.234,5"]


COUNTERS = {
    "theme:m.html": (
        "{% import 'n.html' as n %}{% set seen = namespace(count=0, names=[]) %}"
        "{% macro next(name) %}{% set seen.count = seen.count + 1 %}"
        "{% set seen.names = seen.names + [name] %}"
        "{{ seen.count }} {{ seen.names|join('+') }} {{ n.next() }}{% endmacro %}"
    ),
    "theme:n.html": (
        "{% set all = ['a', 'b', 'c']|map('upper') %}{% macro next() %}{{ all|first }}{% endmacro %}"
    ),
    "theme:one.html": "{% import 'm.html' as m %}{{ m.next('x') }} {{ m.next('y') }}",
    "theme:two.html": "{% from 'm.html' import next %}{{ next('z') }}{% include 'i.html' without context %}",
    "theme:i.html": "{% import 'm.html' as m %} {{ m.next('i') }}",
}
"""Macros that count, in a namespace, a list and an iterator of their own."""


def test_nothing_is_carried_from_page_to_page() -> None:
    site = cast("Reader", None)

    def pages(*names: str) -> dict[str, str]:
        made = environment(CHAIN, sources(COUNTERS).get, SiteLocale())
        return {name: render(made, f"{name}.html", site=site) for name in names}

    told = pages("one", "two")
    assert told == {"one": "1 x A 2 x+y B", "two": "1 z A 1 i A"}
    assert pages("two", "one") == told
    assert pages("one", "one", "two", "one") == told
    assert pages("two") == {"two": told["two"]}


def test_a_template_nested_too_deeply_to_be_compiled_is_a_fault_of_its_own() -> None:
    fault = fault_of(
        {
            "theme:page.html": "{% include 'deep.html' %}",
            "theme:deep.html": f"\n{{{{ {'(' * 5000}1{')' * 5000} }}}}",
        }
    )
    assert (fault.name, fault.line) == ("theme/templates/deep.html", 2)
    assert "nested too deeply" in fault.reason


def test_a_long_sum_is_nested_too_deeply_as_well() -> None:
    fault = fault_of({"theme:page.html": f"{{{{ x{' + 1' * 5000} }}}}"}, x=1)
    assert (fault.name, fault.line) == ("theme/templates/page.html", 1)
    assert "nested too deeply" in fault.reason
