"""Colours: OKLCH for making tints that look alike (B. Ottosson, 2020), WCAG 2.2 contrast for judging them."""

import re
from math import atan2, cos, hypot, sin

from msgspec import Struct
from msgspec.structs import replace

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 24  # halvings; a colour channel has 8 bits


class Oklch(Struct, frozen=True):
    """A colour by *lightness* 0 to 1, *chroma* from 0 (grey) to about 0.32, *hue* in radians."""

    lightness: float
    chroma: float
    hue: float


def parse_hex(text: str) -> str:
    """`#1D4` and `1d4` as `#11dd44`. Raises ValueError for what is no colour of three or six digits."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no colour such as #1d4ed8")
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def from_hex(colour: str) -> Oklch:
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, hypot(a, b), atan2(b, a))


def to_hex(colour: Oklch) -> str:
    """The colour of the screen (sRGB) nearest in chroma that has the same lightness and hue."""
    if _in_gamut(colour):
        return _hex(colour)
    inside, outside = 0.0, colour.chroma
    for _ in range(_STEPS):
        middle = (inside + outside) / 2
        if _in_gamut(replace(colour, chroma=middle)):
            inside = middle
        else:
            outside = middle
    return _hex(replace(colour, chroma=inside))


def readable(colour: Oklch, background: str, ratio: float) -> str:
    """*colour*, moved in lightness no further than it must be, for a contrast of *ratio* against *background*."""
    if contrast(to_hex(colour), background) >= ratio:
        return to_hex(colour)
    limit = 0.0 if _luminance(background) > 0.18 else 1.0
    enough, lacking = limit, colour.lightness
    for _ in range(_STEPS):
        middle = (enough + lacking) / 2
        if contrast(to_hex(replace(colour, lightness=middle)), background) >= ratio:
            enough = middle
        else:
            lacking = middle
    return to_hex(replace(colour, lightness=enough))


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_expanded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _expanded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _compressed(channel: float) -> float:
    if channel <= 0.0031308:
        return 12.92 * channel
    return float(1.055 * channel ** (1 / 2.4) - 0.055)


def _rgb(colour: Oklch) -> tuple[float, float, float]:
    a, b = colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _in_gamut(colour: Oklch) -> bool:
    return all(-1e-4 <= channel <= 1 + 1e-4 for channel in _rgb(colour))


def _hex(colour: Oklch) -> str:
    channels = (_compressed(min(max(channel, 0.0), 1.0)) for channel in _rgb(colour))
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
