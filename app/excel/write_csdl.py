"""The sector's workbooks (CSDL ngành): year-end results, comments by subject, pupil list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.excel.cell_values import PERIOD_WORDS, cell_value
from app.excel.csdl_layout import (
    HEADER_ROWS,
    IDENTITY_COLUMNS,
    IDENTITY_TEXTS,
    LEVEL_TEXT,
    OUTCOME_TEXTS,
    SCORE_TEXT,
    SUBJECT_TEXTS,
    TRAIT_TEXTS,
    result_columns,
)
from app.excel.saving import save
from app.excel.styles import active, merge, printable, put, width
from app.records.programme import (
    GENERAL,
    QUALITIES,
    SPECIFIC,
    SUBJECT_NAMES,
    TRAIT_NAMES,
    is_recorded,
    out_of_scope_reason,
    programme_for,
)
from app.records.types import ClassYear, Period, PupilYear

_GROUPS: Final = (
    ("Môn học và hoạt động giáo dục", frozenset(SUBJECT_NAMES)),
    ("Năng lực cốt lõi", frozenset({*GENERAL, *SPECIFIC})),
    ("Phẩm chất chủ yếu", frozenset(QUALITIES)),
)
_SECOND: Final = (("Năng lực chung", frozenset(GENERAL)), ("Năng lực đặc thù", frozenset(SPECIFIC)))
_COMMENT_TEXTS: Final = (
    *("STT", "Lớp", "Mã định danh Bộ GD&ĐT", "Họ và tên", "Ngày sinh", LEVEL_TEXT, SCORE_TEXT, "Mã nhận xét"),
    *("Nội dung nhận xét", "Thời điểm đánh giá"),
)
_PERSON: Final = ("class_name", "code", "name", "birth_date")
GROUP_TEXTS: Final = {"NLC": "Nhận xét NL chung", "NLDT": "Nhận xét NL đặc thù", "PC": "Nhận xét phẩm chất"}
TRAITS_SHEET: Final = "NL-PC"


def write_csdl_results(path: Path, klass: ClassYear, period: Period) -> None:
    """The sector's result template for the class's grade, ready to submit: "Sheet1", three header rows.

    Raises UserError `excel.cannot_write`.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    fields = result_columns(klass.grade)
    _result_header(sheet, fields)
    for number, pupil in enumerate(active(klass.pupils)):
        row = HEADER_ROWS + number
        put(sheet, row, 0, number + 1)
        for column, field in enumerate(fields[1:], 1):
            put(sheet, row, column, cell_value(pupil, period, field), left=field == "name")
    sheet.freeze_panes = "E4"
    printable(sheet, (0, HEADER_ROWS - 1), wide=True)
    save(book, path)


def _result_header(sheet: Worksheet, fields: Sequence[str]) -> None:
    codes = [field.partition(".")[0] for field in fields]
    for column, text in enumerate(IDENTITY_TEXTS):
        merge(sheet, (0, column), (2, column), text)
    for text, members in _GROUPS:
        columns = [column for column, code in enumerate(codes) if code in members]
        merge(sheet, (0, columns[0]), (0, columns[-1]), text)
    for text, members in _SECOND:
        columns = [column for column, code in enumerate(codes) if code in members]
        merge(sheet, (1, columns[0]), (1, columns[-1]), text)
    for column, field in enumerate(fields):
        _lower_header(sheet, column, field, codes)
    for column, characters in enumerate((5, 8, 14, 26, 12)):
        width(sheet, column, characters)
    for column in range(len(IDENTITY_COLUMNS), len(fields)):
        width(sheet, column, 9)
    sheet.row_dimensions[2].height = 48
    sheet.row_dimensions[3].height = 48


def _lower_header(sheet: Worksheet, column: int, field: str, codes: Sequence[str]) -> None:
    code, _, kind = field.partition(".")
    if field in OUTCOME_TEXTS:
        merge(sheet, (0, column), (2, column), OUTCOME_TEXTS[field])
    elif code in SUBJECT_NAMES:
        if column == codes.index(code):
            merge(sheet, (1, column), (1, column + codes.count(code) - 1), SUBJECT_TEXTS[code])
        put(sheet, 2, column, SCORE_TEXT if kind == "score" else LEVEL_TEXT, head=True)
    elif code in QUALITIES:
        merge(sheet, (1, column), (2, column), TRAIT_TEXTS[code])
    elif code in TRAIT_NAMES:
        put(sheet, 2, column, TRAIT_TEXTS[code], head=True)


def class_subjects(klass: ClassYear, period: Period) -> tuple[str, ...]:
    """Subjects of the class in the order of the form: compulsory ones, and those with any result."""
    recorded = {
        code
        for pupil in klass.pupils
        for code, result in pupil.period(period).subjects.items()
        if is_recorded(result)
    }
    known = out_of_scope_reason(klass.year, klass.grade) is None
    compulsory = set(programme_for(klass.year, klass.grade, klass.local).subjects) if known else set()
    return tuple(code for code in SUBJECT_NAMES if code in recorded | compulsory)


def class_traits(klass: ClassYear) -> tuple[str, ...]:
    """Traits of the class's grade in the order of the form."""
    if out_of_scope_reason(klass.year, klass.grade) is None:
        return programme_for(klass.year, klass.grade, klass.local).traits
    return (*QUALITIES, *GENERAL, *SPECIFIC)


def write_csdl_comments(path: Path, klass: ClassYear, period: Period) -> None:
    """The sector's comment workbook: one sheet for each subject and one for qualities and competencies.

    Raises UserError `excel.cannot_write`.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    pupils = active(klass.pupils)
    for code in class_subjects(klass, period):
        held = (*_PERSON, f"{code}.level", f"{code}.score", "", f"{code}.comment")
        _comment_sheet(book.create_sheet(SUBJECT_TEXTS[code]), _COMMENT_TEXTS, held, pupils, period)
    traits = sorted(class_traits(klass), key=lambda code: code in QUALITIES)
    texts = (
        *_COMMENT_TEXTS[:5],
        *(TRAIT_TEXTS[code] for code in traits),
        *GROUP_TEXTS.values(),
        _COMMENT_TEXTS[-1],
    )
    fields = (*_PERSON, *(f"{code}.level" for code in traits), *GROUP_TEXTS)
    _comment_sheet(book.create_sheet(TRAITS_SHEET), texts, fields, pupils, period)
    save(book, path)


def _comment_sheet(
    sheet: Worksheet, texts: Sequence[str], fields: Sequence[str], pupils: Sequence[PupilYear], period: Period
) -> None:
    for column, text in enumerate(texts):
        put(sheet, 0, column, text, head=True)
        width(sheet, column, 60 if text.startswith(("Nội dung", "Nhận xét")) else max(8, len(text) * 0.8))
    width(sheet, 3, 26)
    for number, pupil in enumerate(pupils, 1):
        put(sheet, number, 0, number)
        for column, field in enumerate(fields, 1):
            value = cell_value(pupil, period, field) if field else None
            put(
                sheet,
                number,
                column,
                value,
                left=field == "name" or field in GROUP_TEXTS or "comment" in field,
            )
        put(sheet, number, len(fields) + 1, PERIOD_WORDS[period])
    sheet.freeze_panes = "E2"
    sheet.row_dimensions[1].height = 34
    printable(sheet, (0, 0))
