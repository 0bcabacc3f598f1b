"""Every field of every kind there is, with what does not belong there: a card, or problems that help."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from itnews.content.card import parse_card
from itnews.content.rules import CardRules
from itnews.model.kinds import KINDS, Kind
from itnews.paths import source_path
from tests.hostile.law import beside_a_secret, helps, in_time, leaks, neighbours, without_help
from tests.sites import Site, contents

VALUES = {
    "nothing": "~",
    "an empty text": "''",
    "blanks": "'  '",
    "a word": "word",
    "markup": "'<script>alert(1)</script>'",
    "a line break": '"a\\nb\\r\\nBcc: c"',
    "a climb": "../../elsewhere/secret.md",
    "a script": "'javascript:alert(1)'",
    "a pipe": "'a|b||c'",
    "a long text": "x" * 20_000,
    "a number": "7",
    "a great number": "999999999999999",
    "a negative number": "-1",
    "a fraction": "0.1e-300",
    "true": "true",
    "a date": "9999-12-31",
    "a period": "FY9999-Q4",
    "a list": "[a, '', ~, 7, {b: c}, [d]]",
    "an empty list": "[]",
    "a map": "{a: b, '': ~, url: 'data:x', what: [x], id: '../x'}",
    "an empty map": "{}",
    "a list of maps": "[{a: b}, {what: ~, name: 7, due: 0001-01-01, figure: '1e9', text: [x]}]",
    "a deep list": "[[[[[[[[[[x]]]]]]]]]]",
}


_GUARDS = frozenset({"draft", "expires", "id", "publish_at", "slug", "visibility"})


def fields(kind: Kind) -> Iterator[str]:
    return (name for name in kind.model.model_fields if name not in {"title", "date", "kind"})


def text_of(**written: str) -> str:
    lines = {"title": "T", "date": "2026-03-02", **written}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in lines.items()) + "---\nText.\n"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_any_value_of_any_field_is_taken_or_told_of(kind: Kind) -> None:
    path, rules = source_path(f"content/{kind.folder}/a.md"), CardRules()
    lacking = []
    with in_time():
        for name in (*fields(kind), "title", "date", "kind"):
            for value in VALUES.values():
                card, problems = parse_card(path, text_of(**{name: value}), rules)
                assert card is not None or problems
                lacking += [lack for problem in problems if (lack := helps(problem))]
    assert lacking == []


def test_pages_are_made_of_whatever_values_are_taken(tmp_path: Path) -> None:
    site = Site(beside_a_secret(tmp_path), keep_going=True)
    site.document("pages/innocent", "Nobody touches this.")
    for kind in KINDS.values():
        for number, value in enumerate(VALUES.values()):
            site.write(f"content/{kind.folder}/{kind.name}-{number}.md", taken(kind, value))
    beside = neighbours(site)
    with in_time():
        report = site.build()
    assert report.exit_code in {0, 1}
    assert without_help(report) == []
    pages = contents(site.output)
    assert "innocent/index.html" in pages
    for kind in KINDS.values():
        made = [name for name in pages if f"{kind.name}-" in name]
        assert len(made) > len(VALUES) / 2 or not kind.page
    assert [name for name, page in pages.items() if b"<script>alert" in page] == []
    assert [name for name, page in pages.items() if b'href="javascript' in page] == []
    assert leaks(site) == []
    assert neighbours(site) == beside


def taken(kind: Kind, value: str) -> str:
    """A document of *kind* with *value* in every field that takes it and lets the page be seen under its own name."""
    path = source_path(f"content/{kind.folder}/a.md")
    written = {
        name: value
        for name in fields(kind)
        if name not in _GUARDS and parse_card(path, text_of(**{name: value}), CardRules())[0]
    }
    return text_of(**written)
