"""The size of an image, read from its first bytes, so that a page keeps its place free while it loads."""

import re
import struct
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageSize:
    """Width and height in CSS pixels, as a browser shows the image; both at least 1."""

    width: int
    height: int


def image_size(payload: bytes) -> ImageSize | None:
    """The size of a PNG, GIF, JPEG, WebP or SVG, by its content; None if it cannot be told.

    Meant for files whose name `media.is_image` knows. Never raises: a file that is cut off or lies
    about itself has no size. A JPEG that its EXIF data says to turn by a quarter is given as shown.
    """
    for measure in (_png, _gif, _jpeg, _webp, _svg):
        try:
            size = measure(payload)
        except (struct.error, IndexError, OverflowError):
            size = None
        if size is not None:
            return size if size.width > 0 and size.height > 0 else None
    return None


def _png(payload: bytes) -> ImageSize | None:
    if payload[:8] != b"\x89PNG\r\n\x1a\n" or payload[12:16] != b"IHDR":
        return None
    return ImageSize(*struct.unpack(">II", payload[16:24]))


def _gif(payload: bytes) -> ImageSize | None:
    if payload[:6] not in {b"GIF87a", b"GIF89a"}:
        return None
    return ImageSize(*struct.unpack("<HH", payload[6:10]))


# ITU T.81 table B.1: start of frame is C0 to CF, without the three that mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_SCAN, _APP1 = 0xDA, 0xE1
# Real files have dozens; fill bytes count, too, and a file may hold millions of them.
_SEGMENTS = 4096
_QUARTER_TURNS = frozenset({5, 6, 7, 8})


def _jpeg(payload: bytes) -> ImageSize | None:
    if payload[:3] != b"\xff\xd8\xff":
        return None
    at, turned = 2, False
    for _ in range(_SEGMENTS):
        marker = payload[at + 1]
        if payload[at] == 0xFF and (marker == 0xFF or marker in _ALONE):
            at += 1 if marker == 0xFF else 2
            continue
        length = int(struct.unpack(">H", payload[at + 2 : at + 4])[0])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", payload[at + 5 : at + 9])
            return ImageSize(height, width) if turned else ImageSize(width, height)
        if marker == _START_OF_SCAN or length < 2 or payload[at] != 0xFF:
            return None
        if marker == _APP1:
            turned = turned or _orientation(payload[at + 4 : at + 2 + length]) in _QUARTER_TURNS
        at += 2 + length
    return None


_ORIENTATION, _SHORT = 0x0112, 3


def _orientation(segment: bytes) -> int:
    """EXIF 2.3 section 4.6.4: how the image lies, 1 to 8; 0 if nothing says so."""
    if segment[:6] != b"Exif\0\0":
        return 0
    tiff = segment[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 0
    first = int(struct.unpack(f"{order}I", tiff[4:8])[0])
    if first + 2 > len(tiff):
        return 0
    entries = int(struct.unpack(f"{order}H", tiff[first : first + 2])[0])
    for start in range(first + 2, min(first + 2 + 12 * entries, len(tiff) - 11), 12):
        tag, kind = struct.unpack(f"{order}HH", tiff[start : start + 4])
        if (tag, kind) == (_ORIENTATION, _SHORT):
            return int(struct.unpack(f"{order}H", tiff[start + 8 : start + 10])[0])
    return 0


def _webp(payload: bytes) -> ImageSize | None:
    """RFC 9649: VP8 (lossy), VP8L (lossless) or VP8X (extended)."""
    if payload[:4] != b"RIFF" or payload[8:12] != b"WEBP":
        return None
    form, body = payload[12:16], payload[20:]
    if form == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
        return ImageSize(width, height) if len(body) >= 10 else None
    if form == b"VP8L" and body[0] == 0x2F:
        bits = int(struct.unpack("<I", body[1:5])[0])
        return ImageSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return ImageSize(width & 0x3FFF, height & 0x3FFF)
    return None


# The root element stands near the beginning; a search through megabytes of paths would find nothing more.
_SVG_HEAD = 65_536
_SVG_SKIPPED = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
# Two steps, so that a flood of "<svg" costs no more than any other text.
_SVG_ROOT = re.compile(rb"<(?:\w+:)?svg\b")
_SVG_ATTRIBUTES = re.compile(rb"""((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_LENGTH = re.compile(r"\s*\+?(\d{1,7}(?:\.\d{0,9})?|\.\d{1,9})\s*(px)?\s*\Z", re.ASCII)


def _svg(payload: bytes) -> ImageSize | None:
    """SVG 2 section 8: `width` and `height` in pixels, the one that is missing by the `viewBox`, else both by it."""
    head = _SVG_SKIPPED.sub(b"", payload[:_SVG_HEAD])
    root = _SVG_ROOT.search(head)
    written = _SVG_ATTRIBUTES.match(head, root.end()) if root else None
    if written is None:
        return None
    attributes = written[1].decode("utf-8", "replace")
    width, height = _pixels(attributes, "width"), _pixels(attributes, "height")
    box = re.split(r"[\s,]+", _attribute(attributes, "viewBox").strip())
    sides = [_number(side) for side in box[2:]] if len(box) == 4 else [0.0, 0.0]
    if not (width and height) and all(sides):
        if width:
            height = width * sides[1] / sides[0]
        elif height:
            width = height * sides[0] / sides[1]
        else:
            width, height = sides
    return ImageSize(round(width), round(height)) if width and height else None


def _pixels(attributes: str, name: str) -> float:
    return _number(_attribute(attributes, name))


def _attribute(attributes: str, name: str) -> str:
    found = re.search(rf"""(?<![\w:-]){name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", attributes)
    return (found[1] or found[2] or "") if found else ""


def _number(text: str) -> float:
    found = _LENGTH.match(text)
    return float(found[1]) if found else 0.0
