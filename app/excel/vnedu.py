"""vnEdu's grade sheets: one sheet per class and subject, with a technical code in cell B6."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from app.excel.blocks import Block, blocks
from app.excel.book import Book, Sheet
from app.excel.header import Header, find_header, make_header
from app.excel.parsed import Findings
from app.excel.recognise import STAGE_ROWS, stage_of
from app.excel.titles import titles
from app.records.names import search_form
from app.records.subject_names import subject_from_text

SUBJECT_NUMBERS: Final = {
    "50": "TV",
    "51": "TOAN",
    "52": "KH",
    "53": "LSDL",
    "56": "DD",
    "57": "TNXH",
    "58": "AN",
    "59": "MT",
    "97": "GDTC",
    "98": "HDTN",
    "107": "CN",
    "110": "NN1",
    "113": "TIN",
}
"""vnEdu's numbers of subjects (domain 6.2)."""

_BY_POSITION: Final = {5: "level", 6: "score"}
"""Columns F and G, where the headings say nothing."""


def subject_tables(book: Book, findings: Findings) -> list[tuple[Sheet, Block]]:
    """The grade tables of a workbook; a sheet whose subject is not told is reported and left out."""
    found: list[tuple[Sheet, Block]] = []
    for sheet in book.sheets:
        if stage_of(sheet) is None or find_header(sheet) is None:
            continue
        subject = sheet_subject(sheet)
        if subject is None:
            findings.error(sheet.name, "", "excel.unknown_subject")
            continue
        for block in blocks(sheet, subject):
            found.append((sheet, replace(block, header=_with_positions(block.header, subject))))
    return found


def sheet_subject(sheet: Sheet) -> str | None:
    """By the sheet's name, else a title "Môn: …", else the one subject number inside the technical code."""
    named = subject_from_text(re.sub(r"[\d.]+[A-Z]?\d*\)?$|\)$", "", sheet.name.strip()))
    if named is not None:
        return named
    for _, text in titles(sheet, STAGE_ROWS):
        match = re.search(r"\bmon(?: hoc)?\s*:?\s*(.+?)(?:\s*[-–].*)?$", search_form(text))
        if match and (subject := subject_from_text(match[1])) is not None:
            return subject
    numbers = {
        SUBJECT_NUMBERS[part] for part in re.split(r"\D+", stage_of(sheet) or "") if part in SUBJECT_NUMBERS
    }
    return numbers.pop() if len(numbers) == 1 else subject_from_text(sheet.name.split("(")[0])


def _with_positions(header: Header, subject: str) -> Header:
    """Columns F and G as level and score when no heading of the sheet tells a result."""
    if any(field.startswith(f"{subject}.") for field in header.fields.values()):
        return header
    added = {column: f"{subject}.{kind}" for column, kind in _BY_POSITION.items() if column in header.unknown}
    paths = {column: (text,) for column, text in header.texts.items()}
    return make_header(header.first, header.last, dict(sorted((dict(header.fields) | added).items())), paths)
