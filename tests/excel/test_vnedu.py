"""vnEdu's two workbooks: the class summary and the grade sheets with a technical code in B6."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.excel.parse import parse_file
from app.excel.parsed import FileKind, ParsedFile
from app.records.types import Level, Period, TraitLevel, YearClass
from tests.excel.people import YEAR
from tests.excel.workbooks import Rows, xls, xlsx

NONE: list[object] = [None]


def summary(path: Path, pupil: list[object], period: str = "CUỐI NĂM HỌC") -> Path:
    """Like vnEdu's export for grade 4: four merged header rows from row 5, data from row 9."""
    groups: list[object] = [
        "STT",
        "Mã VNEDU",
        "Họ tên",
        "",
        "Ngày sinh",
        "Nữ",
        "Môn học và hoạt động giáo dục",
    ]
    rows: list[list[object]] = [
        ["TRƯỜNG TIỂU HỌC HOA SEN"],
        [f"BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC {period}"],
        ["Năm học: 2023 - 2024"],
        ["Lớp: 4A"],
        groups
        + NONE * 6
        + ["Năng lực cốt lõi", *NONE * 3]
        + ["Phẩm chất chủ yếu", None, "Đánh giá KQGD", *NONE * 3]
        + ["Khen thưởng", None, "Số buổi nghỉ", None, None, "Lên lớp", "Ghi chú"],
        NONE * 6
        + ["Tiếng Việt", None, "Tin học và Công nghệ", *NONE * 3, "Khoa học"]
        + ["Năng lực chung", "Năng lực đặc thù", None, None]
        + ["Yêu nước", "Nhân ái", "Hoàn thành xuất sắc", "Hoàn thành tốt", "Hoàn thành", "Chưa hoàn thành"]
        + ["Cuối năm", "Đột xuất", "P", "K", "Tổng", None, None],
        NONE * 8
        + ["Công nghệ", None, "Tin học", None, None, "Tự chủ và tự học", "Ngôn ngữ", "Khoa học", "Tin học"],
        NONE * 6 + ["Mức đạt được", "Điểm KTĐK"] * 3 + ["Mức đạt được"],
        pupil,
        [None, None, "Người lập bảng"],
    ]
    merges = [
        "G5:M5",
        "N5:Q5",
        "R5:S5",
        "T5:W5",
        "X5:Y5",
        "Z5:AB5",
        "G6:H6",
        "I6:L6",
        "I7:J7",
        "K7:L7",
        "O6:Q6",
    ]
    merges += [f"{letter}5:{letter}8" for letter in ("A", "B", "C", "E", "F", "AC", "AD")]
    return xlsx(path, ("4A", rows), merges=merges)


PUPIL: list[object] = [
    *(1, "2500000001", "Thạch Ngọc Hân", None, "25/09/2014", "x", "T", 9, "H", 7, "T", 8, "H"),
    *("T", "Đ", "C", "T", "T", "Đ", None, "✓", None, None, "Học sinh Xuất sắc", None, 2, 1, 3, "x", None),
]


def test_the_summary(tmp_path: Path) -> None:
    parsed = parse_file(summary(tmp_path / "th.xlsx", PUPIL), year=YEAR)
    assert (parsed.kind, parsed.period, parsed.rows_read) == (FileKind.VNEDU_SUMMARY, Period.CN, 1)
    assert parsed.findings == ()
    row = parsed.results[0]
    assert (row.vnedu_code, row.code, row.class_name) == ("2500000001", "", "4A")
    scores = {code: (result.level, result.score) for code, result in row.subjects.items()}
    assert scores == {
        "TV": (Level.T, 9),
        "CN": (Level.H, 7),
        "TIN": (Level.T, 8),
        "KH": (Level.H, None),
    }
    traits = {code: result.level for code, result in row.traits.items()}
    assert traits == {
        "TCTH": TraitLevel.T,
        "NL_NN": TraitLevel.D,
        "NL_KH": TraitLevel.C,
        "NL_TIN": TraitLevel.T,
        "YN": TraitLevel.T,
        "NA": TraitLevel.D,
    }
    assert row.year == {
        "confirmed": YearClass.HTT,
        "promoted": True,
        "awards": ("Học sinh Xuất sắc",),
    }
    assert row.enrolment == {"absent_excused": 2, "absent_unexcused": 1}
    assert row.cells["CN.score"] == "J9"


def test_two_ticks_are_refused(tmp_path: Path) -> None:
    pupil = [*PUPIL]
    pupil[19] = "x"
    parsed = parse_file(summary(tmp_path / "th.xlsx", pupil), year=YEAR)
    assert [finding.code for finding in parsed.findings] == ["excel.two_ticks"]
    assert "confirmed" not in parsed.results[0].year


def test_a_tick_is_no_award(tmp_path: Path) -> None:
    pupil = ["x" if cell == "Học sinh Xuất sắc" else cell for cell in PUPIL]
    parsed = parse_file(summary(tmp_path / "th.xlsx", pupil), year=YEAR)
    assert [finding.code for finding in parsed.findings] == ["excel.award_tick"]
    assert "awards" not in parsed.results[0].year


def test_the_summary_of_another_period(tmp_path: Path) -> None:
    results_only = [*PUPIL[:19], *NONE * 4, *PUPIL[23:28], None, None]
    path = summary(tmp_path / "th.xlsx", results_only, "CUỐI HỌC KÌ I")
    assert parse_file(path, year=YEAR).period is Period.CK1
    with pytest.raises(UserError) as caught:
        parse_file(path, year=YEAR, period=Period.CN)
    assert (caught.value.code, caught.value.facts["said"]) == ("excel.wrong_period", "cuối học kì I")


