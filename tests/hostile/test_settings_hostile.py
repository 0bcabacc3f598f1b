"""Hostile settings: each keeps the site from being built, names its line, and says what to do."""

from dataclasses import replace
from pathlib import Path

import pytest

from itnews.errors import UsageFault
from tests.hostile.law import built_site, in_time, leaks, neighbours, without_help
from tests.sites import SETTINGS, Site, contents

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)


def site_with(line: str) -> str:
    name = line.partition(":")[0]
    kept = [one for one in SETTINGS.splitlines() if not one.startswith(f"  {name}:")]
    return "\n".join([*kept, f"  {line}", ""])


WRONG: dict[str, str | bytes] = {
    "nothing": "",
    "a list": "- a",
    "a word": "word",
    "a NUL": b"site: \0",
    "UTF-16": SETTINGS.encode("utf-16"),
    "Latin-1": (SETTINGS + "mission: caf\xe9\n").encode("latin-1"),
    "a lone surrogate": SETTINGS.encode() + b"mission: \xed\xa0\x80\n",
    "a billion laughs": SETTINGS + LAUGHS,
    "ten thousand brackets": SETTINGS + "menu: " + "[" * 10_000,
    "a merge": SETTINGS + "<<: {a: b}\n",
    "a tag": SETTINGS + "mission: !!python/object/apply:os.system [id]\n",
    "duplicate keys": SETTINGS + SETTINGS,
    "a document too many": SETTINGS + "---\n" + SETTINGS,
    "a number of five thousand digits": SETTINGS + "stale_after: " + "9" * 5_000 + "\n",
    "infinity": SETTINGS + "stale_after: .inf\n",
    "a negative number": SETTINGS + "stale_after: -1\n",
    "an unknown setting": SETTINGS + "them: {name: x}\n",
    "a setting of ours inside": SETTINGS + "__class__: x\n",
    "a theme that climbs": SETTINGS + "theme: {name: ../../elsewhere}\n",
    "a theme that is absolute": SETTINGS + "theme: {name: /etc}\n",
    "a theme that is hidden": SETTINGS + "theme: {name: .git}\n",
    "a theme with a NUL": SETTINGS + 'theme: {name: "a\\0"}\n',
    "an accent that closes the style": SETTINGS + "theme: {accent: 'red}</style><script>'}\n",
    "a logo that climbs": SETTINGS + "theme: {logo: ../elsewhere/secret.md}\n",
    "a logo that climbs by codes": SETTINGS + "theme: {logo: /%2e%2e/elsewhere/secret.md}\n",
    "a logo of another host": SETTINGS + "theme: {logo: 'https://evil.example/x.png'}\n",
    "a logo of the file scheme": SETTINGS + "theme: {logo: 'file:///etc/passwd'}\n",
    "a menu that is a script": SETTINGS + "menu: [{title: x, url: 'javascript:alert(1)'}]\n",
    "a menu that climbs": SETTINGS + "menu: [{title: x, url: /../../x}]\n",
    "a menu of words": SETTINGS + "menu: words\n",
    "a form that is a script": SETTINGS + "feedback: {form: 'javascript:alert(1)'}\n",
    "an edition that climbs": SETTINGS + "editions: {'../x': {shows: [a]}}\n",
    "a base that is no address": site_with("base_url: words"),
    "a base that is a script": site_with("base_url: 'javascript:alert(1)'"),
    "a base of the file scheme": site_with("base_url: file:///etc/"),
    "a base that climbs": site_with("base_url: https://a.example/../../x/"),
    "a base with markup": site_with("base_url: 'https://a.example/\"><script>'"),
    "a base with a line break": site_with('base_url: "https://a.example/\\nx"'),
    "a base with a name and a word": site_with("base_url: 'https://user:word@a.example/'"),
    "a zone that climbs": site_with("timezone: ../../../etc/passwd"),
    "a zone that is absolute": site_with("timezone: /etc/localtime"),
    "a zone with a NUL": site_with('timezone: "UTC\\0"'),
    "a zone that is a folder": site_with("timezone: Europe"),
    "a zone of a thousand characters": site_with("timezone: " + "a" * 1_000),
    "a language that climbs": site_with("language: ../../etc"),
    "a language of a thousand characters": site_with("language: " + "a" * 1_000),
    "an id with markup": site_with("id: '<script>,2026'"),
    "an id with a line break": site_with('id: "a.example,2026\\nx"'),
    "a title that is a list": site_with("title: [a]"),
    "a title that is null": site_with("title: ~"),
    "a fiscal year that begins in month 13": site_with("fiscal_year_start: 13"),
    "globs that are no list": SETTINGS + "links: {ignore: {a: b}}\n",
    "raw HTML by another word": SETTINGS + "markdown: {raw_html: always}\n",
    "a number of feed items that is great": SETTINGS + "feeds: {items: 999999999999}\n",
    "a number of feed items that is negative": SETTINGS + "feeds: {items: -5}\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built_site(tmp_path_factory.mktemp("settings"))


@pytest.mark.parametrize("settings", WRONG.values(), ids=WRONG)
def test_wrong_settings_are_told_and_change_nothing(settings: str | bytes, site: Site) -> None:
    before, beside = contents(site.output), neighbours(site)
    payload = settings if isinstance(settings, bytes) else settings.encode()
    (site.folder / "itnews.yaml").write_bytes(payload)
    with in_time():
        report = site.build()
    assert report.exit_code in {1, 2}
    assert {str(problem.at.path) for problem in report.problems} == {"itnews.yaml"}
    assert without_help(report) == []
    assert contents(site.output) == before
    assert neighbours(site) == beside
    assert leaks(site) == []


ODD = {
    "markup in a title": site_with("title: '<script>alert(1)</script>{{ 7 * 7 }}'"),
    "a title of a hundred thousand letters": site_with("title: " + "x" * 100_000),
    "an organisation from right to left": site_with("organisation: '\u202exx'"),
    "a mission of braces": SETTINGS + "mission: '{{ site }}{% raw %}'\n",
    "globs that are slow": SETTINGS + "links: {ignore: ['" + "*a" * 30 + "b']}\n",
    "labels of markup": SETTINGS + "labels: {status: {on-track: '<b>'}}\n",
    "a currency of markup": site_with("currency: '<script>alert(1)</script>'"),
    "foreign names for none of ours": SETTINGS + "field_names: {x: y}\n",
    "Windows line ends and a mark": "\ufeff" + SETTINGS.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("settings", ODD.values(), ids=ODD)
def test_odd_settings_are_text_and_nothing_else(settings: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", settings)
    site.document("updates/a", "[x](" + "a" * 200 + ")", date="2026-01-01")
    site.keep_going = True
    with in_time():
        site.build()
    for payload in contents(site.output).values():
        assert b"<script>alert" not in payload
        assert b">49<" not in payload


@pytest.mark.parametrize(
    "output", ["../elsewhere", "content", "content/x", ".", "..", "/", ".itnews"]
)
def test_an_edition_goes_into_no_folder_that_is_not_for_it(output: str, site: Site) -> None:
    beside = neighbours(site)
    site.write("itnews.yaml", SETTINGS + f"editions: {{a: {{shows: [b], output: {output}}}}}\n")
    edition = replace(site, edition="a")
    with pytest.raises(UsageFault, match="folder"):
        edition.build()
    assert neighbours(site) == beside
