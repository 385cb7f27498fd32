"""Pupil lists: the sector's list with its catalogues, the identity-check sheet, the other exports."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from app.excel.parse import parse_file
from app.excel.parsed import FileKind, ParsedFile
from app.messages import text
from app.records.types import Regime, Sex, Status
from tests.excel.people import YEAR
from tests.excel.workbooks import Rows, xls, xlsx

CATALOGUES = [
    ("DAN_TOC", [["Mã", "Tên"], ["01", "Kinh"], ["05", "Khơ-me"]]),
    ("TRANG_THAI", [["Mã", "Tên trạng thái"], ["01", "Đang học"]]),
]
HEAD = ["STT", "Mã\nlớp", "Mã  học\u00a0sinh", "Ho\u0323 tên", "Ngày sinh", "Giới tính", "Trạng thái HS"]
HEAD += ["Dân tộc", "Số định danh\ncá nhân"]


def child(name: object = "Sơn Thị Hân", **changed: object) -> list[object]:
    cells: dict[str, object] = {
        "stt": 1,
        "lop": "1A",
        "ma": "9400000001",
        "ten": name,
        "sinh": "25/03/2017",
        "gioi": "Nữ",
        "trangthai": "Đang học",
        "dantoc": "Khmer",
        "dinhdanh": "094317000001",
    }
    return list((cells | changed).values())


def parse(tmp_path: Path, rows: Rows, *, name: str = "hs.xls", class_name: str | None = None) -> ParsedFile:
    make = xls if name.endswith(".xls") else xlsx
    return parse_file(make(tmp_path / name, ("Sheet1", rows), *CATALOGUES), year=YEAR, class_name=class_name)


def codes(parsed: ParsedFile) -> list[str]:
    return [finding.code for finding in parsed.findings]


@pytest.mark.parametrize("name", ["hs.xls", "hs.xlsx"])
@pytest.mark.parametrize("above", [0, 5, 13])
def test_the_header_may_stand_anywhere_near_the_top(tmp_path: Path, name: str, above: int) -> None:
    titles: list[list[object]] = [
        [None, "TRƯỜNG TIỂU HỌC"] if number % 2 else [None] for number in range(above)
    ]
    parsed = parse(tmp_path, [*titles, HEAD, child()], name=name)
    assert (parsed.kind, parsed.period, parsed.rows_read, parsed.findings) == (
        FileKind.CSDL_PUPILS,
        None,
        1,
        (),
    )
    assert parsed.pupils[0].class_name == "1A"
    assert dict(parsed.pupils[0].fields) == {
        "name": "Sơn Thị Hân",
        "code": "9400000001",
        "personal_id": "094317000001",
        "birth_date": date(2017, 3, 25),
        "sex": Sex.FEMALE,
        "grade": 1,
        "status": Status.STUDYING,
        "ethnicity": "Khmer",
    }


def test_everybody_is_read_whatever_the_status(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        child(trangthai="Chuyển đi kỳ 1"),
        child("Lý An", ma="9400000002", trangthai="Thôi học kì II"),
    ]
    parsed = parse(tmp_path, rows)
    assert [row.fields["status"] for row in parsed.pupils] == [Status.LEFT_1, Status.DROPPED_2]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"gioi": 1}, "excel.sex", "sex"),
        ({"trangthai": "Ở nhà"}, "excel.status", "status"),
        ({"sinh": "31/02/2017"}, "excel.date", "birth_date"),
        ({"dantoc": 5}, "excel.ethnicity", "ethnicity"),
    ],
)
def test_a_bad_value_is_dropped(tmp_path: Path, changed: dict[str, object], code: str, field: str) -> None:
    parsed = parse(tmp_path, [HEAD, child(**changed)])
    assert codes(parsed)[0] == code
    assert field not in parsed.pupils[0].fields
    assert parsed.pupils[0].fields["name"] == "Sơn Thị Hân"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ten": None}, "excel.no_name"),
        ({"ma": None, "dinhdanh": None}, "excel.no_code"),
        ({"lop": None}, "excel.no_class"),
        ({"lop": "Lá 1"}, "excel.no_class"),
    ],
)
def test_a_row_that_could_not_be_kept(tmp_path: Path, changed: dict[str, object], code: str) -> None:
    other = child("Lý An", ma="9400000002", dinhdanh="094317000002")
    parsed = parse(tmp_path, [HEAD, child(**changed), other])
    assert codes(parsed) == [code]
    assert (parsed.rows_read, len(parsed.pupils)) == (2, 1)


def test_the_same_code_twice(tmp_path: Path) -> None:
    parsed = parse(tmp_path, [HEAD, child(), child("Lý An")])
    assert codes(parsed) == ["excel.duplicate"]
    assert [row.fields["name"] for row in parsed.pupils] == ["Sơn Thị Hân"]


def test_a_personal_id_that_lost_its_zero_is_restored(tmp_path: Path) -> None:
    parsed = parse(tmp_path, [HEAD, child(dinhdanh=94317000001)])
    assert parsed.pupils[0].fields["personal_id"] == "094317000001"
    assert codes(parsed) == ["excel.code_restored"]


@pytest.mark.parametrize("number", ["94217000001", "094217000001", "0943170000", "ABC"])
def test_an_invalid_personal_id_is_kept_and_reported(tmp_path: Path, number: str) -> None:
    """094217… is a boy's number, and so is what 94217… would become."""
    parsed = parse(tmp_path, [HEAD, child(dinhdanh=number)])
    assert parsed.pupils[0].fields["personal_id"] == number
    assert codes(parsed) == ["excel.personal_id"]


