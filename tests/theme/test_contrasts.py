"""The colours of the themes in the repository, as their style sheets say them: readable on paper and in the dark."""

import re
from collections.abc import Iterator, Mapping
from math import atan2, cos, hypot, sin
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from itnews.theme.colour import Oklch, contrast, from_hex, to_hex
from itnews.theme.tokens import tokens

THEMES = Path(__file__).resolve().parents[2] / "themes"
SHEETS = {
    "newsroom": ("newsroom/assets/newsroom.css",),
    "harbour": ("newsroom/assets/newsroom.css", "harbour/assets/harbour.css"),
}
ACCENT = "#0f5b6e"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")

TEXT = 4.5  # WCAG 2.2, 1.4.3
MARK = 3.0  # WCAG 2.2, 1.4.11
STATUS = ("on-track", "at-risk", "off-track", "complete", "quiet")
PAIRS = {
    "newsroom": (
        *((text, ground, TEXT) for text in ("ink", "soft") for ground in ("paper", "well", "wash")),
        *(
            (f"accent{more}", ground, TEXT)
            for more in ("", "-strong")
            for ground in ("paper", "wash")
        ),
        *((mark, "paper", MARK) for mark in (*STATUS, "rule-ink", "accent-line")),
        # The tones of code, and names of files above it.
        *((tone, "well", TEXT) for tone in ("accent-strong", *STATUS) if tone != "at-risk"),
        ("on-accent", "accent-fill", TEXT),
    ),
}
PAIRS["harbour"] = (
    *PAIRS["newsroom"],
    *((mark, "well", MARK) for mark in (*STATUS, "rule-ink")),
    ("accent", "well", TEXT),
    ("on-band", "band", TEXT),
    ("on-band-soft", "band", TEXT),
    ("on-band", "band-hover", TEXT),
    ("paper", "band", 1.2),  # the scale below the band is an ornament; it only has to be seen
)

_UP_TO_A_BRACE = re.compile(r"([^{}]*)([{}])")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PROPERTY = re.compile(r"--([\w-]+):\s*([^;]+);")
_MIX = re.compile(r"color-mix\(in oklab, (\S+) (\d+)%, (\S+)\)")


def properties(sheet: str, *, dark: bool, more: bool = False) -> dict[str, str]:
    """The custom properties of `:root` in *sheet*, for a reader who prefers *dark* or *more* contrast."""
    found: dict[str, str] = {}
    for conditions, block in rules(sheet):
        wanted = {"dark": dark, "more": more, "60rem": False}
        if all(holds for word, holds in wanted.items() if word in conditions):
            found |= dict(_PROPERTY.findall(block))
    return found


def rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Each block of `:root` with the heads of the blocks around it, such as `@media screen`."""
    around: list[str] = []
    for text, brace in _UP_TO_A_BRACE.findall(_COMMENT.sub("", sheet)):
        if brace == "{":
            around.append(text.rpartition(";")[2].strip())
        elif around.pop() == ":root":
            yield " ".join(around), text


def palette(theme: str, *, dark: bool, accent: str = ACCENT, more: bool = False) -> dict[str, str]:
    """The colours of *theme* by the names of their tokens, as a browser computes them."""
    sheets = [tokens(accent)[0].decode("ascii")]
    sheets += [(THEMES / name).read_text(encoding="utf-8") for name in SHEETS[theme]]
    said: dict[str, str] = {}
    for sheet in sheets:
        said |= properties(sheet, dark=dark, more=more)
    return {name: colour for name in said if (colour := computed(said[name], said))}


def computed(value: str, said: Mapping[str, str]) -> str:
    """The colour that *value* comes to; empty if it is none."""
    if named := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return computed(said[named[1]], said)
    if mixed := _MIX.fullmatch(value):
        return mix(computed(mixed[1], said), computed(mixed[3], said), int(mixed[2]) / 100)
    return value if re.fullmatch("#[0-9a-f]{6}", value) else ""


def mix(one: str, other: str, share: float) -> str:
    first, second = from_hex(one), from_hex(other)
    rest = 1 - share
    across = share * first.chroma * cos(first.hue) + rest * second.chroma * cos(second.hue)
    along = share * first.chroma * sin(first.hue) + rest * second.chroma * sin(second.hue)
    lightness = share * first.lightness + rest * second.lightness
    return to_hex(Oklch(lightness, hypot(across, along), atan2(along, across)))


def faint(theme: str, **reader: bool | str) -> list[str]:
    """The pairs of *theme* whose contrast is too low."""
    colours = palette(theme, **reader)  # type: ignore[arg-type]  # dark, accent, more
    ratios = ((pair, contrast(colours[pair[0]], colours[pair[1]])) for pair in PAIRS[theme])
    return [
        f"{text} on {ground}: {ratio:.2f}, needed {least}"
        for (text, ground, least), ratio in ratios
        if ratio < least
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("theme", SHEETS)
def test_a_theme_is_readable_with_the_accent_of_the_demonstration(theme: str, dark: bool) -> None:
    assert faint(theme, dark=dark) == []


@pytest.mark.parametrize("theme", SHEETS)
@settings(max_examples=60, deadline=None)
@given(accent=COLOURS, dark=st.booleans())
@example(accent="#ffff00", dark=False)
@example(accent="#000000", dark=True)
def test_a_theme_is_readable_with_any_accent(theme: str, accent: str, dark: bool) -> None:
    assert faint(theme, accent=accent, dark=dark) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("theme", SHEETS)
def test_who_asks_for_more_contrast_gets_the_full_one(theme: str, dark: bool) -> None:
    colours = palette(theme, dark=dark, more=True)
    assert colours["soft"] == colours["rule"] == colours["rule-ink"] == colours["ink"]


def test_harbour_is_another_theme_and_not_newsroom_again() -> None:
    for dark in (False, True):
        one, other = palette("newsroom", dark=dark), palette("harbour", dark=dark)
        assert {"paper", "ink", "well", "soft", "rule"} <= {
            name for name in one if one[name] != other[name]
        }


def test_harbour_copies_no_rule_of_newsroom() -> None:
    lines = [
        {line.strip() for line in (THEMES / name).read_text(encoding="utf-8").splitlines()}
        for name in SHEETS["harbour"]
    ]
    shared = {line for line in lines[0] & lines[1] if line.startswith(".")}
    assert shared == set()
