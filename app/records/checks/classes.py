"""Rules about the class itself: teacher, pupils, grade, and whether it is assessed here at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.records.checks.base import NOTE, WARNING, Hit, RuleBook, hit
from app.records.checks.views import ClassView, PupilView
from app.records.programme import out_of_scope_reason
from app.records.types import Period, Stage, Status

book = RuleBook()

_LEFT_IN_YEAR: Final = frozenset({Status.LEFT_1, Status.DROPPED_1, Status.LEFT_2, Status.DROPPED_2})
"""Left before the year's end; who leaves in summer takes the transcript of the year along (domain 4.6)."""
_NAMED: Final = 5
"""Pupils named in one sentence."""


@book.klass(
    "class.out_of_scope",
    NOTE,
    "domain 1: Circular 27 begins grade by grade, 2020 to 2024",
    "Lớp {class_name}: {reason} Kết quả học tập của lớp không được kiểm tra.",
)
def out_of_scope(view: ClassView) -> Iterator[Hit]:
    if reason := out_of_scope_reason(view.klass.year, view.klass.grade):
        yield hit("grade", reason=reason)


@book.klass(
    "class.no_teacher",
    WARNING,
    "Circular 27, article 16.1: the homeroom teacher answers for the class",
    "Lớp {class_name} chưa có giáo viên chủ nhiệm. Phân công trong mục Tài khoản.",
)
def no_teacher(view: ClassView) -> Iterator[Hit]:
    if not view.klass.homeroom_teacher.strip():
        yield hit("homeroom_teacher")


@book.klass(
    "class.empty",
    WARNING,
    "practice: a class without pupils is a mistake of the list",
    "Lớp {class_name} không có học sinh đang học. Nhập danh sách lớp.",
)
def empty(view: ClassView) -> Iterator[Hit]:
    if not _active(view):
        yield hit("pupils")


def _active(view: ClassView) -> list[PupilView]:
    return [pupil for pupil in view.pupils if pupil.enrolment.status.active]


@book.klass(
    "class.name_grade",
    WARNING,
    "practice: class names begin with the grade",
    "Lớp {class_name} được ghi thuộc khối {grade}. Kiểm tra tên lớp và khối.",
)
def name_grade(view: ClassView) -> Iterator[Hit]:
    digits = re.match(r"\D*(\d)(?!\d)", view.klass.name)
    if digits and int(digits[1]) != view.klass.grade:
        yield hit("grade", grade=view.klass.grade)


@book.klass(
    "class.count_list",
    WARNING,
    "practice: the class is held against its list",
    "Lớp {class_name} có {active} học sinh đang học, danh sách nhập gần nhất có {listed}. "
    "Đối chiếu với danh sách, sửa trạng thái của em đã rời lớp hoặc nhập lại danh sách.",
)
def count_list(view: ClassView) -> Iterator[Hit]:
    listed = view.facts.listed if view.facts else None
    active = len(_active(view))
    if active and listed is not None and listed != active:
        yield hit("pupils", active=active, listed=listed)


@book.klass(
    "class.count_results",
    WARNING,
    "practice: every row of a results file is somebody's",
    "Tệp kết quả {file} có {rows} dòng không khớp học sinh nào của lớp {class_name} ({period}). "
    "Sửa mã hoặc họ tên, ngày sinh trong tệp rồi nhập lại.",
)
def count_results(view: ClassView) -> Iterator[Hit]:
    rows, file = view.facts.strays.get(view.period, (0, "")) if view.facts else (0, "")
    if rows:
        yield hit("results", rows=rows, file=file)


@book.klass(
    "class.count_transcripts",
    WARNING,
    "domain 4.1: a transcript for each pupil, and for nobody else",
    "Học bạ của lớp {class_name} không khớp danh sách: {problem}. {way_out}.",
)
def count_transcripts(view: ClassView) -> Iterator[Hit]:
    live = view.facts.transcripts if view.facts else {}
    approved = view.klass.stages.get(Period.CN) is Stage.APPROVED
    if not live or not approved or view.period is not Period.CN:
        return
    without = [pupil for pupil in _active(view) if pupil.entry.key not in live]
    left = [p for p in view.pupils if p.enrolment.status in _LEFT_IN_YEAR and p.entry.key in live]
    if without:
        way_out = "Tạo học bạ cho các em này"
        yield hit("transcripts", problem=f"{_names(without)} chưa có học bạ", way_out=way_out)
    if left:
        problem = f"{_names(left)} đã rời lớp trong năm mà còn học bạ"
        yield hit("transcripts", problem=problem, way_out="Thu hồi học bạ hoặc sửa trạng thái của em")


def _names(pupils: Sequence[PupilView]) -> str:
    named = ", ".join(pupil.pupil.name for pupil in pupils[:_NAMED])
    more = len(pupils) - _NAMED
    return f"em {named} và {more} em khác" if more > 0 else f"em {named}"
