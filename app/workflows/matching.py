"""Which pupil a row of a workbook means: by codes, else by name and birth date; never by name alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

from app.excel.parsed import ResultRow
from app.records.names import nfc
from app.records.types import ClassYear


class Roster:
    """The pupils of one class, looked up by their codes or by name and birth date."""

    def __init__(self, klass: ClassYear) -> None:
        self.klass = klass
        self._by_code: dict[str, int] = {}
        self._codes = {entry.key: entry.pupil for entry in klass.pupils}
        named: Counter[tuple[str, date]] = Counter()
        self._by_name: dict[tuple[str, date], int] = {}
        for entry in klass.pupils:
            pupil = entry.pupil
            for code in (pupil.code, pupil.vnedu_code, pupil.personal_id):
                if code:
                    self._by_code[code] = entry.key
            if pupil.birth_date is not None:
                who = (_plain(pupil.name), pupil.birth_date)
                named[who] += 1
                self._by_name[who] = entry.key
        self._by_name = {who: key for who, key in self._by_name.items() if named[who] == 1}

    def find(self, row: ResultRow) -> int | None:
        """Key of the enrolment that the row means, None when nothing proves it."""
        coded = self._coded(row)
        if coded:
            (key, *others) = coded
            return None if others or self._someone_else(row, key) else key
        if row.birth_date is None:
            return None
        named = self._by_name.get((_plain(row.name), row.birth_date))
        return named if named is not None and not self._contradicts(row, named) else None

    def has(self, key: int) -> bool:
        """Whether this enrolment is in the class."""
        return key in self._codes

    def other_name(self, row: ResultRow, key: int) -> str:
        """The pupil's name in the list when the row's code is theirs and the row names another, else ""."""
        ours = self._codes[key].name
        return "" if not row.name or _plain(row.name) == _plain(ours) else ours

    def _coded(self, row: ResultRow) -> set[int]:
        codes = (row.code, row.vnedu_code, row.personal_id)
        return {self._by_code[code] for code in codes if code and code in self._by_code}

    def _someone_else(self, row: ResultRow, key: int) -> bool:
        """True when name and birth date both say that the code was taken from another pupil's row."""
        pupil = self._codes[key]
        dated = row.birth_date is not None and pupil.birth_date is not None
        return dated and row.birth_date != pupil.birth_date and bool(self.other_name(row, key))

    def _contradicts(self, row: ResultRow, key: int) -> bool:
        """True when the row carries a code and the pupil of that name is known by another one."""
        pupil = self._codes[key]
        pairs = (
            (row.code, pupil.code),
            (row.vnedu_code, pupil.vnedu_code),
            (row.personal_id, pupil.personal_id),
        )
        return any(theirs and ours and theirs != ours for theirs, ours in pairs)


def _plain(name: str) -> str:
    """Compared with its diacritics: Anh and Ánh are two people."""
    return " ".join(nfc(name).casefold().split())
