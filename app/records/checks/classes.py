"""Rules about the class itself: teacher, pupils, grade, and whether it is assessed here at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.records.checks.base import NOTE, WARNING, Hit, RuleBook, hit
from app.records.checks.views import ClassView
from app.records.programme import out_of_scope_reason

book = RuleBook()


@book.klass(
    "class.out_of_scope",
    NOTE,
    "Circular 27, roll-in by grade (domain 1)",
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
    if not any(pupil.enrolment.status.active for pupil in view.pupils):
        yield hit("pupils")


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