def test_dates_that_excel_swapped(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        child(sinh="25/03/2017"),
        child("Lý An", ma="9400000002", dinhdanh=None, sinh=datetime(2017, 5, 9)),  # noqa: DTZ001
        child("Lý Ân", ma="9400000003", dinhdanh=None, sinh=42864),
    ]
    parsed = parse(tmp_path, rows)
    assert [row.fields["birth_date"] for row in parsed.pupils] == [
        date(2017, 3, 25),
        date(2017, 5, 9),
        date(2017, 5, 9),
    ]
    assert codes(parsed) == ["excel.date_order"] * 2


def test_names_are_cleaned(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        child("Ðặng  Thị\nÐào"),
        child("Nguye\u0302\u0303n Thi\u0323 Hoa", ma="9400000002", dinhdanh=None),
    ]
    names = [row.fields["name"] for row in parse(tmp_path, rows).pupils]
    assert names == ["Đặng Thị Đào", "Nguyễn Thị Hoa"]


def test_the_identity_check_sheet(tmp_path: Path) -> None:
    head = [
        "STT",
        "Mã lớp",
        "Mã định danh Bộ GD&ĐT",
        "Họ tên",
        "Ngày sinh",
        "Giới tính",
        "Dân tộc",
        "Quốc tịch",
    ]
    head += ["Tỉnh", "Huyện", "Xã", "Họ tên cha", "Năm sinh cha", "Họ tên mẹ", "Năm sinh mẹ", "Số ĐDCN"]
    row = [
        1,
        "2B",
        "9400000001",
        "Lý An",
        "01/02/2016",
        "Nam",
        "Hoa",
        "Việt Nam",
        "Sóc Trăng",
        "Mỹ Tú",
        "Thuận Hưng",
    ]
    row += ["Lý Cường", 1985, "Trần Thị Mai", 1988, "094216000001"]
    fields = parse(tmp_path, [["Danh sách đối soát"], head, row]).pupils[0].fields
    assert (fields["father"], fields["mother"], fields["nationality"]) == (
        "Lý Cường",
        "Trần Thị Mai",
        "Việt Nam",
    )
    assert fields["personal_id"] == "094216000001"
    assert "hometown" not in fields
    assert fields["birth_date"] == date(2016, 2, 1)


def test_the_other_export(tmp_path: Path) -> None:
    head = ["STT", "Họ tên", "Ngày sinh", "Giới tính", "Mã dân tộc", "Dân tộc", "Mã tỉnh HSĐ", "Tỉnh HSĐ"]
    head += [
        "Quận/huyện HSĐ",
        "Phường/Xã HSĐ",
        "Thôn/Xóm/Ấp HSĐ",
        "Mã định danh Bộ GD&ĐT",
        "Trạng thái HS",
        "Mã lớp",
    ]
    row = [1, "Lý An", "01/02/2016", "Nam", "04", "Hoa", "94", "Sóc Trăng", "Mỹ Tú", "Thuận Hưng", "Ấp 1"]
    row += ["9400000001", "Đang học", "2B"]
    parsed = parse(tmp_path, [head, row])
    assert parsed.pupils[0].class_name == "2B"
    assert parsed.pupils[0].fields["ethnicity"] == "Hoa"
    assert parsed.findings == ()


