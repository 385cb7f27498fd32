"""The look and safety of what we write: layouts, headers, lists, failures that leave the old file."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import UserError
from app.excel.book import column_letters
from app.excel.our_layout import CODE_ROW, FIRST_ROW, MARK
from app.excel.writing import (
    write_class_summary,
    write_csdl_comments,
    write_csdl_pupils,
    write_csdl_results,
    write_our_template,
    write_our_templates,
    write_table,
)
from app.messages import sentence
from app.records.reports import Table
from app.records.types import ClassYear, Period, Status
from tests.excel.people import YEAR, klass


def texts(path: Path, row: int, sheet: int = 0) -> list[object]:
    return [cell.value for cell in load_workbook(path).worksheets[sheet][row]]


def test_the_result_template_is_exactly_the_sectors(tmp_path: Path) -> None:
    path = tmp_path / "kq.xlsx"
    write_csdl_results(path, klass("1A", 2), Period.CN)
    sheet = load_workbook(path)["Sheet1"]
    assert texts(path, 1)[:6] == [
        "STT",
        "Mã lớp",
        "Mã học sinh",
        "Họ tên",
        "Ngày sinh",
        "Môn học và hoạt động giáo dục",
    ]
    assert texts(path, 2)[5:12] == [
        "Toán",
        None,
        "Tiếng việt",
        None,
        "Đạo đức",
        "Tự nhiên và Xã hội",
        "Ngoại ngữ",
    ]
    assert texts(path, 3)[5:10] == ["Mức đạt được", "Điểm KTĐK"] * 2 + ["Mức đạt được"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"F1:R1", "S1:Z1", "AA1:AE1", "A1:A3", "AF1:AF3", "F2:G2", "S2:U2", "V2:Z2"} <= merged
    assert (sheet["A4"].value, sheet["B4"].value, sheet.max_row) == (1, "1A", 5)
    assert sheet["C4"].data_type == "s"


def test_pupils_who_left_are_not_submitted(tmp_path: Path) -> None:
    one = klass("1A", 3)
    gone = replace(one.pupils[1], enrolment=replace(one.pupils[1].enrolment, status=Status.LEFT_1))
    changed = replace(one, pupils=(one.pupils[0], gone, one.pupils[2]))
    write_csdl_results(tmp_path / "kq.xlsx", changed, Period.CN)
    names = [load_workbook(tmp_path / "kq.xlsx")["Sheet1"][f"D{row}"].value for row in (4, 5, 6)]
    assert names == [one.pupils[0].pupil.name, one.pupils[2].pupil.name, None]


def test_one_comment_sheet_for_each_subject(tmp_path: Path) -> None:
    path = tmp_path / "nx.xlsx"
    write_csdl_comments(path, klass("3A", 2), Period.CN)
    assert load_workbook(path).sheetnames == [
        *("Tiếng việt", "Toán", "Ngoại ngữ", "TH-CN (Tin học)", "TH-CN (Công nghệ)", "Đạo đức"),
        *("Tự nhiên và Xã hội", "Giáo dục thể chất", "Âm nhạc", "Mĩ thuật", "Hoạt động trải nghiệm", "NL-PC"),
    ]
    assert texts(path, 1)[5:] == [
        *("Mức đạt được", "Điểm KTĐK", "Mã nhận xét", "Nội dung nhận xét", "Thời điểm đánh giá"),
    ]
    assert texts(path, 2)[-1] == "Cuối kì 2"


def test_our_template_hides_its_codes_and_offers_lists(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_our_template(path, klass("4A", 2), Period.CN)
    sheet = load_workbook(path)["4A"]
    assert sheet["A1"].value == MARK
    assert sheet.row_dimensions[1].hidden
    assert sheet.row_dimensions[CODE_ROW + 1].hidden
    assert not sheet.protection.sheet
    fields = texts(path, CODE_ROW + 1)
    rules = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert set(rules) == {'"T,H,C"', '"T,Đ,C"', "0", '"HTXS,HTT,HT,CHT"', '"Có,Không"'}
    letter = column_letters(fields.index("TOAN.score"))
    assert f"{letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + 42}" in rules["0"]


def test_mid_term_templates_have_no_year_columns(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_our_template(path, klass("4A", 1, period=Period.GK1), Period.GK1)
    fields = texts(path, CODE_ROW + 1)
    scored = [field for field in fields if str(field).endswith(".score")]
    assert scored == ["TV.score", "TOAN.score"]
    assert "confirmed" not in fields


def test_grade_five_of_the_first_year_has_no_template(tmp_path: Path) -> None:
    """Its circular is another one, so the sheet would ask for the wrong things."""
    with pytest.raises(UserError) as caught:
        write_our_template(tmp_path / "mau.xlsx", ClassYear("5A", 5, YEAR, "", ()), Period.CN)
    assert caught.value.code == "programme.out_of_scope"
    assert list(tmp_path.iterdir()) == []


def test_no_class_no_template(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_our_templates(tmp_path / "mau.xlsx", [], Period.CN)
    assert caught.value.code == "excel.nothing_to_write"


def test_the_summary_prints_on_wide_paper_with_its_header_on_each_page(tmp_path: Path) -> None:
    path = tmp_path / "th.xlsx"
    write_class_summary(path, klass("4A", 3), Period.CN, school="Trường Tiểu học Hoa Sen")
    sheet = load_workbook(path)["4A"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$5:$7")
    assert sheet["A3"].value == "Cuối năm học – Lớp 4A – Năm học 2023-2024"
    below = [cell.value for row in sheet.iter_rows(min_row=11) for cell in row if cell.value]
    assert "Lâm Thị Sa Rươl" in below
    assert "(Ký, ghi rõ họ tên và đóng dấu)" in below


def test_the_mid_term_summary_has_no_outcome(tmp_path: Path) -> None:
    path = tmp_path / "th.xlsx"
    write_class_summary(path, klass("1A", 2, period=Period.GK1), Period.GK1)
    assert "Khen thưởng" not in texts(path, 5)
    assert "Điểm KTĐK" not in texts(path, 7)


def test_a_report(tmp_path: Path) -> None:
    table = Table("Tiến độ", ("Lớp", "Học sinh"), (("1A", 35), ("1B", 34)), ("Chưa tính khối 5.",))
    write_table(tmp_path / "bc.xlsx", table)
    assert texts(tmp_path / "bc.xlsx", 3) == ["Lớp", "Học sinh"]
    assert texts(tmp_path / "bc.xlsx", 5) == ["1B", 34]
    assert texts(tmp_path / "bc.xlsx", 7)[0] == "Chưa tính khối 5."


def test_the_list_stands_where_version_two_has_it(tmp_path: Path) -> None:
    path = tmp_path / "hs.xlsx"
    write_csdl_pupils(path, [klass("1A", 1)])
    sheet = load_workbook(path)["Sheet1"]
    heads = {
        letter: sheet[f"{letter}4"].value.replace("\n", " ")
        for letter in ("S", "T", "W", "Z", "AA", "BK", "BO")
    }
    assert heads == {
        "S": "Tổ/Thôn/Xóm (thường trú)",
        "T": "Tỉnh (quê quán)",
        "W": "Tổ/Thôn/Xóm (quê quán)",
        "Z": "Nơi sinh chi tiết",
        "AA": "Chỗ ở hiện nay",
        "BK": "Họ tên cha",
        "BO": "Họ tên mẹ",
    }


@pytest.mark.parametrize("place", ["khong-co/kq.xlsx", "thu-muc.xlsx"])
def test_a_place_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "thu-muc.xlsx").mkdir()
    with pytest.raises(UserError) as caught:
        write_csdl_results(tmp_path / place, klass("1A", 1), Period.CN)
    assert caught.value.code == "excel.cannot_write"
    assert place.split("/")[-1] in sentence(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == ["thu-muc.xlsx"]


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kq.xlsx"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.excel.saving.Workbook.save", full)
    with pytest.raises(UserError):
        write_csdl_results(path, klass("1A", 1), Period.CN)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["kq.xlsx"]


def refusal(path: Path) -> str:
    """The code with which writing a class to `path` is refused; the failure is forgotten on return."""
    with pytest.raises(UserError) as caught:
        write_csdl_results(path, klass(pupils=200), Period.CN)
    return caught.value.code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_leaves_the_old_file_and_no_noise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kq.xlsx"
    path.write_bytes(b"old")
    noise: list[object] = []

    def full(**_: object) -> tuple[int, str]:
        return os.open("/dev/full", os.O_WRONLY), str(tmp_path / "nowhere")

    monkeypatch.setattr("tempfile.mkstemp", full)
    monkeypatch.setattr("sys.unraisablehook", noise.append)
    assert refusal(path) == "excel.cannot_write"
    gc.collect()
    assert noise == []
    assert path.read_bytes() == b"old"
