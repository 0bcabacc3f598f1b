"""Kinds that a site defines for itself: as good as those that every site has."""

from pathlib import Path

import pytest

from tests.sites import SETTINGS, Site, contents

DECISIONS = """\
kinds:
  decision:
    folder: decisions
    dated: true
    feed: true
    fields:
      decided_by: {type: person, title: Who decided, required: true}
      outcome: {type: choice, words: [adopted, turned-down]}
      options: {type: line, list: true}
      review: date
      costs: number
      follows: decision
      reasons: {type: text, title: Why so}
      minutes: {type: address, title: The minutes}
"""
WHOLE = """\
---
title: We move to one phone number
date: 2026-03-02
decided_by: anna
outcome: Turned down
options: [Keep two numbers, One number]
review: 2027-03-01
costs: 1200.5
follows: first
reasons: People ring the wrong desk.
minutes: decision:first
---
See [](decision:first).
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.write("itnews.yaml", SETTINGS + DECISIONS)
    made.document("people/anna", title="Anna Muster", side="it")
    made.document("decisions/first", title="The first", date="2026-03-01", decided_by="anna")
    made.write("content/decisions/2026-03-02-phone.md", WHOLE)
    return made


def codes(site: Site) -> list[tuple[str, int, int]]:
    return [(one.code, one.at.line, one.at.column) for one in site.build().problems]


def test_a_document_has_a_page_that_shows_its_fields(site: Site) -> None:
    assert codes(site) == []
    page = site.page("/decisions/2026-03-02-phone/")
    for shown in (
        '<a href="/it/people/anna/">Anna Muster</a>',
        "Turned down",
        "<li>One number</li>",
        "1 March 2027",
        "1,200.5",
        '<a href="/it/decisions/first/">The first</a>',
        "<h2>Why so</h2>",
    ):
        assert shown in page
    assert page.count('href="/it/decisions/first/"') >= 3  # the field, the address, the body


def test_it_has_a_list_and_feeds(site: Site) -> None:
    site.build()
    assert "We move to one phone number" in site.page("/decisions/")
    assert '<h1 class="title">Decisions</h1>' in site.page("/decisions/")
    for feed in ("feed.xml", "decisions/feed.xml"):
        text = (site.output / feed).read_text()
        assert "tag:it.example.org,2026:decision/2026-03-02-phone" in text


def test_its_fields_are_checked_like_those_of_other_kinds(site: Site) -> None:
    site.write(
        "content/decisions/wrong.md",
        "---\ntitle: Wrong\ndate: 2026-03-03\noutcome: maybe\noption: x\ncosts: much\nfollows: no\n---\n",
    )
    assert codes(site) == [
        ("field-missing", 1, 1),
        ("choice-unknown", 4, 10),
        ("number-invalid", 6, 8),
    ]
    site.write(
        "content/decisions/wrong.md",
        "---\ntitle: Wrong\ndate: 2026-03-03\ndecided_by: anna\noption: x\nfollows: frst\n---\n",
    )
    problems = site.build().problems
    assert [(one.code, one.at.line) for one in problems] == [
        ("field-unknown", 5),
        ("reference-unknown", 6),
    ]
    assert [one.hint for one in problems] == ["did you mean 'options'?", "did you mean 'first'?"]


def test_another_definition_makes_what_it_concerns_anew(site: Site, tmp_path: Path) -> None:
    site.build()
    site.write("itnews.yaml", SETTINGS + DECISIONS.replace("Who decided", "Decided by"))
    site.build()
    assert "Decided by" in site.page("/decisions/first/")
    undated = DECISIONS.replace("dated: true", "dated: false").replace("feed: true", "list: true")
    site.write("itnews.yaml", SETTINGS + undated)
    site.build()
    whole = contents(site.output)
    site.clean(tmp_path / "clean")
    assert whole == contents(tmp_path / "clean" / "output")


def test_a_theme_may_have_a_template_for_it(site: Site) -> None:
    site.build()
    site.write("theme/templates/decision.html", "{{ page.title }}, decided")
    site.build()
    assert site.page("/decisions/first/") == "The first, decided"


def test_a_template_that_the_settings_name_has_to_be_there(site: Site) -> None:
    site.write("itnews.yaml", SETTINGS + DECISIONS.replace("feed: true", "template: verdict"))
    assert [code for code, *_ in codes(site)] == ["template-missing"]
    site.write("theme/templates/verdict.html", "{{ page.title }}, a verdict")
    assert codes(site) == []
    assert site.page("/decisions/first/") == "The first, a verdict"


def test_without_the_definition_its_documents_are_told_of(site: Site) -> None:
    site.build()
    site.write("itnews.yaml", SETTINGS)
    assert {code for code, *_ in codes(site)} == {"kind-missing"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("supersedes: {type: decision, list: true}", "supersedes: first"),
        ("asked_on: line", "asked_on: sometime"),
        ("status: number", "status: 7"),
        ("answer: yes-no", "answer: true"),
    ],
)
def test_a_field_called_like_one_of_another_kind_is_only_shown(
    field: str, value: str, site: Site
) -> None:
    site.write("itnews.yaml", f"{SETTINGS}{DECISIONS}      {field}\n")
    text = WHOLE.replace("outcome:", f"{value}\noutcome:")
    site.write("content/decisions/2026-03-02-phone.md", text)
    assert codes(site) == []
    assert "We move to one phone number" in site.page("/decisions/")


def test_fields_stand_in_the_order_of_the_settings(site: Site) -> None:
    site.build()
    page = site.page("/decisions/2026-03-02-phone/")
    places = [page.index(f"<dt>{name}</dt>") for name in ("Who decided", "Outcome", "Costs")]
    assert places == sorted(places)


def test_a_kind_without_a_list_has_a_feed_with_a_name(site: Site) -> None:
    site.write(
        "itnews.yaml", SETTINGS + DECISIONS.replace("dated: true", "dated: true\n    list: false")
    )
    site.build()
    assert 'href="/it/decisions/feed.xml">Decisions</a>' in site.page("/decisions/first/")


def test_a_required_list_has_to_hold_something(site: Site) -> None:
    settings = DECISIONS.replace(
        "options: {type: line, list: true}", "options: {list: true, required: true}"
    )
    site.write("itnews.yaml", SETTINGS + settings)
    site.document("decisions/first", date="2026-03-01", decided_by="anna", options="[]")
    assert "field-missing" in [code for code, *_ in codes(site)]
