"""TCVN3 and VNI: decoding, recognising, and the case of names; in files with and without fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font

from app.excel.legacy_text import (
    _TCVN3,
    Encoding,
    decode,
    decode_tcvn3,
    decode_vni,
    draws_capitals,
    font_encoding,
    is_unicode,
    restore_name_case,
    signature,
)
from app.excel.parse import parse_file
from app.excel.values import read_trait_level
from app.records.types import TraitLevel
from tests.excel.people import YEAR
from tests.excel.workbooks import xls, xlsx

TO_TCVN3 = {letter: chr(point) for point, letter in _TCVN3.items()}
NAMES = ("Nguyễn Thị Ánh", "Thạch Văn Bảo", "Đỗ Gia Hân", "Lê Minh Trí", "Trần Ngọc Ý", "Sơn Thị Út")


def tcvn3(text: str) -> str:
    """As typed in a .VnTime font: capitals with tones do not exist."""
    return "".join(TO_TCVN3.get(char, TO_TCVN3.get(char.lower(), char)) for char in text)


def vni(text: str) -> str:
    """As typed in a VNI font: each letter that decodes to `char` from two."""
    pairs = {}
    for base in "aAeEoOuUyYôÔöÖ":
        for mark in map(chr, range(0xC0, 0x100)):
            decoded = decode_vni(base + mark)
            if len(decoded) == 1:
                pairs[decoded] = base + mark
    singles = {decode_vni(char): char for char in map(chr, range(0xC0, 0x100)) if decode_vni(char) != char}
    return "".join(pairs.get(char, singles.get(char, char)) for char in text)


def test_the_known_vni_sentence() -> None:
    assert decode_vni("Giaùo aùn Toaùn hoïc lôùp 6") == "Giáo án Toán học lớp 6"


@pytest.mark.parametrize("name", NAMES)
def test_vni_keeps_capitals(name: str) -> None:
    assert decode_vni(vni(name)) == name
    assert decode_vni(vni(name.upper())) == name.upper()


@pytest.mark.parametrize("name", NAMES)
def test_tcvn3_names_get_their_case_back(name: str) -> None:
    decoded = decode_tcvn3(tcvn3(name))
    assert restore_name_case(decoded) == name
    assert restore_name_case(decode_tcvn3(tcvn3(name.upper()))) == name.upper()


@given(
    st.text(
        alphabet="abcdeghiklmnopqrstuvxyàảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ "
    )
)
def test_every_small_letter_survives_tcvn3_and_vni(text: str) -> None:
    assert decode_tcvn3(tcvn3(text)) == text
    if not any(pair in text for pair in ("aê", "oâ", "eâ", "aâ")):
        assert decode_vni(vni(text)) == text


@pytest.mark.parametrize(
    "text", ["Trần Thị Hồng", "Toán", "Hoàng", "hoà", "Ngo\u0302\u0301c", "René", "An", "25°C", "Müller"]
)
def test_unicode_is_left_alone(text: str) -> None:
    assert signature(text) is None


@pytest.mark.parametrize("encoding", list(Encoding))
def test_never_decoded_twice(encoding: Encoding) -> None:
    for name in filter(is_unicode, NAMES):
        assert decode(name, encoding) == name


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", Encoding.TCVN3, False),
        (".VnTimeH", Encoding.TCVN3, True),
        (".vnArialH", Encoding.TCVN3, True),
        ("VNI-Times", Encoding.VNI, False),
        ("Times New Roman", None, False),
    ],
)
def test_fonts(font: str, encoding: Encoding | None, capitals: bool) -> None:
    assert font_encoding(font) is encoding
    assert draws_capitals(font) is capitals


def sheet(encode: object) -> list[list[object]]:
    assert callable(encode)
    rows: list[list[object]] = [
        ["STT", "Mã lớp", "Mã học sinh", "Họ tên", "Giới tính"],
        *([number, "1A", f"94000000{number:02d}", encode(name), "Nam"] for number, name in enumerate(NAMES)),
    ]
    return rows


@pytest.mark.parametrize("encode", [tcvn3, vni])
@pytest.mark.parametrize("maker", [xlsx, xls])
def test_a_list_in_an_old_encoding_without_fonts(tmp_path: Path, encode: object, maker: object) -> None:
    make = xlsx if maker is xlsx else xls
    parsed = parse_file(make(tmp_path / "cu.dat", ("Sheet1", sheet(encode))), year=YEAR)
    assert tuple(row.fields["name"] for row in parsed.pupils) == NAMES
    assert [finding.code for finding in parsed.findings] == ["excel.legacy_text"]


def test_headers_in_the_old_encoding_too(tmp_path: Path) -> None:
    rows = [[tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet(str)]
    parsed = parse_file(xls(tmp_path / "cu.xls", ("Sheet1", rows)), year=YEAR)
    assert tuple(row.fields["name"] for row in parsed.pupils) == NAMES


def test_the_font_decides_where_it_is_known(tmp_path: Path) -> None:
    """One name with no telling character, and one in a font of capitals."""
    rows = sheet(str)
    rows[1][3], rows[2][3] = "NguyÔn ThÞ Hång", "trÇn v¨n an"
    path = xlsx(tmp_path / "cu.xlsx", ("Sheet1", rows[:4]))
    book = load_workbook(path)
    book["Sheet1"]["D2"].font = Font(name=".VnTime")
    book["Sheet1"]["D3"].font = Font(name=".VnTimeH")
    book.save(path)
    names = [row.fields["name"] for row in parse_file(path, year=YEAR).pupils]
    assert names == ["Nguyễn Thị Hồng", "TRẦN VĂN AN", "Đỗ Gia Hân"]


def test_ticks_and_single_letters_in_an_old_encoding(tmp_path: Path) -> None:
    """A Wingdings tick is no letter; a lone § is the level Đ; a tick beside legacy names stays a tick."""
    head = ["STT", "Mã lớp", "Mã học sinh", "Họ tên", "Yêu nước", "Nhân ái", "Lên lớp"]
    rows = [tcvn3(text) for text in head]
    cells = [[1, "1A", f"94000000{n:02d}", tcvn3(name), "\u00a7", "T", "ü"] for n, name in enumerate(NAMES)]
    parsed = parse_file(xls(tmp_path / "cu.xls", ("Sheet1", [rows, *cells])), year=YEAR)
    assert [row.name for row in parsed.results] == list(NAMES)
    assert {row.traits["YN"].level for row in parsed.results} == {TraitLevel.D}
    assert all(row.year["promoted"] for row in parsed.results)
    assert read_trait_level("\u00a7") is TraitLevel.D