def grade_sheet(code: str, *cells: object, title: str = "Lớp: 4A", heads: tuple[object, ...] = ()) -> Rows:
    """Like vnEdu's sheet of one class and subject: code in B6, header in row 7."""
    shown = heads or ("Mức đạt được", "Điểm KTĐK", "Nhận xét")
    return [
        ["SỞ GD&ĐT"],
        ["TRƯỜNG TIỂU HỌC HOA SEN"],
        ["SỔ ĐIỂM"],
        [title],
        [None],
        [None, code],
        ["STT", "Mã học sinh", "Họ và tên", None, "Ngày sinh", *shown],
        [1, "2500000001", "Thạch Ngọc", "Hân", "25/09/2014", *cells],
    ]


def parse(path: Path, name: str, rows: Rows, period: Period | None = None) -> ParsedFile:
    return parse_file(xlsx(path, (name, rows), merges=["C7:D7"]), year=YEAR, period=period)


@pytest.mark.parametrize(
    ("name", "code", "subject"),
    [
        ("Toán", "880012-51-2-ck2-2023", "TOAN"),
        ("THVCN(N4A)", "880012-1-2-ck2-2023", "CN"),
        ("THVCN(H4A)", "880012-1-2-ck2-2023", "TIN"),
        ("Sheet1", "880012-110-2-ck2-2023", "NN1"),
        ("Sheet1", "880012-53-2-ck2-2024", "LSDL"),
    ],
)
def test_grade_sheets(tmp_path: Path, name: str, code: str, subject: str) -> None:
    parsed = parse(tmp_path / "mon.xlsx", name, grade_sheet(code, "T", 9, "Em học tốt."))
    assert (parsed.kind, parsed.period) == (FileKind.VNEDU_SUBJECT, Period.CN)
    row = parsed.results[0]
    assert (row.name, row.class_name) == ("Thạch Ngọc Hân", "4A")
    result = row.subjects[subject]
    assert (result.level, result.score, result.comment) == (Level.T, 9, "Em học tốt.")


def test_columns_f_and_g_without_telling_heads(tmp_path: Path) -> None:
    rows = grade_sheet("880012-51-1-ck1-2023", "H", 8, heads=("Đánh giá cuối kì", "KT cuối kì"))
    result = parse(tmp_path / "mon.xlsx", "Toán", rows).results[0].subjects["TOAN"]
    assert (result.level, result.score) == (Level.H, 8)


@pytest.mark.parametrize(
    ("code", "period"),
    [("x-51-1-gk1-2023", Period.GK1), ("x-51-1-ck1-2023", Period.CK1), ("x-51-2-gk2-2023", Period.GK2)],
)
def test_the_stage_of_b6(tmp_path: Path, code: str, period: Period) -> None:
    rows = grade_sheet(code, "T", 9)
    assert parse(tmp_path / "mon.xlsx", "Toán", rows).period is period
    with pytest.raises(UserError) as caught:
        parse(tmp_path / "mon.xlsx", "Toán", rows, Period.CN)
    assert (caught.value.code, caught.value.facts["place"]) == ("excel.wrong_period", "ô B6, trang Toán")


def test_the_year_of_b6(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        parse(tmp_path / "mon.xlsx", "Toán", grade_sheet("x-51-2-ck2-2021", "T", 9))
    assert caught.value.code == "excel.wrong_year"


def test_a_sheet_that_does_not_tell_its_subject(tmp_path: Path) -> None:
    sheets = [
        ("Toán", grade_sheet("x-9-2-ck2-2023", "T", 9)),
        ("Sheet2", grade_sheet("x-9-2-ck2-2023", "H", 7)),
    ]
    parsed = parse_file(xls(tmp_path / "mon.xls", *sheets), year=YEAR)
    assert [finding.code for finding in parsed.findings] == ["excel.unknown_subject"]
    assert list(parsed.results[0].subjects) == ["TOAN"]


def test_several_subjects_become_one_row(tmp_path: Path) -> None:
    sheets = [
        ("Toán", grade_sheet("x-51-2-ck2-2023", "T", 9)),
        ("Khoa học", grade_sheet("x-52-2-ck2-2023", "H", 7)),
    ]
    parsed = parse_file(xlsx(tmp_path / "mon.xlsx", *sheets, merges=["C7:D7"]), year=YEAR)
    assert (parsed.rows_read, len(parsed.results)) == (1, 1)
    assert parsed.results[0].subjects["KH"].score == 7
    assert parsed.results[0].cells["KH.score"] == "Khoa học!G8"


def test_sheets_of_two_periods(tmp_path: Path) -> None:
    sheets = [
        ("Toán", grade_sheet("x-51-1-ck1-2023", "T", 9)),
        ("Khoa học", grade_sheet("x-52-2-ck2-2023", "H", 7)),
    ]
    path = xlsx(tmp_path / "mon.xlsx", *sheets, merges=["C7:D7"])
    with pytest.raises(UserError) as caught:
        parse_file(path, year=YEAR)
    assert caught.value.code == "excel.several_periods"
    parsed = parse_file(path, year=YEAR, period=Period.CN)
    assert list(parsed.results[0].subjects) == ["KH"]
    assert [finding.code for finding in parsed.findings] == ["excel.sheet_period"]
