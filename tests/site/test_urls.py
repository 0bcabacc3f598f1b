"""Addresses: who gets which, and which exclude each other."""

from itnews.model.edition import Edition
from itnews.paths import source_path, url_path
from itnews.site.urls import Claim, Routes, absolute, href, page_of_list

INTRANET = Edition("site", "https://intranet.example.org/it/", "output")


def claim(url: str, owner: str, *, frame: bool = False) -> Claim:
    return Claim(url_path(url), source_path(owner), "the page", frame=frame)


def losers(*claims: Claim) -> list[tuple[str, str]]:
    return [(str(pair.kept.owner), str(pair.lost.owner)) for pair in Routes.of(claims).collisions]


def test_the_first_path_keeps_an_address_that_two_claim() -> None:
    assert losers(claim("/a/", "b.md"), claim("/a/", "a.md")) == [("a.md", "b.md")]


def test_addresses_that_differ_in_case_or_normalisation_only_collide() -> None:
    assert losers(claim("/Mail/", "a.md"), claim("/mail/", "b.md")) == [("a.md", "b.md")]
    assert losers(claim("/caf\u00e9/", "a.md"), claim("/cafe\u0301/", "b.md")) == [("a.md", "b.md")]


def test_a_file_stands_in_the_way_of_a_folder_of_its_name() -> None:
    assert losers(claim("/a", "a.md"), claim("/a/", "b.md")) == [("a.md", "b.md")]
    assert losers(claim("/a/b/", "a.md"), claim("/a", "b.md")) == [("a.md", "b.md")]


def test_no_document_takes_a_page_of_the_site() -> None:
    assert losers(claim("/updates/", "a.md"), claim("/updates/", "z.yaml", frame=True)) == [
        ("z.yaml", "a.md")
    ]


def test_an_address_that_no_file_can_have_is_unfit() -> None:
    routes = Routes.of([claim(f"/{'x' * 300}/", "a.md")])
    assert not routes.owners
    assert "longer than 255 bytes" in routes.unfit[0][1]


def test_every_address_of_a_page_begins_with_the_path_of_the_base() -> None:
    assert href("/updates/", INTRANET) == "/it/updates/"
    assert href("https://other.example.org/", INTRANET) == "https://other.example.org/"
    assert absolute("/updates/", INTRANET) == "https://intranet.example.org/it/updates/"


def test_the_first_page_of_a_list_is_the_list() -> None:
    assert page_of_list(url_path("/updates/"), 1) == "/updates/"
    assert page_of_list(url_path("/updates/"), 3) == "/updates/page/3/"
