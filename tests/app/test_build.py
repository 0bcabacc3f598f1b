"""Builds of small sites: what is published, what is made again, what stays when something is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from itnews.errors import OutputRefused, UsageFault
from tests.sites import SETTINGS, Site, contents


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.document(
        "updates/vpn", "The old VPN ends.", date="2026-03-02", title="VPN", tags="[network]"
    )
    made.document("updates/mail", "Mail moves.", date="2026-04-02", title="Mail")
    made.document(
        "projects/access", "Access for all.", title="Access", horizon="now", status="on-track"
    )
    return made


def made(site: Site, kind: str) -> set[str]:
    """The names of the keys of *kind* that the next build makes."""
    return {key.rpartition("|")[2] for key in site.build().made if key.startswith(f"{kind}|")}


def test_an_update_gets_a_page_a_place_in_the_list_and_an_item_in_the_feed(site: Site) -> None:
    report = site.build()
    assert report.exit_code == 0
    assert "The old VPN ends." in site.page("/updates/vpn/")
    assert 'href="/it/updates/vpn/"' in site.page("/updates/")
    assert "https://it.example.org/it/updates/vpn/" in site.page("/updates/feed.xml")
    assert "https://it.example.org/it/updates/vpn/" in site.page("/sitemap.xml")


def test_a_build_with_nothing_changed_makes_nothing_and_touches_nothing(site: Site) -> None:
    site.build()
    before = {path: path.stat() for path in site.output.rglob("*")}
    report = site.build()
    assert not report.made
    assert not report.change
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*")} == {
        path: stat.st_mtime_ns for path, stat in before.items()
    }


def test_a_body_edit_renders_its_own_page_and_the_feeds_that_carry_its_text(site: Site) -> None:
    site.document("updates/vpn", "x", date="2026-03-02", title="VPN", tags="[network]", summary="S")
    site.build()
    site.document("updates/vpn", "y", date="2026-03-02", title="VPN", tags="[network]", summary="S")
    report = site.build()
    outputs = {"page", "front", "list", "feed", "alias", "static", "asset-file", "sitemap"}
    rendered = {key for key in report.made if key.split("|")[0] in outputs}
    assert rendered == {
        "page|site|content/updates/vpn.md",
        "feed|site|site",
        "feed|site|kind:update",
        "feed|site|tag:network",
    }


def test_a_new_title_renders_what_shows_it_and_nothing_else(site: Site) -> None:
    site.build()
    site.document("updates/mail", "Mail moves.", date="2026-04-02", title="Post")
    report = site.build()
    pages = {key.rpartition("/")[2] for key in report.made if key.startswith("page|")}
    assert pages == {"mail.md", "vpn.md"}  # its own, and its neighbour's, which names it


def test_a_new_update_renders_its_lists_and_its_neighbour_only(site: Site) -> None:
    site.build()
    site.document("updates/new", "Fresh.", date="2026-05-02", title="New")
    report = site.build()
    pages = {key.rpartition("/")[2] for key in report.made if key.startswith("page|")}
    assert pages == {"new.md", "mail.md"}


def test_a_typo_in_a_draft_makes_no_page(site: Site) -> None:
    site.document("updates/later", "Secrte.", date="2026-05-02", draft="true")
    site.build()
    site.document("updates/later", "Secret.", date="2026-05-02", draft="true")
    assert made(site, "page") == set()


def test_an_error_leaves_the_last_good_output_as_it_is(site: Site) -> None:
    site.build()
    before = contents(site.output)
    site.document("updates/vpn", "Broken.", date="2026-13-99")
    site.document("updates/other", "Fine.", date="2026-05-02")
    report = site.build()
    assert report.exit_code == 1
    assert not report.published
    assert contents(site.output) == before


def test_keep_going_publishes_what_can_be_and_still_fails(site: Site) -> None:
    site.document("updates/broken", "Broken.", date="2026-13-99")
    site.document("updates/link", "See [it](nowhere.md).", date="2026-05-02")
    site.keep_going = True
    report = site.build()
    assert report.exit_code == 1
    assert [problem.code for problem in report.problems] == ["date-invalid", "link-broken"]
    assert "See it." in site.page("/updates/link/")
    assert not (site.output / "updates/broken").exists()


def test_what_is_wrong_with_a_document_is_told_again_when_it_comes_back(site: Site) -> None:
    """All three builds fail, and a build that fails forgets nothing."""
    site.document("pages/wrong", "[x](/gone/)")
    site.document("goals/time", "![chart](chart.svg)")
    told = [problem.code for problem in site.build().problems]
    site.document("goals/time", "![chart](chart.svg)", draft=True)
    assert [problem.code for problem in site.build().problems] == ["link-broken"]
    site.document("goals/time", "![chart](chart.svg)")
    assert [problem.code for problem in site.build().problems] == told


def test_strict_counts_a_warning_as_an_error(site: Site) -> None:
    site.document("updates/vpn", "Text.", date="2026-03-02", layout="post")
    assert site.build().exit_code == 0
    site.strict = True
    assert site.build().exit_code == 1


def test_positions_count_from_the_top_of_the_file(site: Site) -> None:
    site.document("updates/link", "One.\n\nSee [it](nowhere.md).", date="2026-05-02")
    (problem,) = site.build().problems
    assert (str(problem.at.path), problem.at.line, problem.at.column) == (
        "content/updates/link.md",
        7,
        10,
    )


def test_a_deleted_page_comes_back_and_an_altered_one_is_put_right(site: Site) -> None:
    site.build()
    before = contents(site.output)
    (site.output / "updates/vpn/index.html").unlink()
    (site.output / "index.html").write_text("altered", encoding="utf-8")
    site.build()
    assert contents(site.output) == before


def test_a_foreign_file_in_the_output_is_refused_by_name(site: Site) -> None:
    site.build()
    (site.output / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefused, match=r"mine\.txt"):
        site.build()
    assert (site.output / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_without_settings_is_no_site(tmp_path: Path) -> None:
    site = Site(tmp_path / "empty")
    site.remove("itnews.yaml")
    with pytest.raises(UsageFault, match="itnews init"):
        site.build()


def test_wrong_settings_are_problems_with_exit_code_2(site: Site) -> None:
    site.write("itnews.yaml", SETTINGS + "theem: {}\n")
    report = site.build()
    assert report.exit_code == 2
    (problem,) = report.problems
    assert (problem.code, problem.at.line, problem.hint) == (
        "setting-unknown",
        8,
        "did you mean 'theme'?",
    )


def test_a_future_date_hides_a_document_until_it_has_come(site: Site) -> None:
    site.document("updates/party", "Party.", date="2026-12-01", title="Party")
    report = site.build()
    assert [(change.title, change.what) for change in report.coming] == [("Party", "appears")]
    assert "Party" not in "".join(text.decode() for text in contents(site.output).values())
    assert report.wakes is not None
    site.now = report.coming[0].at
    site.build()
    assert "Party." in site.page("/updates/party/")


def test_an_expired_document_leaves_the_lists_and_keeps_its_page(site: Site) -> None:
    site.document(
        "updates/short", "Short.", date="2026-03-02", expires="2026-11-22", title="Short-lived"
    )
    site.build()
    assert "Short-lived" in site.page("/updates/")
    site.now += timedelta(days=3)
    site.build()
    assert "Short-lived" not in site.page("/updates/")
    assert "Short." in site.page("/updates/short/")


def test_a_moved_page_is_found_at_its_former_address(site: Site) -> None:
    site.document("updates/vpn", "Text.", date="2026-03-02", aliases="[/news/vpn.html, /old/vpn]")
    site.build()
    assert "/it/updates/vpn/" in site.page("/news/vpn.html")
    assert "/it/updates/vpn/" in site.page("/old/vpn/")


def test_two_documents_on_one_address_are_an_error_that_names_both(site: Site) -> None:
    site.document("updates/Mail-2", "Mine.", date="2026-05-02", slug="mail")
    site.keep_going = True
    report = site.build()
    (problem,) = report.problems
    assert problem.code == "address-taken"
    assert str(problem.at.path) == "content/updates/mail.md"
    assert "content/updates/Mail-2.md" in problem.message
    assert "Mine." in site.page("/updates/mail/")  # The first path wins.


def test_an_error_in_a_template_names_template_line_and_document(site: Site) -> None:
    site.write("theme/templates/update.html", "<p>\n{{ page.card.nothing }}</p>")
    report = site.build()
    problem = report.problems[0]
    assert (problem.code, str(problem.at.path), problem.at.line) == (
        "template-fault",
        "theme/templates/update.html",
        2,
    )
    assert "content/updates/" in problem.hint


def test_only_the_files_that_visible_documents_use_are_published(site: Site) -> None:
    site.write("content/updates/used.svg", "<svg/>")
    site.write("content/updates/unused.svg", "<svg>unused</svg>")
    site.write("content/updates/zebra.svg", "<svg>zebra</svg>")
    site.document("updates/vpn", "![A chart](used.svg)", date="2026-03-02")
    site.document("updates/later", "![A chart](zebra.svg)", date="2026-03-02", draft="true")
    site.build()
    images = [
        path for path in contents(site.output) if path.startswith("assets/") and "used" in path
    ]
    assert len(images) == 1
    assert images[0].startswith("assets/used.")
    assert not any(b"zebra" in payload for payload in contents(site.output).values())


def test_a_link_never_publishes_a_file_outside_content(site: Site) -> None:
    site.write("secret.txt", "secret")
    site.document("updates/vpn", "[x](../../secret.txt) [y](../../itnews.yaml)", date="2026-03-02")
    report = site.build()
    assert {problem.code for problem in report.problems} == {"link-broken"}


def test_static_files_are_copied_to_the_root(site: Site) -> None:
    site.write("static/favicon.ico", "icon")
    site.write("static/.well-known/security.txt", "mail us")
    site.build()
    assert site.page("/favicon.ico") == "icon"
    assert site.page("/.well-known/security.txt") == "mail us"


def test_lists_are_divided_into_pages(site: Site) -> None:
    for number in range(25):
        site.document(f"updates/n{number:02}", "Text.", date=f"2026-01-{number + 1:02}")
    site.build()
    assert "/it/updates/page/2/" in site.page("/updates/")
    assert "/it/updates/n00/" in site.page("/updates/page/2/")
    assert not (site.output / "updates/page/3").exists()


def test_the_store_may_be_deleted_at_any_time(site: Site) -> None:
    site.build()
    before = contents(site.output)
    for path in (site.folder / ".itnews").iterdir():
        if path.is_file():
            path.unlink()
    report = site.build()
    assert report.exit_code == 0
    assert not report.change
    assert contents(site.output) == before


def test_a_corrupt_store_is_rebuilt_with_a_notice(site: Site) -> None:
    site.build()
    before = contents(site.output)
    (site.folder / ".itnews/store.sqlite").write_bytes(b"nonsense" * 100)
    report = site.build()
    assert report.notices
    assert contents(site.output) == before
