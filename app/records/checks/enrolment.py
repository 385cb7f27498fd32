"""Rules about a pupil's place in the class: grade, status, height, weight, days absent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.records.checks.base import ERROR, WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.views import PupilView, any_recorded
from app.records.codes import PERIOD_PHRASE, STATUS_TEXT
from app.records.programme import start_year
from app.records.types import Period, Regime, Status

book = RuleBook()

HEIGHT_CM: Final = (90.0, 175.0)
WEIGHT_KG: Final = (11.0, 80.0)
SCHOOL_DAYS: Final = 175
"""35 weeks of five days (domain 1.1)."""
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
    "one pupil, one class",
    "Em {name} ghi lớp {written} nhưng nằm trong danh sách lớp {class_name}. Sửa lớp của em.",
)
def enrolment_class(view: PupilView) -> Iterator[Hit]:
    if view.enrolment.class_name != view.klass.name:
        yield hit("class_name", written=view.enrolment.class_name or "(trống)")


@book.pupil(
    "enrolment.grade",
    ERROR,
    "one pupil, one grade",
    "Em {name} ghi khối {written} nhưng lớp {class_name} thuộc khối {grade}. Sửa khối của em.",
)
def enrolment_grade(view: PupilView) -> Iterator[Hit]:
    if view.enrolment.grade != view.klass.grade:
        yield hit("grade", written=view.enrolment.grade, grade=view.klass.grade)


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")


@book.pupil(
    "enrolment.height",
    WARNING,
    "plausible heights of pupils",
    "Chiều cao {value} cm của em {name} khó đúng. Kiểm tra số đo và đơn vị (cm).",
)
def height(view: PupilView) -> Iterator[Hit]:
    value = view.enrolment.height_cm
    if value is not None and not HEIGHT_CM[0] <= value <= HEIGHT_CM[1]:
        yield hit("height_cm", value=_decimal(value))


@book.pupil(
    "enrolment.weight",
    WARNING,
    "plausible weights of pupils",
    "Cân nặng {value} kg của em {name} khó đúng. Kiểm tra số đo và đơn vị (kg).",
)
def weight(view: PupilView) -> Iterator[Hit]:
    value = view.enrolment.weight_kg
    if value is not None and not WEIGHT_KG[0] <= value <= WEIGHT_KG[1]:
        yield hit("weight_kg", value=_decimal(value))


def _absences(view: PupilView) -> dict[str, int]:
    days = {
        "absent_excused": view.enrolment.absent_excused,
        "absent_unexcused": view.enrolment.absent_unexcused,
    }
    return {field: number for field, number in days.items() if number is not None}


def _absences_impossible(view: PupilView) -> bool:
    days = _absences(view).values()
    return any(number < 0 for number in days) or sum(days) > SCHOOL_DAYS


@book.pupil(
    "enrolment.absences",
    ERROR,
    "35 school weeks of five days",
    "Số ngày nghỉ của em {name} không thể đúng ({days}). Nhập số từ 0 đến {most}.",
)
def absences(view: PupilView) -> Iterator[Hit]:
    days = _absences(view)
    if _absences_impossible(view):
        yield hit(max(days, key=lambda field: abs(days[field])), days=_in_words(days), most=SCHOOL_DAYS)


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


@book.pupil(
    "enrolment.date",
    WARNING,
    "practice: enrolment lies between birth and the end of the year",
    "Ngày nhập học {day} của em {name} không hợp với năm học {year}. Sửa ngày nhập học hoặc chuyển đến.",
)
def enrolled_on(view: PupilView) -> Iterator[Hit]:
    day, birth = view.enrolment.enrolled_on, view.pupil.birth_date
    if day is None:
        return
    year_over = date(start_year(view.klass.year) + 1, 8, 31)
    if day > year_over or (birth is not None and day <= birth):
        yield hit("enrolled_on", day=f"{day:%d/%m/%Y}", year=view.klass.year)


@book.pupil(
    "status.results",
    WARNING,
    "domain 5.2: status of the pupil",
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
