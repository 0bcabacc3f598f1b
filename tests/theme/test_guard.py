"""What a template may not ask: the clock, what is private, to change what others see, to print an address in memory."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import cast

import pytest
from markupsafe import Markup

from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.theme.chain import Chain
from itnews.theme.environment import TemplateFault, environment, render
from itnews.theme.filters import SiteLocale
from itnews.theme.reader import Reader

CHAIN = Chain(("theme", "@newsroom"))


class Site:
    """Prints its address in memory, as every object does by itself."""

    def __init__(self) -> None:
        self._variant = "public"

    def setting(self) -> list[str]:
        return ["a"]


def rendered(line: str, **variables: object) -> str:
    texts = {"theme/templates/page.html": line.encode()}
    made = environment(CHAIN, texts.get, SiteLocale())
    site = cast("Reader", Site())
    return render(made, "page.html", site=site, **variables)


def refused(line: str, **variables: object) -> str:
    with pytest.raises(TemplateFault) as caught:
        rendered(line, **variables)
    return caught.value.reason


@pytest.mark.parametrize(
    "line",
    [
        "{{ day.today() }}",
        "{{ day.fromtimestamp(0) }}",
        '{{ day.strftime("%s") }}',
        "{{ instant.now() }}",
        "{{ instant.utcnow() }}",
        "{{ instant.timestamp() }}",
        "{{ instant.astimezone() }}",
        '{{ clock["strftime"]("%c") }}',
        '{{ day["to" ~ "day"]() }}',
        '{{ [day]|map(attribute="today")|list }}',
        "{% set ask = day.today %}{{ ask() }}",
    ],
)
def test_a_date_does_not_tell_the_time(line: str) -> None:
    variables = {"day": date(2026, 3, 2), "instant": datetime(2026, 3, 2, tzinfo=UTC)}
    assert "may not use" in refused(line, **variables, clock=time(9))


def test_what_merely_has_the_name_of_a_clock_may_be_asked() -> None:
    page = SimpleNamespace(today=lambda: Moment("2026-03-02"), now=("a",), update="u", items="i")
    line = "{{ page.today() }} {{ page.now|first }} {{ page.update }} {{ page['now'][0] }}"
    assert rendered(line, page=page) == "2026-03-02 a u a"
    assert rendered("{{ x.update }}{{ x.replace }}", x=SimpleNamespace(update=1, replace=2)) == "12"


@pytest.mark.parametrize(
    "line",
    [
        '{{ site["_var" ~ "iant"] }}',
        '{{ [site]|map(attribute="_variant")|list }}',
        '{{ [site]|map(attribute="__class__.__name__")|join }}',
        '{{ [site]|join(attribute="_variant") }}',
        '{{ [site]|groupby("_variant") }}',
        '{{ [site]|selectattr("_variant")|list }}',
        '{{ [site]|sum(attribute="_variant") }}',
        '{{ ([1]|map("string")).gi_frame }}',
        "{{ fields.model_fields_set }}",
    ],
)
def test_what_is_private_is_refused_by_every_way(line: str) -> None:
    assert "may not use" in refused(line, fields=SimpleNamespace(model_fields_set={"a", "b"}))


def test_the_items_of_a_mapping_may_have_any_name() -> None:
    fields = {"_internal": 1, "update": 2}
    assert rendered("{{ f[key] }}{{ f['update'] }}", f=fields, key="_internal") == "12"


@pytest.mark.parametrize(
    "line",
    [
        "{{ site|string }}",
        '{{ site ~ "" }}',
        '{{ "" ~ site.setting }}',
        "{% autoescape false %}{{ '' ~ site }}{% endautoescape %}",
        '{{ "%s"|format(site) }}',
        '{{ "%(a)s"|format(a=site) }}',
        '{{ "%s" % site }}',
        '{{ "%s %s" % (1, site) }}',
        '{{ "%(a)s" % {"a": site} }}',
        '{{ ("<%s>"|safe) % site }}',
        '{{ [site]|join(", ") }}',
        "{{ [1, 2]|join(site) }}",
        '{{ [site]|map("string")|list|first }}',
        '{{ [[site]]|map("join")|list|first }}',
        "{{ site|upper }}",
        "{{ site|e }}",
        "{{ site|safe }}",
        '{{ "a"|replace("a", site) }}',
        '{{ "a"|center(site) }}',
        "{{ site|urlencode }}",
        '{{ {"a": site}|urlencode }}',
        '{{ [("a", site)]|urlencode }}',
        '{{ {"a": site}|xmlattr }}',
        "{{ site|tojson }}",
        '{{ 2|count("update", site) }}',
        "{{ 10**16|money(site) }}",
        "{{ [site]|string }}",
        '{{ "abc".upper|string }}',
        '{{ [1]|map("string")|string }}',
        "{% filter replace('a', site) %}a{% endfilter %}",
        '{{ ("%a".encode() % site).decode() }}',
        "{{ {}[site] }}",
    ],
)
def test_what_is_no_text_number_or_date_becomes_no_text(line: str) -> None:
    assert "0x" not in refused(line)


@pytest.mark.parametrize(
    "line",
    [
        '{{ "{}".format(1) }}',
        '{{ "{0._variant}".format(site) }}',
        '{{ "{a}".format_map({"a": site}) }}',
        '{{ "{}"["format"](site) }}',
        "{{ html.escape(site) }}",
        "{{ html.join([site]) }}",
        "{{ html.format(site) }}",
        '{{ html.replace("a", site) }}',
        "{{ site|pprint }}",
    ],
)
def test_the_ways_round_the_filters_are_closed(line: str) -> None:
    assert "0x" not in refused(line, html=Markup("a"))


def test_texts_numbers_and_dates_are_joined_as_before() -> None:
    moment, period = Moment("2026-03-02"), Period("2026-Q2")
    line = "{{ 'a' ~ 1 ~ 1.5 ~ true ~ moment ~ period ~ day ~ none ~ '&' ~ ('<'|safe) }}"
    text = rendered(line, moment=moment, period=period, day=date(2026, 3, 2))
    assert text == "a11.5True2026-03-022026-Q22026-03-02&amp;<"
    assert rendered("{{ moment|string|upper }}{{ none|string }}", moment=moment) == "2026-03-02"
    assert (
        rendered("{{ '%s of %d' % (moment, 3) }} {{ 7 % 4 }}", moment=moment) == "2026-03-02 of 3 3"
    )
    assert rendered('{{ ["a", none, 1, "<"|safe]|join("&") }}') == "a&amp;&amp;1&amp;<"
    assert rendered('{{ {"q": "a b", "n": 1}|urlencode }}') == "q=a+b&amp;n=1"
    assert rendered('<p{{ {"id": "<", "x": none}|xmlattr }}>') == '<p id="&lt;">'
    assert rendered('{{ [("a", 1)]|urlencode }} {{ "a/b c"|urlencode }}') == "a=1 a/b%20c"


def test_none_is_nothing_in_filters_too() -> None:
    line = "[{{ x|upper }}{{ x|e }}{{ x|safe }}{{ x|truncate(9) }}{{ x|replace('a', 'b', none) }}]"
    assert rendered(line, x=None) == "[]"


def test_without_escaping_concatenation_does_not_escape() -> None:
    line = "{% autoescape false %}{{ '&' ~ ('<'|safe) }}{% endautoescape %}"
    assert rendered(line) == "&<"


@pytest.mark.parametrize(
    "line",
    [
        "{{ shared.append(1) }}",
        "{{ shared.sort() }}",
        "{{ fields.update(a=1) }}",
        "{{ fields.pop('x') }}",
        '{{ fields["set" ~ "default"]("a", 1) }}',
    ],
)
def test_a_template_changes_nothing_that_another_page_sees(line: str) -> None:
    shared, fields = [2, 1], {"x": 1}
    assert "may not use" in refused(line, shared=shared, fields=fields)
    assert (shared, fields) == ([2, 1], {"x": 1})


def test_a_difference_of_keys_has_no_order_and_is_refused() -> None:
    line = "{% for key in {'a': 1, 'b': 2}.keys() - ['a'] %}{{ key }}{% endfor %}"
    assert "no order" in refused(line)
    assert rendered("{{ 3 - 1 }}") == "2"


def test_sameas_compares_with_true_false_and_none_only() -> None:
    assert rendered("{{ 1 is sameas true }}{{ x is sameas none }}", x=None) == "FalseTrue"
    assert "sameas" in refused("{{ x is sameas y }}", x="a", y="a")


@pytest.mark.parametrize("name", ["cycler", "joiner", "lipsum"])
def test_state_and_chance_are_no_globals(name: str) -> None:
    assert refused(f"{{{{ {name}() }}}}") == f"There is no '{name}' here."
