"""Images that are none, where they are shown: told at that place, and not published."""

from pathlib import Path

import pytest

from itnews.problems import Problem
from tests.pictures import JPEG, PNG
from tests.sites import Site, contents

ACTIVE = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert("numbat")</script></svg>'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site", keep_going=True)


def put(site: Site, name: str, payload: bytes) -> None:
    (site.folder / "content/updates").mkdir(parents=True, exist_ok=True)
    (site.folder / "content/updates" / name).write_bytes(payload)


def places(site: Site) -> list[tuple[str, str, int, int]]:
    return [place(problem) for problem in site.build().problems]


def place(problem: Problem) -> tuple[str, str, int, int]:
    return problem.code, problem.level, problem.at.line, problem.at.column


def test_a_text_under_the_name_of_a_picture_is_found_where_it_is_shown(site: Site) -> None:
    put(site, "map.png", b"Not found.")
    site.document("updates/a", "Words.\n\n![A map](map.png)", date="2026-01-01")
    assert places(site) == [("image-invalid", "error", 7, 10)]
    assert "<img" not in site.page("/updates/a/")
    assert not [name for name in contents(site.output) if "/map." in name]


def test_a_picture_that_breaks_off_is_found_in_the_front_matter(site: Site) -> None:
    put(site, "map.png", PNG[:-8])
    site.document("updates/a", date="2026-01-01", image="map.png")
    assert places(site) == [("image-invalid", "error", 4, 8)]


def test_a_picture_that_is_put_right_is_published(site: Site) -> None:
    put(site, "map.png", PNG[:-8])
    site.document("updates/a", "![A map](map.png)", date="2026-01-01", image="map.png")
    assert site.build().exit_code == 1
    put(site, "map.png", PNG)
    assert places(site) == []
    assert any(name.startswith("assets/map.") for name in contents(site.output))


def test_a_picture_of_another_type_is_shown_with_a_warning(site: Site) -> None:
    put(site, "map.png", JPEG)
    site.document("updates/a", "![A map](map.png)", date="2026-01-01")
    assert places(site) == [("image-misnamed", "warning", 5, 10)]
    assert 'alt="A map"' in site.page("/updates/a/")


@pytest.mark.parametrize(
    "document",
    [
        {"body": "![A map](map.svg)"},
        {"body": "[A map](map.svg)"},
        {"image": "map.svg"},
        {"links": "[{title: A map, url: map.svg}]"},
    ],
)
def test_a_drawing_with_a_script_is_published_by_no_way(
    document: dict[str, str], site: Site
) -> None:
    put(site, "map.svg", ACTIVE)
    site.document("updates/a", date="2026-01-01", **document)
    assert [code for code, *_ in places(site)] == ["image-active"]
    assert not any(b"numbat" in payload for payload in contents(site.output).values())


def test_a_drawing_that_nobody_uses_is_no_problem(site: Site) -> None:
    put(site, "map.svg", ACTIVE)
    site.document("updates/a", date="2026-01-01")
    assert places(site) == []


def test_a_file_that_is_linked_to_may_be_anything(site: Site) -> None:
    put(site, "map.png", b"Not found.")
    site.document("updates/a", "[A map](map.png)", date="2026-01-01")
    assert places(site) == []


@pytest.mark.parametrize("document", [{"body": "![Us](/logo.png)"}, {"image": "/logo.png"}])
def test_a_picture_in_static_is_looked_at_where_it_is_shown(
    document: dict[str, str], site: Site
) -> None:
    site.write("static/logo.png", "A text.")
    site.document("updates/a", date="2026-01-01", **document)
    assert [code for code, *_ in places(site)] == ["image-invalid"]
    (site.folder / "static/logo.png").write_bytes(PNG)
    assert places(site) == []
