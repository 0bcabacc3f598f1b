"""Fragments that lead back to themselves, found before anything is rendered."""

from itnews.theme.chain import Chain
from itnews.theme.closure import template_closure

CHAIN = Chain(("theme", "@newsroom"))


def problems_of(name: str, **texts: str) -> list[tuple[str, str, int]]:
    """The problems of *name* over templates given as `page="..."`: code, path, line."""
    sources = {f"theme/templates/{key}.html": text.encode() for key, text in texts.items()}
    _, problems = template_closure(CHAIN, name, sources.get)
    return [(problem.code, str(problem.at.path), problem.at.line) for problem in problems]


def asks(*names: str) -> str:
    return "".join(f'\n{{{{ site.fragment("{name}.html", page.section) }}}}' for name in names)


def test_a_fragment_that_asks_for_itself_is_a_ring() -> None:
    found = problems_of("page.html", page=asks("a"), a=asks("a"))
    assert found == [("template-cycle", "theme/templates/a.html", 2)]


def test_the_message_names_the_fragment_and_what_to_take_out() -> None:
    sources = {"theme/templates/a.html": b"{{ site.fragment('a.html') }}"}
    _, (problem,) = template_closure(CHAIN, "a.html", sources.get)
    assert "'a.html'" in problem.message
    assert "`site.fragment`" in problem.hint


def test_a_ring_of_two_is_found_from_whichever_page_asks() -> None:
    texts = {"one": asks("a"), "two": asks("b"), "a": asks("b"), "b": asks("a")}
    assert problems_of("one.html", **texts) == [("template-cycle", "theme/templates/b.html", 2)]
    assert problems_of("two.html", **texts) == [("template-cycle", "theme/templates/a.html", 2)]


def test_a_ring_over_an_included_part_is_reported_in_the_part() -> None:
    found = problems_of(
        "page.html",
        page=asks("a"),
        a='{% include "part.html" %}',
        part="x\n{% if y %}" + asks("a") + "{% endif %}",
    )
    assert found == [("template-cycle", "theme/templates/part.html", 3)]


def test_a_ring_over_a_part_that_two_fragments_share_is_reported_once() -> None:
    part = '{% include "part.html" %}'
    found = problems_of("page.html", page=asks("a"), a=part + asks("b"), b=part, part=asks("a"))
    assert found == [("template-cycle", "theme/templates/part.html", 2)]


def test_an_override_that_asks_for_what_it_hides_is_a_ring() -> None:
    sources = {
        "theme/templates/foot.html": b"{{ site.fragment(template='foot.html') }}",
        "@newsroom/templates/foot.html": b"foot",
        "@newsroom/templates/page.html": b"{{ site.fragment('foot.html') }}",
    }
    _, problems = template_closure(CHAIN, "page.html", sources.get)
    assert [problem.code for problem in problems] == ["template-cycle"]


def test_asking_twice_by_two_ways_is_no_ring() -> None:
    assert (
        problems_of("page.html", page=asks("a", "b", "a"), a=asks("b", "c"), b=asks("c"), c="c")
        == []
    )


def test_a_name_that_is_computed_is_left_to_the_rendering() -> None:
    text = "{{ site.fragment(name) }}{{ site.fragment() }}"
    assert problems_of("page.html", page=text) == []


def test_what_is_wrong_in_a_fragment_is_the_fragments_own() -> None:
    assert problems_of("page.html", page=asks("a"), a="{% endfor %}") == []


def test_the_text_of_a_fragment_is_no_part_of_who_asks_for_it() -> None:
    def closure(text: str) -> object:
        sources = {
            "theme/templates/page.html": b"{{ site.fragment('a.html') }}",
            "theme/templates/a.html": text.encode(),
        }
        return template_closure(CHAIN, "page.html", sources.get)[0]

    assert closure("one") == closure("two")


def test_a_long_chain_of_fragments_is_followed_to_its_end() -> None:
    count = 2000
    texts = {f"f{number}": asks(f"f{number + 1}") for number in range(count)}
    found = problems_of("f0.html", **texts, **{f"f{count}": asks("f7")})
    assert found == [("template-cycle", f"theme/templates/f{count}.html", 2)]
