"""Whether a file is a picture: what browsers show, and what authors take for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itnews.emit.picture import picture_fault
from tests.pictures import GIF, JPEG, PNG, SVG, WHOLE


def code(name: str, payload: bytes) -> str:
    found = picture_fault(name, payload)
    return found.code if found else ""


def drawing(inside: str, *, root: str = "", head: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"'
    return f"{head}<svg {names} {root}>{inside}</svg>".encode()


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_picture_is_one(name: str) -> None:
    assert code(name, WHOLE[name]) == ""


@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_breaks_off_is_none(name: str) -> None:
    payload = WHOLE[name]
    for end in (0, 1, 12, len(payload) // 2, len(payload) - 5):
        assert code(name, payload[:end]) == "image-invalid", end


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("a.png", b"This is a text."),
        ("a.png", b"<!DOCTYPE html><title>404 Not found</title>"),
        ("a.jpg", b"\0" * 100),
        ("a.png", SVG),  # browsers tell a drawing by its name only
        ("a.svg", PNG),
        ("a.svg", b"<html><svg></svg></html>"),
        ("a.svg", b"<svg><b></svg>"),
        ("a.svg", b'<?xml version="1.0" encoding="klingon"?><svg/>'),
        ("a.pdf", b"%PDF-1.7"),
        ("a", b"x"),
        ("a.txt", b"x"),
    ],
)
def test_what_is_no_picture_is_invalid(name: str, payload: bytes) -> None:
    assert code(name, payload) == "image-invalid"


def test_a_picture_of_another_type_is_misnamed() -> None:
    assert code("a.png", JPEG) == "image-misnamed"
    assert code("a.jpg", PNG) == "image-misnamed"
    assert code("holiday", GIF) == "image-misnamed"


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.mp3", "a.vtt"])
def test_films_and_sounds_are_not_looked_at(name: str) -> None:
    assert code(name, b"x") == ""


@pytest.mark.parametrize(
    "payload",
    [
        drawing("<script>alert(1)</script>"),
        drawing("<SCRIPT/>"),
        drawing("<s:script xmlns:s='http://www.w3.org/2000/svg'/>"),
        drawing("", root='onload="alert(1)"'),
        drawing('<g OnClick="alert(1)"/>'),
        drawing('<a href="javascript:alert(1)"><text>x</text></a>'),
        drawing('<a x:href=" java&#10;script:alert(1)"/>'),
        drawing('<use href="data:image/svg+xml,x"/>'),
        drawing('<a><set attributeName="href" to="javascript:alert(1)"/></a>'),
        drawing('<animate attributeName="href" values="javascript:alert(1)"/>'),
        drawing('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
        drawing("", head='<?xml-stylesheet type="text/xsl" href="x.xsl"?>'),
        drawing("&e;", head="<!DOCTYPE svg [<!ENTITY e '<script/>'>]>"),
    ],
)
def test_a_drawing_that_would_run_something_is_active(payload: bytes) -> None:
    assert code("a.svg", payload) == "image-active"


@pytest.mark.parametrize(
    "payload",
    [
        drawing('<a href="https://example.org/"><text>on script</text></a>'),
        drawing('<image href="data:image/png;base64,AAAA"/>'),
        drawing('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
        drawing("<style>a { color: red }</style>"),
        drawing(
            "", head="<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/x.dtd'>"
        ),
        drawing("", head="\ufeff<?xml version='1.0' encoding='UTF-8'?>"),
        drawing("<s/>", head="<!DOCTYPE svg [<!ENTITY ns 'http://ns.adobe.com/'>]>"),
    ],
)
def test_what_drawing_programs_write_is_fine(payload: bytes) -> None:
    assert code("a.svg", payload) == ""


def test_a_drawing_that_laughs_a_billion_times_is_invalid() -> None:
    entities = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = drawing("&a11;", head=f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{entities}]>")
    assert code("a.svg", bomb) == "image-invalid"


def test_a_drawing_reads_no_other_file() -> None:
    payload = drawing("&e;", head="<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>")
    assert code("a.svg", payload) == ""


@given(
    st.sampled_from([*WHOLE, "a.tiff", "a.cur", "a.pdf", "a"]),
    st.sampled_from([b"", *(payload[:20] for payload in WHOLE.values()), b"II*\0", b"<svg>"]),
    st.binary(max_size=200),
)
def test_any_bytes_are_a_picture_or_a_fault(name: str, head: bytes, rest: bytes) -> None:
    found = picture_fault(name, head + rest)
    assert found is None or (found.message and found.hint)
