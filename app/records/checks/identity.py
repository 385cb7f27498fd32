"""Rules about who the pupil is: birth, age, sex, numbers (domain 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.records.checks.base import ERROR, NOTE, WARNING, Hit, RuleBook, hit
from app.records.checks.views import PupilView
from app.records.identity import check_personal_id

book = RuleBook()

YOUNGEST, OLDEST = 4, 20
"""Ages outside which a birth date in a primary school can only be a typing error."""
MAX_YEARS_LATE: Final = 3
PAGE_FIELDS: Final = {
    "ethnicity": "dân tộc",
    "nationality": "quốc tịch",
    "birth_place": "nơi sinh",
    "hometown": "quê quán",
    "residence": "nơi ở hiện nay",
}


@book.pupil(
    "birth_date.missing",
    ERROR,
    "Circular 27, form: personal page",
    "Em {name} chưa có ngày sinh. Nhập ngày sinh theo giấy khai sinh.",
)
def birth_date_missing(view: PupilView) -> Iterator[Hit]:
    if view.pupil.birth_date is None:
        yield hit("birth_date")


@book.pupil(
    "birth_date.impossible",
    ERROR,
    "domain 5.4: age plausibility",
    "Ngày sinh {birth} của em {name} không thể đúng (tính ra {age} tuổi). Sửa theo giấy khai sinh.",
)
def birth_date_impossible(view: PupilView) -> Iterator[Hit]:
    age = view.age
    if age is not None and not YOUNGEST <= age <= OLDEST:
        yield hit("birth_date", birth=f"{view.pupil.birth_date:%d/%m/%Y}", age=age)


@book.pupil(
    "age.young",
    WARNING,
    "domain 5.4: grade g is taught at 5 + g years",
    "Em {name} mới {age} tuổi mà học lớp {grade} (thường là {usual} tuổi). Kiểm tra ngày sinh và lớp.",
)
def age_young(view: PupilView) -> Iterator[Hit]:
    age, usual = view.age, 5 + view.grade
    if age is not None and YOUNGEST <= age < usual:
        yield hit("birth_date", age=age, grade=view.grade, usual=usual)


@book.pupil(
    "age.old",
    WARNING,
    "domain 5.4: more than three years late",
    "Em {name} đã {age} tuổi mà học lớp {grade} (thường là {usual} tuổi). Kiểm tra ngày sinh và lớp.",
)
def age_old(view: PupilView) -> Iterator[Hit]:
    age, usual = view.age, 5 + view.grade
    if age is not None and usual + MAX_YEARS_LATE < age <= OLDEST:
        yield hit("birth_date", age=age, grade=view.grade, usual=usual)


@book.pupil(
    "sex.missing",
    ERROR,
    "Circular 27, form: personal page",
    "Em {name} chưa có giới tính. Nhập nam hoặc nữ.",
)
def sex_missing(view: PupilView) -> Iterator[Hit]:
    if view.pupil.sex is None:
        yield hit("sex")


@book.pupil(
    "code.missing",
    WARNING,
    "domain 4.5: code of the sector database",
    "Em {name} chưa có mã học sinh của CSDL ngành. Nhập danh sách từ CSDL ngành.",
)
def code_missing(view: PupilView) -> Iterator[Hit]:
    if not view.pupil.code.strip():
        yield hit("code")


@book.pupil(
    "personal_id.missing",
    WARNING,
    "Decree 88/2026, article 9",
    "Em {name} chưa có số định danh cá nhân. Nhập 12 chữ số theo giấy khai sinh.",
)
def personal_id_missing(view: PupilView) -> Iterator[Hit]:
    if not view.pupil.personal_id.strip():
        yield hit("personal_id")


def _id_problem(view: PupilView, problem: str) -> Iterator[Hit]:
    pupil = view.pupil
    number = pupil.personal_id
    if number.strip() and problem in check_personal_id(number, pupil.sex, pupil.birth_date):
        yield hit("personal_id", number=number)


@book.pupil(
    "personal_id.format",
    ERROR,
    "domain 5.3: 12 digits",
    "Số định danh {number} của em {name} không đủ 12 chữ số. Nhập lại theo giấy khai sinh.",
)
def personal_id_format(view: PupilView) -> Iterator[Hit]:
    yield from _id_problem(view, "format")


@book.pupil(
    "personal_id.province",
    WARNING,
    "domain 5.3: province of birth registration; foreign-born codes exist",
    "Số định danh {number} của em {name} có ba số đầu không phải mã tỉnh. Đối chiếu giấy khai sinh.",
)
def personal_id_province(view: PupilView) -> Iterator[Hit]:
    yield from _id_problem(view, "province")


@book.pupil(
    "personal_id.sex",
    WARNING,
    "domain 5.3: digit 4",
    "Số định danh {number} của em {name} không khớp giới tính. Đối chiếu giấy khai sinh.",
)
def personal_id_sex(view: PupilView) -> Iterator[Hit]:
    yield from _id_problem(view, "sex")


@book.pupil(
    "personal_id.birth_year",
    WARNING,
    "domain 5.3: digits 4 to 6",
    "Số định danh {number} của em {name} không khớp năm sinh. Đối chiếu giấy khai sinh.",
)
def personal_id_birth_year(view: PupilView) -> Iterator[Hit]:
    yield from _id_problem(view, "birth_year")


@book.pupil(
    "personal_page.incomplete",
    NOTE,
    "Circular 27, form: personal page as on the birth certificate",
    "Trang thông tin của em {name} còn trống: {gaps}. Bổ sung theo giấy khai sinh.",
)
def personal_page_incomplete(view: PupilView) -> Iterator[Hit]:
    pupil = view.pupil
    gaps = {key: text for key, text in PAGE_FIELDS.items() if not getattr(pupil, key).strip()}
    if not (pupil.father.strip() or pupil.mother.strip() or pupil.guardian.strip()):
        gaps["father"] = "cha, mẹ hoặc người giám hộ"
    if gaps:
        yield hit(next(iter(gaps)), gaps=", ".join(gaps.values()))
