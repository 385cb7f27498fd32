"""The last test counts, the very first one is kept."""

from __future__ import annotations

from app.records.retest import retested
from app.records.types import Level, SubjectResult


def test_the_first_score_is_kept_however_often_the_test_is_taken() -> None:
    once = retested(SubjectResult(Level.C, 3, "Cần đọc thêm"), 4)
    assert once == SubjectResult(Level.C, 4, "Cần đọc thêm", 3)
    assert retested(once, 6) == SubjectResult(Level.C, 6, "Cần đọc thêm", 3)


def test_without_a_first_test_there_is_nothing_to_keep() -> None:
    assert retested(SubjectResult(Level.C), 6) == SubjectResult(Level.C, 6)
    assert retested(SubjectResult(score=3, first_score=0), 6).first_score == 0
