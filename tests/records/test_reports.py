"""Progress of transcripts, captions and scopes, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.records.reports import (
    PROGRESS_COLUMNS,
    WHOLE,
    ClassProgress,
    Scope,
    Shade,
    caption,
    in_scope,
    outside_reasons,
    progress_chart,
    progress_table,
)
from app.records.types import ClassYear, Period, Stage, TranscriptState
from tests.records.builders import make_class

S = TranscriptState
CLASSES = (
    ClassProgress("2B", 2, 2, (S.ISSUED,), blocked=1),
    ClassProgress("1A", 1, 4, (S.SEALED, S.LEADER_SIGNED, S.TEACHER_SIGNED, S.REVOKED), delivered=1),
    ClassProgress("1Ă", 1, 1),
)


def test_progress_counts_a_later_state_as_the_earlier_too() -> None:
    table = progress_table("2023-2024", CLASSES)
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


def test_some_classes_are_never_called_the_school_or_the_grade() -> None:
    table = progress_table("2023-2024", CLASSES[:1], total="Cộng")
    assert [row[:3] for row in table.rows] == [(2, "2B", 2), ("Cộng", "", 2)]


def test_the_bars_of_progress_hold_every_pupil_once_and_go_by_name() -> None:
    outside = ClassProgress("5A", 5, 9, asked=False)
    chart = progress_chart([*CLASSES, outside])
    assert [bar.label for bar in chart.bars] == ["Lớp 1A", "Lớp 1Ă", "Lớp 2B"]
    assert [bar.counts for bar in chart.bars] == [(1, 1, 1, 0, 1), (0, 0, 0, 0, 1), (0, 0, 0, 1, 1)]
    assert [bar.total for bar in chart.bars] == [4, 1, 2]
    assert len({part.shade for part in chart.parts}) == 5
    assert Shade.LOW not in {part.shade for part in chart.parts}


def staged(klass: ClassYear, stage: Stage, period: Period = Period.CN) -> ClassYear:
    return replace(klass, stages={period: stage})


@pytest.fixture
def school() -> tuple[ClassYear, ...]:
    """Grade 2 approved, grade 3 submitted, grade 5 outside the circular."""
    fifth = replace(make_class(5, 2), year="2023-2024")
    return (staged(make_class(2, 2), Stage.APPROVED), staged(make_class(3, 2), Stage.SUBMITTED), fifth)


def test_the_caption_counts_and_names_the_classes_that_are_not_approved(
    school: tuple[ClassYear, ...],
) -> None:
    names = school[1].name
    assert caption(school, WHOLE) == (
        f"2 lớp: đã duyệt cuối năm học 1 lớp, chưa duyệt 1 ({names}); số của các lớp này còn có thể thay đổi."
    )
    assert caption(school, Scope(approved_only=True)).endswith(f"({names}); chưa có trong báo cáo này.")
    assert caption(school[:1], WHOLE) == "Đủ 1 lớp, tất cả đã duyệt cuối năm học."
    assert "đã duyệt giữa học kì I 0 lớp" in caption(school, Scope(period=Period.GK1))
    assert caption((), WHOLE) == "Không có lớp nào trong phạm vi đã chọn."


def test_scope_chooses_by_grade_and_class_in_the_order_of_names(school: tuple[ClassYear, ...]) -> None:
    assert [one.grade for one in in_scope(reversed(school), WHOLE)] == [2, 3, 5]
    assert [one.grade for one in in_scope(school, Scope(grade=3))] == [3]
    assert [one.name for one in in_scope(school, Scope(class_name=school[0].name))] == [school[0].name]


def test_a_grade_outside_the_circular_is_named_once(school: tuple[ClassYear, ...]) -> None:
    reasons = outside_reasons((*school, school[2]))
    assert len(reasons) == 1
    assert reasons[0].startswith("Khối 5 năm học 2023-2024")
