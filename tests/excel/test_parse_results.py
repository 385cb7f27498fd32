"""The sector's result file as schools really send it: moved headers, bad cells, wrong periods, footers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import UserError
from app.excel.csdl_layout import result_columns
from app.excel.parse import parse_file
from app.excel.parsed import FileKind, ParsedFile, ResultRow
from app.excel.writing import write_csdl_results
from app.messages import sentence, text
from app.records.types import Level, Period, Severity, TraitLevel, YearClass
from tests.excel.people import YEAR, klass
from tests.excel.workbooks import Rows, xls, xlsx

LEVEL, SCORE = "Mức đạt được", "Điểm KTĐK"
HEAD: list[list[object]] = [
    [
        *("STT", "Mã lớp", "Mã định danh\nBộ GD&ĐT", "Họ tên", "Ngày sinh", "Môn học và hoạt động giáo dục"),
        *(None, None, None, None, None, None, "Năng lực cốt lõi", None, None, "Phẩm chất chủ yếu", None),
        *("Hoàn thành\nchương trình lớp học", "Lên lớp", "Xếp loại"),
    ],
    [
        *(None, None, None, None, None, "Toán", None, "Tiếng việt", None, "Đạo đức", "Khoa học", None),
        *("Tự chủ và  tự học", "Khoa học", "Tin học", "Yêu nước", "Nhân ái", None, None, None),
    ],
    [*([None] * 5), LEVEL, SCORE, LEVEL, SCORE, LEVEL, LEVEL, SCORE, *([None] * 8)],
]


def row(number: int, name: str, *cells: object, code: str = "", born: object = "25/09/2014") -> list[object]:
    return [number, "4A", code or f"94000000{number:02d}", name, born, *cells]


GOOD = ("T", 9, "H", 7, "T", "T", 8, "T", "Đ", "T", "T", "Đ", "x", "x", "HTT")
MARKS = GOOD[:-3]
"""Results without what only the end of the year has."""


def parse(
    tmp_path: Path,
    rows: Rows,
    *,
    name: str = "kq.xlsx",
    period: Period | None = None,
    class_name: str | None = None,
) -> ParsedFile:
    make = xls if name.endswith(".xls") else xlsx
    return parse_file(
        make(tmp_path / name, ("Sheet1", rows)), year=YEAR, period=period, class_name=class_name
    )


def problems(parsed: ParsedFile) -> list[tuple[str, str, str]]:
    return [(finding.severity.value, finding.cell, finding.code) for finding in parsed.findings]


@pytest.mark.parametrize("name", ["kq.xlsx", "kq.xls"])
def test_headers_without_merged_cells_are_filled_forward(tmp_path: Path, name: str) -> None:
    parsed = parse(tmp_path, [*HEAD, row(1, "Trần Gia Bảo", *GOOD)], name=name)
    one = parsed.results[0]
    assert (parsed.kind, parsed.period) == (FileKind.CSDL_RESULTS, Period.CN)
    assert parsed.findings == ()
    assert one.subjects["TOAN"].score == 9
    assert (one.subjects["KH"].level, one.subjects["KH"].score) == (Level.T, 8)
    assert one.traits["NL_KH"].level is TraitLevel.D
    assert one.traits["NL_TIN"].level is TraitLevel.T
    assert one.traits["NA"].level is TraitLevel.D
    assert "TIN" not in one.subjects
    assert one.year == {"confirmed": YearClass.HTT, "completed": True, "promoted": True}
    assert one.cells["KH.score"] == "L4"
    assert one.birth_date == date(2014, 9, 25)


def test_the_group_heading_decides_between_subject_and_competency(tmp_path: Path) -> None:
    """Competencies first, so that neither order nor repetition can tell."""
    rows: Rows = [
        ["STT", "Mã lớp", "Mã học sinh", "Họ tên", "Năng lực cốt lõi", None, "Môn học và hoạt động giáo dục"],
        [None, None, None, None, "Khoa học", "Công nghệ", "Khoa học"],
        [1, "4A", "9400000001", "Lý An", "Đ", "T", "H"],
    ]
    one = parse(tmp_path, rows).results[0]
    assert {code: result.level for code, result in one.subjects.items()} == {"KH": Level.H}
    assert set(one.traits) == {"NL_KH", "NL_CN"}


def test_title_rows_above_and_a_footer_below(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        ["Trường Tiểu học Hoa Sen"],
        ["KẾT QUẢ CUỐI NĂM HỌC"],
        [None],
        *HEAD,
        row(1, "Trần Gia Bảo", *GOOD),
        row(2, "Thạch Ngọc Hân", *GOOD),
        [None],
        [None, None, None, "Tổng số: 2 học sinh"],
        [None, None, None, None, None, None, "Thuận Hưng, ngày 24 tháng 5 năm 2024"],
        [None, None, None, "HIỆU TRƯỞNG"],
        [None, None, None, "Nguyễn Văn Hùng"],
    ]
    parsed = parse(tmp_path, rows)
    assert [one.name for one in parsed.results] == ["Trần Gia Bảo", "Thạch Ngọc Hân"]
    assert (parsed.rows_read, parsed.period) == (2, Period.CN)


def test_a_pupil_below_a_total_is_read_and_a_signature_is_not(tmp_path: Path) -> None:
    total: list[object] = [None, None, None, "Tổng số: 1 học sinh"]
    rows: Rows = [
        *HEAD,
        row(1, "Trần Gia Bảo", *GOOD),
        total,
        row(2, "Thạch Ngọc Hân", *GOOD),
        total,
        [None, None, "GVCN", "Nguyễn Văn Hùng"],
    ]
    assert [one.name for one in parse(tmp_path, rows).results] == ["Trần Gia Bảo", "Thạch Ngọc Hân"]


def test_class_rows_and_repeated_headers(tmp_path: Path) -> None:
    head = [[cell for number, cell in enumerate(line) if number != 1] for line in HEAD]

    def one(number: int, name: str) -> list[object]:
        return [cell for place, cell in enumerate(row(number, name, *GOOD)) if place != 1]

    rows: Rows = [
        *[["LỚP 4A"]],
        *head,
        one(1, "Trần Gia Bảo"),
        ["Tổng cộng: 1"],
        ["Lớp: 4B"],
        one(2, "Lý Thị Bích"),
        ["LỚP 4C"],
        *head,
        one(3, "Sơn Minh Tâm"),
    ]
    parsed = parse(tmp_path, rows)
    assert [(row.class_name, row.name) for row in parsed.results] == [
        ("4A", "Trần Gia Bảo"),
        ("4B", "Lý Thị Bích"),
        ("4C", "Sơn Minh Tâm"),
    ]


BAD_CELLS = [
    (0, "Đ", "error", "F4", "excel.level"),
    (0, "Miễn", "note", "F4", "excel.exempt"),
    (1, "8,5", "error", "G4", "excel.score"),
    (1, 8.5, "error", "G4", "excel.score"),
    (1, 11, "error", "G4", "excel.score"),
    (1, "-", "note", "G4", "excel.exempt"),
    (7, "H", "error", "M4", "excel.trait_level"),
    (12, "?", "error", "R4", "excel.tick"),
    (14, "Giỏi", "error", "T4", "excel.year_class"),
]


@pytest.mark.parametrize(("place", "value", "severity", "cell", "code"), BAD_CELLS)
def test_a_bad_value_is_dropped_and_the_rest_kept(
    tmp_path: Path, place: int, value: object, severity: str, cell: str, code: str
) -> None:
    cells = list(GOOD)
    cells[place] = value
    parsed = parse(tmp_path, [*HEAD, row(1, "Trần Gia Bảo", *cells), row(2, "Lý An", *GOOD)])
    assert problems(parsed) == [(severity, cell, code)]
    assert cell not in parsed.results[0].cells.values()
    assert len(parsed.results[0].cells) == len(GOOD) - 1
    assert len(parsed.results[1].cells) == len(GOOD)


def test_all_problems_at_once_in_words(tmp_path: Path) -> None:
    cells = [["8,5" if place == 1 else value for place, value in enumerate(GOOD)]]
    cells.append(["D" if place == 8 else "Q" if place == 0 else value for place, value in enumerate(GOOD)])
    parsed = parse(tmp_path, [*HEAD, row(1, "Trần Gia Bảo", *cells[0]), row(2, "Lý An", *cells[1])])
    words = [text(finding.code, finding.facts) for finding in parsed.findings]
    assert words == [
        'Điểm Toán của Trần Gia Bảo là "8,5", không phải số nguyên 0–10 (ô G4). '
        "Ô này chưa ghi; sửa trong tệp rồi nạp lại.",
        'Mức Toán của Lý An là "Q", không phải T, H hoặc C (ô F5). '
        "Ô này chưa ghi; sửa trong tệp rồi nạp lại.",
    ]
    assert parsed.results[1].traits["NL_KH"].level is TraitLevel.D


def test_zero_is_kept_with_a_warning(tmp_path: Path) -> None:
    cells = [0 if place == 1 else value for place, value in enumerate(GOOD)]
    parsed = parse(tmp_path, [*HEAD, row(1, "Trần Gia Bảo", *cells)])
    assert problems(parsed) == [("warning", "G4", "excel.score_zero")]
    assert parsed.results[0].subjects["TOAN"].score == 0


def test_the_same_pupil_twice(tmp_path: Path) -> None:
    rows: Rows = [
        *HEAD,
        row(1, "Trần Gia Bảo", *GOOD),
        row(2, "Lý An", *GOOD),
        row(3, "Trần Gia Bảo", code="9400000001"),
    ]
    parsed = parse(tmp_path, rows)
    assert problems(parsed) == [("error", "A6", "excel.duplicate")]
    assert (parsed.rows_read, len(parsed.results)) == (3, 2)
    assert "ô A4" in text("excel.duplicate", parsed.findings[0].facts)


def test_two_pupils_of_one_name_are_two(tmp_path: Path) -> None:
    rows: Rows = [*HEAD, row(1, "Lê Văn An", *GOOD), row(2, "Lê Văn An", *GOOD), row(3, "Lê Văn Ân", *GOOD)]
    assert len(parse(tmp_path, rows).results) == 3


def test_empty_cells_are_not_in_the_row(tmp_path: Path) -> None:
    parsed = parse(tmp_path, [*HEAD, row(1, "Trần Gia Bảo", "T", None, "  ", "\u00a0")])
    one = parsed.results[0]
    assert set(one.cells) == {"TOAN.level"}
    assert one.subjects["TOAN"].score is None
    assert one.year == {}
    assert one.traits == {}


TITLES = [
    ("KẾT QUẢ GIỮA HỌC KÌ I", Period.GK1),
    ("Kết quả cuối học kỳ 1 năm học 2023 - 2024", Period.CK1),
    ("Giữa HK2", Period.GK2),
    ("CUỐI HỌC KÌ II", Period.CN),
    ("Kết quả cả năm", Period.CN),
    ("Kết quả học kì I", Period.CK1),
]


@pytest.mark.parametrize(("title", "period"), TITLES)
def test_the_period_of_the_title(tmp_path: Path, title: str, period: Period) -> None:
    rows: Rows = [[title], *HEAD, row(1, "Trần Gia Bảo", *MARKS)]
    assert parse(tmp_path, rows).period is period
    assert parse(tmp_path, rows, period=period).period is period
    other = Period.CN if period is not Period.CN else Period.CK1
    with pytest.raises(UserError) as caught:
        parse(tmp_path, rows, period=other)
    assert caught.value.code == "excel.wrong_period"
    assert "(ô A1, trang Sheet1)" in sentence(caught.value)


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("FlieMau-KQHT-C1-CN-Khoi12-TT27_2020.xls", Period.CN),
        ("KQHT_CK1_4A.xlsx", Period.CK1),
        ("KQHT-C1-GK2-Khoi45.xlsx", Period.GK2),
        ("Kết quả cuối học kì I - 4A.xlsx", Period.CK1),
    ],
)
def test_the_period_of_the_name(tmp_path: Path, name: str, period: Period) -> None:
    rows: Rows = [*HEAD, row(1, "Trần Gia Bảo", *MARKS)]
    assert parse(tmp_path, rows, name=name).period is period
    with pytest.raises(UserError) as caught:
        parse(tmp_path, rows, name=name, period=Period.GK1)
    assert sentence(caught.value).endswith("(tên tệp). Chọn tệp khác, hoặc đổi kì.")


@pytest.mark.parametrize("name", ["kq.xlsx", "lop-4a.xlsx", "cong nghe.xlsx"])
def test_a_file_that_says_nothing_takes_the_asked_period(tmp_path: Path, name: str) -> None:
    rows: Rows = [*HEAD, row(1, "Trần Gia Bảo", *MARKS)]
    assert parse(tmp_path, rows, name=name).period is Period.CN
    assert parse(tmp_path, rows, name=name, period=Period.CK1).period is Period.CK1


def test_a_year_end_file_is_refused_for_an_earlier_period(tmp_path: Path) -> None:
    rows: Rows = [*HEAD, row(1, "Trần Gia Bảo", *MARKS), row(2, "Lý An", *GOOD)]
    with pytest.raises(UserError) as caught:
        parse(tmp_path, rows, period=Period.CK1)
    assert "là kết quả cuối năm học, không phải cuối học kì I" in sentence(caught.value)
    assert caught.value.facts["place"] == "ô R5, trang Sheet1"
    assert parse(tmp_path, rows, period=Period.CN).results[1].year


def test_another_school_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        parse(tmp_path, [["Năm học: 2022 – 2023"], *HEAD, row(1, "Trần Gia Bảo", *GOOD)])
    assert (caught.value.code, caught.value.facts["said"]) == ("excel.wrong_year", "2022-2023")


def test_only_the_class_asked_for(tmp_path: Path) -> None:
    rows: Rows = [*HEAD, row(1, "Trần Gia Bảo", *GOOD), [2, "4B", "9400000099", "Lý An", "1/2/2014", *GOOD]]
    parsed = parse(tmp_path, rows, class_name="lớp 4a")
    assert [one.name for one in parsed.results] == ["Trần Gia Bảo"]
    assert problems(parsed) == [("note", "A5", "excel.other_classes")]
    with pytest.raises(UserError) as caught:
        parse(tmp_path, rows, class_name="5C")
    assert caught.value.code == "excel.wrong_class"


def spoil(path: Path, cells: dict[str, str]) -> None:
    book = load_workbook(path)
    for cell, value in cells.items():
        book["Sheet1"][cell] = value
    book.save(path)


@pytest.mark.parametrize("grade", [1, 3, 4])
def test_positions_are_the_last_resort(tmp_path: Path, grade: int) -> None:
    """Three headings made meaningless: the template's order says what they are."""
    written = klass(f"{grade}A", 2)
    path = tmp_path / "kq.xlsx"
    write_csdl_results(path, written, Period.CN)
    whole = parse_file(path, year=YEAR)
    spoil(path, {"F2": "Môn 1", "J2": "Môn 3"})
    parsed = parse_file(path, year=YEAR)
    assert [one.subjects for one in parsed.results] == [one.subjects for one in whole.results]
    assert "excel.by_position" in [finding.code for finding in parsed.findings]


