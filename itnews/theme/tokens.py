"""The generated style sheet `tokens.css`: the site's accent and its tints, for paper and for ink."""

from collections.abc import Mapping

from msgspec.structs import replace

from itnews.paths import source_path
from itnews.problems import Problem, Span, warning
from itnews.theme.colour import Oklch, contrast, from_hex, parse_hex, readable, to_hex

DEFAULT_ACCENT = "#1d4f91"
PAPER = "#fbfaf7"
INK = "#14171f"
TEXT_RATIO = 4.5  # WCAG 2.2, 1.4.3
STRONG_RATIO = 7.0  # WCAG 2.2, 1.4.6
LINE_RATIO = 3.0  # WCAG 2.2, 1.4.11
TINT_RATIO = 1.12  # against the background: a wash that is seen, not a colour
_TINT_CHROMA = 0.04
_STEPS = 40


def tokens(accent: str) -> tuple[bytes, tuple[Problem, ...]]:
    """`tokens.css` for the setting `theme.accent` (empty: the default), and a warning if it cannot be used as it is.

    Every colour keeps the contrast that docs/themes.md promises, whatever the accent: it is moved in lightness only.
    Raises ValueError for what is no colour in hexadecimal digits; the settings refuse that before.
    """
    chosen = parse_hex(accent or DEFAULT_ACCENT)
    light = _palette(chosen, background=PAPER, text=INK)
    dark = _palette(chosen, background=INK, text=PAPER)
    sheet = (
        "@layer tokens {\n"
        f":root {_block(light)}"
        f"@media screen and (prefers-color-scheme: dark) {{\n:root {_block(dark)}}}\n"
        "}\n"
    )
    return sheet.encode("ascii"), _judged(chosen, light["accent"])


def _palette(chosen: str, *, background: str, text: str) -> Mapping[str, str]:
    colour = from_hex(chosen)
    tint = _tint(colour, background=background, text=text)
    # Text in the accent stands on the tint as often as on the page, and the tint is the harder of the two.
    accent = readable(colour, tint, TEXT_RATIO)
    return {
        "paper": background,
        "ink": text,
        "accent": accent,
        "accent-strong": readable(colour, background, STRONG_RATIO),
        "accent-line": readable(colour, background, LINE_RATIO),
        "accent-tint": tint,
        "accent-fill": accent,
        "on-accent": background,
    }


def _tint(colour: Oklch, *, background: str, text: str) -> str:
    """The background, washed with the hue of *colour* on the way to *text*."""
    ground = from_hex(background).lightness
    step = (from_hex(text).lightness - ground) / (5 * _STEPS)
    chroma = min(colour.chroma, _TINT_CHROMA)
    washes = (
        to_hex(replace(colour, lightness=ground + number * step, chroma=chroma))
        for number in range(_STEPS, 0, -1)
    )
    return next((wash for wash in washes if contrast(wash, background) <= TINT_RATIO), background)


def _block(palette: Mapping[str, str]) -> str:
    lines = "".join(f"--{name}: {colour};\n" for name, colour in palette.items())
    return f"{{\n{lines}}}\n"


def _judged(chosen: str, taken: str) -> tuple[Problem, ...]:
    ratio = contrast(chosen, PAPER)
    if ratio >= TEXT_RATIO:
        return ()
    message = f"The accent {chosen} is hard to read on paper: its contrast is {ratio:.1f}, and 4.5 is needed."
    hint = f"{taken} was taken instead; set theme.accent to it, or to another dark colour"
    return (warning("accent-contrast", Span(source_path("itnews.yaml")), message, hint=hint),)
