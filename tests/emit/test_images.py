"""The size of an image by its first bytes."""

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.emit.images import ImageSize, image_size


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\2\0\0\0"


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0"


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def jpeg(width: int, height: int, *before: bytes) -> bytes:
    frame = segment(0xC2, struct.pack(">BHHB", 8, height, width, 3))
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"".join(before) + frame + b"\xff\xd9"


def exif(orientation: int, order: str = ">") -> bytes:
    mark = b"MM" if order == ">" else b"II"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    first = struct.pack(f"{order}HHIHH", 0x010F, 2, 1, 0, 0)
    tiff = mark + struct.pack(f"{order}HIH", 42, 8, 2) + first + entry
    return segment(0xE1, b"Exif\0\0" + tiff)


def webp(form: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + form + struct.pack("<I", len(body)) + body


LOSSY = webp(b"VP8 ", b"\x30\1\0\x9d\1\x2a" + struct.pack("<HH", 640 | 1 << 14, 480))
LOSSLESS = webp(b"VP8L", b"\x2f" + struct.pack("<I", 639 | 479 << 14))
EXTENDED = webp(b"VP8X", b"\0\0\0\0" + (639).to_bytes(3, "little") + (479).to_bytes(3, "little"))
ALL = [png(640, 480), gif(640, 480), jpeg(640, 480), LOSSY, LOSSLESS, EXTENDED]


@pytest.mark.parametrize("payload", ALL, ids=["png", "gif", "jpeg", "lossy", "lossless", "vp8x"])
def test_each_format_tells_its_size(payload: bytes) -> None:
    assert image_size(payload) == ImageSize(640, 480)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_taken_upright_is_given_as_it_is_shown(order: str) -> None:
    assert image_size(jpeg(640, 480, exif(6, order))) == ImageSize(480, 640)
    assert image_size(jpeg(640, 480, exif(3, order))) == ImageSize(640, 480)


def test_fill_bytes_between_the_segments_of_a_jpeg_are_skipped() -> None:
    assert image_size(jpeg(640, 480, b"\xff\xff\xff")) == ImageSize(640, 480)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="640" height="480px">', (640, 480)),
        ("<svg width='640.4' height=' 479.6 '>", (640, 480)),
        ('<svg viewBox="0 0 640 480">', (640, 480)),
        ('<svg viewBox="0,0,640,480" width="320">', (320, 240)),
        ('<svg viewBox="0 0 640 480" height="240">', (320, 240)),
        ('<svg width="100%" height="100%" viewBox="0 0 640 480">', (640, 480)),
        ('<svg stroke-width="9" data-x="a>b" width="640" height="480">', (640, 480)),
        ('<?xml version="1.0"?><!-- <svg width="1" height="1"> --><svg:svg\n width="2" height="3">', (2, 3)),
    ],
)  # fmt: skip
def test_an_svg_has_the_size_that_a_browser_gives_it(svg: str, size: tuple[int, int]) -> None:
    assert image_size(svg.encode()) == ImageSize(*size)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"%PDF-1.7",
        png(0, 480),
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8" + segment(0xDA, b"\0"),
        b'<svg width="10cm" height="5cm">',
        b'<svg width="640"',
        b'<svg viewBox="0 0 0 0">',
        b'<svg width="640" height="-1">',
        b"<svg width='9e999' height='1'>",
        "<svg width='٣' height='٣'>".encode(),
    ],
)
def test_what_cannot_be_told_is_not_guessed(payload: bytes) -> None:
    assert image_size(payload) is None


@pytest.mark.parametrize("payload", ALL)
def test_a_file_that_is_cut_off_anywhere_does_not_raise(payload: bytes) -> None:
    for end in range(len(payload)):
        image_size(payload[:end])


@given(
    start=st.sampled_from([b"\xff\xd8\xff\xe1\0\x20Exif\0\0MM", b"<svg ", *ALL]), rest=st.binary()
)
@settings(max_examples=50, deadline=None)
def test_a_file_that_lies_does_not_raise(start: bytes, rest: bytes) -> None:
    image_size(start[: len(start) // 2] + rest)
    image_size(start + rest)


@pytest.mark.parametrize("flood", [b"<svg ", b"<!--", b"<?", b"<svg a='", b"\xff", b"<svg width "])
def test_a_flood_takes_no_longer_than_a_file(flood: bytes) -> None:
    begin = time.process_time()
    image_size(flood * 200_000)
    image_size(b"\xff\xd8\xff" + flood * 200_000)
    assert time.process_time() - begin < 1
