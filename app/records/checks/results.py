"""Rules about what is recorded: missing, or where the grade has nothing (Circular 27, article 7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.records.checks.base import ERROR, NOTE, WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.views import PupilView
from app.records.programme import field_name
from app.records.types import Regime

book = RuleBook()
EARLY_COMPUTING: Final = frozenset({"TIN"})
"""The sector database has a level column for it in grades 1-2 (domain 3.1)."""


def _by_plan(view: PupilView) -> bool:
    return view.enrolment.regime is Regime.INDIVIDUAL_PLAN


def _levels_missing(view: PupilView) -> list[str]:
    compulsory = view.programme.subjects if view.programme else ()
    return [code for code in view.subjects if code in compulsory and view.subject(code).level is None]


def _scores_missing(view: PupilView) -> list[str]:
    return [
        code
        for code in view.subjects
        if code in view.tests
        and view.subject(code).score is None
        and (code != "TDT" or view.subject(code).level is not None)
    ]


def _traits_missing(view: PupilView) -> list[str]:
    return [code for code in view.traits if view.trait(code).level is None]


@book.pupil(
    "results.none",
    ERROR,
    "Circular 27, article 9.1",
    "Em {name} chưa có kết quả nào ({period}). Nhập hoặc lấy kết quả từ tệp.",
)
def results_none(view: PupilView) -> Iterator[Hit]:
    if view.due and not view.recorded:
        yield hit("results")


@book.pupil(
    "level.missing",
    ERROR,
    "Circular 27, article 7.1a",
    "Em {name} chưa có mức đạt được môn {subject} ({period}). Nhập T, H hoặc C.",
    scope=Scope.RESULTS,
)
def level_missing(view: PupilView) -> Iterator[Hit]:
    for code in () if _by_plan(view) else _levels_missing(view):
        yield hit(code, subject=field_name(code))


@book.pupil(
    "score.missing",
    ERROR,
    "Circular 27, article 7.1b",
    "Em {name} chưa có điểm kiểm tra định kì môn {subject} ({period}). Nhập số nguyên từ 0 đến 10.",
    scope=Scope.RESULTS,
)
def score_missing(view: PupilView) -> Iterator[Hit]:
    for code in () if _by_plan(view) else _scores_missing(view):
        yield hit(code, subject=field_name(code))


@book.pupil(
    "trait.missing",
    ERROR,
    "Circular 27, article 7.2",
    "Em {name} chưa có mức đạt được về {trait} ({period}). Nhập T, Đ hoặc C.",
    scope=Scope.RESULTS,
)
def trait_missing(view: PupilView) -> Iterator[Hit]:
    for code in () if _by_plan(view) else _traits_missing(view):
        yield hit(code, trait=field_name(code))


@book.pupil(
    "plan.incomplete",
    WARNING,
    "Circular 27, article 8: an individual plan may leave subjects out",
    "Em {name} học theo kế hoạch cá nhân còn trống: {gaps} ({period}). Đối chiếu với kế hoạch của em.",
    scope=Scope.RESULTS,
)
def plan_incomplete(view: PupilView) -> Iterator[Hit]:
    if not _by_plan(view):
        return
    codes = dict.fromkeys([*_levels_missing(view), *_scores_missing(view), *_traits_missing(view)])
    if codes:
        yield hit(next(iter(codes)), gaps=", ".join(field_name(code) for code in codes))


@book.pupil(
    "elective.level_missing",
    WARNING,
    "Circular 27, article 7.1a",
    "Em {name} có ghi môn tự chọn {subject} nhưng chưa có mức đạt được ({period}). "
    "Nhập mức hoặc xoá phần đã ghi.",
    scope=Scope.RESULTS,
)
def elective_level_missing(view: PupilView) -> Iterator[Hit]:
    electives = view.programme.electives if view.programme else ()
    for code in view.subjects:
        if code in electives and view.subject(code).level is None:
            yield hit(code, subject=field_name(code))


def _strays(view: PupilView) -> Iterator[str]:
    """Subjects with a level or score that the grade does not have."""
    for code, result in view.results.subjects.items():
        if code not in view.taught and (result.level is not None or result.score is not None):
            yield code


@book.pupil(
    "subject.not_taught",
    ERROR,
    "Circular 32/2018: subjects of each grade",
    "Em {name} có kết quả môn {subject} mà khối {grade} không học ({period}). Xoá kết quả này.",
    scope=Scope.RESULTS,
)
def subject_nottaught(view: PupilView) -> Iterator[Hit]:
    for code in _strays(view):
        if code not in EARLY_COMPUTING:
            yield hit(code, subject=field_name(code), grade=view.grade)


@book.pupil(
    "subject.early",
    NOTE,
    "domain 3.1: some schools teach computing early",
    "Em {name} có kết quả môn {subject} ở khối {grade}; môn này không tính khi xếp loại ({period}). "
    "Xoá nếu nhập nhầm.",
    scope=Scope.RESULTS,
)
def subject_early(view: PupilView) -> Iterator[Hit]:
    for code in _strays(view):
        if code in EARLY_COMPUTING:
            yield hit(code, subject=field_name(code), grade=view.grade)


@book.pupil(
    "trait.not_shown",
    WARNING,
    "domain 3.3: competencies shown per grade",
    "Em {name} có mức đạt được về {trait} mà khối {grade} không đánh giá ({period}). Xoá mức này.",
    scope=Scope.RESULTS,
)
def trait_not_shown(view: PupilView) -> Iterator[Hit]:
    shown = view.programme.traits if view.programme else ()
    for code, result in view.results.traits.items():
        if code not in shown and result.level is not None:
            yield hit(code, trait=field_name(code), grade=view.grade)