def test_texts_win_over_positions(tmp_path: Path) -> None:
    """Two subjects changed places, with their headings: nothing is read by position."""
    path = tmp_path / "kq.xlsx"
    write_csdl_results(path, klass("1A", 1), Period.CN)
    whole = parse_file(path, year=YEAR).results[0]
    spoil(path, {"J2": "Âm nhạc", "O2": "Đạo đức", "K2": "Môn lạ"})
    parsed = parse_file(path, year=YEAR)
    one = parsed.results[0]
    assert one.subjects["AN"].level is whole.subjects["DD"].level
    assert "TNXH" not in one.subjects
    assert ("note", "K1", "excel.unknown_column") in problems(parsed)


def test_the_template_has_the_columns_of_the_sector() -> None:
    """Zero-based positions of domain 6.1."""
    low, middle, high = result_columns(1), result_columns(3), result_columns(5)
    assert (len(low), len(middle), len(high)) == (34, 40, 43)
    assert (low[12], low[13], low[17], low[25], low[33]) == (
        "TDT.level",
        "TIN.level",
        "GDTC.level",
        "NL_TC.level",
        "confirmed",
    )
    assert (middle[13], middle[16], middle[28], middle[37]) == (
        "TIN.level",
        "CN.level",
        "NL_CN.level",
        "completed",
    )
    assert (high[10], high[18], high[20], high[34], high[42]) == (
        "LSDL.level",
        "TDT.level",
        "CN.score",
        "NL_TC.level",
        "confirmed",
    )


