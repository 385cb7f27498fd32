"""Rules about a pupil's place in the class: grade, status, height, weight, days absent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.records.calendar import arrival_window, arrived_in
from app.records.checks.base import ERROR, WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.views import PupilView, any_recorded
from app.records.codes import PERIOD_PHRASE, STATUS_TEXT
from app.records.growth import HEIGHT_CM, WEIGHT_KG, plausible
from app.records.programme import start_year
from app.records.types import Period, Regime, Status

book = RuleBook()

MANY_DAYS: Final = 45
"""Absence above which the older grades repeat; worth a look here too (practice)."""

_AFTER_LEAVING: Final = {
    Status.LEFT_1: (Period.GK2, Period.CN),
    Status.DROPPED_1: (Period.GK2, Period.CN),
    Status.LEFT_2: (Period.CN,),
    Status.DROPPED_2: (Period.CN,),
}


@book.pupil(
    "enrolment.class",
    ERROR,
    "domain 5.1: a pupil has one class in a year (malop)",
    "Em {name} ghi lớp {written} nhưng nằm trong danh sách lớp {class_name}. Sửa lớp của em.",
)
def enrolment_class(view: PupilView) -> Iterator[Hit]:
    if view.enrolment.class_name != view.klass.name:
        yield hit("class_name", written=view.enrolment.class_name or "(trống)")


@book.pupil(
    "enrolment.grade",
    ERROR,
    "domain 5.1: a pupil has the grade of the class (makhoi)",
    "Em {name} ghi khối {written} nhưng lớp {class_name} thuộc khối {grade}. Sửa khối của em.",
)
def enrolment_grade(view: PupilView) -> Iterator[Hit]:
    if view.enrolment.grade != view.klass.grade:
        yield hit("grade", written=view.enrolment.grade, grade=view.klass.grade)


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _ages(view: PupilView) -> set[int]:
    """The usual age of the grade and the pupil's own: a wrong birth date is another rule's matter."""
    usual = 5 + view.grade
    return {usual, usual if view.age is None else view.age}


@book.pupil(
    "enrolment.height",
    WARNING,
    "WHO growth reference 2007: height for age",
    "Chiều cao {value} cm của em {name} khó đúng ở lớp {grade}. Kiểm tra số đo và đơn vị (cm).",
)
def height(view: PupilView) -> Iterator[Hit]:
    value = view.enrolment.height_cm
    if value is not None and not plausible(value, _ages(view), HEIGHT_CM):
        yield hit("height_cm", value=_decimal(value), grade=view.grade)


@book.pupil(
    "enrolment.weight",
    WARNING,
    "WHO growth reference 2007: weight for age",
    "Cân nặng {value} kg của em {name} khó đúng ở lớp {grade}. Kiểm tra số đo và đơn vị (kg).",
)
def weight(view: PupilView) -> Iterator[Hit]:
    value = view.enrolment.weight_kg
    if value is not None and not plausible(value, _ages(view), WEIGHT_KG):
        yield hit("weight_kg", value=_decimal(value), grade=view.grade)


def _absences(view: PupilView) -> dict[str, int]:
    days = {
        "absent_excused": view.enrolment.absent_excused,
        "absent_unexcused": view.enrolment.absent_unexcused,
    }
    return {field: number for field, number in days.items() if number is not None}


def _absences_impossible(view: PupilView) -> bool:
    days = _absences(view).values()
    return any(number < 0 for number in days) or sum(days) > view.rules.frame.school_days


@book.pupil(
    "enrolment.absences",
    ERROR,
    "domain 1.1: 35 school weeks of five days",
    "Số ngày nghỉ của em {name} không thể đúng ({days}). Nhập số từ 0 đến {most}.",
)
def absences(view: PupilView) -> Iterator[Hit]:
    days = _absences(view)
    if _absences_impossible(view):
        most = view.rules.frame.school_days
        yield hit(max(days, key=lambda field: abs(days[field])), days=_in_words(days), most=most)


def _in_words(days: dict[str, int]) -> str:
    words = {"absent_excused": "có phép", "absent_unexcused": "không phép"}
    return ", ".join(f"{number} {words[field]}" for field, number in days.items())


@book.pupil(
    "enrolment.absences_many",
    WARNING,
    "practice: long absence is explained",
    "Em {name} nghỉ tới {days} ngày. Kiểm tra lại số ngày nghỉ.",
)
def absences_many(view: PupilView) -> Iterator[Hit]:
    days = _absences(view)
    total = sum(days.values())
    if total > MANY_DAYS and not _absences_impossible(view):
        yield hit(max(days, key=lambda field: days[field]), days=total)


def _day_impossible(view: PupilView) -> bool:
    """True when the day of enrolment lies before birth or after the summer that ends the year."""
    day, birth = view.enrolment.enrolled_on, view.pupil.birth_date
    if day is None:
        return False
    return day > date(start_year(view.klass.year) + 1, 8, 31) or (birth is not None and day <= birth)


@book.pupil(
    "enrolment.date",
    WARNING,
    "practice: enrolment lies between birth and the end of the year",
    "Ngày nhập học {day} của em {name} không hợp với năm học {year}. Sửa ngày nhập học hoặc chuyển đến.",
)
def enrolled_on(view: PupilView) -> Iterator[Hit]:
    if _day_impossible(view):
        day = view.enrolment.enrolled_on
        yield hit("enrolled_on", day=f"{day:%d/%m/%Y}", year=view.klass.year)


@book.pupil(
    "status.date",
    WARNING,
    "domain 5.2: arrival in term 1, term 2 or summer; domain 1.1: frame of the year",
    "Em {name} nhập học ngày {day}, không khớp trạng thái “{status}”. "
    "Sửa ngày nhập học hoặc trạng thái của em.",
)
def status_date(view: PupilView) -> Iterator[Hit]:
    day, status, year = view.enrolment.enrolled_on, view.enrolment.status, view.klass.year
    if day is None or _day_impossible(view):
        return
    window = arrival_window(status, year)
    late = status is Status.STUDYING and arrived_in(day, year) is not None
    if late or (window is not None and not window[0] <= day <= window[1]):
        yield hit("enrolled_on", day=f"{day:%d/%m/%Y}", status=STATUS_TEXT[status])


@book.pupil(
    "status.results",
    WARNING,
    "domain 5.2: who left has no later results",
    "Em {name} có trạng thái “{status}” mà vẫn có kết quả {later}. Sửa trạng thái hoặc xoá kết quả.",
    scope=Scope.ANYONE,
)
def status_results(view: PupilView) -> Iterator[Hit]:
    later = _AFTER_LEAVING.get(view.enrolment.status, ())
    found = [period for period in later if any_recorded(view.entry.period(period))]
    if found:
        words = ", ".join(PERIOD_PHRASE[period] for period in found)
        yield hit("status", status=STATUS_TEXT[view.enrolment.status], later=words)


@book.pupil(
    "regime.not_assessed",
    WARNING,
    "Circular 27, article 8; national flag cokhuyettatkhongdanhgia",
    "Em {name} thuộc diện không đánh giá mà vẫn có {found} ({period}). Sửa chế độ đánh giá hoặc xoá kết quả.",
)
def not_assessed(view: PupilView) -> Iterator[Hit]:
    if view.enrolment.regime is not Regime.NOT_ASSESSED:
        return
    levels = [result.level for result in view.results.subjects.values()]
    levels_or_scores = [*levels, *(result.score for result in view.results.subjects.values())]
    if any(value is not None for value in levels_or_scores):
        yield hit("regime", found="mức đạt được hoặc điểm")
    elif view.period is Period.CN and view.outcome.confirmed is not None:
        yield hit("regime", found="xếp loại")
