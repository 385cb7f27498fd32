"""The pupils' rows of a sheet, told apart from class rows, repeated headers, blank stretches and footers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.excel.book import Sheet
from app.excel.header import Header, find_header, is_header_row
from app.excel.titles import class_in, class_name, said_class
from app.excel.values import is_digits

_FOOTERS: Final = (
    *("tổng", "cộng", "người lập", "hiệu trưởng", "phó hiệu trưởng", "kt. hiệu trưởng", "kt.hiệu trưởng"),
    *(
        "giáo viên",
        "gvcn",
        "danh sách này",
        "danh sách có",
        "ghi chú",
        "lưu ý",
        "xác nhận",
        "sĩ số",
        "thủ trưởng",
    ),
    *("tm.", "t/m", "người kiểm", "chú thích", "mức đạt được:", "(ký", "ký tên", "hoàn thành tốt:"),
)
_DATE_LINE: Final = re.compile(r"ngày.{0,12}tháng.{0,12}năm", re.IGNORECASE)
_CLASS_ROW: Final = re.compile(r"lớp\s*:?\s*[1-5][^\s]{0,6}(\s*[-–(:].*)?", re.IGNORECASE)
_IDENTITY: Final = ("code", "any_code", "vnedu_code", "personal_id")


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet: its header and (row, class name or "") of every pupil below it."""

    header: Header
    rows: tuple[tuple[int, str], ...]


def blocks(sheet: Sheet, subject: str | None = None) -> tuple[Block, ...]:
    """All tables of a sheet, from top to bottom; empty when the sheet has no header of ours."""
    header = find_header(sheet, subject)
    if header is None:
        return ()
    found: list[Block] = []
    current = said_class(sheet, header.first) or ""
    while header is not None:
        rows, current, following = _rows(sheet, header, current)
        found.append(Block(header, rows))
        header = find_header(sheet, subject, following) if following is not None else None
    return tuple(found)


def pupil_rows(sheet: Sheet, header: Header) -> tuple[tuple[int, str], ...]:
    """The pupils' rows of one table below a header that is already known."""
    return _rows(sheet, header, said_class(sheet, header.first) or "")[0]


def _rows(sheet: Sheet, header: Header, current: str) -> tuple[tuple[tuple[int, str], ...], str, int | None]:
    """Pupils' rows below a header, the class at their end, and the row of the next header."""
    rows: list[tuple[int, str]] = []
    stopped = False
    for row in sorted(number for number in sheet.rows if number > header.last):
        if is_header_row(sheet, row):
            return tuple(rows), current, row
        named = _class_row(sheet, header, row)
        if named is not None:
            current, stopped = named, False
        elif _is_footer(sheet, header, row):
            stopped = True
        elif is_pupil(sheet, header, row) and (not stopped or _is_certain(sheet, header, row)):
            rows.append((row, current))
            stopped = False
    return tuple(rows), current, None


def _held(sheet: Sheet, header: Header, row: int, fields: tuple[str, ...]) -> bool:
    return any(
        sheet.value(row, column) is not None for column, held in header.fields.items() if held in fields
    )


def _class_row(sheet: Sheet, header: Header, row: int) -> str | None:
    """The class of a row that only names a class ("LỚP 1A"), else None."""
    cells = list(sheet.cells(row))
    if (
        not cells
        or len({text for _, text in cells}) > 2
        or _held(sheet, header, row, (*_IDENTITY, "birth_date"))
    ):
        return None
    text = cells[0][1]
    named = class_in(text) if _CLASS_ROW.fullmatch(text) else None
    return class_name(named) if named else None


def _is_footer(sheet: Sheet, header: Header, row: int) -> bool:
    """Totals, signatures and notes below a table: no code, no birth date, and words of a footer."""
    if _held(sheet, header, row, (*_IDENTITY, "birth_date")):
        return False
    return any(text.lower().startswith(_FOOTERS) or _DATE_LINE.search(text) for _, text in sheet.cells(row))


def is_pupil(sheet: Sheet, header: Header, row: int) -> bool:
    """Whether a row is a pupil's: a name or a code; not a row that numbers the columns."""
    names = [
        sheet.text(row, column)
        for column, held in header.fields.items()
        if held in ("name", "family_name", "given_name", "name_rest")
    ]
    name = " ".join(text for text in names if text)
    if name and (is_digits(name.strip("()")) or len(name) < 2):
        return False
    return bool(name) or _held(sheet, header, row, _IDENTITY)


def _is_certain(sheet: Sheet, header: Header, row: int) -> bool:
    """Whether a row below a total or a signature is a pupil after all: a name and a code with digits."""
    coded = any(
        any(letter.isdigit() for letter in sheet.text(row, column))
        for column, held in header.fields.items()
        if held in _IDENTITY
    )
    return coded and _held(sheet, header, row, ("name", "family_name"))
