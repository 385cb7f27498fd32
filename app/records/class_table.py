"""The results of one class in one period as a table: one row per pupil, one column per subject and trait."""

from __future__ import annotations

from app.records.codes import PERIOD_PHRASE, YEAR_CLASS_TEXT
from app.records.programme import (
    SUBJECT_NAMES,
    OutOfScope,
    field_name,
    programme_for,
    shown_subjects,
)
from app.records.reports import Cell, Table
from app.records.types import ClassYear, Period, PupilYear


def class_table(klass: ClassYear, period: Period) -> Table:
    """Levels and scores as on the class summary ("T 9"), year classes at the year's end; only active pupils.

    A grade without a rule set has names alone, and the note says why.
    """
    pupils = [entry for entry in klass.pupils if entry.enrolment.status.active]
    title = f"Lớp {klass.name} – {PERIOD_PHRASE[period]}, năm học {klass.year}"
    try:
        programme = programme_for(klass.year, klass.grade, klass.local)
    except OutOfScope as outside:
        names = tuple((number, one.pupil.name) for number, one in enumerate(pupils, start=1))
        return Table(title, ("TT", "Họ và tên"), names, (outside.reason,))
    shown = {code for one in pupils for code in shown_subjects(programme, one, period)}
    subjects = [code for code in SUBJECT_NAMES if code in shown]
    codes = (*subjects, *programme.traits)
    last = ("Xếp loại",) if period is Period.CN else ()
    rows = tuple(
        (number, one.pupil.name, *_cells(one, period, subjects, programme.traits))
        for number, one in enumerate(pupils, start=1)
    )
    return Table(title, ("TT", "Họ và tên", *(field_name(code) for code in codes), *last), rows)


def _cells(one: PupilYear, period: Period, subjects: list[str], traits: tuple[str, ...]) -> tuple[Cell, ...]:
    results = one.period(period)
    levels = [(results.subjects.get(code)) for code in subjects]
    texts = [
        " ".join(str(part) for part in (found.level, found.score) if part is not None) if found else ""
        for found in levels
    ]
    marks = [str(found.level or "") if (found := results.traits.get(code)) else "" for code in traits]
    confirmed = one.outcome.confirmed
    year_class = [YEAR_CLASS_TEXT[confirmed] if confirmed else ""] if period is Period.CN else []
    return (*texts, *marks, *year_class)
