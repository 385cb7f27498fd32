"""Fonts: every Vietnamese letter is there, is drawn, and can be read back."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from pathlib import Path
from string import ascii_letters, digits, punctuation

import pytest
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.transcript import form
from app.transcript.book import Book
from app.transcript.fonts import CODES, VIETNAMESE, Face, clean, common_characters, font, runs
from app.transcript.pdfa import Properties, assemble
from app.transcript.pen import ExtraGlyphs
from tests.transcript.samples import ALL_LETTERS

SIGNS = "“”‘’–—…«»·°×÷½²³•≤≥₫§→−"


def test_the_134_letters() -> None:
    assert len(set(ALL_LETTERS)) == 134
    assert set(VIETNAMESE) == set(ALL_LETTERS)


@pytest.mark.parametrize("face", list(Face))
def test_every_common_character_has_a_glyph(face: Face) -> None:
    assert [character for character in CODES if not font(face).has(character)] == []


@pytest.mark.parametrize("face", list(Face))
def test_every_letter_and_sign_has_a_glyph_of_its_own(face: Face) -> None:
    glyphs = font(face).ttf.charToGlyph
    drawn = [glyphs[ord(character)] for character in ALL_LETTERS + SIGNS]
    assert 0 not in drawn
    assert len(set(drawn)) == len(ALL_LETTERS + SIGNS)


@pytest.mark.parametrize(
    ("face", "times"),
    [(Face.REGULAR, "Times-Roman"), (Face.BOLD, "Times-Bold"), (Face.ITALIC, "Times-Italic")],
)
def test_widths_are_those_of_times(face: Face, times: str) -> None:
    """Every ASCII character, quote and dash as wide as in Adobe's Times; an accent changes no width."""
    for character in ascii_letters + digits + punctuation + "“”‘’–—…«»":
        expected = stringWidth(character, times, 1000)
        assert font(face).width(character, 1000) == pytest.approx(expected, abs=1), character
    for letter in ALL_LETTERS.replace("đ", "").replace("Đ", ""):
        plain = unicodedata.normalize("NFD", letter)
        if "\u031b" not in plain and plain[0] not in "iI":
            assert font(face).width(letter, 1000) == font(face).width(plain[0], 1000), letter


def test_codes_are_distinct_and_avoid_line_ends() -> None:
    assert len(set(CODES.values())) == len(CODES)
    assert not {0, 10, 13} & set(CODES.values())
    assert common_characters()[CODES["ặ"]] == "ặ"


@pytest.mark.parametrize("face", list(Face))
def test_encoding_gives_the_codes(face: Face) -> None:
    assert font(face).encode("Aặ") == bytes([65, CODES["ặ"]])


def test_clean_composes_and_drops_what_has_no_width() -> None:
    assert clean("Nguye\u0302\u0303n\u200b Va\u0306n\tA\u00a0B") == "Nguyễn Văn A B"


def test_runs_mark_what_needs_another_subset() -> None:
    assert list(runs("Ếch", font(Face.REGULAR))) == [(True, "Ếch")]
    assert list(runs("aЖb", font(Face.REGULAR))) == [(True, "a"), (False, "Ж"), (True, "b")]
    assert list(runs("ក", font(Face.REGULAR))) == [(True, "□")]


DRAWN = ALL_LETTERS + SIGNS


def _sheet(face: Face, tmp_path: Path) -> Path:
    """A page with one letter or sign per cell of 20 points, fourteen in a row."""
    book = Book()
    pen = book.page((300.0, 300.0))
    for place, letter in enumerate(DRAWN):
        pen.text(4 + 20 * (place % 14), 17 + 20 * (place // 14), letter, 12, face)
    path = tmp_path / f"{face}.pdf"
    path.write_bytes(assemble(book, Properties("t", "", "", None, bytes(16))))
    return path


@pytest.mark.parametrize("face", list(Face))
def test_every_letter_and_sign_is_drawn_and_differs_from_all_others(face: Face, tmp_path: Path) -> None:
    path = _sheet(face, tmp_path)
    command = ["pdftoppm", "-r", "144", "-png", str(path)]
    png = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("L")
    seen: dict[bytes, str] = {}
    for place, letter in enumerate(DRAWN):
        x, y = 40 * (place % 14), 40 * (place // 14)
        cell = image.crop((x, y, x + 40, y + 40))
        assert min(cell.tobytes()) < (100 if letter in ALL_LETTERS else 200), letter
        assert seen.setdefault(cell.tobytes(), letter) == letter


def test_letters_are_read_back(tmp_path: Path) -> None:
    text = _text(_sheet(Face.REGULAR, tmp_path))
    assert set(ALL_LETTERS) <= set(text)


def test_uncommon_codes_avoid_line_ends() -> None:
    extra = ExtraGlyphs()
    rare = "".join(map(chr, range(0x0410, 0x0450)))
    codes = extra.encode(rare, Face.REGULAR)
    assert not {10, 13} & set(codes)
    assert "".join(extra.found[Face.REGULAR][code] for code in codes) == rare


def test_uncommon_characters_get_their_own_embedded_subset(tmp_path: Path) -> None:
    book = Book()
    pen = book.page(form.A4)
    rare = "".join(map(chr, range(0x0410, 0x0450)))
    pen.text(50, 50, f"Việt {rare} Nam {SIGNS}", 8)
    path = tmp_path / "rare.pdf"
    path.write_bytes(assemble(book, Properties("t", "", "", None, bytes(16))))
    assert f"Việt {rare} Nam {SIGNS}" in _text(path)
    fonts = subprocess.run(
        ["pdffonts", str(path)], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    assert "AAAAAB+LiberationSerif-Regular" in fonts


def _text(path: Path) -> str:
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
