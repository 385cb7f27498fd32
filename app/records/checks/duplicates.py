"""Rules about one pupil listed twice and one code given twice (domain 4.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from app.records.checks.base import ERROR, WARNING, Hit, RuleBook, hit
from app.records.checks.views import ClassView, PupilView
from app.records.names import nfc

book = RuleBook()
CODE_NAMES: Final = {
    "code": "mã học sinh",
    "personal_id": "số định danh cá nhân",
    "vnedu_code": "mã vnEdu",
}

Holders = dict[tuple[str, str], list[PupilView]]


def _holders(views: Sequence[ClassView]) -> Holders:
    """Active pupils by (kind of code, code)."""
    holders: Holders = defaultdict(list)
    for view in views:
        for pupil in view.pupils:
            for kind in CODE_NAMES:
                value: str = getattr(pupil.pupil, kind).strip()
                if value and pupil.enrolment.status.active:
                    holders[kind, value].append(pupil)
    return holders


@book.klass(
    "code.duplicate",
    ERROR,
    "domain 4.5: one code, one pupil",
    "Em {name} trùng {kind} {value} với em {other} cùng lớp {class_name}. Sửa mã của một trong hai em.",
)
def code_duplicate(view: ClassView) -> Iterator[Hit]:
    for (kind, value), same in _holders([view]).items():
        for again in same[1:]:
            yield hit(kind, again, kind=CODE_NAMES[kind], value=value, other=same[0].pupil.name)


@book.school(
    "code.duplicate_elsewhere",
    ERROR,
    "domain 4.5: one code, one pupil",
    "Em {name} lớp {class_name} trùng {kind} {value} với em {other} lớp {elsewhere}. "
    "Sửa mã, hoặc bỏ em khỏi lớp đã rời.",
)
def code_duplicate_elsewhere(views: Sequence[ClassView]) -> Iterator[Hit]:
    for (kind, value), same in _holders(views).items():
        first = same[0]
        for again in same[1:]:
            if again.klass.name != first.klass.name:
                facts = {"kind": CODE_NAMES[kind], "value": value, "other": first.pupil.name}
                yield hit(kind, again, elsewhere=first.klass.name, **facts)


@book.klass(
    "pupil.duplicate",
    WARNING,
    "practice: a pupil listed twice",
    "Em {name} có hai dòng cùng họ tên và ngày sinh ở lớp {class_name}. Xoá dòng thừa nếu là một em.",
)
def pupil_duplicate(view: ClassView) -> Iterator[Hit]:
    seen: set[tuple[str, object]] = set()
    for pupil in view.pupils:
        person = (nfc(pupil.pupil.name).casefold(), pupil.pupil.birth_date)
        if pupil.enrolment.status.active and pupil.pupil.birth_date is not None:
            if person in seen:
                yield hit("name", pupil)
            seen.add(person)
