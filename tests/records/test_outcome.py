"""Completion, promotion and awards: what follows from a class, and the words of the form."""

from __future__ import annotations

import pytest

from app.records.awards import (
    EXCELLENT,
    OUTSTANDING,
    award_text,
    computed,
    eligible,
    is_title_misworded,
    title_in,
)
from app.records.classification import propose
from app.records.completion import OutcomeProposal, completion, completion_text, propose_outcome
from app.records.types import YearClass, YearOutcome
from tests.records.builders import make_entry

HTXS, HTT, HT, CHT = YearClass.HTXS, YearClass.HTT, YearClass.HT, YearClass.CHT


@pytest.mark.parametrize(("year_class", "done"), [(HTXS, True), (HTT, True), (HT, True), (CHT, False)])
def test_completion_is_one_of_the_three_upper_classes(year_class: YearClass, done: bool) -> None:
    assert completion(year_class) is done


@pytest.mark.parametrize(
    ("year_class", "grade", "expected"),
    [
        (HTXS, 1, OutcomeProposal(True, True, None)),
        (HT, 4, OutcomeProposal(True, True, None)),
        (CHT, 2, OutcomeProposal(False, None, None)),
        (HTT, 5, OutcomeProposal(True, None, True)),
        (CHT, 5, OutcomeProposal(False, None, False)),
        (None, 3, OutcomeProposal(None, None, None)),
    ],
)
def test_proposed_outcome(year_class: YearClass | None, grade: int, expected: OutcomeProposal) -> None:
    assert propose_outcome(year_class, grade) == expected


@pytest.mark.parametrize(
    ("outcome", "grade", "text"),
    [
        (YearOutcome(completed=True, promoted=True), 2, "Hoàn thành chương trình lớp 2; Được lên lớp 3"),
        (
            YearOutcome(completed=False, promoted=False),
            1,
            "Chưa hoàn thành chương trình lớp 1; Chưa được lên lớp",
        ),
        (
            YearOutcome(completed=False, promoted=True),
            3,
            "Chưa hoàn thành chương trình lớp 3; Được lên lớp 4",
        ),
        (YearOutcome(completed=False), 3, "Chưa hoàn thành chương trình lớp 3"),
        (YearOutcome(completed=True), 4, "Hoàn thành chương trình lớp 4"),
        (YearOutcome(promoted=True), 4, "Được lên lớp 5"),
        (YearOutcome(completed=True, completed_primary=True), 5, "Hoàn thành chương trình tiểu học"),
        (YearOutcome(completed=True, promoted=True), 5, "Hoàn thành chương trình tiểu học"),
        (YearOutcome(completed=True, completed_primary=False), 5, "Hoàn thành chương trình lớp 5"),
        (
            YearOutcome(completed=False, promoted=False, completed_primary=False),
            5,
            "Chưa hoàn thành chương trình lớp 5; Chưa được lên lớp",
        ),
        (YearOutcome(), 2, ""),
    ],
)
def test_section_6_of_the_form(outcome: YearOutcome, grade: int, text: str) -> None:
    assert completion_text(outcome, grade) == text


@pytest.mark.parametrize(
    ("year_class", "title"), [(HTXS, EXCELLENT), (HTT, OUTSTANDING), (HT, None), (CHT, None)]
)
def test_eligible_titles(year_class: YearClass, title: str | None) -> None:
    assert eligible(year_class) == title
    assert computed(year_class) == ((EXCELLENT,) if year_class is HTXS else ())


def test_a_proposal_is_eligible_like_its_class() -> None:
    entry = make_entry(0, 3, "3A", "2023-2024")
    assert eligible(propose("2023-2024", entry)) == EXCELLENT
    assert eligible(propose("2021-2022", entry)) is None
    assert eligible(None) is None


@pytest.mark.parametrize(
    ("award", "title", "misworded"),
    [
        ("Đạt danh hiệu Học sinh Xuất sắc", EXCELLENT, False),
        ("HỌC SINH XUẤT SẮC", EXCELLENT, False),
        (award_text(OUTSTANDING), OUTSTANDING, False),
        ("Học sinh Tiêu biểu", None, True),
        ("Danh hiệu học sinh giỏi", None, True),
        ("Học sinh Tiên tiến", None, True),
        ("Đạt giải Nhì hội giao lưu An toàn giao thông cấp huyện", None, False),
        ("", None, False),
    ],
)
def test_titles_are_recognised(award: str, title: str | None, misworded: bool) -> None:
    assert title_in(award) == title
    assert is_title_misworded(award) is misworded
