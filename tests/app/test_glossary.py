"""Terms of the glossary on pages: explained at their first use, and only where they are used and may be seen."""

from pathlib import Path

import pytest

from tests.app.test_embeds import made_again
from tests.laws.edits import EDITIONS, differences
from tests.laws.test_incremental import blind_to
from tests.sites import SETTINGS, Site, told

MARK = 'popovertarget="term:vpn"'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.document("glossary/vpn", title="VPN", plain="A safe way in.", also_called="[tunnel]")
    made.document("pages/home", "Use the tunnel. The VPN is a tunnel.")
    made.document("pages/other", "Nothing of the kind.")
    made.document("updates/news", "The VPN is new.", date="2026-03-01", summary="New.")
    assert told(made.build()) == (0, ())
    return made


def test_a_page_explains_a_term_once(site: Site) -> None:
    assert site.page("/home/").count(MARK) == 1
    assert f'<p>Use the <button type="button" class="term" {MARK}>tunnel</button>' in site.page(
        "/home/"
    )
    assert '<a href="/it/glossary/vpn/">VPN</a> A safe way in.</span>' in site.page("/home/")
    assert MARK not in site.page("/other/")


def test_a_feed_has_the_plain_words(site: Site) -> None:
    assert "The VPN is new." in site.page("/feed.xml")
    assert MARK in site.page("/updates/news/")


def test_the_introduction_of_a_list_explains_terms(site: Site) -> None:
    site.document("updates/index", "News of the VPN.", title="News")
    site.build()
    assert MARK in site.page("/updates/")


def test_a_new_term_makes_those_pages_again_that_use_it(site: Site, tmp_path: Path) -> None:
    site.document("glossary/kind", title="kind", plain="A sort.")
    again = made_again(site, tmp_path / "clean")
    assert again & {"content/pages/home.md", "content/pages/other.md"} == {"content/pages/other.md"}


def test_a_new_meaning_makes_the_pages_again_that_show_it(site: Site, tmp_path: Path) -> None:
    site.document("glossary/vpn", title="VPN", plain="A tunnel.", also_called="[tunnel]")
    again = made_again(site, tmp_path / "clean")
    assert "content/pages/home.md" in again
    assert "content/pages/other.md" not in again


def test_a_verifier_that_is_blind_to_terms_is_caught(site: Site, tmp_path: Path) -> None:
    site.verifier = blind_to("terms", "glossed")
    site.document("glossary/vpn", title="VPN", plain="A tunnel.", also_called="[tunnel]")
    site.build()
    site.clean(tmp_path / "clean")
    assert differences(site.output, tmp_path / "clean/output") != []


def test_a_term_without_a_meaning_explains_nothing(site: Site) -> None:
    site.document("glossary/vpn", title="VPN")
    site.build()
    assert MARK not in site.page("/home/")


def test_a_hidden_term_explains_nothing(site: Site) -> None:
    site.write("itnews.yaml", SETTINGS + EDITIONS)
    site.edition = "public"
    site.document("glossary/vpn", title="VPN", plain="A secret.", visibility="board")
    site.build()
    assert MARK not in site.page("/home/")


def test_a_new_body_takes_over_its_terms(site: Site, tmp_path: Path) -> None:
    site.document("pages/other", "Now with a tunnel.")
    assert "content/pages/other.md" in made_again(site, tmp_path / "clean")
    assert MARK in site.page("/other/")
