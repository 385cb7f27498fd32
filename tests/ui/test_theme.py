"""The tokens: letters, contrast, one template, sizes that grow."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from app.paths import resource
from app.ui.theme import FONT_FILES, HIGH_CONTRAST, LIGHT, Colours, Type, load_fonts, make_theme

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def accented_letters() -> set[str]:
    """The 134 letters of Vietnamese that are not plain ASCII."""
    lower = {unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)} | {"đ"}
    return {letter for letter in lower | {letter.upper() for letter in lower} if not letter.isascii()}


def test_there_are_134_accented_letters() -> None:
    assert len(accented_letters()) == 134


@pytest.mark.parametrize("name", FONT_FILES)
def test_every_letter_has_a_glyph(qapp: QApplication, name: str) -> None:
    font = QRawFont(str(resource("fonts", name)), 14)
    assert font.isValid()
    missing = [letter for letter in sorted(accented_letters()) if not font.glyphIndexesForString(letter)[0]]
    assert missing == []


def test_the_shipped_fonts_are_inter(qapp: QApplication) -> None:
    assert load_fonts()[0] == "Inter"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, HIGH_CONTRAST], ids=["light", "high contrast"])
def test_text_has_contrast(colours: Colours) -> None:
    pairs = [
        *((ink, ground) for ink in ("text", "text2", "hint") for ground in ("win", "surface", "subtle")),
        ("ok", "ok_bg"),
        ("warn", "warn_bg"),
        ("err", "err_bg"),
        ("neu", "neu_bg"),
        ("on_primary", "primary"),
        ("on_sel", "sel"),
        ("primary", "tint"),
        ("sign", "tint"),
    ]
    weak = {
        pair: round(value, 2)
        for pair in pairs
        if (value := contrast(getattr(colours, pair[0]), getattr(colours, pair[1]))) < 4.5
    }
    assert weak == {}
    assert contrast(colours.strong, colours.surface) >= 3


def test_the_style_sheet_has_no_gap(qapp: QApplication) -> None:
    filled = make_theme().stylesheet()
    assert "$" not in filled
    assert LIGHT.primary in filled


def test_sizes_are_those_of_the_language_and_grow(qapp: QApplication) -> None:
    load_fonts()
    usual, large = make_theme(), make_theme(scale=1.5)
    heights = usual.heights
    assert (heights.grid_row, heights.button, heights.top_bar, heights.strip) == (24, 32, 44, 28)
    assert (heights.nav, heights.person, heights.head, heights.row) == (36, 44, 26, 30)
    assert large.heights.grid_row > heights.grid_row
    assert large.font(Type.BODY).pointSizeF() == pytest.approx(15.75)
