"""Pupils that a row of a workbook may mean: shown to a person beside the row, never taken by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.excel.parsed import PupilRow, ResultRow
from app.models import classes as class_rows
from app.models.store import Session
from app.records.names import search_form
from app.records.types import ClassYear

_SHOWN: Final = 5
_CODES: Final = ("code", "personal_id", "vnedu_code")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored pupil; `key` is the enrolment of the year."""

    key: int
    class_name: str
    name: str
    birth_date: date | None
    code: str
    personal_id: str
    vnedu_code: str


def candidates_of(klass: ClassYear) -> tuple[Candidate, ...]:
    """The pupils of a class."""
    return tuple(
        Candidate(
            entry.key,
            klass.name,
            entry.pupil.name,
            entry.pupil.birth_date,
            entry.pupil.code,
            entry.pupil.personal_id,
            entry.pupil.vnedu_code,
        )
        for entry in klass.pupils
    )


def candidates_for(row: ResultRow, classes: Iterable[ClassYear]) -> tuple[Candidate, ...]:
    """The most alike pupils first: same code, birth date and name, each without regard to diacritics."""
    wanted = search_form(row.name)
    scored = [
        (_likeness(row, wanted, candidate), candidate)
        for klass in classes
        for candidate in candidates_of(klass)
    ]
    alike = sorted((item for item in scored if item[0]), key=lambda item: -item[0])
    return tuple(candidate for _, candidate in alike[:_SHOWN])


def _likeness(row: ResultRow, wanted: str, candidate: Candidate) -> int:
    name = search_form(candidate.name)
    points = 3 * any(getattr(row, code) and getattr(row, code) == getattr(candidate, code) for code in _CODES)
    points += 3 * (name == wanted)
    points += 2 * (row.birth_date is not None and row.birth_date == candidate.birth_date)
    given, other = wanted.split()[-1:], name.split()[-1:]
    return points + (given == other and bool(given))


class Lookalikes:
    """The pupils of the year, to find one that a new pupil of a list may already be."""

    def __init__(self, session: Session, year: str) -> None:
        self._known = [
            candidate
            for klass in class_rows.load_classes(session, year, ())
            for candidate in candidates_of(klass)
        ]

    def of(self, row: PupilRow) -> tuple[Candidate, ...]:
        """Pupils of the same name and birth date, known by other codes."""
        name, born = search_form(str(row.fields.get("name", ""))), row.fields.get("birth_date")
        return tuple(
            item
            for item in self._known
            if born is not None and item.birth_date == born and search_form(item.name) == name
        )[:_SHOWN]

    def sharing_a_code(self, row: PupilRow) -> tuple[Candidate, ...]:
        """Pupils with one of the row's codes."""
        return tuple(
            item
            for item in self._known
            if any(row.fields.get(code) and row.fields[code] == getattr(item, code) for code in _CODES)
        )[:_SHOWN]
