"""Small pictures, byte by byte: as browsers show them, and as little of each as makes it one."""

import zlib


def _chunk(name: bytes, payload: bytes) -> bytes:
    check = zlib.crc32(name + payload).to_bytes(4, "big")
    return len(payload).to_bytes(4, "big") + name + payload + check


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0")
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    b"\xff\xe1\0\x06\xff\xd8\xff\xd9"  # a picture in the picture ends here
    b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\x34\xff\xd9"
)
GIF = b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
AVIF = b"\0\0\0\x14ftypavif\0\0\0\0avif" + b"\0\0\0\x0cmdat1234"
BMP = b"BM\x1e\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0\0\0\0\0"
ICON = b"\0\0\x01\0\x01\0\x01\x01\0\0\x01\0\x20\0\x04\0\0\0\x16\0\0\0abcd"
SVG = b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>'

WHOLE = {
    "a.png": PNG,
    "a.jpg": JPEG,
    "a.jpeg": JPEG,
    "a.gif": GIF,
    "a.webp": WEBP,
    "a.avif": AVIF,
    "a.bmp": BMP,
    "a.ico": ICON,
    "a.svg": SVG,
}
