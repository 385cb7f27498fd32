"""The text or number that a field of a pupil's year shows in a workbook, for writing and for filling."""

from __future__ import annotations

from typing import Final

from app.excel.styles import CellValue, day
from app.records.codes import STATUS_TEXT
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES, TRAIT_NAMES
from app.records.types import Period, PupilYear, Sex, SubjectResult, TraitResult

TICK: Final = "x"
YES: Final = "Có"
NO: Final = "Không"
SEX_TEXT: Final = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
PERIOD_WORDS: Final = {
    Period.GK1: "Giữa kì 1",
    Period.CK1: "Cuối kì 1",
    Period.GK2: "Giữa kì 2",
    Period.CN: "Cuối kì 2",
}
"""Wording of the sector's column "Thời điểm đánh giá"."""


def cell_value(pupil: PupilYear, period: Period, field: str, *, ticks: bool = True) -> CellValue:
    """What `field` (see `columns.classify`) shows for a pupil; None when there is nothing to show.

    With `ticks`, yes is "x" and no is empty; without, both are words.
    """
    code, _, kind = field.partition(".")
    results = pupil.period(period)
    if code in SUBJECT_NAMES:
        return _subject(results.subjects.get(code), kind)
    if code in TRAIT_NAMES:
        return _trait(results.traits.get(code), kind)
    if field in GROUP_NAMES:
        return results.group_comments.get(field) or None
    if code == "tick":
        confirmed = pupil.outcome.confirmed
        return TICK if confirmed is not None and confirmed.value == kind else None
    return _other(pupil, field, ticks=ticks)


def _subject(result: SubjectResult | None, kind: str) -> CellValue:
    if result is None:
        return None
    if kind == "score":
        return result.score
    return (result.comment or None) if kind == "comment" else (result.level.value if result.level else None)


def _trait(result: TraitResult | None, kind: str) -> CellValue:
    if result is None:
        return None
    return (result.comment or None) if kind == "comment" else (result.level.value if result.level else None)


def _flag(value: bool | None, *, ticks: bool) -> CellValue:
    if value is None:
        return None
    if ticks:
        return TICK if value else None
    return YES if value else NO


def _other(pupil: PupilYear, field: str, *, ticks: bool) -> CellValue:
    """Identity, measures and outcome."""
    person, place, outcome = pupil.pupil, pupil.enrolment, pupil.outcome
    flags = {
        "completed": outcome.completed,
        "promoted": outcome.promoted,
        "completed_primary": outcome.completed_primary,
        "not_promoted": None if outcome.promoted is None else not outcome.promoted,
    }
    if field in flags:
        return _flag(flags[field], ticks=ticks)
    shown: dict[str, CellValue] = {
        "class_name": place.class_name,
        "code": person.code or None,
        "any_code": person.code or None,
        "vnedu_code": person.vnedu_code or None,
        "personal_id": person.personal_id or None,
        "name": person.name,
        "birth_date": day(person.birth_date),
        "sex": SEX_TEXT.get(person.sex) if person.sex else None,
        "female": TICK if person.sex is Sex.FEMALE else None,
        "status": STATUS_TEXT[place.status],
        "confirmed": outcome.confirmed.value if outcome.confirmed else None,
        "award": "; ".join(outcome.awards) or None,
        "height_cm": _plain(place.height_cm),
        "weight_kg": _plain(place.weight_kg),
        "absent_excused": place.absent_excused,
        "absent_unexcused": place.absent_unexcused,
    }
    return shown.get(field)


def _plain(number: float | None) -> CellValue:
    return int(number) if number is not None and float(number).is_integer() else number
