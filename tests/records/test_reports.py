"""Numbers of the reports, counted by hand."""

from __future__ import annotations

import pytest

from app.records.awards import OUTSTANDING, award_text
from app.records.reports import PROGRESS_COLUMNS, ClassProgress, Table, progress_table, quality_tables
from app.records.types import Level, Period, PeriodResults, Regime, Status, TranscriptState, YearClass
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

S = TranscriptState


def test_progress_counts_a_later_state_as_the_earlier_too() -> None:
    classes = [
        ClassProgress("2B", 2, 2, (S.ISSUED,), blocked=1),
        ClassProgress("1A", 1, 4, (S.SEALED, S.LEADER_SIGNED, S.TEACHER_SIGNED, S.REVOKED), delivered=1),
        ClassProgress("1Ă", 1, 1),
    ]
    table = progress_table("2023-2024", classes)
    assert table.title == "Tiến độ học bạ số năm học 2023-2024"
    assert table.rows == (
        (1, "1A", 4, 3, 3, 2, 1, 1, 1, 0),
        (1, "1Ă", 1, 0, 0, 0, 0, 0, 0, 0),
        (1, "Cộng khối", 5, 3, 3, 2, 1, 1, 1, 0),
        (2, "2B", 2, 1, 0, 0, 0, 0, 0, 1),
        (2, "Cộng khối", 2, 1, 0, 0, 0, 0, 0, 1),
        ("Toàn trường", "", 7, 4, 3, 2, 1, 1, 1, 1),
    )
    assert all(len(row) == len(PROGRESS_COLUMNS) for row in table.rows)


def test_progress_of_nothing() -> None:
    assert progress_table("2023-2024", []).rows == (("Toàn trường", "", 0, 0, 0, 0, 0, 0, 0, 0),)


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
    assert awards == {"Học sinh Xuất sắc": 1, OUTSTANDING: 1}


def test_columns_fit_rows_and_everybody_is_counted_once() -> None:
    school = [make_class(grade, 7) for grade in range(1, 5)]
    for table in quality_tables(school):
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert table.notes == ()
    traits = by_title(quality_tables(school))["Phẩm chất và năng lực"]
    assert sum(int(row[3]) for row in traits.rows if row[0] == 4) == 7 * 15


def test_who_left_is_not_counted_and_holes_are_not_in_the_percentage() -> None:
    klass = make_class(2, 4)
    klass = changed(klass, enrolment(status=Status.LEFT_1), at=0)
    klass = changed(klass, both(period_results(PeriodResults()), outcome(confirmed=None)), at=1)
    tables = by_title(quality_tables([klass]))
    classes = {row[1]: row[2:4] for row in tables["Kết quả giáo dục"].rows}
    assert classes["Hoàn thành tốt"] == (2, 100.0)


def test_a_confirmed_class_goes_before_the_proposed_one() -> None:
    klass = changed(make_class(2, 2), outcome(confirmed=YearClass.CHT), at=0)
    klass = changed(klass, outcome(confirmed=None), at=1)
    classes = {row[1]: row[2] for row in by_title(quality_tables([klass]))["Kết quả giáo dục"].rows}
    assert (classes["Chưa hoàn thành"], classes["Hoàn thành tốt"]) == (1, 1)


def test_grades_without_a_rule_set_are_left_out_and_named() -> None:
    school = [make_class(4, 2), make_class(5, 2, year="2024-2025")]
    assert all(not table.notes for table in quality_tables([school[0]]))
    old = type(school[1])("5A", 5, "2023-2024", "", school[1].pupils)
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
