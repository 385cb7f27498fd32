"""Comment workbooks of the sector, in the variants that schools pass around."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.excel.parse import parse_file
from app.excel.parsed import FileKind
from app.records.types import Level, Period, TraitLevel
from tests.excel.people import YEAR
from tests.excel.workbooks import Rows, xlsx

HEAD = ["STT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Mức đạt được", "Điểm KTĐK", "Mã nhận xét"]
HEAD += ["Nội dung nhận xét", "Thời điểm đánh giá"]


def row(number: int, *cells: object, name: str = "Thạch Ngọc Hân") -> list[object]:
    return [number, f"94000000{number:02d}", name, "25/09/2014", *cells]


def test_sheets_named_after_subjects(tmp_path: Path) -> None:
    sheets: list[tuple[str, Rows]] = [
        ("Toán", [HEAD, row(1, "T", 9, "T01", "Tính nhanh.", "Cuối kì 2")]),
        ("Tiếng việt", [HEAD, row(1, "H", 7, None, "Đọc tốt.\r\nViết cần cẩn thận.", "Cuối kì 2")]),
        ("TH-CN (Tin học)", [HEAD, row(1, "T", 8, None, None, "Cuối kì 2")]),
        ("TH-CN (Công nghệ)", [HEAD, row(1, "T", 10, None, "Khéo tay.", "Cuối kì 2")]),
    ]
    parsed = parse_file(xlsx(tmp_path / "nx.xlsx", *sheets), year=YEAR, class_name="4A")
    assert (parsed.kind, parsed.period, parsed.rows_read) == (FileKind.CSDL_COMMENTS, Period.CN, 1)
    one = parsed.results[0]
    assert one.class_name == "4A"
    assert one.subjects["TOAN"].comment == "Tính nhanh."
    assert one.subjects["TV"].comment == "Đọc tốt.\nViết cần cẩn thận."
    assert (one.subjects["TIN"].score, one.subjects["TIN"].comment) == (8, "")
    assert one.subjects["CN"].level is Level.T
    assert one.cells["TOAN.comment"] == "H2"
    assert one.cells["CN.comment"] == "TH-CN (Công nghệ)!H2"


def test_qualities_and_competencies_with_codes_beside_the_texts(tmp_path: Path) -> None:
    head = ["STT", "Lớp", "Mã định danh", "Họ và tên", "Ngày sinh", "Tự chủ và tự học", "Tin học", "Yêu nước"]
    head += ["Mã nhận xét NL chung", "Nhận xét NL chung", "Mã nhận xét NL đặc thù", "Nhận xét NL đặc thù"]
    head += ["Nhận xét phẩm chất", "Thời điểm đánh giá"]
    cells = [
        1,
        "4A",
        "9400000001",
        "Thạch Ngọc Hân",
        "25/09/2014",
        "T",
        "D",
        "Đạt",
        "N1",
        "Tự học tốt.",
        "N2",
    ]
    cells += ["Đọc trôi chảy.", "Lễ phép.", "Giữa kì 2"]
    parsed = parse_file(xlsx(tmp_path / "nl.xlsx", ("NL-PC", [head, cells])), year=YEAR)
    one = parsed.results[0]
    assert (parsed.kind, parsed.period, one.code) == (FileKind.CSDL_COMMENTS, Period.GK2, "9400000001")
    assert one.group_comments == {"NLC": "Tự học tốt.", "NLDT": "Đọc trôi chảy.", "PC": "Lễ phép."}
    assert {code: result.level for code, result in one.traits.items()} == {
        "TCTH": TraitLevel.T,
        "NL_TIN": TraitLevel.D,
        "YN": TraitLevel.D,
    }
    assert one.subjects == {}


def test_a_number_of_twelve_digits_is_the_personal_one(tmp_path: Path) -> None:
    head = ["STT", "Lớp", "Mã định danh", "Họ và tên", "Ngày sinh", "Nhận xét phẩm chất"]
    cells = [1, "4A", "094214000001", "Thạch Ngọc Hân", "25/09/2014", "Lễ phép."]
    one = parse_file(xlsx(tmp_path / "nl.xlsx", ("NL-PC", [head, cells])), year=YEAR).results[0]
    assert (one.code, one.personal_id) == ("", "094214000001")


def test_the_column_of_periods_refuses_a_wrong_file(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "nx.xlsx", ("Toán", [HEAD, row(1, "T", 9, None, "Tốt.", "Cuối kì 1")]))
    with pytest.raises(UserError) as caught:
        parse_file(path, year=YEAR, period=Period.CN)
    assert (caught.value.code, caught.value.facts["place"]) == ("excel.wrong_period", "ô I2, trang Toán")


def test_rows_of_another_period_are_left_out(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        row(1, "T", 9, None, "Tốt.", "Cuối kì 2"),
        row(2, "H", 6, None, "Khá.", "Cuối kì 1", name="Lý An"),
    ]
    parsed = parse_file(xlsx(tmp_path / "nx.xlsx", ("Toán", rows)), year=YEAR, period=Period.CN)
    assert [one.name for one in parsed.results] == ["Thạch Ngọc Hân"]
    assert [(finding.cell, finding.code) for finding in parsed.findings] == [("I3", "excel.row_period")]
    assert parsed.rows_read == 2


def test_two_sheets_that_disagree(tmp_path: Path) -> None:
    sheets: list[tuple[str, Rows]] = [
        ("Toán", [HEAD, row(1, "T", 9, None, "Tốt.", "Cuối kì 2")]),
        ("Toán học", [HEAD, row(1, "T", 8, None, "Tốt.", "Cuối kì 2")]),
    ]
    parsed = parse_file(xlsx(tmp_path / "nx.xlsx", *sheets), year=YEAR)
    assert [(finding.cell, finding.code) for finding in parsed.findings] == [("F2", "excel.conflict")]
    assert parsed.results[0].subjects["TOAN"].score == 9
