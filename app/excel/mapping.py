"""Workbooks with headings that nobody knows: the person says once what each column holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.excel.blocks import Block, pupil_rows
from app.excel.book import Book, Sheet, column_letters
from app.excel.columns import classify
from app.excel.header import SEARCH_ROWS, make_header
from app.excel.parsed import FileKind
from app.excel.reading import read_book
from app.records.names import match_key
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES

_SAMPLES: Final = 3
_LEAST: Final = 3
"""Columns with a heading that a table needs."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a person said: zero-based column → field (see `columns.classify`)."""

    fields: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column of a table that is not recognised: its letter, heading, first values, and our guess or ""."""

    column: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    guess: str


@dataclass(frozen=True, slots=True)
class UnknownTable:
    """The fullest sheet of a workbook that is not recognised; `signature` names its headings."""

    sheet: str
    signature: str
    header_row: int
    columns: tuple[UnknownColumn, ...]


def unknown_table(path: Path) -> UnknownTable | None:
    """The table of a workbook as a person has to explain it, None when no sheet has one."""
    found = _table(read_book(path))
    if found is None:
        return None
    sheet, row = found
    below = [number for number in sorted(sheet.rows) if number > row]
    columns = tuple(_column(sheet, row, column, below) for column, _ in sheet.cells(row))
    return UnknownTable(sheet.name, _signature(sheet, row), row, columns)


def _column(sheet: Sheet, row: int, column: int, below: list[int]) -> UnknownColumn:
    heading = sheet.text(row, column)
    samples = tuple(sheet.text(number, column) for number in below[:_SAMPLES])
    guess = classify((heading,)) or ""
    return UnknownColumn(column, column_letters(column), heading, samples, "" if guess[:1] == "?" else guess)


def signature_of(book: Book) -> str:
    """Names the headings of a workbook that is not recognised; "" when it has no table."""
    found = _table(book)
    return _signature(*found) if found else ""


def _signature(sheet: Sheet, row: int) -> str:
    keys = "|".join(f"{column}:{match_key(text)}" for column, text in sheet.cells(row))
    return hashlib.sha256(keys.encode()).hexdigest()[:32]


def _table(book: Book) -> tuple[Sheet, int] | None:
    """The fullest sheet, and the row of its headings: the first with the most texts above the data."""
    if not book.sheets:
        return None
    sheet = max(book.sheets, key=lambda item: len(item.rows))
    texts = {
        row: sum(1 for _, text in sheet.cells(row) if match_key(text) and not text[:1].isdigit())
        for row in sorted(sheet.rows)
        if row < SEARCH_ROWS
    }
    most = max(texts.values(), default=0)
    return (sheet, next(row for row, count in texts.items() if count == most)) if most >= _LEAST else None


def mapped(book: Book, chosen: ColumnMap) -> tuple[FileKind, list[tuple[Sheet, Block]]]:
    """The kind and the table of a workbook whose columns a person explained."""
    found = _table(book)
    if found is None:
        return FileKind.CSDL_PUPILS, []
    sheet, row = found
    paths = {column: (text,) for column, text in sheet.cells(row)}
    header = make_header(row, row, dict(sorted(chosen.fields.items())), paths)
    codes = {field.partition(".")[0] for field in chosen.fields.values()}
    results = codes & (SUBJECT_NAMES.keys() | TRAIT_NAMES.keys())
    kind = FileKind.VNEDU_SUMMARY if results else FileKind.CSDL_PUPILS
    return kind, [(sheet, Block(header, pupil_rows(sheet, header)))]
