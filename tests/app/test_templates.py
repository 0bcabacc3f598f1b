"""What a theme author can get wrong, and what becomes of it when it is put right."""

from pathlib import Path

import pytest

from itnews.app.report import Report
from tests.sites import SETTINGS, Site, contents


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.document("updates/vpn", "Text.", date="2026-03-02", title="VPN")
    return made


def block(text: str) -> str:
    return f'{{% extends "parent:update.html" %}}{{% block last %}}{text}{{% endblock %}}'


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def test_a_fault_goes_away_when_the_missing_asset_is_added(site: Site) -> None:
    site.write("theme/templates/update.html", block('{{ site.asset("mine.css") }}'))
    assert codes(site.build()) == ["template-fault"]
    site.write("theme/assets/mine.css", "p { color: red }")
    assert codes(site.build()) == []
    assert "/it/assets/mine." in site.page("/updates/vpn/")


def test_a_fault_goes_away_when_the_missing_project_is_written(site: Site) -> None:
    asked = '{{ site.project("content/projects/access.md").item.status }}'
    site.write("theme/templates/update.html", block(asked))
    assert codes(site.build()) == ["template-fault"]
    site.document("projects/access", "Text.", status="on-track")
    assert codes(site.build()) == []
    assert "on-track" in site.page("/updates/vpn/")


def test_a_ring_of_fragments_is_a_problem_and_goes_away_when_it_is_opened(site: Site) -> None:
    site.write("theme/templates/update.html", block('{{ site.fragment("a.html") }}'))
    site.write("theme/templates/a.html", '{{ site.fragment("b.html") }}')
    site.write("theme/templates/b.html", '{{ site.fragment("a.html") }}')
    assert set(codes(site.build())) == {"template-cycle"}
    site.write("theme/templates/b.html", "opened")
    assert codes(site.build()) == []
    assert "opened" in site.page("/updates/vpn/")


@pytest.mark.parametrize("question", ["teaser", "card"])
def test_a_template_cannot_ask_for_a_hidden_document(question: str, site: Site) -> None:
    site.document("updates/secret", "Text.", date="2026-03-03", draft="true", title="Quokka")
    asked = f'{{{{ site.{question}("content/updates/secret.md").title }}}}'
    site.write("theme/templates/update.html", block(asked))
    site.keep_going = True
    assert codes(site.build()) == ["template-fault"]
    assert not any(b"Quokka" in payload for payload in contents(site.output).values())


def test_a_path_that_leads_out_of_the_site_is_a_fault_of_the_template(site: Site) -> None:
    site.write("theme/templates/update.html", block('{{ site.card("../x.md").title }}'))
    assert codes(site.build()) == ["template-fault"]


def test_the_order_of_field_names_counts(site: Site, tmp_path: Path) -> None:
    site.write("itnews.yaml", SETTINGS + "field_names: {one: summary, two: summary}\n")
    site.document("updates/vpn", "Text.", date="2026-03-02", one="First.", two="Second.")
    site.build()
    assert "First." in site.page("/updates/")
    site.write("itnews.yaml", SETTINGS + "field_names: {two: summary, one: summary}\n")
    site.build()
    assert "Second." in site.page("/updates/")


def test_two_documents_of_one_kind_with_one_id_are_named(site: Site) -> None:
    site.document("updates/other", "Text.", date="2026-03-03", id="vpn", slug="other")
    (problem,) = site.build().problems
    assert problem.code == "id-duplicate"
    assert str(problem.at.path) == "content/updates/vpn.md"
    assert "content/updates/other.md" in problem.message


def test_a_new_title_makes_no_alias_again(site: Site) -> None:
    site.document("updates/mail", "Text.", date="2026-03-03", aliases="[/old/mail/]")
    site.build()
    site.document("updates/vpn", "Text.", date="2026-03-02", title="Another")
    assert not [key for key in site.build().made if key.startswith("alias|")]


def test_a_tag_leads_to_its_page_and_one_without_a_page_to_none(site: Site) -> None:
    site.document("updates/mail", "Text.", date="2026-03-03", tags="[Ship’s mail]")
    asked = '{{ site.tag("Ship’s mail").url }} {{ site.tag("none").url }}|'
    site.write("theme/templates/update.html", block(asked))
    site.build()
    assert "/tags/ships-mail/ |" in site.page("/updates/mail/")


# Where in the line


@pytest.mark.parametrize(
    ("text", "code", "marked", "hint"),
    [
        (
            '{% include "partials/foter.html" %}',
            "template-missing",
            (13, 19),
            "partials/footer.html",
        ),
        ('{{ site.fragment("partials/foter.html") }}', "template-missing", (19, 19), "footer.html"),
        ("{{ page.titel }}", "template-fault", (9, 5), "did you mean 'title'?"),
        ("{{ site.asset('stie.css') }}", "template-fault", (16, 8), "there is 'site.css'"),
        ("{% include page.title %}", "template-not-constant", (1, 24), "in quotes"),
        ("{{ 1/0 }}", "template-fault", (1, 9), "content/updates/vpn.md"),
        ("{% foo %}", "template-syntax", (4, 3), "docs/themes.md"),
    ],
)
def test_a_mistake_is_marked_in_its_line(
    site: Site, text: str, code: str, marked: tuple[int, int], hint: str
) -> None:
    before = '{% extends "parent:update.html" %}\n{% block last %}\n  '
    site.write("theme/assets/site.css", "p { color: red }")
    site.write("theme/templates/update.html", f"{before}{text}\n{{% endblock %}}")
    (problem,) = site.build().problems
    at = problem.at
    assert (problem.code, at.line, at.column - 2, at.length) == (code, 3, *marked)
    assert hint in f"{problem.message} {problem.hint}"


def test_a_template_that_a_page_asks_for_is_suggested(site: Site) -> None:
    site.write("theme/templates/landing.html", '{% extends "page.html" %}')
    site.document("pages/about", "Words.", template="landng.html")
    (problem,) = site.build().problems
    assert (problem.code, problem.at.line, problem.at.column) == ("template-missing", 3, 11)
    assert problem.hint == "did you mean 'landing.html'?"
