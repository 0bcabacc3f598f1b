"""Hostile themes, through a build: serial, so that nobody ends a process from outside."""

import pytest

from itnews.theme import allowance
from tests.hostile.law import built_site, in_time, leaks, neighbours, without_help
from tests.sites import SETTINGS, Site, contents


def block(text: str) -> str:
    return f'{{% extends "parent:update.html" %}}{{% block last %}}{text}{{% endblock %}}'


FRAGMENT = '{{ site.fragment("a.html") }}'
LOOP = "{% for i in range(9**5) %}"
MINE = SETTINGS + "theme: {name: a}\n"
UPDATE = "theme/templates/update.html"
WRONG: dict[str, dict[str, str | bytes]] = {
    "a loop without end": {UPDATE: block(LOOP * 2 + "{% endfor %}" * 2)},
    "a range without end": {UPDATE: block("{% for i in range(10**12) %}{% endfor %}")},
    "a macro without end": {UPDATE: block("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}")},
    "a text without end": {UPDATE: block("{{ 'x' * 10**9 }}")},
    "a template that extends itself": {UPDATE: '{% extends "update.html" %}'},
    "a template that includes itself": {UPDATE: '{% include "update.html" %}'},
    "includes in a ring": {UPDATE: '{% include "a.html" %}', "theme/templates/a.html": '{% include "update.html" %}'},
    "fragments in a ring": {UPDATE: FRAGMENT, "theme/templates/a.html": FRAGMENT},
    "an include that climbs": {UPDATE: block('{% include "../../../elsewhere/secret.md" %}')},
    "an include that is absolute": {UPDATE: block('{% include "/etc/passwd" %}')},
    "an include of a source": {UPDATE: block('{% include "content/updates/a.md" %}')},
    "an include that is computed": {UPDATE: block("{% include page.title %}")},
    "an asset that climbs": {UPDATE: block("{{ site.asset('../../elsewhere/secret.md') }}")},
    "a card that climbs": {UPDATE: block("{{ site.card('../elsewhere/secret.md').title }}")},
    "a fragment that climbs": {UPDATE: block("{{ site.fragment('../x.html') }}")},
    "a class": {UPDATE: block("{{ ''.__class__.__mro__ }}")},
    "a class by a filter": {UPDATE: block("{{ ''|attr('__class__') }}")},
    "a class by brackets": {UPDATE: block("{{ ''['__class__'] }}")},
    "a class by a computed name": {UPDATE: block("{{ ''['__cla' ~ 'ss__'] }}")},
    "a class by map": {UPDATE: block("{{ ['']|map(attribute='__class__')|list }}")},
    "the globals of a macro": {UPDATE: block("{% macro a() %}{% endmacro %}{{ a._func.__globals__ }}")},
    "the environment": {UPDATE: block("{{ self._TemplateReference__context.environment }}")},
    "a change of a shared value": {UPDATE: block("{{ page.feeds.append(1) }}{{ site.setting('menu').append(1) }}")},
    "an unclosed block": {UPDATE: "{% block a %}"},
    "an unclosed comment": {UPDATE: "{# never"},
    "an unknown tag": {UPDATE: "{% debug %}"},
    "an import": {UPDATE: "{% import 'os' as os %}"},
    "a thousand brackets": {UPDATE: "{{ " + "(" * 1_000 + " }}"},
    "a thousand nots": {UPDATE: "{{ " + "not " * 1_000 + "1 }}"},
    "a thousand ifs": {UPDATE: "{% if 1 %}" * 1_000},
    "a thousand filters": {UPDATE: "{{ 'x'" + "|upper" * 1_000 + " }}"},
    "a number of five thousand digits": {UPDATE: "{{ " + "9" * 5_000 + " }}"},
    "a division by nothing": {UPDATE: block("{{ 1 / 0 }}")},
    "an unknown name": {UPDATE: block("{{ page.titel }}")},
    "a template that is UTF-16": {UPDATE: "x".encode("utf-16")},
    "a template that is bytes": {UPDATE: bytes(range(256))},
    "a template with a NUL": {UPDATE: b"a\0{{ b }}"},
    "a theme that is its own parent": {"itnews.yaml": MINE, "themes/a/theme.yaml": "parent: a\n"},
    "a theme whose parent climbs": {"itnews.yaml": MINE, "themes/a/theme.yaml": "parent: ../../elsewhere\n"},
    "a theme of laughs": {"itnews.yaml": MINE, "themes/a/theme.yaml": "parent: !!python/name:os.system\n"},
    "a theme that is a list": {"itnews.yaml": MINE, "themes/a/theme.yaml": "- a\n"},
    "a sheet of another host": {"theme/assets/main.css": "@import url(https://evil.example/x.css);"},
    "a sheet that climbs": {"theme/assets/main.css": "a { background: url(../../../elsewhere/secret.md) }"},
    "a sheet that imports itself": {"theme/assets/main.css": '@import "main.css"; @import "gone.css";'},
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built_site(tmp_path_factory.mktemp("themes"))


@pytest.mark.parametrize("files", WRONG.values(), ids=WRONG)
def test_a_wrong_theme_is_told_at_its_line_and_changes_nothing(
    files: dict[str, str | bytes], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "CHARACTERS", 2_000_000)
    before, beside = contents(site.output), neighbours(site)
    for name, text in files.items():
        place = site.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        with in_time():
            report = site.build()
    finally:
        for name in files:
            site.remove(name)
        site.write("itnews.yaml", SETTINGS)
    assert report.exit_code in {1, 2}
    assert without_help(report) == []
    assert {str(problem.at.path) for problem in report.problems} <= {*files, "theme/templates"}
    assert contents(site.output) == before
    assert neighbours(site) == beside
    assert leaks(site) == []
