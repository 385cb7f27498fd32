"""Filling a neighbour's workbook in place: everything but the result cells stays as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from app.errors import UserError
from app.excel.csdl_layout import result_columns
from app.excel.filling import fill_original
from app.excel.parse import parse_file
from app.excel.writing import write_csdl_pupils, write_csdl_results, write_our_template
from app.records.types import ClassYear, Period, PeriodResults, PupilYear, SubjectResult, YearOutcome
from tests.excel.people import YEAR, klass
from tests.excel.workbooks import Rows, xls, xlsx


def emptied(one: ClassYear) -> ClassYear:
    """The class with identities only."""
    pupils = tuple(PupilYear(pupil.pupil, pupil.enrolment, {}, YearOutcome()) for pupil in one.pupils)
    return ClassYear(one.name, one.grade, one.year, one.homeroom_teacher, pupils)


@pytest.mark.parametrize("name", ["1A", "3B", "4A"])
def test_an_empty_template_of_the_sector(tmp_path: Path, name: str) -> None:
    known = klass(name, 5)
    original, out = tmp_path / "goc.xlsx", tmp_path / "dien.xlsx"
    write_csdl_results(original, emptied(known), Period.CN)
    before = original.read_bytes()
    report = fill_original(original, out, [known], Period.CN)
    assert original.read_bytes() == before
    assert (report.file, report.unmatched, report.note) == (out, (), "")
    direct = tmp_path / "thang.xlsx"
    write_csdl_results(direct, known, Period.CN)
    filled, expected = parse_file(out, year=YEAR), parse_file(direct, year=YEAR)
    assert filled.results == expected.results
    assert report.cells_written == sum(len(row.cells) for row in expected.results)


def test_our_own_template_gets_words_for_yes_and_no(tmp_path: Path) -> None:
    known = klass("2A", 3)
    original, out = tmp_path / "goc.xlsx", tmp_path / "dien.xlsx"
    write_our_template(original, emptied(known), Period.CN)
    fill_original(original, out, [known], Period.CN)
    for pupil, row in zip(known.pupils, parse_file(out, year=YEAR).results, strict=True):
        assert row.year["completed"] is pupil.outcome.completed
        assert row.subjects == dict(pupil.period(Period.CN).subjects)


def vnedu(known: ClassYear) -> Rows:
    first, second = known.pupils[0].pupil, known.pupils[1].pupil
    return [
        *([[None]] * 5),
        [None, "880012-51-2-ck2-2023"],
        [
            "STT",
            "Mã học sinh",
            "Họ và tên",
            None,
            "Ngày sinh",
            "Mức đạt được",
            "Điểm KTĐK",
            "Nhận xét",
            "Tổng",
        ],
        [1, first.vnedu_code, first.name, None, f"{first.birth_date:%d/%m/%Y}", None, None, None, "=G8*2"],
        [2, None, second.name, None, f"{second.birth_date:%d/%m/%Y}", "C", 1, "Ghi chú cũ."],
        [3, None, second.name, None, "01/01/2001", "C", 2],
        [4, "2599999999", "Người Lạ", None, "01/01/2014", "C", 3],
    ]


def test_a_grade_sheet_of_vnedu_keeps_all_that_is_not_a_result(tmp_path: Path) -> None:
    known = klass("4A", 2)
    original = xlsx(tmp_path / "goc.xlsx", ("Toán 4A", vnedu(known)), merges=["C7:D7"])
    book = load_workbook(original)
    sheet = book["Toán 4A"]
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[6].hidden = True
    sheet["F8"].font = Font(name=".VnTime", size=15)
    rule = DataValidation(type="list", formula1='"T,H,C"')
    rule.add("F8:F40")
    sheet.add_data_validation(rule)
    book.save(original)
    report = fill_original(original, tmp_path / "dien.xlsx", [known], Period.CN)
    sheet = load_workbook(tmp_path / "dien.xlsx")["Toán 4A"]
    math = [pupil.period(Period.CN).subjects["TOAN"] for pupil in known.pupils]
    assert [sheet[f"G{row}"].value for row in (8, 9, 10, 11)] == [math[0].score, math[1].score, 2, 3]
    assert sheet["H9"].value == math[1].comment
    assert (sheet["B6"].value, sheet["I8"].value) == ("880012-51-2-ck2-2023", "=G8*2")
    assert sheet.column_dimensions["B"].hidden
    assert sheet.row_dimensions[6].hidden
    assert (sheet["F8"].font.name, sheet["F8"].font.size) == (".VnTime", 15)
    assert [one.formula1 for one in sheet.data_validations.dataValidation] == ['"T,H,C"']
    assert report.unmatched == (f"{known.pupils[1].pupil.name} (Toán 4A, ô A10)", "Người Lạ (Toán 4A, ô A11)")
    changed = 6 - (math[1].level == "C") - (math[1].score == 1)
    assert report.cells_written == changed


def test_what_we_do_not_have_erases_nothing(tmp_path: Path) -> None:
    known = klass("4A", 2)
    original = xlsx(tmp_path / "goc.xlsx", ("Toán", vnedu(known)), merges=["C7:D7"])
    pupil = known.pupils[1]
    only = PeriodResults({"TOAN": SubjectResult(score=5)})
    bare = ClassYear("4A", 4, YEAR, "", (PupilYear(pupil.pupil, pupil.enrolment, {Period.CN: only}),))
    report = fill_original(original, tmp_path / "dien.xlsx", [bare], Period.CN)
    sheet = load_workbook(tmp_path / "dien.xlsx")["Toán"]
    assert [sheet[f"{letter}9"].value for letter in "FGH"] == ["C", 5, "Ghi chú cũ."]
    assert report.cells_written == 1


def test_a_name_alone_matches_nobody(tmp_path: Path) -> None:
    known = klass("4A", 2)
    first = known.pupils[0]
    undated = replace(
        first, pupil=replace(first.pupil, birth_date=None, code="", vnedu_code="", personal_id="")
    )
    rows = [*vnedu(known)[:7], [1, None, first.pupil.name, None, None, None, None]]
    original = xlsx(tmp_path / "goc.xlsx", ("Toán", rows), merges=["C7:D7"])
    report = fill_original(original, tmp_path / "dien.xlsx", [replace(known, pupils=(undated,))], Period.CN)
    assert (report.cells_written, len(report.unmatched)) == (0, 1)


def test_a_row_with_another_code_is_another_pupil(tmp_path: Path) -> None:
    known = klass("4A", 2)
    rows = [list(row) for row in vnedu(known)[:8]]
    rows[7][1] = "2599999998"
    original = xlsx(tmp_path / "goc.xlsx", ("Toán", rows), merges=["C7:D7"])
    assert len(fill_original(original, tmp_path / "dien.xlsx", [known], Period.CN).unmatched) == 1


def test_an_old_file_becomes_a_new_one_and_says_so(tmp_path: Path) -> None:
    known = klass("4A", 2)
    original = xls(tmp_path / "goc.xls", ("Toán", vnedu(known)), merges=[(6, 6, 2, 3)])
    report = fill_original(original, tmp_path / "dien.xls", [known], Period.CN)
    assert report.file == tmp_path / "dien.xlsx"
    assert ".xlsx" in report.note
    sheet = load_workbook(report.file)["Toán"]
    assert sheet["B6"].value == "880012-51-2-ck2-2023"
    assert sheet["G8"].value == known.pupils[0].period(Period.CN).subjects["TOAN"].score
    assert [str(one) for one in sheet.merged_cells.ranges] == ["C7:D7"]


def test_the_wrong_period_is_refused(tmp_path: Path) -> None:
    known = klass("4A", 2)
    original = xlsx(tmp_path / "goc.xlsx", ("Toán", vnedu(known)))
    with pytest.raises(UserError) as caught:
        fill_original(original, tmp_path / "dien.xlsx", [known], Period.CK1)
    assert caught.value.code == "excel.wrong_period"
    assert not (tmp_path / "dien.xlsx").exists()


def test_a_list_has_nothing_to_fill(tmp_path: Path) -> None:
    known = klass("4A", 2)
    write_csdl_pupils(tmp_path / "hs.xlsx", [known])
    with pytest.raises(UserError) as caught:
        fill_original(tmp_path / "hs.xlsx", tmp_path / "dien.xlsx", [known], Period.CN)
    assert caught.value.code == "excel.unfillable"


def test_a_text_is_never_a_formula(tmp_path: Path) -> None:
    known = klass("1A", 1)
    pupil = known.pupils[0]
    comment = SubjectResult(comment="=HYPERLINK(1)")
    told = PupilYear(pupil.pupil, pupil.enrolment, {Period.CN: PeriodResults({"TOAN": comment})})
    one = ClassYear("1A", 1, YEAR, "", (told,))
    write_our_template(tmp_path / "goc.xlsx", emptied(known), Period.CN)
    fill_original(tmp_path / "goc.xlsx", tmp_path / "dien.xlsx", [one], Period.CN)
    sheet = load_workbook(tmp_path / "dien.xlsx").worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"}
    assert kinds == {"s"}


def test_columns_of_the_template_are_all_fillable() -> None:
    assert all(len(set(result_columns(grade))) == len(result_columns(grade)) for grade in range(1, 6))
