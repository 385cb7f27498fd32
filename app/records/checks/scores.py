"""Rules about scores and levels: impossible, without a test, at odds (Circular 27, article 7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.records.checks.base import ERROR, WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.views import PupilView
from app.records.codes import LEVEL_TEXT, TRAIT_LEVEL_TEXT
from app.records.programme import field_name
from app.records.types import Level, TraitLevel

book = RuleBook()
LOWEST, HIGHEST = 0, 10
STEPS: Final = {"C": 0, "H": 1, "Đ": 1, "T": 2}


def _scores(view: PupilView) -> Iterator[tuple[str, int]]:
    for code, result in view.results.subjects.items():
        if result.score is not None:
            yield code, result.score


@book.pupil(
    "score.range",
    ERROR,
    "Circular 27, article 7.1d: scale of 10, whole numbers",
    "Điểm {score} môn {subject} của em {name} nằm ngoài thang 10 ({period}). Nhập số nguyên từ 0 đến 10.",
    scope=Scope.RESULTS,
)
def score_range(view: PupilView) -> Iterator[Hit]:
    for code, score in _scores(view):
        if not LOWEST <= score <= HIGHEST:
            yield hit(code, score=score, subject=field_name(code))


@book.pupil(
    "score.zero",
    WARNING,
    "domain 1.3: 0 is legal, but sector tools drop it",
    "Em {name} bị điểm 0 môn {subject} ({period}). Kiểm tra bài; CSDL ngành có thể không nhận điểm 0.",
    scope=Scope.RESULTS,
)
def score_zero(view: PupilView) -> Iterator[Hit]:
    for code, score in _scores(view):
        if score == LOWEST:
            yield hit(code, subject=field_name(code))


@book.pupil(
    "score.unexpected",
    ERROR,
    "Circular 27, article 7.1b: subjects with a periodic test",
    "Em {name} có điểm môn {subject} mà khối {grade} không kiểm tra ({period}). Xoá điểm này.",
    scope=Scope.RESULTS,
)
def score_unexpected(view: PupilView) -> Iterator[Hit]:
    for code, _ in _scores(view):
        if code not in view.tests and code in view.taught and code != "TDT":
            yield hit(code, subject=field_name(code), grade=view.grade)


@book.pupil(
    "score.minority_language",
    WARNING,
    "domain 1.3: the test in Tiếng dân tộc is a local decision",
    "Em {name} có điểm {subject} mà trường không đặt kiểm tra môn này ({period}). "
    "Xoá điểm, hoặc bật trong cài đặt.",
    scope=Scope.RESULTS,
)
def score_minority_language(view: PupilView) -> Iterator[Hit]:
    if "TDT" not in view.tests and view.subject("TDT").score is not None:
        yield hit("TDT", subject=field_name("TDT"))


@book.pupil(
    "score.first_test",
    WARNING,
    "Circular 27, article 7.1d; Circular 27, form guidance: the last test counts",
    "Điểm kiểm tra lần đầu {first} môn {subject} của em {name} không hợp lệ ({period}). "
    "Nhập số nguyên từ 0 đến 10 kèm điểm lần cuối.",
    scope=Scope.RESULTS,
)
def score_first_test(view: PupilView) -> Iterator[Hit]:
    for code, result in view.results.subjects.items():
        first = result.first_score
        if first is not None and (not LOWEST <= first <= HIGHEST or result.score is None):
            yield hit(code, first=first, subject=field_name(code))


@book.pupil(
    "score.retest_lower",
    WARNING,
    "Circular 27, form guidance: the last test counts",
    "Em {name} kiểm tra lại môn {subject} được {score}, thấp hơn lần đầu {first} ({period}). "
    "Kiểm tra hai điểm.",
    scope=Scope.RESULTS,
)
def score_retest_lower(view: PupilView) -> Iterator[Hit]:
    for code, score in _scores(view):
        first = view.subject(code).first_score
        if first is not None and LOWEST <= score < first <= HIGHEST:
            yield hit(code, subject=field_name(code), score=score, first=first)


@book.pupil(
    "level.score",
    WARNING,
    "practice (domain 1.3), not law; configurable",
    "Em {name}: môn {subject} ghi {level} nhưng điểm là {score} ({period}). Kiểm tra mức và điểm.",
    scope=Scope.RESULTS,
)
def level_score(view: PupilView) -> Iterator[Hit]:
    settings = view.settings
    for code, score in _scores(view) if settings.compare_scores else ():
        level = view.subject(code).level
        if level is None or code not in view.tests or not LOWEST <= score <= HIGHEST:
            continue
        low, high = settings.level_scores[level]
        if not low <= score <= high:
            yield hit(code, subject=field_name(code), level=LEVEL_TEXT[level], score=score)


def _subject_steps(view: PupilView) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Competency and the subjects it is read from (domain 1.3)."""
    science = "TNXH" if view.grade <= 3 else "KH"
    yield from (("NL_TT", ("TOAN",)), ("NL_NN", ("TV",)), ("NL_KH", (science,)), ("NL_TIN", ("TIN",)))
    yield from (("NL_CN", ("CN",)), ("NL_TC", ("GDTC",)), ("NL_TM", ("AN", "MT")))


def _joint_level(levels: list[Level | None]) -> Level | None:
    """C if any is C, T if all are T, else H; None while one is missing."""
    if None in levels:
        return None
    if Level.C in levels:
        return Level.C
    return Level.T if set(levels) == {Level.T} else Level.H


@book.pupil(
    "competency.subject",
    WARNING,
    "practice (domain 1.3), not law; configurable",
    "Em {name}: năng lực {trait} ghi {trait_level} nhưng môn {subject} ghi {level} ({period}). "
    "Kiểm tra hai mức.",
    scope=Scope.RESULTS,
)
def competency_subject(view: PupilView) -> Iterator[Hit]:
    gap = view.settings.competency_gap
    for trait, subjects in _subject_steps(view) if gap else ():
        competency: TraitLevel | None = view.trait(trait).level
        level = _joint_level([view.subject(code).level for code in subjects])
        if competency is None or level is None or trait not in view.traits:
            continue
        if abs(STEPS[competency] - STEPS[level]) >= gap:
            names = ", ".join(field_name(code) for code in subjects)
            words = {"trait_level": TRAIT_LEVEL_TEXT[competency], "level": LEVEL_TEXT[level]}
            yield hit(trait, trait=field_name(trait), subject=names, **words)
