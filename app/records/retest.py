"""A test taken again: the last score counts, the first one is kept (Circular 27, article 7.1d)."""

from __future__ import annotations

from dataclasses import replace

from app.records.types import SubjectResult


def retested(result: SubjectResult, score: int) -> SubjectResult:
    """`result` after another test with `score`.

    The form shows the last test (guidance of the form, "bài kiểm tra lần cuối"); the score of the very first
    one stays in `first_score`, however often the test is taken again.
    """
    first = result.score if result.first_score is None else result.first_score
    return replace(result, score=score, first_score=first)
