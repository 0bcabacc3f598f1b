"""Input that somebody once broke a build with: each case is a report, and the site stays whole."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itnews.errors import EnvironmentFault, OutputRefused
from tests.sites import Site, contents


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site", keep_going=True)
    made.document("projects/access", "# Risks", title="Access")
    return made


def codes(site: Site) -> list[str]:
    return [problem.code for problem in site.build().problems]


def everything(site: Site) -> str:
    return "".join(
        path + payload.decode("utf-8", "replace") for path, payload in contents(site.output).items()
    )


def test_a_relative_link_in_the_front_matter_leads_to_the_page(site: Site) -> None:
    site.document(
        "updates/a", date="2026-01-01", links="[{url: ../projects/access.md#risks, title: Read on}]"
    )
    assert codes(site) == []
    assert '<a href="/it/projects/access/#risks">Read on</a>' in site.page("/updates/a/")


def test_a_missing_heading_is_found_in_the_front_matter_too(site: Site) -> None:
    site.document(
        "updates/a", date="2026-01-01", links="[{url: ../projects/access.md#gone, title: t}]"
    )
    assert codes(site) == ["anchor-missing"]


@pytest.mark.parametrize("url", ["project:quokka", "/projects/quokka/", "../projects/quokka.md"])
def test_an_untitled_link_to_a_hidden_document_is_left_out(url: str, site: Site) -> None:
    site.document("projects/quokka", "Text.", draft="true")
    site.document("updates/a", date="2026-01-01", links=f"[{{url: '{url}'}}]")
    assert codes(site) == []
    assert "quokka" not in everything(site)


def test_an_untitled_link_takes_the_title_of_its_document(site: Site) -> None:
    site.document("updates/a", date="2026-01-01", links="[{url: 'project:access'}]")
    site.build()
    assert '<a href="/it/projects/access/">Access</a>' in site.page("/updates/a/")


@pytest.mark.parametrize("name", ["h.MD", "h.markdown", "_h.md", "README.md"])
def test_the_source_of_a_document_is_never_published(name: str, site: Site) -> None:
    site.write(
        f"content/updates/{name}",
        "---\ntitle: Numbat\ndate: 2026-01-01\ndraft: true\n---\nwombat\n",
    )
    site.document(
        "updates/a", f"[x]({name})", date="2026-01-01", links=f"[{{url: {name}, title: t}}]"
    )
    site.build()
    told = everything(site)
    assert "wombat" not in told
    assert "Numbat" not in told


def test_a_document_cannot_push_out_the_list_of_its_kind(site: Site) -> None:
    site.document("projects/index.html", "Text.")
    assert "address-taken" in codes(site)
    assert "/it/projects/access/" in site.page("/projects/")


@pytest.mark.parametrize("url", ["/projects/h/feed.xml", "/tags/zebra/", "/former/"])
def test_links_to_what_hidden_documents_bring_are_no_errors(url: str, site: Site) -> None:
    site.document("projects/h", draft="true", tags="[zebra]", aliases="[/former/]")
    site.document("updates/a", f"[words]({url})", date="2026-01-01")
    assert codes(site) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"menu": "main"},
        {"photo": "[a.jpg]"},
        {"photo": "1"},
        {"template": "[x]"},
        {"needs_from": "x"},
        {"requested_by": "3"},
        {"status_as_of": "x"},
        {"benefits": "[1]"},
    ],
)
def test_a_field_of_another_kind_is_kept_and_never_used(fields: dict[str, str], site: Site) -> None:
    site.document("updates/a", date="2026-01-01", **fields)
    site.document("updates/b", date="2026-01-02")
    assert set(codes(site)) <= {"field-unknown"}
    assert "/it/updates/a/" in site.page("/updates/")


def test_a_template_that_is_missing_is_reported_where_it_is_asked_for(site: Site) -> None:
    site.document("pages/a", template="landing.html")
    (problem,) = site.build().problems
    assert (problem.code, str(problem.at.path), problem.at.line) == (
        "template-missing",
        "content/pages/a.md",
        3,
    )
    assert "<h1" in site.page("/a/")


def test_an_image_that_is_a_page_is_broken(site: Site) -> None:
    site.document(
        "updates/a", "![x](../projects/access.md)", date="2026-01-01", image="../projects/access.md"
    )
    assert codes(site) == ["image-broken", "image-document"]


def test_the_first_and_the_last_day_of_the_calendar(site: Site) -> None:
    site.document("updates/a", date="1900-01-01T00:00:00+14:00")
    site.document("updates/b", date="9999-12-31")
    site.now = datetime(9000, 12, 31, tzinfo=UTC)
    assert codes(site) == ["date-invalid"]


def test_an_output_that_is_a_ring_of_links_is_refused(site: Site) -> None:
    (site.folder / "output").symlink_to("output")
    with pytest.raises((OutputRefused, EnvironmentFault)):
        site.build()


def test_a_store_that_is_a_folder_is_named(site: Site) -> None:
    (site.folder / ".itnews/store.sqlite/x").mkdir(parents=True)
    with pytest.raises(EnvironmentFault, match=r"store\.sqlite"):
        site.build()


def test_a_folder_that_is_no_site_is_left_as_it_is(tmp_path: Path) -> None:
    site = Site(tmp_path / "none")
    site.remove("itnews.yaml")
    with pytest.raises(Exception, match="itnews init"):
        site.build()
    assert os.listdir(site.folder) == []
