"""A workbook in memory: sheets of plain values, sparse by row, with texts already cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.records.names import nfc

Value = str | int | float | bool | date | datetime | time | timedelta
Merge = tuple[tuple[int, int], tuple[int, int]]
"""((first row, first column), (last row, last column)), zero-based."""

_SPACES: Final = dict.fromkeys((0x00A0, 0x2007, 0x202F, 0x2009, 0x3000), " ")
_INVISIBLE: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x000D), None)
_CLEAN: Final = _SPACES | _INVISIBLE


def clean(text: str) -> str:
    """NFC, ordinary spaces, no invisible characters, no space at either end; line breaks stay."""
    return nfc(text.translate(_CLEAN)).strip()


@lru_cache(maxsize=16384)
def one_line(text: str) -> str:
    """`clean`, with line breaks and runs of spaces as one space."""
    return " ".join(clean(text).split())


def shown(value: Value | None) -> str:
    """A cell's value as the person sees it, on one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}".replace(".", ",")
        )
    if isinstance(value, (date, datetime)):
        return value.strftime("%d/%m/%Y")
    return str(value)


def column_letters(column: int) -> str:
    """0 → "A", 26 → "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Zero-based row and column → "H17"."""
    return f"{column_letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` maps zero-based row numbers to their values; rows without a value are left out.

    `legacy` tells which cells were decoded from an old Vietnamese encoding, and from which.
    """

    name: str
    rows: Mapping[int, Sequence[Value]]
    merges: tuple[Merge, ...] = ()
    visible: bool = True
    legacy: Mapping[tuple[int, int], str] = field(default_factory=dict)
    stray: bool = False
    """Whether the workbook has a cell far outside, so that only the part near the corner A1 was read."""

    def value(self, row: int, column: int) -> Value | None:
        """The cell's value, None when empty."""
        values = self.rows.get(row)
        if values is None or column >= len(values):
            return None
        value = values[column]
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, row: int, column: int) -> str:
        """The cell's value as one line of text."""
        return shown(self.value(row, column))

    def cells(self, row: int) -> Iterator[tuple[int, str]]:
        """(column, text) of the cells of a row that are not empty."""
        for column in range(len(self.rows.get(row, ()))):
            if text := self.text(row, column):
                yield column, text


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read. `format` is "xlsx", "xls", "xlsb", "ods" or "html"."""

    path: Path
    format: str
    sheets: tuple[Sheet, ...]


def sparse(rows: Iterable[Sequence[Value]], first: int = 0) -> dict[int, list[Value]]:
    """Rows that hold at least one value, by zero-based number."""
    kept: dict[int, list[Value]] = {}
    for number, row in enumerate(rows, first):
        if any(value != "" for value in row):
            kept[number] = list(row)
    return kept
