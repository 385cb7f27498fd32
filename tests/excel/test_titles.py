"""What files say about themselves in titles, names and technical codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.excel.titles import (
    class_in,
    class_name,
    class_of_sheet,
    grade_of_class,
    period_in,
    period_of_name,
    stage_code,
    year_in,
)
from app.records.types import Period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Giữa kì 1", Period.GK1),
        ("GIỮA HỌC KỲ II", Period.GK2),
        ("Cuối kì 2", Period.CN),
        ("BẢNG TỔNG HỢP … CUỐI HỌC KÌ I", Period.CK1),
        ("Cuối năm học", Period.CN),
        ("Cả năm", Period.CN),
        ("GHK1", Period.GK1),
        ("CK2", Period.CN),
        ("Học kì: II", Period.CN),
        ("Học kì hè", None),
        ("Năm học 2023-2024", None),
        ("Công nghệ", None),
        ("Cuối cấp", None),
    ],
)
def test_periods(text: str, period: Period | None) -> None:
    assert period_in(text) is period


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("FlieMau-KQHT-C1-CN-Khoi12-TT27_2020.xls", Period.CN),
        ("4A_GK1.xlsx", Period.GK1),
        ("ck2 4A.xlsx", Period.CN),
        ("CN va CK1.xlsx", None),
        ("cong-nghe-4A.xlsx", None),
        ("TH-CN1.xlsx", None),
    ],
)
def test_periods_of_file_names(name: str, period: Period | None) -> None:
    assert period_of_name(Path(name)) is period


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lớp: 4A", "4A"),
        ("DANH SÁCH HỌC SINH LỚP 4a1 NĂM HỌC 2023-2024", "4A1"),
        ("lớp 3/2", "3/2"),
        ("Lớp 5.1 - Sĩ số: 35", "5.1"),
        ("Lớp 4Đ", "4Đ"),
        ("Khối lớp 4 và 5", None),
        ("Lớp 4 năm học 2023", None),
        ("Trường lớp", None),
        ("Lớp 12A", None),
    ],
)
def test_classes_in_titles(text: str, name: str | None) -> None:
    assert class_in(text) == name


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("1A", "1A"),
        ("Lớp 2B", "2B"),
        ("4-2", "4-2"),
        ("Sheet1", None),
        ("5 buoi", None),
        ("1", None),
        ("Toán", None),
    ],
)
def test_classes_in_sheet_names(sheet: str, name: str | None) -> None:
    assert class_of_sheet(sheet) == name


def test_class_names_and_grades() -> None:
    assert class_name(" Lớp: 4a ") == "4A"
    assert [grade_of_class(name) for name in ("1A", "lớp 5/2", "4", "12", "Lá 1", "")] == [
        1,
        5,
        4,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("88-51-1-gk1-2023", (Period.GK1, 2023)),
        ("88-51-2-CK2-2023", (Period.CN, 2023)),
        ("88-51-2-hk2-2023", None),
        ("2023-2024", None),
    ],
)
def test_stage_codes(text: str, code: tuple[Period, int] | None) -> None:
    assert stage_code(text) == code


@pytest.mark.parametrize(
    ("text", "year"),
    [("Năm học 2023 – 2024", "2023-2024"), ("2023/2024", "2023-2024"), ("2023-2025", None), ("x", None)],
)
def test_years(text: str, year: str | None) -> None:
    assert year_in(text) == year
