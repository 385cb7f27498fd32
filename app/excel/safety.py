"""Looks at a zipped workbook's bytes before the fast reader does: what would make it fill the memory.

python-calamine lays a sheet out as one block from its first to its last cell, so one stray cell in the far
corner asks for hundreds of gigabytes and the whole process ends. The reach is therefore measured first.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import Final

AREA_LIMIT: Final = 3_000_000
"""Cells a sheet may span to be laid out whole (about 100 MB)."""
INFLATED_LIMIT: Final = 400_000_000
"""Bytes a zipped workbook may unpack to."""

_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,7})([0-9]{1,9})"')
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the cells of a sheet reach: number of rows and of columns counted from A1."""

    rows: int
    columns: int

    @property
    def area(self) -> int:
        return self.rows * self.columns


def column_count(letters: str) -> int:
    """ "A" is 1, "AA" is 27."""
    count = 0
    for letter in letters:
        count = count * 26 + ord(letter) - 64
    return count


def sheet_extent(xml: bytes) -> Extent:
    """How far the cells of one worksheet part reach."""
    columns: set[bytes] = set()
    last_row = 0
    for letters, digits in _CELL.findall(xml):
        columns.add(letters)
        last_row = max(last_row, int(digits))
    widest = max((column_count(letters.decode("ascii")) for letters in columns), default=0)
    return Extent(last_row, widest)


def inflated_size(archive: zipfile.ZipFile) -> int:
    """Bytes that all parts of the archive say they unpack to."""
    return sum(part.file_size for part in archive.infolist())


def far_reaching(archive: zipfile.ZipFile) -> bool:
    """Whether a worksheet of an .xlsx reaches so far that it must not be laid out whole."""
    parts = (name for name in archive.namelist() if _SHEET_PART.fullmatch(name))
    return any(sheet_extent(archive.read(part)).area > AREA_LIMIT for part in parts)
