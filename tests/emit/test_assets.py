"""Fingerprinted assets, and the style sheets that name them."""

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from itnews.digest import Digest
from itnews.emit.assets import (
    asset_problems,
    closure,
    fingerprinted,
    hashed_name,
    published,
)
from itnews.emit.media import OTHER, media_type
from itnews.paths import source_path

SHEET = source_path("@newsroom/assets/main.css")


def reader(**files: str) -> Callable[[str], bytes | None]:
    """Assets by name: `main_css` is `main.css`."""
    return folder({name.replace("_", "."): text for name, text in files.items()})


def folder(files: dict[str, str]) -> Callable[[str], bytes | None]:
    return {name: text.encode() for name, text in files.items()}.get


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("newsroom.css", "newsroom.01234567.css"),
        ("fonts/plex.min.woff2", "fonts/plex.min.01234567.woff2"),
        ("LICENSE", "LICENSE.01234567"),
    ],
)
def test_the_fingerprint_stands_before_the_extension(name: str, expected: str) -> None:
    assert hashed_name(name, Digest("0123456789abcdef")) == expected


def test_equal_content_keeps_its_name_and_new_content_gets_a_new_one() -> None:
    one, other = reader(logo_svg="<svg/>"), reader(logo_svg="<svg></svg>")
    assert fingerprinted("logo.svg", one) == fingerprinted("logo.svg", one)
    assert fingerprinted("logo.svg", one) != fingerprinted("logo.svg", other)


def test_a_new_font_gives_the_style_sheet_a_new_name() -> None:
    sheet = "@import 'base.css';"
    base = "a { src: url(plex.woff2) }"
    names = [
        fingerprinted("main.css", reader(main_css=sheet, base_css=base, plex_woff2=font))
        for font in ("old", "new")
    ]
    assert names[0] != names[1]


def test_a_style_sheet_names_what_it_loads_by_the_published_names() -> None:
    read = folder(
        {
            "css/main.css": '@import "base.css" layer(base);\na{b:url( ../img/a%20b.png?v=1#x )}',
            "css/base.css": "",
            "img/a b.png": "png",
        }
    )
    base = PurePosixPath(fingerprinted("css/base.css", read)).name
    image = fingerprinted("img/a b.png", read).replace(" ", "%20")
    assert published("css/main.css", read).decode() == (
        f'@import "{base}" layer(base);\na{{b:url("../{image}?v=1#x")}}'
    )


@pytest.mark.parametrize(
    "css",
    [
        "/* url(a.png) */",
        "/* url(a.png)",
        'b { content: "url(a.png)" }',
        "b { background: url(data:image/png;base64,AAAA) }",
        "b { mask: url(#shape) }",
        "b { background: url(/static/a.png) }",
        "b { background: my-url(a.png) }",
        "@namespace svg url(http://www.w3.org/2000/svg);",
        '@import "tokens.css";',
        "b { background: url() }",
    ],
)
def test_what_is_no_asset_stays_as_written_and_is_no_problem(css: str) -> None:
    read = reader(main_css=css, a_png="png")
    assert published("main.css", read).decode() == css
    assert asset_problems("main.css", SHEET, read) == ()


def test_url_in_any_case_and_with_escapes_is_found() -> None:
    read = folder({"main.css": r"b{c:URL('a\(1\2e png')}", "a(1.png": "png"})
    assert closure("main.css", read) == ("a(1.png", "main.css")
    assert 'url("a%281.' in published("main.css", read).decode()


def test_style_sheets_that_import_each_other_are_published() -> None:
    read = reader(a_css='@import "b.css";', b_css='@import "a.css";')
    assert published("a.css", read).decode() == f'@import "{fingerprinted("b.css", read)}";'
    assert closure("a.css", read) == ("a.css", "b.css")


def test_a_style_sheet_that_is_no_utf8_goes_through_unharmed() -> None:
    sheet = b"/* \xff */ a{b:url(a.png)}"
    files: dict[str, bytes] = {"main.css": sheet, "a.png": b"png"}
    expected = sheet.replace(b"a.png", f'"{fingerprinted("a.png", files.get)}"'.encode())
    assert published("main.css", files.get) == expected


def test_a_missing_font_is_named_with_its_place() -> None:
    read = reader(main_css="a {}\n  b { src: url('plex.woff2') }")
    (problem,) = asset_problems("main.css", SHEET, read)
    assert (problem.code, problem.level) == ("asset-missing", "error")
    assert (problem.at.line, problem.at.column, problem.at.length) == (2, 12, 17)
    assert problem.message == (
        "The style sheet names 'plex.woff2', and the theme has no such asset."
    )
    assert b"url('plex.woff2')" in published("main.css", read)


def test_an_asset_outside_the_assets_folder_is_missing_and_never_read() -> None:
    asked: list[str] = []

    def read(name: str) -> bytes | None:
        asked.append(name)
        return b"a{b:url(../../secret.txt)} c{d:url(..%5csecret.txt)}" if len(asked) == 1 else None

    problems = asset_problems("main.css", SHEET, read)
    assert [problem.code for problem in problems] == ["asset-missing", "asset-missing"]
    assert asked == ["main.css"]


@pytest.mark.parametrize(
    "css",
    [
        "@import url(https://fonts.example/css);",
        '@import "//cdn.example/a.css";',
        "a{b:url(HTTP://cdn.example/a.png)}",
    ],
)
def test_a_style_sheet_that_asks_another_host_is_an_error(css: str) -> None:
    (problem,) = asset_problems("main.css", SHEET, reader(main_css=css))
    assert (problem.code, problem.level) == ("asset-external", "error")


def test_only_style_sheets_are_searched_for_addresses() -> None:
    read = reader(main_js="url(a.png)")
    assert published("main.js", read) == b"url(a.png)"
    assert asset_problems("main.js", SHEET, read) == ()


def test_the_tokens_keep_their_name() -> None:
    assert fingerprinted("tokens.css", reader()) == "tokens.css"


@pytest.mark.parametrize("ask", [fingerprinted, published])
def test_an_asset_that_is_not_there_is_a_key_error(
    ask: Callable[[str, Callable[[str], bytes | None]], object],
) -> None:
    with pytest.raises(KeyError):
        ask("none.css", reader())


def test_media_types_do_not_depend_on_the_machine() -> None:
    assert media_type("assets/A.WOFF2") == "font/woff2"
    assert media_type("feed.xml") == "application/xml"
    assert media_type("LICENSE") == OTHER
    assert media_type("plan.unknown") == OTHER