def test_a_code_that_became_a_number(tmp_path: Path) -> None:
    rows: Rows = [
        *HEAD,
        row(1, "Trần Gia Bảo", *GOOD, code="0940000001"),
        [2, "4A", 940000002, "Lý An", "1/2/2014", *GOOD],
        [3, "4A", "9,4E+08", "Sơn Tâm", "1/2/2014", *GOOD],
    ]
    parsed = parse(tmp_path, rows)
    assert [one.code for one in parsed.results] == ["0940000001", "0940000002", ""]
    assert problems(parsed) == [("note", "C5", "excel.code_restored"), ("error", "C6", "excel.code_rounded")]


def test_every_finding_says_where(tmp_path: Path) -> None:
    cells: list[object] = ["?"] * len(GOOD)
    parsed = parse(tmp_path, [*HEAD, row(1, "Trần Gia Bảo", *cells, born="hôm qua")])
    assert len(parsed.findings) == len(GOOD) + 1
    for finding in parsed.findings:
        assert finding.severity is Severity.ERROR
        assert finding.sheet == "Sheet1"
        assert f"ô {finding.cell.lower()}" in text(finding.code, finding.facts).lower()
        assert "Trần Gia Bảo" in text(finding.code, finding.facts)


def test_rows_without_a_code_keep_name_and_birth_date(tmp_path: Path) -> None:
    rows: Rows = [*HEAD, [1, "4A", None, "Trần Gia Bảo", "25/09/2014", *GOOD]]
    one: ResultRow = parse(tmp_path, rows).results[0]
    assert (one.code, one.name, one.birth_date) == ("", "Trần Gia Bảo", date(2014, 9, 25))
