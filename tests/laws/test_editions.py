"""The law of secrecy: an edition never names a hidden document, whatever refers to it."""

from pathlib import Path

import pytest

from tests.sites import SETTINGS, Site, contents

EDITIONS = "editions:\n  public: {output: output}\n  board: {shows: board, output: output}\n"

# Every word of the hidden documents; none stands in a theme.
WORDS = ("quokka", "numbat", "wombat", "bilby", "dugong", "kookaburra", "galah", "taipan", "brolga")

HIDING = {
    "restricted": {"visibility": "board"},
    "draft": {"draft": "true"},
    "embargoed": {"publish_at": "2027-01-01"},
    "future": {"date": "2027-01-01"},
    "expired and removed": {"expires": "2026-06-01", "remove_when_expired": "true"},
}


def hidden(site: Site, **fields: str) -> None:
    """A project, a person and an update that must not be seen, and visible documents that refer to them."""
    common = {"tags": "[galah]", "summary": "Bilby.", "aliases": "[/dugong/]", **fields}
    site.write("content/projects/taipan.svg", "<svg>taipan</svg>")
    site.document(
        "projects/quokka", "![A taipan](taipan.svg)", title="Numbat", image="taipan.svg", **common
    )
    site.document(
        "people/brolga", "Text.", title="Kookaburra", **{**common, "aliases": "[/dugong/3/]"}
    )
    dated = {"date": "2026-05-01", **common, "aliases": "[/dugong/2/]"}
    site.document("updates/wombat", "# Bilby", title="Wombat", project="quokka", **dated)
    site.document("goals/speed", "Text.", title="Speed")
    site.document(
        "updates/seen",
        "See [it](../projects/quokka.md), [](project:quokka), [that](/projects/quokka/) and "
        "[more](../updates/wombat.md#bilby).",
        date="2026-05-02",
        project="quokka",
        owner="brolga",
        authors="[brolga]",
    )
    site.document("departments/finance", "Text.", head="brolga", relationship_manager="brolga")
    site.document("roadmaps/plan", "Text.", select="{projects: [quokka]}", date="2026-05-03")


@pytest.mark.parametrize("reason", HIDING)
def test_an_edition_never_names_a_hidden_document(reason: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "site", edition="public")
    site.write("itnews.yaml", SETTINGS + EDITIONS)
    hidden(site, **HIDING[reason])
    report = site.build()
    assert report.exit_code == 0
    everything = {path: payload.decode().lower() for path, payload in contents(site.output).items()}
    told = [
        (path, word) for path, text in everything.items() for word in WORDS if word in path + text
    ]
    assert told == []


def test_references_to_hidden_documents_are_no_errors_and_come_back_with_them(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path / "site", edition="public")
    site.write("itnews.yaml", SETTINGS + EDITIONS)
    hidden(site, visibility="board")
    assert site.build().problems == ()
    assert "See it, " in site.page("/updates/seen/")
    site.edition = "board"
    assert site.build().problems == ()
    assert 'href="/it/projects/quokka/">Numbat</a>' in site.page("/updates/seen/")


def test_a_failing_build_names_what_should_be_gone_and_prune_removes_just_that(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path / "site", edition="public")
    site.write("itnews.yaml", SETTINGS + EDITIONS)
    hidden(site)
    site.document("updates/broken", "Fine so far.", date="2026-05-05")
    site.build()
    before = contents(site.output)
    hidden(site, visibility="board")
    site.document("updates/broken", "Broken now.", date="2026-05-99")
    report = site.build()
    image = next(path for path in before if path.startswith("assets/taipan"))
    expected = {
        "/dugong/", "/dugong/2/", "/dugong/3/", "/people/brolga/", "/projects/quokka/",
        "/projects/quokka/feed.xml", "/projects/quokka/sheet/", "/tags/galah/", "/tags/galah/feed.xml",
        "/updates/wombat/",
        f"/{image}",
    }  # fmt: skip
    assert not report.published
    assert set(report.withdrawn) == expected
    assert contents(site.output) == before
    site.prune = True
    report = site.build()
    assert set(report.change.deleted) == expected
    gone = before.keys() - contents(site.output).keys()
    assert len(gone) == len(expected)
    assert "Fine so far." in site.page("/updates/broken/")


def test_prune_knows_hidden_documents_even_if_the_store_was_lost(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", edition="public")
    site.write("itnews.yaml", SETTINGS + EDITIONS)
    hidden(site)
    site.build()
    (site.folder / ".itnews/store.sqlite").unlink()
    hidden(site, visibility="board")
    site.document("updates/broken", "Broken.", date="2026-05-99")
    report = site.build()
    assert {"/people/brolga/", "/projects/quokka/", "/updates/wombat/"} <= set(report.withdrawn)


def test_a_broken_theme_takes_no_page_away(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", edition="public")
    site.write("itnews.yaml", SETTINGS + EDITIONS)
    hidden(site)
    site.build()
    site.write("theme/templates/base.html", "{% if %}")
    assert site.build().withdrawn == ()
