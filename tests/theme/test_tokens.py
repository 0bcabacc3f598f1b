"""The generated colours of a theme."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.theme.colour import contrast, from_hex, parse_hex, to_hex
from itnews.theme.tokens import INK, PAPER, tokens

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def palettes(sheet: bytes) -> list[dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", sheet.decode("ascii"), re.DOTALL)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks]


@settings(max_examples=50, deadline=None)
@given(COLOURS)
def test_every_accent_is_readable_on_paper_and_on_ink(accent: str) -> None:
    light, dark = palettes(tokens(accent)[0])
    for colours, background in ((light, PAPER), (dark, INK)):
        assert colours["paper"] == background
        assert contrast(colours["accent"], background) >= 4.5
        assert contrast(colours["accent"], colours["accent-tint"]) >= 4.5
        assert contrast(colours["accent-strong"], background) >= 7
        assert contrast(colours["accent-line"], background) >= 3
        assert contrast(colours["on-accent"], colours["accent-fill"]) >= 4.5
        assert contrast(colours["ink"], colours["accent-tint"]) >= 7


@settings(max_examples=50, deadline=None)
@given(COLOURS)
def test_a_colour_survives_the_way_through_oklch(colour: str) -> None:
    there_and_back = to_hex(from_hex(colour))
    for at in (1, 3, 5):
        assert abs(int(colour[at : at + 2], 16) - int(there_and_back[at : at + 2], 16)) <= 1


def test_a_dark_accent_is_used_as_it_is_on_paper() -> None:
    sheet, problems = tokens("#1D4F91")
    assert palettes(sheet)[0]["accent"] == "#1d4f91"
    assert problems == ()


def test_a_yellow_accent_is_darkened_and_the_warning_names_the_colour_taken() -> None:
    sheet, (problem,) = tokens("#fc0")
    taken = palettes(sheet)[0]["accent"]
    assert (problem.code, problem.level) == ("accent-contrast", "warning")
    assert taken in problem.hint
    assert tokens(taken)[1] == ()


def test_no_accent_is_the_default_one() -> None:
    assert tokens("")[1] == ()
    assert len(palettes(tokens("")[0])) == 2


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_what_is_no_colour_is_refused() -> None:
    for text in ("", "blue", "#12", "#12345g", "rgb(1,2,3)"):
        with pytest.raises(ValueError, match="no colour"):
            parse_hex(text)
