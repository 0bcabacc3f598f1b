"""The place of a body in a page: printing it asks nothing of it, all else reads it."""

from typing import cast

import pytest
from markupsafe import Markup

from itnews.theme.chain import Chain
from itnews.theme.environment import environment, render
from itnews.theme.filters import SiteLocale
from itnews.theme.reader import Reader
from itnews.theme.slot import BodySlot

BODY = Markup("<p>Said <em>twice</em></p>")


def printed_by(template: str, slot: object) -> str:
    texts = {"theme/templates/page.html": template.encode()}
    made = environment(Chain(("theme", "@newsroom")), texts.get, SiteLocale())
    return render(made, "page.html", site=cast("Reader", None), slot=slot)


def filled(template: str) -> tuple[str, bool]:
    """The page that *template* makes of BODY, and whether that read the body; *slot* is the body."""
    reads: list[str] = []

    def read() -> Markup:
        reads.append("read")
        return BODY

    slot = BodySlot(read, filled=True)
    parts = slot.cut(printed_by(template, slot=slot))
    if parts is None:
        return printed_by(template, slot=BODY), True
    return BODY.join(map(Markup, parts)), bool(reads)


def test_a_body_that_is_printed_is_not_read() -> None:
    assert filled("{% if slot %}<div>{{ slot }}</div>{% endif %}") == (f"<div>{BODY}</div>", False)


def test_a_body_may_be_printed_twice_or_never() -> None:
    assert filled("{{ slot }}{{ slot }}") == (f"{BODY}{BODY}", False)
    assert filled("nothing") == ("nothing", False)


@pytest.mark.parametrize(
    "template",
    [
        "{{ slot|striptags }}",
        "{{ slot|length }}",
        "{{ slot|wordcount }}",
        "{{ slot|upper }}",
        "{{ slot|string }}",
        "{{ slot|safe }}",
        "{{ slot|escape }}",
        "{{ slot|forceescape }}",
        "{{ slot|truncate(9) }}",
        "{{ slot ~ '!' }}",
        "{{ (slot ~ '!')|striptags }}",
        "{{ '%s!' % slot }}",
        "{{ slot.striptags() }}",
        "{{ slot[:4] }}",
        "{{ 'twice' in slot }}",
        "{{ slot == 'x' }}",
        "{{ slot|replace('twice', 'once') }}",
        "{% for sign in slot %}{{ sign }}.{% endfor %}",
        "{% set said %}{{ slot }}{% endset %}{{ said|striptags }}",
        "{% set said %}{{ slot }}{% endset %}{{ said|wordcount }}",
        "{% filter upper %}{{ slot }}{% endfilter %}",
        "{% filter title %}{{ slot }}{% endfilter %}",
        "{% filter striptags %}{{ slot }}{% endfilter %}",
    ],
)
def test_whatever_else_is_done_with_it_is_done_with_the_body_itself(template: str) -> None:
    page, was_read = filled(template)
    assert page == printed_by(template, slot=BODY)
    assert was_read
