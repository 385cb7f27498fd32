"""The fields of a pupil's file on the screen: label, value, and which of them the transcript needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.records.codes import REGIME_TEXT, STATUS_TEXT
from app.records.findings import FIELD_TEXT
from app.records.types import Enrolment, Pupil, PupilYear


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the file. `field` is the name that `set_field` takes, empty when it is not set here."""

    label: str
    value: str
    field: str = ""


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")


_BIRTH: Final[Mapping[str, Callable[[Pupil], str]]] = {
    "name": lambda p: p.name,
    "birth_date": lambda p: f"{p.birth_date:%d/%m/%Y}" if p.birth_date else "",
    "sex": lambda p: (p.sex or "").capitalize(),
    "ethnicity": lambda p: p.ethnicity,
    "nationality": lambda p: p.nationality,
    "birth_place": lambda p: p.birth_place,
    "hometown": lambda p: p.hometown,
    "residence": lambda p: p.residence,
    "father": lambda p: p.father,
    "mother": lambda p: p.mother,
    "guardian": lambda p: p.guardian,
    "personal_id": lambda p: p.personal_id,
}
_YEAR: Final[Mapping[str, tuple[str, Callable[[Enrolment], str]]]] = {
    "status": ("Trạng thái", lambda e: STATUS_TEXT[e.status]),
    "regime": ("Chế độ đánh giá", lambda e: REGIME_TEXT[e.regime]),
    "register_number": ("Số đăng bộ", lambda e: e.register_number),
    "height": ("Chiều cao (cm)", lambda e: _number(e.height_cm)),
    "weight": ("Cân nặng (kg)", lambda e: _number(e.weight_kg)),
    "absent_excused": ("Nghỉ có phép (ngày)", lambda e: _plain(e.absent_excused)),
    "absent_unexcused": ("Nghỉ không phép (ngày)", lambda e: _plain(e.absent_unexcused)),
}
NEEDED: Final = (
    *("name", "birth_date", "sex", "ethnicity", "nationality", "birth_place", "hometown", "residence"),
    "personal_id",
)
"""What the first pages of the transcript print of every pupil; of the parents one is enough."""


def birth_lines(pupil: Pupil) -> tuple[Shown, ...]:
    """Giấy khai sinh, then the codes of other systems, which are not set by hand."""
    lines = [Shown(_label(name), read(pupil), name) for name, read in _BIRTH.items()]
    codes = (("Mã Bộ GD&ĐT", pupil.code), ("Mã vnEdu", pupil.vnedu_code))
    return (*lines, *(Shown(label, code) for label, code in codes))


def year_lines(enrolment: Enrolment) -> tuple[Shown, ...]:
    """Năm học này."""
    first = enrolment.enrolled_on
    lines = [Shown(label, read(enrolment), name) for name, (label, read) in _YEAR.items()]
    return (*lines, Shown("Ngày vào trường", f"{first:%d/%m/%Y}" if first else ""))


def missing(entry: PupilYear) -> tuple[str, ...]:
    """Words of what the transcript needs and the file does not have."""
    pupil = entry.pupil
    lacking = [FIELD_TEXT[name] for name in NEEDED if not _BIRTH[name](pupil)]
    if not (pupil.father or pupil.mother or pupil.guardian):
        lacking.append("cha, mẹ hoặc người giám hộ")
    return tuple(lacking)


def _label(name: str) -> str:
    words = FIELD_TEXT[name]
    return words[:1].upper() + words[1:]
