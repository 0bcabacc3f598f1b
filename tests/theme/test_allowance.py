"""Templates without end, and values without measure: each is a fault at its line, and soon."""

import itertools
import time
from typing import cast

import pytest
from markupsafe import Markup

from itnews.engine.aside import ASIDE
from itnews.theme import allowance
from itnews.theme.chain import Chain
from itnews.theme.environment import TemplateFault, ThemeEnvironment, environment, render
from itnews.theme.filters import SiteLocale
from itnews.theme.reader import Reader
from itnews.theme.slot import BodySlot

CHAIN = Chain(("theme", "@newsroom"))


def made(texts: dict[str, str]) -> ThemeEnvironment:
    sources = {f"theme/templates/{name}": text.encode() for name, text in texts.items()}
    return environment(CHAIN, sources.get, SiteLocale())


def rendered(text: str, **variables: object) -> str:
    return render(made({"page.html": text}), "page.html", site=cast("Reader", None), **variables)


def fault(text: str, **variables: object) -> TemplateFault:
    with pytest.raises(TemplateFault) as caught:
        rendered(text, **variables)
    return caught.value


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth of the allowance: what has no end comes to any."""
    monkeypatch.setattr(allowance, "CHARACTERS", 100_000)


def doubled(opening: str, body: str, closing: str) -> str:
    """Thirty parts, each of which has the one before twice: two to the thirtieth of the first."""
    parts = (
        f"{opening.format(n)}{body.format(n - 1)}{body.format(n - 1)}{closing}"
        for n in range(1, 31)
    )
    return f"{opening.format(0)}x{closing}" + "".join(parts) + body.format(30)


ENDLESS = {
    "a loop in a loop": "\n{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}",
    "a loop that calls itself": "\n{% for i in [1, 1] recursive %}{{ loop([1, 1]) }}{% endfor %}",
    "a macro that calls itself": "\n{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "two macros": "\n{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "macros that call others twice": "\n"
    + doubled("{{% macro a{}() %}}", "{{{{ a{}() }}}}", "{% endmacro %}"),
    "blocks that print others twice": "\n"
    + doubled("{{% block a{} %}}", "{{{{ self.a{}() }}}}", "{% endblock %}"),
    "texts that hold others twice": "\n"
    + doubled("{{% set a{} %}}", "{{{{ a{} }}}}", "{% endset %}"),
    "a call that calls": "\n{% macro a() %}{% call a() %}{% endcall %}{{ caller() }}{% endmacro %}"
    "{% call a() %}x{% endcall %}",
    "a long text again and again": "\n{% for i in range(90000) %}{{ 'x' * 9000 }}{% endfor %}",
    "the body again and again": "\n{% for i in range(90000) %}{{ body }}{% endfor %}",
    "much text in a loop": "\n{% for i in range(90000) %}" + "x" * 9000 + "{% endfor %}",
}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_what_does_not_end_is_ended_at_its_line(text: str) -> None:
    found = fault(text, body=BodySlot(Markup, filled=True))
    assert (found.code, found.line) == ("template-endless", 2)
    assert not found.is_passing
    assert found.problem("content/a.md").hint.endswith("(found while rendering content/a.md)")


@pytest.mark.usefixtures("few")
def test_includes_that_include_others_twice_are_ended() -> None:
    texts = {f"{n}.html": f'{{% include "{n + 1}.html" %}}' * 2 for n in range(30)}
    texts |= {"30.html": "x", "page.html": '\n{% include "0.html" %}'}
    with pytest.raises(TemplateFault) as caught:
        render(made(texts), "page.html", site=cast("Reader", None))
    assert caught.value.code == "template-endless"


def test_a_template_that_includes_itself_is_ended() -> None:
    found = fault('\n{% include "page.html" %}')
    assert (found.code, found.line) == ("template-endless", 2)


GREAT = {
    "range": "{% for i in range(10**12) %}{% endfor %}",
    "range in a list": "{{ range(10**9)|list|length }}",
    "range beyond all numbers": "{{ range(10**30)|length }}",
    "text times number": "{{ 'x' * 10**9 }}",
    "number times text": "{{ 10**9 * 'x' }}",
    "list times number": "{{ ([1] * 10**9)|length }}",
    "number to a power": "{{ 10 ** (10 ** 10) }}",
    "number times number": "{% set n = namespace(x=10**900) %}{% for i in range(40) %}{% set n.x = n.x * n.x %}"
    "{% endfor %}",
    "doubled by ~": "{% set n = namespace(x='x') %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "doubled by +": "{% set n = namespace(x='x') %}{% for i in range(40) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "doubled lists": "{% set n = namespace(x=[1]) %}{% for i in range(40) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "center": "{{ 'x'|center(10**9) }}",
    "center, a method": "{{ 'x'.center(10**9) }}",
    "zfill": "{{ 'x'.zfill(10**9) }}",
    "expandtabs": "{{ '\t'.expandtabs(10**9) }}",
    "to_bytes": "{{ (1).to_bytes(10**9) }}",
    "indent": "{{ 'x'|indent(10**9, true) }}",
    "indent by a text": "{{ 'x'|indent('x' * 10**5, true) }}",
    "a width": "{{ '%1000000000d' % 1 }}",
    "a width that is a value": "{{ '%*d' % (10**9, 1) }}",
    "a precision": "{{ '%.1000000000f'|format(1) }}",
    "join": "{{ (['x' * 10**6] * 10**5)|join }}",
    "join by": "{{ ([1] * 10**5)|join('x' * 10**5) }}",
    "join, a method": "{{ ('x' * 10**6).join(['a'] * 10**5) }}",
    "replace": "{{ ('x' * 10**6)|replace('x', 'y' * 10**6) }}",
    "replace of nothing": "{{ ('x' * 10**6)|replace('', 'y' * 10**6) }}",
    "translate": "{{ 'x'.translate({120: 'y'}) }}",
    "wordwrap": "{{ ('x ' * 10**5)|wordwrap(1, wrapstring='y' * 10**5) }}",
    "batch": "{{ [1]|batch(10**9, 0)|list|length }}",
    "slice": "{{ [1]|slice(10**9)|list|length }}",
    "round": "{{ 1.5|round(10**9, 'floor') }}",
    "tojson": "{{ [1]|tojson(10**9) }}",
    "sum of lists": "{{ ([[1] * 10**6] * 10**6)|sum(start=[])|length }}",
}


@pytest.mark.parametrize("text", GREAT.values(), ids=GREAT)
def test_a_value_that_gets_too_great_is_refused_before_it_is_made(text: str) -> None:
    found = fault("\n" + text)
    assert (found.code, found.line) == ("template-fault", 2)


def test_nothing_is_worked_out_while_a_template_is_compiled() -> None:
    assert (
        rendered("{% if false %}{{ 10 ** (10 ** 10) }}{{ 'x' * 10**12 }}{% endif %}done") == "done"
    )


def test_a_sane_page_comes_to_no_limit() -> None:
    text = rendered("{% for i in range(1000) %}{{ '%05.1f' % i }} {{ 'ab' * 10 }}{% endfor %}")
    assert len(text) == 26_000


class Clock:
    """A clock that goes on by a second whenever it is looked at."""

    def __init__(self) -> None:
        self._seconds = itertools.count()

    def __call__(self) -> float:
        return float(next(self._seconds))


SLOW = "\n{% for i in range(1000) %}{{ work() }}{% endfor %}"


def slow(monkeypatch: pytest.MonkeyPatch, *clocks: str) -> None:
    for clock in clocks:
        monkeypatch.setattr(allowance, clock, Clock())


def test_what_takes_too_long_is_ended_and_may_be_otherwise_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow(monkeypatch, "perf_counter", "thread_time")
    found = fault(SLOW, work=lambda: "")
    assert (found.code, found.line, found.is_passing) == ("template-too-slow", 2, True)


@pytest.mark.parametrize("clock", ["perf_counter", "thread_time"])
def test_a_machine_that_was_busy_with_something_else_is_no_fault_of_the_template(
    clock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch, clock)
    assert rendered(SLOW, work=lambda: "") == "\n"


def test_answers_that_a_page_waits_for_are_not_its_own_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow(monkeypatch, "perf_counter", "thread_time")

    def work() -> str:
        ASIDE.seconds += 1
        return ""

    assert rendered(SLOW, work=work) == "\n"


def test_an_answer_that_asks_for_others_is_counted_once() -> None:
    began, before = time.perf_counter(), ASIDE.seconds
    with ASIDE.answering():
        for _ in range(10):
            with ASIDE.answering():
                sum(range(10_000))
    assert 0 < ASIDE.seconds - before <= time.perf_counter() - began


@pytest.mark.usefixtures("few")
def test_after_three_pages_a_template_is_not_tried_again() -> None:
    theme = made(
        {
            "page.html": "\n{% for i in range(90000) %}{% do %}{% endfor %}".replace(
                "{% do %}", "{{ work() }}"
            )
        }
    )
    calls: list[None] = []

    def work() -> str:
        calls.append(None)
        return ""

    faults = []
    for _ in range(5):
        with pytest.raises(TemplateFault) as caught:
            render(theme, "page.html", site=cast("Reader", None), work=work)
        faults.append((caught.value.line, caught.value.is_passing, len(calls)))
    assert [line for line, *_ in faults] == [2] * 5
    assert [passing for _, passing, _ in faults] == [False] * 3 + [True] * 2
    assert faults[4][2] == faults[2][2]


def test_a_rendering_inside_of_another_has_an_allowance_of_its_own() -> None:
    theme = made({"page.html": "{{ part() }}|{{ left() }}", "part.html": "{{ 'x' * 900 }}"})

    def part() -> str:
        return str(len(render(theme, "part.html", site=cast("Reader", None))))

    text = render(
        theme, "page.html", site=cast("Reader", None), part=part, left=lambda: theme.jinja.left
    )
    assert text == f"900|{allowance.CHARACTERS - allowance.ROUND - 1 - 3}"
