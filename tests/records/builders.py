"""A clean, complete class of invented pupils, and small changes to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from app.records.awards import EXCELLENT, award_text
from app.records.names import sort_key
from app.records.programme import TRAIT_GROUPS, Programme, programme_for
from app.records.types import (
    ClassYear,
    Enrolment,
    Level,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    Sex,
    SubjectResult,
    TraitLevel,
    TraitResult,
    YearClass,
    YearOutcome,
)

FAMILIES = ("Nguyễn", "Trần", "Lê", "Thạch", "Sơn", "Lâm", "Kim")
MIDDLES = ("Thị", "Văn", "Minh", "Ngọc", "Gia")
GIVENS = ("An", "Bình", "Châu", "Dũng", "Duy", "Đạt", "Hân", "Khang", "Ly", "Mai", "Phúc")


OPENINGS = (
    *(
        "Đọc bài to, rõ ràng",
        "Phát biểu sôi nổi trong giờ học",
        "Viết chữ đều nét",
        "Chuẩn bị đồ dùng chu đáo",
    ),
    *("Giữ gìn sách vở sạch đẹp", "Lắng nghe thầy cô giảng bài"),
)
ENDINGS = (
    *("biết giúp đỡ bạn", "mạnh dạn trước lớp", "trình bày bài gọn gàng", "tự giác khi làm việc nhóm"),
    *("thích khám phá thế giới", "có nhiều ý tưởng riêng"),
)


def comment_of(number: int) -> str:
    """A comment that suits every field and level, clearly unlike the other 35."""
    return f"{OPENINGS[number % 6]}; {ENDINGS[number // 6 % 6]}."


def year_of(grade: int) -> str:
    """A school year in which every grade, or grades 1 to 4, follow Circular 27."""
    return "2024-2025" if grade == 5 else "2023-2024"


def name_of(index: int) -> str:
    return f"{FAMILIES[index % 7]} {MIDDLES[index % 5]} {GIVENS[index % 11]}"


def make_pupil(index: int, class_name: str, grade: int, *, start: int) -> Pupil:
    number = 1000 * ord(class_name[-1]) + index
    birth = date(start - 5 - grade, 1 + index % 12, 1 + index % 28)
    sex = Sex.FEMALE if index % 2 else Sex.MALE
    return Pupil(
        code=f"{grade}{number:09}",
        name=name_of(index),
        birth_date=birth,
        sex=sex,
        vnedu_code=f"25{grade}{number:07}",
        personal_id=f"094{2 + index % 2}{birth.year % 100:02}{grade}{number:05}",
        ethnicity="Khmer" if index % 3 == 0 else "Kinh",
        birth_place="Sóc Trăng",
        hometown="Mỹ Tú, Sóc Trăng",
        residence="Xã Thuận Hưng",
        father=f"{FAMILIES[index % 7]} Văn Hai",
        mother="Lý Thị Ba",
    )


def make_results(
    programme: Programme,
    period: Period,
    *,
    level: str = "T",
    trait: str = "T",
    score: int = 9,
    number: int = 0,
) -> PeriodResults:
    """Complete results; `number` makes the comments of one pupil different from all others."""
    subjects = {
        code: SubjectResult(
            Level(level),
            score if code in programme.tests[period] else None,
            comment_of(number),
        )
        for code in programme.subjects
    }
    traits = {code: TraitResult(TraitLevel(trait)) for code in programme.traits}
    groups = dict.fromkeys(TRAIT_GROUPS, comment_of(number))
    return PeriodResults(subjects, traits, groups)


def make_entry(index: int, grade: int, class_name: str, year: str) -> PupilYear:
    programme = programme_for(year, grade)
    excellent = index % 4 == 0
    results = {
        period: make_results(programme, period, score=9 if excellent else 8, number=index)
        for period in Period
    }
    outcome = YearOutcome(
        confirmed=YearClass.HTXS if excellent else YearClass.HTT,
        awards=(award_text(EXCELLENT),) if excellent else (),
        completed=True,
        promoted=True,
        completed_primary=True if grade == 5 else None,
    )
    enrolment = Enrolment(
        class_name, grade, height_cm=120.0, weight_kg=22.5, absent_excused=1, absent_unexcused=0
    )
    pupil = make_pupil(index, class_name, grade, start=int(year[:4]))
    return PupilYear(pupil, enrolment, results, outcome, key=index + 1)


def make_class(grade: int, size: int = 6, *, letter: str = "A", year: str = "") -> ClassYear:
    year = year or year_of(grade)
    name = f"{grade}{letter}"
    entries = [make_entry(index, grade, name, year) for index in range(size)]
    entries.sort(key=lambda entry: sort_key(entry.pupil.name))
    return ClassYear(name, grade, year, "Trịnh Thu Hà", tuple(entries))


Change = Callable[[PupilYear], PupilYear]


def changed(klass: ClassYear, change: Change, at: int = 0) -> ClassYear:
    """The class with one pupil changed."""
    entries = list(klass.pupils)
    entries[at] = change(entries[at])
    return replace(klass, pupils=tuple(entries))


def pupil(**fields: object) -> Change:
    return lambda entry: replace(entry, pupil=replace(entry.pupil, **fields))  # type: ignore[arg-type]


def enrolment(**fields: object) -> Change:
    return lambda entry: replace(entry, enrolment=replace(entry.enrolment, **fields))  # type: ignore[arg-type]


def outcome(**fields: object) -> Change:
    return lambda entry: replace(entry, outcome=replace(entry.outcome, **fields))  # type: ignore[arg-type]


def period_results(results: PeriodResults, period: Period = Period.CN) -> Change:
    return lambda entry: replace(entry, results={**entry.results, period: results})


def subject(code: str, period: Period = Period.CN, **fields: object) -> Change:
    def change(entry: PupilYear) -> PupilYear:
        old = entry.period(period)
        result = replace(old.subjects.get(code, SubjectResult()), **fields)  # type: ignore[arg-type]
        return period_results(replace(old, subjects={**old.subjects, code: result}), period)(entry)

    return change


def trait(code: str, period: Period = Period.CN, **fields: object) -> Change:
    def change(entry: PupilYear) -> PupilYear:
        old = entry.period(period)
        result = replace(old.traits.get(code, TraitResult()), **fields)  # type: ignore[arg-type]
        return period_results(replace(old, traits={**old.traits, code: result}), period)(entry)

    return change


def groups(comments: Mapping[str, str], period: Period = Period.CN) -> Change:
    def change(entry: PupilYear) -> PupilYear:
        return period_results(replace(entry.period(period), group_comments=comments), period)(entry)

    return change


def both(*changes: Change) -> Change:
    def change(entry: PupilYear) -> PupilYear:
        for one in changes:
            entry = one(entry)
        return entry

    return change
