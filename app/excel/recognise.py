"""Which kind of workbook this is, told by its cells and never by its name alone."""

from __future__ import annotations

from app.errors import UserError
from app.excel.book import Book, Sheet
from app.excel.header import Header, find_header
from app.excel.our_layout import read_meta
from app.excel.parsed import FileKind
from app.excel.titles import stage_code, titles
from app.records.names import search_form
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES, TRAIT_NAMES
from app.records.subject_names import subject_from_text

STAGE_ROWS = 8
"""Rows of a vnEdu grade sheet that may hold its technical code (cell B6)."""


def recognise(book: Book) -> FileKind:
    """The kind of a workbook; UserError `excel.unknown_kind` when no sheet holds a table that is known."""
    if any(read_meta(sheet) is not None for sheet in book.sheets):
        return FileKind.OUR_TEMPLATE
    kinds = [kind for sheet in book.sheets if (kind := _sheet_kind(sheet)) is not None]
    for kind in (
        FileKind.VNEDU_SUBJECT,
        FileKind.CSDL_COMMENTS,
        FileKind.CSDL_RESULTS,
        FileKind.VNEDU_SUMMARY,
        FileKind.CSDL_PUPILS,
    ):
        if kind in kinds:
            return kind
    raise UserError("excel.unknown_kind", file=book.path.name)


def stage_of(sheet: Sheet) -> str | None:
    """The technical code of a vnEdu grade sheet (cell B6 or near it), None when there is none."""
    return next((text for _, text in titles(sheet, STAGE_ROWS) if stage_code(text)), None)


def _sheet_kind(sheet: Sheet) -> FileKind | None:
    header = find_header(sheet, subject_from_text(sheet.name))
    if header is None:
        return None
    if stage_of(sheet) is not None:
        return FileKind.VNEDU_SUBJECT
    codes = {field.partition(".")[0] for field in header.fields.values()}
    results = codes & (SUBJECT_NAMES.keys() | TRAIT_NAMES.keys())
    if header.has("comment_code", "period", *GROUP_NAMES) or _only_comments(header, results):
        return FileKind.CSDL_COMMENTS
    if results:
        return _table_kind(sheet, header, results)
    return FileKind.CSDL_PUPILS if _is_list(header) else None


def _only_comments(header: Header, results: set[str]) -> bool:
    return len(results) == 1 and any(field.endswith(".comment") for field in header.fields.values())


def _table_kind(sheet: Sheet, header: Header, results: set[str]) -> FileKind | None:
    """The sector's result file has no title and its own first columns; everything else is a class summary."""
    titled = any("tong hop" in search_form(text) for _, text in titles(sheet, header.first))
    if header.has("vnedu_code") or titled or not header.has("class_name"):
        return FileKind.VNEDU_SUMMARY if len(results) > 1 or header.unknown == () else FileKind.CSDL_COMMENTS
    return FileKind.CSDL_RESULTS


def _is_list(header: Header) -> bool:
    """A list of pupils has codes or classes, and facts about the person."""
    coded = header.has("code", "personal_id", "vnedu_code", "any_code")
    return coded and header.has("birth_date", "sex", "female", "class_name", "status")
