"""Whether the bytes of an image are one: by their beginnings, their ends, and for SVG by what stands in them.

No picture is decoded. What is found is what authors get wrong: a web page saved under the name of a picture, a download
that broke off, a photograph renamed by hand, a drawing with a script in it.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from itnews.emit.media import media_type
from itnews.late import late

if TYPE_CHECKING:
    from itnews.emit import drawing
else:
    drawing = late("itnews.emit.drawing")

_JPEG_END, _JPEG_SCAN = b"\xff\xd9", 0xDA


class PictureFault(Struct, frozen=True):
    """What is wrong with a file as an image: *code*, and the *message* and *hint* that say so.

    With *code* `image-misnamed` it is shown all the same. With `image-active` it may not even be linked to.
    """

    code: str
    message: str
    hint: str


def picture_fault(name: str, payload: bytes) -> PictureFault | None:
    """What is wrong with the file *name* as an image; None if nothing is, or if it is a film or a sound."""
    meant = media_type(name)
    if meant.startswith(("audio/", "video/")) or meant == "text/vtt":
        return None
    found = _format(payload)
    if drawing.SVG in (found, meant):
        return _drawing_fault(name, payload, meant)
    if not found:
        what = "This file is empty." if not payload else f"'{_base(name)}' is no picture."
        return _invalid(
            what, "save the picture itself under this name: PNG, JPEG, GIF, WebP, AVIF or SVG"
        )
    if not _WHOLE[found](payload):
        return _invalid(f"The picture '{_base(name)}' breaks off.", "copy the whole file once more")
    if meant != found:
        message = f"'{_base(name)}' is a picture of the type {found}."
        return PictureFault("image-misnamed", message, f"rename it to end in {_ENDINGS[found]}")
    return None


def _drawing_fault(name: str, payload: bytes, meant: str) -> PictureFault | None:
    wrong, active = drawing.read(payload)
    if wrong:
        return _invalid(
            f"'{_base(name)}' is no SVG: {wrong}.", "export the drawing once more, as SVG"
        )
    if active:
        message = f"The drawing '{_base(name)}' holds {active}, which would run with the rights of the site."
        return PictureFault("image-active", message, "export it without scripts, or as a PNG")
    if meant != drawing.SVG:
        return _invalid(f"'{_base(name)}' is an SVG.", "rename it to end in .svg")
    return None


def _invalid(message: str, hint: str) -> PictureFault:
    return PictureFault("image-invalid", message, hint)


def _base(name: str) -> str:
    return PurePosixPath(name).name


def _format(payload: bytes) -> str:
    """The media type that the bytes begin like, empty if like that of no picture."""
    if payload[:4] == b"RIFF" and payload[8:12] == b"WEBP":
        return "image/webp"
    if payload[4:8] == b"ftyp" and payload[8:12] in (b"avif", b"avis", b"mif1"):
        return "image/avif"
    for beginning, found in _BEGINNINGS.items():
        if payload.startswith(beginning):
            return found
    return drawing.SVG if drawing.is_one(payload) else ""


_BEGINNINGS: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"BM": "image/bmp",
    b"\0\0\1\0": "image/x-icon",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}


def _whole_png(payload: bytes) -> bool:
    place = 8
    while place + 12 <= len(payload):
        if payload[place + 4 : place + 8] == b"IEND":
            return True
        place += 12 + int.from_bytes(payload[place : place + 4], "big")
    return False


def _whole_jpeg(payload: bytes) -> bool:
    """Whether the first scan ends: a picture in the picture, as cameras put it in front, does not count."""
    place = 2
    while place + 4 <= len(payload) and payload[place] == 0xFF:
        marker = payload[place + 1]
        if marker == _JPEG_SCAN:
            return payload.find(_JPEG_END, place) != -1
        place += 1 if marker == 0xFF else 2 + int.from_bytes(payload[place + 2 : place + 4], "big")
    return False


def _whole_gif(payload: bytes) -> bool:
    return payload.rstrip(b"\0").endswith(b";")


def _whole_webp(payload: bytes) -> bool:
    return 8 + int.from_bytes(payload[4:8], "little") <= len(payload) > 20


def _whole_bmp(payload: bytes) -> bool:
    return max(26, int.from_bytes(payload[2:6], "little")) <= len(payload)


def _whole_icon(payload: bytes) -> bool:
    entries = range(6, 6 + 16 * int.from_bytes(payload[4:6], "little"), 16)
    ends = [
        int.from_bytes(payload[entry + 8 : entry + 12], "little")
        + int.from_bytes(payload[entry + 12 : entry + 16], "little")
        for entry in entries
    ]
    return bool(ends) and max(entries.stop, *ends) <= len(payload)


def _whole_avif(payload: bytes) -> bool:
    place, names = 0, set[bytes]()
    while place + 8 <= len(payload):
        size = int.from_bytes(payload[place : place + 4], "big")
        names.add(payload[place + 4 : place + 8])
        if size == 1:  # a long one: its size stands behind its name
            size = int.from_bytes(payload[place + 8 : place + 16], "big")
        place += size if size >= 8 else len(payload)
    return place <= len(payload) + 7 and b"mdat" in names


def _whole_tiff(payload: bytes) -> bool:
    order: Literal["little", "big"] = "little" if payload[:2] == b"II" else "big"
    return int.from_bytes(payload[4:8], order) < len(payload)


_WHOLE: Mapping[str, Callable[[bytes], bool]] = {
    "image/avif": _whole_avif,
    "image/bmp": _whole_bmp,
    "image/gif": _whole_gif,
    "image/jpeg": _whole_jpeg,
    "image/png": _whole_png,
    "image/tiff": _whole_tiff,
    "image/webp": _whole_webp,
    "image/x-icon": _whole_icon,
}

_ENDINGS: Mapping[str, str] = {
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tiff",
    "image/webp": ".webp",
    "image/x-icon": ".ico",
}
