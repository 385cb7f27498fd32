"""Numbers of the quality reports, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.records.awards import OUTSTANDING, award_text
from app.records.quality import (
    MISSING,
    NO_TITLE,
    NOT_ASSESSED,
    items_of,
    quality_tables,
    subject_sheets,
    trait_sheets,
    year_sheets,
)
from app.records.reports import WHOLE, Scope, Shade, Table
from app.records.types import ClassYear, Level, Period, PeriodResults, Regime, Stage, Status, YearClass
from tests.records.builders import (
    both,
    changed,
    enrolment,
    make_class,
    outcome,
    period_results,
    pupil,
    subject,
)


def by_title(tables: tuple[Table, ...]) -> dict[str, Table]:
    return {table.title.split(" – ")[0]: table for table in tables}


def test_quality_numbers() -> None:
    klass = make_class(1, 4)  # An (Khmer, boy), Bình (girl), Châu (boy), Dũng (Khmer, girl)
    klass = changed(klass, subject("TV", level=Level.H, score=6), at=1)
    klass = changed(
        klass, both(outcome(awards=(award_text(OUTSTANDING),)), enrolment(regime=Regime.ADJUSTED)), at=3
    )
    tables = by_title(quality_tables([klass]))
    assert list(tables) == [
        *("Môn học và hoạt động giáo dục", "Điểm kiểm tra định kì", "Phẩm chất và năng lực"),
        *("Kết quả giáo dục", "Khen thưởng"),
    ]
    levels = {row[1:3]: row[3:] for row in tables["Môn học và hoạt động giáo dục"].rows}
    assert levels["Tiếng Việt", "Hoàn thành tốt"] == (3, 75.0, 1, 2, 1, 1)
    assert levels["Tiếng Việt", "Hoàn thành"] == (1, 25.0, 1, 0, 0, 0)
    assert levels["Tiếng Việt", "Chưa hoàn thành"] == (0, 0.0, 0, 0, 0, 0)
    scores = {row[1:3]: row[3] for row in tables["Điểm kiểm tra định kì"].rows}
    assert scores["Tiếng Việt", "5–6"] == 1
    assert scores["Tiếng Việt", "7–8"] == 2
    assert scores["Tiếng Việt", "9–10"] == 1
    assert ("Đạo đức", "9–10") not in scores
    classes = {row[1]: row[2:] for row in tables["Kết quả giáo dục"].rows}
    assert classes["Hoàn thành xuất sắc"] == (1, 25.0, 0, 1, 0, 0)
    assert classes["Hoàn thành tốt"][0] == 3
    awards = {row[1]: row[2] for row in tables["Khen thưởng"].rows}
    assert awards == {"Học sinh Xuất sắc": 1, OUTSTANDING: 1, NO_TITLE: 2}


def test_columns_fit_rows_and_everybody_is_counted_once() -> None:
    school = [make_class(grade, 7) for grade in range(1, 5)]
    for table in quality_tables(school):
        assert all(len(row) == len(table.columns) for row in table.rows)
    traits = by_title(quality_tables(school))["Phẩm chất và năng lực"]
    assert sum(int(row[3]) for row in traits.rows if row[0] == 4) == 7 * 15


def test_grades_add_up_to_the_school_in_every_column() -> None:
    school = [make_class(grade, 5) for grade in (2, 3)]
    table = year_sheets(school)[0].table
    assert table.columns[0] == "Khối"
    sums = {
        words: tuple(
            sum(int(row[column]) for row in table.rows if row[:2] in ((2, words), (3, words)))
            for column in (2, 4, 5, 6, 7)
        )
        for words in ("Hoàn thành xuất sắc", "Hoàn thành tốt", "Hoàn thành", "Chưa hoàn thành")
    }
    whole = {row[1]: (row[2], *row[4:]) for row in table.rows if row[0] == "Toàn trường"}
    assert whole == sums
    assert sum(int(row[0]) for row in whole.values()) == 10


def test_who_left_is_not_counted_and_holes_are_not_in_the_percentage() -> None:
    klass = make_class(2, 4)
    klass = changed(klass, enrolment(status=Status.LEFT_1), at=0)
    klass = changed(klass, both(period_results(PeriodResults()), outcome(confirmed=None)), at=1)
    tables = by_title(quality_tables([klass]))
    classes = {row[1]: row[2:4] for row in tables["Kết quả giáo dục"].rows}
    assert classes["Hoàn thành tốt"] == (2, 100.0)
    assert classes[MISSING] == (1, "")
    levels = [row for row in tables["Môn học và hoạt động giáo dục"].rows if row[1] == "Toán"]
    assert sum(int(row[3]) for row in levels) == 3


def test_who_is_not_assessed_has_a_row_of_their_own() -> None:
    klass = changed(
        make_class(2, 3),
        both(
            both(period_results(PeriodResults()), outcome(confirmed=None)),
            enrolment(regime=Regime.NOT_ASSESSED),
        ),
        at=1,
    )
    for table in quality_tables([klass])[:4]:
        assert {row[-6] for row in table.rows if NOT_ASSESSED in row} == {1}, table.title
        assert not any(MISSING in row for row in table.rows)
    bar = year_sheets([klass])[0].chart
    assert bar is not None
    assert [(one.total, one.outside) for one in bar.bars] == [(2, 1)]


def test_an_elective_is_missing_for_nobody_who_does_not_study_it() -> None:
    klass = make_class(1, 3)
    elective = changed(klass, subject("NN1", level=Level.T), at=0)
    assert not any(row[1] == "Ngoại ngữ 1" for row in subject_sheets([klass])[0].table.rows)
    rows = [row for row in subject_sheets([elective])[0].table.rows if str(row[1]).startswith("Ngoại ngữ")]
    assert [row[2:5] for row in rows if row[3]] == [("Hoàn thành tốt", 1, 100.0)]


def test_a_confirmed_class_goes_before_the_proposed_one() -> None:
    klass = changed(make_class(2, 2), outcome(confirmed=YearClass.CHT), at=0)
    klass = changed(klass, outcome(confirmed=None), at=1)
    classes = {row[1]: row[2] for row in by_title(quality_tables([klass]))["Kết quả giáo dục"].rows}
    assert (classes["Chưa hoàn thành"], classes["Hoàn thành tốt"]) == (1, 1)


def test_grades_without_a_rule_set_are_left_out_and_named() -> None:
    school = [make_class(4, 2), make_class(5, 2, year="2024-2025")]
    old = replace(school[1], year="2023-2024")
    for table in quality_tables([school[0], old]):
        assert {row[0] for row in table.rows} == {4}
        assert table.notes[0].startswith("Khối 5 năm học 2023-2024")


def test_other_periods_have_no_classes() -> None:
    assert len(quality_tables([make_class(4, 2)], Period.GK1)) == 3
    assert quality_tables([])[0].rows == ()


@pytest.mark.parametrize("ethnicity", ["Khmer", "Khơ-me", "Hoa", "Chưa rõ"])
def test_minorities_are_all_but_kinh(ethnicity: str) -> None:
    klass = changed(make_class(1, 2), pupil(ethnicity=ethnicity), at=1)
    row = by_title(quality_tables([klass]))["Phẩm chất và năng lực"].rows[0]
    assert row[3:] == (2, 100.0, 1, 2, 1, 0)


def test_what_a_split_cannot_place_is_told() -> None:
    klass = changed(make_class(1, 3), pupil(ethnicity="", sex=None), at=1)
    notes = trait_sheets([klass])[0].table.notes
    assert "1 em chưa ghi dân tộc nên không tính vào cột Dân tộc." in notes
    assert "1 em chưa ghi giới tính nên không tính vào cột Nữ." in notes


@pytest.fixture
def third_grade() -> list[ClassYear]:
    """3B has one pupil of level C in Toán."""
    first = make_class(3, 3)
    second = replace(changed(first, subject("TOAN", level=Level.C), at=0), name="3B")
    return [second, replace(first, name="3A")]


def test_a_chosen_grade_goes_by_class_and_a_chosen_subject_draws_classes_by_name(
    third_grade: list[ClassYear],
) -> None:
    sheet = subject_sheets(third_grade, Scope(grade=3))[0]
    assert sheet.table.columns[0] == "Lớp"
    assert list(dict.fromkeys(row[0] for row in sheet.table.rows)) == ["3A", "3B", "Cộng"]
    one = subject_sheets(third_grade, Scope(item="TOAN"))[0]
    assert one.chart is not None
    assert [(bar.label, bar.counts) for bar in one.chart.bars] == [
        ("Lớp 3A", (3, 0, 0)),
        ("Lớp 3B", (2, 0, 1)),
    ]
    assert {row[1] for row in one.table.rows} == {"Toán"}


def test_without_a_chosen_subject_each_subject_has_a_bar(third_grade: list[ClassYear]) -> None:
    chart = subject_sheets(third_grade)[0].chart
    assert chart is not None
    assert [bar.total for bar in chart.bars] == [6] * len(chart.bars)
    assert [part.shade for part in chart.parts] == [Shade.GOOD, Shade.MIDDLE, Shade.LOW]
    toan = next(bar for bar in chart.bars if bar.label == "Toán")
    assert toan.counts == (5, 0, 1)


def test_the_classes_of_one_teacher_are_never_called_a_grade(third_grade: list[ClassYear]) -> None:
    table = year_sheets(third_grade[:1], WHOLE, whole=False)[0].table
    assert table.columns[0] == "Lớp"
    assert {row[0] for row in table.rows} == {"3B"}


def test_only_approved_classes_when_asked(third_grade: list[ClassYear]) -> None:
    third_grade[0] = replace(third_grade[0], stages={Period.CN: Stage.APPROVED})
    table = year_sheets(third_grade, Scope(approved_only=True))[0].table
    assert sum(int(row[2]) for row in table.rows) == 3


def test_items_are_those_of_the_classes(third_grade: list[ClassYear]) -> None:
    codes = items_of(third_grade, WHOLE, traits=False)
    assert "TOAN" in codes
    assert "KH" not in codes
    assert items_of(third_grade, WHOLE, traits=True)[0] == "YN"
