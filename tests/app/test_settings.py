"""Addresses in the settings, which stand on every page."""

from pathlib import Path

import pytest

from tests.sites import SETTINGS, Site

MENU = "menu:\n  - {title: News, url: /updates/}\n  - {title: Gone, url: /gone/}\n"


def places(site: Site) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.at.line, problem.at.column) for problem in site.build().problems]


def test_a_menu_entry_that_leads_nowhere_is_found_at_its_place(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", SETTINGS + MENU)
    assert places(site) == [("link-broken", 10, 24)]
    site.document("pages/gone")
    assert places(site) == []


@pytest.mark.parametrize(
    "logo", ["/none.svg", "logo.svg", "https://example.org/logo.svg", "/updates/"]
)
def test_a_logo_is_a_file_of_the_site(logo: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", SETTINGS + f"theme: {{logo: {logo}}}\n")
    assert [code for code, *_ in places(site)] == ["image-broken"]


def test_a_logo_lies_in_static(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", SETTINGS + "theme: {logo: /logo.svg}\n")
    site.write("static/logo.svg", "<svg/>")
    assert places(site) == []


def test_an_unknown_theme_is_found_at_its_place(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", SETTINGS + "theme:\n  name: newsrom\n")
    assert places(site) == [("theme-unknown", 9, 9)]


def test_the_feedback_form_is_told_which_page_it_is_about(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    form = "https://forms.example.org/?id={id}&page={page}"
    site.write("itnews.yaml", SETTINGS + f"feedback: {{form: '{form}'}}\n")
    site.document("updates/vpn", date="2026-03-02")
    site.build()
    told = "?id=update/vpn&amp;page=https%3A//it.example.org/it/updates/vpn/"
    assert f'href="https://forms.example.org/{told}"' in site.page("/updates/vpn/")


def test_an_accent_that_is_hard_to_read_is_found_at_its_place(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", SETTINGS + "theme:\n  accent: '#ffff00'\n")
    assert places(site) == [("accent-contrast", 9, 11)]


def test_a_foreign_name_stands_for_a_field_that_there_is(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", SETTINGS + "field_names: {excerpt: sumary, stand: status}\n")
    (problem,) = site.build().problems
    assert (problem.code, problem.at.line, problem.at.column) == ("field-name-unknown", 8, 24)
    assert problem.hint == "did you mean 'summary'?"
