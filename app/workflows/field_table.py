"""What `set` can set: where each value lies, who may set it, and how its text is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.errors import UserError
from app.models import classes as class_rows
from app.models import pupils as pupil_rows
from app.models import results as result_rows
from app.models.store import Session
from app.records import typed
from app.records.codes import PERIOD_PHRASE
from app.records.names import nfc
from app.records.permissions import Action
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES, TRAIT_NAMES, field_name
from app.records.retest import retested
from app.records.types import Period


@dataclass(frozen=True, slots=True)
class Place:
    """Whose value, and of which period."""

    key: int
    period: Period


Write = Callable[[Session, Place, object, str], object]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be set. `write` takes None for an emptied value."""

    label: str
    read: Callable[[str], object]
    write: Write
    action: Action = Action.EDIT
    needed: bool = False
    """It may not be emptied."""
    code: str = ""
    """Subject, trait or group code of a value that every period has; empty for values of the year."""
    cell: str = ""

    @property
    def subject(self) -> str | None:
        """The subject whose teacher may set it, too."""
        return self.code if self.code in SUBJECT_NAMES else None


def _cell(session: Session, place: Place, value: object, actor: str, *, code: str, cell: str) -> None:
    result_rows.set_cell(
        session, key=place.key, period=place.period, code=code, cell=cell, value=value, actor=actor
    )


def _retest(session: Session, place: Place, value: object, actor: str, *, code: str) -> None:
    """The score of another test; the first one is kept (Circular 27, article 7.1d)."""
    before = result_rows.subject_in(session, place.key, place.period, code)
    if before.score is None or not isinstance(value, int):
        raise UserError(
            "workflow.no_first_test", subject=field_name(code), period=PERIOD_PHRASE[place.period]
        )
    after = retested(before, value)
    _cell(session, place, after.first_score, actor, code=code, cell="first_score")
    _cell(session, place, after.score, actor, code=code, cell="score")


def _enrolment(session: Session, place: Place, value: object, actor: str, *, field: str) -> None:
    class_rows.set_enrolment_field(session, place.key, field, value, actor)


def _outcome(session: Session, place: Place, value: object, actor: str, *, field: str) -> None:
    result_rows.set_outcome(session, place.key, field, value, actor)


def _pupil(session: Session, place: Place, value: object, actor: str, *, field: str) -> None:
    pupil_rows.set_pupil_field(session, place.key, field, value, actor)


def _of_enrolment(field: str, label: str, read: Callable[[str], object], *, needed: bool = False) -> Field:
    return Field(label, read, partial(_enrolment, field=field), needed=needed)


def _of_year(field: str, label: str, read: Callable[[str], object]) -> Field:
    return Field(label, read, partial(_outcome, field=field))


def _of_pupil(field: str, label: str, read: Callable[[str], object], *, needed: bool = False) -> Field:
    return Field(label, read, partial(_pupil, field=field), Action.IMPORT_LIST, needed=needed)


def _of_group(code: str) -> Field:
    write = partial(_cell, code=code, cell="comment")
    return Field(f"nhận xét {GROUP_NAMES[code]}", nfc, write, code=code, cell="comment")


PLAIN: Final[Mapping[str, Field]] = {
    "regime": _of_enrolment("regime", "chế độ đánh giá", typed.regime, needed=True),
    "status": _of_enrolment("status", "trạng thái", typed.status, needed=True),
    "absent_excused": _of_enrolment("absent_excused", "số ngày nghỉ có phép", typed.days),
    "absent_unexcused": _of_enrolment("absent_unexcused", "số ngày nghỉ không phép", typed.days),
    "height": _of_enrolment("height_cm", "chiều cao", typed.measure),
    "weight": _of_enrolment("weight_kg", "cân nặng", typed.measure),
    "register_number": _of_enrolment("register_number", "số đăng bộ", typed.words),
    "confirmed": _of_year("confirmed", "xếp loại xác nhận", typed.year_class),
    "award": _of_year("awards", "khen thưởng", typed.awards),
    "completed": _of_year("completed", "hoàn thành chương trình lớp học", typed.flag),
    "promoted": _of_year("promoted", "được lên lớp", typed.flag),
    "completed_primary": _of_year("completed_primary", "hoàn thành chương trình tiểu học", typed.flag),
    "decision": _of_year("decision", "quyết định của hiệu trưởng", typed.words),
    **{f"comment_{code}": _of_group(code) for code in GROUP_NAMES},
    "name": _of_pupil("name", "họ và tên", typed.name, needed=True),
    "birth_date": _of_pupil("birth_date", "ngày sinh", typed.day),
    "sex": _of_pupil("sex", "giới tính", typed.sex),
    "personal_id": _of_pupil("personal_id", "số định danh cá nhân", typed.personal_id),
    "ethnicity": _of_pupil("ethnicity", "dân tộc", typed.name),
    "nationality": _of_pupil("nationality", "quốc tịch", typed.name),
    "birth_place": _of_pupil("birth_place", "nơi sinh", typed.words),
    "hometown": _of_pupil("hometown", "quê quán", typed.words),
    "residence": _of_pupil("residence", "nơi ở hiện nay", typed.words),
    "father": _of_pupil("father", "họ và tên cha", typed.name),
    "mother": _of_pupil("mother", "họ và tên mẹ", typed.name),
    "guardian": _of_pupil("guardian", "người giám hộ", typed.name),
}
"""Fields with a name of their own; the cells of the results are written as CODE.cell."""

_SUBJECT_CELLS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "level": ("mức đạt được", typed.level),
    "score": ("điểm KTĐK", typed.score),
    "first_score": ("điểm lần đầu", typed.score),
    "comment": ("nhận xét", nfc),
    "retest": ("điểm kiểm tra lại", typed.score),
}
_TRAIT_CELLS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "level": ("mức đạt được", typed.trait_level),
    "comment": ("nhận xét", nfc),
}
_SAMPLES: Final = ("TV.level", "TV.score", "TV.comment", "TV.retest", "NL_NN.level", "PC.comment")
TESTED: Final = frozenset({"score", "first_score", "retest"})
"""Cells that only a subject with a test has."""


def field_named(name: str) -> Field:
    """The field that a person means: "height", "TV.score", "NL_NN.level". UserError workflow.no_field."""
    found = PLAIN.get(name) or _cell_named(name)
    if found is None:
        raise UserError("workflow.no_field", field=name, known=", ".join((*PLAIN, *_SAMPLES)))
    return found


def _cell_named(name: str) -> Field | None:
    match = re.fullmatch(r"([A-Za-z0-9_]+)\.([a-z_]+)", name)
    if match is None:
        return None
    code, cell = match[1].upper(), match[2]
    if code in GROUP_NAMES:
        return _of_group(code) if cell == "comment" else None
    known = _SUBJECT_CELLS if code in SUBJECT_NAMES else _TRAIT_CELLS if code in TRAIT_NAMES else {}
    if cell not in known:
        return None
    words, read = known[cell]
    label = f"{words} {field_name(code)}"
    if cell == "retest":
        return Field(label, read, partial(_retest, code=code), needed=True, code=code, cell=cell)
    return Field(label, read, partial(_cell, code=code, cell=cell), code=code, cell=cell)
