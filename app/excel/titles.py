"""What a file says about itself outside its table: period, school year, class; and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.excel.book import Sheet, address
from app.records.codes import parse_period
from app.records.names import search_form
from app.records.types import Period

FILE_NAME: Final = "tên tệp"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the file: its value, its sheet, and the cell that says it (or "tên tệp")."""

    value: str
    sheet: str
    cell: str

    @property
    def place(self) -> str:
        """The place in words for a sentence."""
        return self.cell if self.cell == FILE_NAME else f"ô {self.cell}, trang {self.sheet}"


_PERIOD: Final = re.compile(
    r"\b(?:(giua|cuoi)\s*(?:hoc\s*k[iy]|hk|k[iy])\s*(1|2|ii|i)\b"
    r"|(g|c)(?:hk|k)\s*(1|2|ii|i)\b|(cuoi nam|ca nam)\b|(?:hoc\s*k[iy]|hk)\s*:?\s*(1|2|ii|i)\b)"
)
_NAME_PERIOD: Final = re.compile(r"(?:^|[^a-z0-9])(gk1|gk2|ck1|ck2|cn|ghk1|ghk2|chk1|chk2)(?=$|[^a-z0-9])")
_YEAR: Final = re.compile(r"\b(20\d{2})\s*[-–—_/]\s*(20\d{2})\b")
_CLASS_NAME: Final = r"[1-5]\s?(?:[./-]\s?\d{1,2}|[A-ZĐ]{1,2}(?:[./-]?\d{1,2})?)"
"""Class names in practice: 4A, 4A1, 4/2, 4.2, 4-2, 4 A."""
_CLASS: Final = re.compile(rf"\blớp\s*:?\s*({_CLASS_NAME})(?!\w)", re.IGNORECASE)
_CLASS_ONLY: Final = re.compile(rf"\s*(?:lớp\s*:?\s*)?({_CLASS_NAME})(?!\w)", re.IGNORECASE)
_STAGE_CODE: Final = re.compile(r"-(1|2)-(gk1|ck1|gk2|ck2)-(\d{4})", re.IGNORECASE)


@lru_cache(maxsize=1024)
def period_in(text: str) -> Period | None:
    """The period that a title names, e.g. "KẾT QUẢ CUỐI HỌC KÌ I" → CK1; None when it names none."""
    match = _PERIOD.search(search_form(text))
    if match is None:
        return None
    if match[5]:
        return Period.CN
    half = "2" if (match[2] or match[4] or match[6]) in ("2", "ii") else "1"
    middle = (match[1] or match[3] or "cuoi").startswith("g")
    return parse_period(("GK" if middle else "CK") + half)


def period_of_name(path: Path) -> Period | None:
    """The period in a file's name ("FlieMau-KQHT-C1-CN-Khoi12…"), None when it names none or several."""
    plain = search_form(path.stem).replace(" ", "-")
    found = {parse_period(text.replace("hk", "k")) for text in _NAME_PERIOD.findall(plain)}
    if not found and (named := period_in(path.stem.replace("_", " ").replace("-", " "))) is not None:
        return named
    return found.pop() if len(found) == 1 else None


def year_in(text: str) -> str | None:
    """The school year that a text names, as "2023-2024"."""
    match = _YEAR.search(text)
    return f"{match[1]}-{match[2]}" if match and int(match[2]) == int(match[1]) + 1 else None


def class_name(text: str) -> str:
    """A class name without "Lớp" and spaces, in capitals: "lớp 4a " → "4A", "Lớp: 3/2" → "3/2"."""
    return re.sub(r"^lớp\s*:?\s*", "", text.strip(), flags=re.IGNORECASE).replace(" ", "").upper()


def class_in(text: str) -> str | None:
    """The class that a title names ("Lớp: 4A"), None when it names none."""
    match = _CLASS.search(text)
    return class_name(match[1]) if match else None


def class_of_sheet(name: str) -> str | None:
    """The class that a sheet is named after ("1A", "Lớp 1A"), None for "Sheet1"."""
    match = _CLASS_ONLY.match(name)
    return class_name(match[1]) if match else None


def grade_of_class(name: str) -> int | None:
    """The grade that a class name begins with, 1 to 5."""
    digits = re.match(r"([1-5])(?!\d)", class_name(name))
    return int(digits[1]) if digits else None


def stage_code(text: str) -> tuple[Period, int] | None:
    """Period and year of a vnEdu technical code ("…-2-ck2-2023" in cell B6), None when it is none."""
    match = _STAGE_CODE.search(text)
    period = parse_period(match[2].upper()) if match else None
    return (period, int(match[3])) if match and period else None


def titles(sheet: Sheet, before: int) -> Iterable[tuple[str, str]]:
    """(address, text) of the cells above row `before`."""
    for row in sorted(row for row in sheet.rows if row < before):
        for column, text in sheet.cells(row):
            yield address(row, column), text


def said_period(sheet: Sheet, before: int) -> Said | None:
    """The first period named above the table, technical codes included."""
    for cell, text in titles(sheet, before):
        code = stage_code(text)
        period = code[0] if code else period_in(text)
        if period is not None:
            return Said(period.value, sheet.name, cell)
    return None


def said_year(sheet: Sheet, before: int) -> Said | None:
    """The first school year named above the table."""
    for cell, text in titles(sheet, before):
        if (year := year_in(text)) is not None:
            return Said(year, sheet.name, cell)
    return None


def said_class(sheet: Sheet, before: int) -> str | None:
    """The class named above the table, else by the sheet's name."""
    for _, text in titles(sheet, before):
        if (name := class_in(text)) is not None:
            return name
    return class_of_sheet(sheet.name)