def test_two_header_rows_with_parents_and_places(tmp_path: Path) -> None:
    top = ["STT", "Mã lớp", "Mã học sinh", "Họ và tên", None, "Ngày sinh", "Nữ", "Quê quán", None, None]
    top += ["Thông tin cha", None, "Thông tin mẹ", None, "Khuyết tật"]
    low = [None, None, None, "Họ và chữ đệm", "Tên", None, None, "Tỉnh", "Huyện", "Xã"]
    low += ["Họ tên", "Nghề nghiệp", "Họ tên", "Nghề nghiệp", None]
    rows: Rows = [
        top,
        low,
        [
            *(1, "2B", "9400000001", "Sơn Thị", "Hân", "01/02/2016", "x", "Sóc Trăng", "Mỹ Tú", "Thuận Hưng"),
            *("Sơn Ren", "Nông", "Lý Hoa", "Nông", "Vận động"),
        ],
        [2, "2B", "9400000002", "Lý", "An", "01/02/2016", None, None, None, "Phú Mỹ"],
    ]
    parsed = parse(tmp_path, rows)
    first, second = (row.fields for row in parsed.pupils)
    assert (first["name"], first["sex"], second["sex"]) == ("Sơn Thị Hân", Sex.FEMALE, Sex.MALE)
    assert (first["father"], first["mother"]) == ("Sơn Ren", "Lý Hoa")
    assert (first["hometown"], second["hometown"]) == ("Thuận Hưng, Mỹ Tú, Sóc Trăng", "Phú Mỹ")
    assert "regime" not in first
    assert codes(parsed) == ["excel.disability"]


def test_not_assessed(tmp_path: Path) -> None:
    head = [*HEAD, "HS khuyết tật không đánh giá"]
    parsed = parse(tmp_path, [head, [*child(), "x"], [*child("Lý An", ma="2", dinhdanh=None), None]])
    assert parsed.pupils[0].fields["regime"] is Regime.NOT_ASSESSED
    assert "regime" not in parsed.pupils[1].fields


def test_class_rows_and_sheets_per_class(tmp_path: Path) -> None:
    head = ["TT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Giới tính"]
    sheets: list[tuple[str, Rows]] = [
        ("1A", [head, [1, "9400000001", "Lý An", "01/02/2017", "Nam"]]),
        ("Lớp 1B", [head, [1, "9400000002", "Lý Ân", "01/02/2017", "Nam"]]),
        ("Sheet3", [["DANH SÁCH LỚP: 1C"], head, [1, "9400000003", "Lý Hà", "01/02/2017", "Nữ"]]),
    ]
    parsed = parse_file(xlsx(tmp_path / "hs.xlsx", *sheets), year=YEAR)
    assert [row.class_name for row in parsed.pupils] == ["1A", "1B", "1C"]


def test_the_class_asked_for_names_rows_without_one(tmp_path: Path) -> None:
    head = ["TT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Giới tính"]
    path = xlsx(tmp_path / "hs.xlsx", ("Sheet1", [head, [1, "9400000001", "Lý An", "01/02/2017", "Nam"]]))
    parsed = parse_file(path, year=YEAR, class_name="1A")
    assert [(row.class_name, row.fields["grade"]) for row in parsed.pupils] == [("1A", 1)]


def test_every_sentence_of_a_bad_list_can_be_said(tmp_path: Path) -> None:
    bad = child(sinh="?", gioi="?", trangthai="?", dantoc="?", dinhdanh="12", ten="Lý Thị Lỗi")
    parsed = parse(tmp_path, [HEAD, bad, child(), child()])
    words = [text(finding.code, finding.facts) for finding in parsed.findings]
    assert len(words) == 7
    assert all("{" not in sentence for sentence in words)
