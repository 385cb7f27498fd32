"""The class summary table and report tables as PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from app.errors import UserError
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES
from app.records.reports import Table
from app.records.types import ClassYear, Period, Regime
from app.transcript.summary import render_class_summary, summary_columns
from app.transcript.tables import render_table
from tests.transcript.reading import font_rows, run, stored, text_of
from tests.transcript.samples import OLD_SCHOOL, YEAR, school_class


def _heads(klass: ClassYear, period: Period) -> list[str]:
    return [leaf.title for column in summary_columns(klass, period) for leaf in column.leaves()]


def test_year_end_columns() -> None:
    heads = _heads(school_class(2, 4), Period.CN)
    assert heads.count("Điểm KTĐK") == 7
    assert heads[-8:] == [
        *("Hoàn thành xuất sắc", "Hoàn thành tốt", "Hoàn thành", "Chưa hoàn thành"),
        *("Cuối năm", "Đột xuất", "Chưa được lên lớp", "Ghi chú"),
    ]


def test_mid_term_has_no_outcome_and_scores_only_where_there_are_some() -> None:
    klass = school_class(2, 1)
    without = replace(
        klass,
        pupils=tuple(
            replace(
                pupil,
                results={
                    Period.GK1: replace(
                        pupil.period(Period.GK1),
                        subjects={
                            code: replace(result, score=None)
                            for code, result in pupil.period(Period.GK1).subjects.items()
                        },
                    )
                },
            )
            for pupil in klass.pupils
        ),
    )
    heads = _heads(without, Period.GK1)
    assert "Điểm KTĐK" not in heads
    assert "Hoàn thành tốt" not in heads
    assert _heads(klass, Period.GK1).count("Điểm KTĐK") == 2


@pytest.mark.parametrize(("grade", "pupils"), [(4, 36), (1, 31), (3, 1), (2, 0)])
def test_every_pupil_and_mark_is_printed(grade: int, pupils: int, tmp_path: Path) -> None:
    klass = school_class(pupils, grade)
    path = stored(render_class_summary(klass, Period.CN, OLD_SCHOOL), tmp_path)
    text = text_of(path)
    for pupil in klass.pupils:
        assert pupil.pupil.code in text
        assert pupil.pupil.name in text
    assert "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC" in text
    assert f"Cuối năm học – Lớp {grade}A – Năm học 2023 – 2024" in text
    assert text.count("Tiêu biểu") == pupils
    assert "Giáo viên chủ nhiệm" in text
    assert all(row[3] == "yes" for row in font_rows(path))
    flat = "".join(text.split())
    assert all("".join(TRAIT_NAMES[code].split()) in flat for code in ("GQVD", "NL_TT", "YN"))
    assert "".join(SUBJECT_NAMES["HDTN"].split()) in flat


@pytest.mark.parametrize("period", list(Period))
@pytest.mark.parametrize("grade", [3, 4, 5])
def test_a_whole_class_of_31_and_its_signatures_fit_one_sheet(
    grade: int, period: Period, tmp_path: Path
) -> None:
    klass = school_class(31, grade)
    klass = replace(klass, year="2024-2025")
    path = stored(render_class_summary(klass, period, OLD_SCHOOL), tmp_path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1


def test_the_managing_body_stands_above_the_school(tmp_path: Path) -> None:
    school = replace(OLD_SCHOOL, body="PHÒNG GD&ĐT HUYỆN MỸ TÚ")
    text = text_of(stored(render_class_summary(school_class(2, 1), Period.CK1, school), tmp_path))
    assert text.index(school.body) < text.index(school.name)


def test_signatures_never_stand_alone(tmp_path: Path) -> None:
    for pupils in range(10, 60, 7):
        path = stored(render_class_summary(school_class(pupils, 4), Period.CN, OLD_SCHOOL), tmp_path)
        with pikepdf.open(path) as pdf:
            last = str(len(pdf.pages))
        text = run("pdftotext", "-f", last, "-l", last, path, "-")
        assert "Hiệu trưởng" in text
        assert "Thạch Thị Sô Phia" in text


def test_remarks(tmp_path: Path) -> None:
    klass = school_class(1, 2)
    pupil = replace(
        klass.pupils[0],
        enrolment=replace(klass.pupils[0].enrolment, regime=Regime.NOT_ASSESSED),
        outcome=replace(klass.pupils[0].outcome, promoted=False, awards=("Thư khen",)),
    )
    path = stored(render_class_summary(replace(klass, pupils=(pupil,)), Period.CN, OLD_SCHOOL), tmp_path)
    text = text_of(path)
    assert "không" in text
    assert text.count(" x ") >= 2


def test_grade_five_of_the_pilot_year_is_out_of_scope() -> None:
    klass = replace(school_class(1, 4), grade=5, year=YEAR)
    with pytest.raises(UserError) as caught:
        render_class_summary(klass, Period.CN, OLD_SCHOOL)
    assert caught.value.code == "programme.out_of_scope"


def test_same_bytes() -> None:
    first, second = (render_class_summary(school_class(5, 3), Period.CN, OLD_SCHOOL) for _ in range(2))
    assert first == second


def test_report_table(tmp_path: Path) -> None:
    rows = tuple((f"{grade}A{number}", 35, 12.5) for grade in range(1, 6) for number in range(1, 15))
    table = Table("Tiến độ học bạ số", ("Lớp", "Học sinh", "Tỉ lệ (%)"), rows, ("Không tính khối 5.",))
    path = stored(render_table(table, school=OLD_SCHOOL), tmp_path)
    text = text_of(path)
    assert all(row[0] in text for row in rows)
    assert text.count("Tỉ lệ (%)") == 2
    for part in ("12,5", "Không tính khối 5.", "Tiến độ học bạ số", OLD_SCHOOL.name):
        assert part in text


@pytest.mark.parametrize("columns", [1, 12, 30, 60])
def test_wide_and_empty_report_tables(columns: int, tmp_path: Path) -> None:
    heads = tuple(f"Cột {number}" for number in range(columns))
    text = text_of(stored(render_table(Table("Rộng", heads, (tuple(range(columns)),))), tmp_path))
    assert "".join(text.split()).count("Cột") == columns
    assert "Rộng" in text_of(stored(render_table(Table("Rộng", heads, ())), tmp_path))


def test_several_tables_make_one_report(tmp_path: Path) -> None:
    first, second = (Table(f"Bảng {number}", ("Lớp",), ((f"{number}A",),)) for number in (1, 2))
    text = text_of(stored(render_table(first, second), tmp_path))
    assert text.count("Bảng 1") == 3
    assert text.count("Bảng 2") == 1
    assert "2A" in text
    assert "Trang 2/2" in text
