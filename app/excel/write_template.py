"""Our entry template: one sheet per class, hidden field codes, lists to choose from, nothing protected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.errors import UserError
from app.excel.book import address, column_letters
from app.excel.cell_values import NO, YES, cell_value
from app.excel.our_layout import (
    CODE_ROW,
    FIRST_ROW,
    HEADER_ROWS,
    IDENTITY,
    MARK,
    MEASURES,
    META_ROW,
    OUTCOME,
    TITLE_ROW,
    result_fields,
)
from app.excel.saving import save
from app.excel.styles import NOTE, PLAIN, TITLE, active, line, merge, put, width
from app.records.codes import PERIOD_TEXT
from app.records.programme import GENERAL, GROUP_NAMES, QUALITIES, SUBJECT_NAMES, TRAIT_NAMES, programme_for
from app.records.types import ClassYear, Period, PupilYear

SPARE_ROWS: Final = 40
"""Rows below the last pupil that the lists to choose from still cover."""
_TEXTS: Final = {
    "stt": "TT",
    "code": "Mã học sinh",
    "name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "female": "Nữ",
    "height_cm": "Chiều cao (cm)",
    "weight_kg": "Cân nặng (kg)",
    "absent_excused": "Nghỉ có phép (ngày)",
    "absent_unexcused": "Nghỉ không phép (ngày)",
    "confirmed": "Xếp loại",
    "completed": "Hoàn thành chương trình lớp học",
    "promoted": "Được lên lớp",
    "award": "Khen thưởng",
}
_KINDS: Final = {"level": "Mức", "score": "Điểm", "comment": "Nhận xét"}
_WIDTHS: Final = {
    "stt": 5.0,
    "code": 13.0,
    "name": 26.0,
    "birth_date": 12.0,
    "female": 5.0,
    "award": 34.0,
    "completed": 13.0,
}
_HELP: Final = (
    "Mức môn học: T, H, C. Mức phẩm chất, năng lực: T, Đ, C. Điểm: số nguyên 0–10. Ô để trống thì giữ nguyên "
    "dữ liệu đã có. Không đổi hai dòng ẩn đầu trang."
)


def write_our_template(path: Path, klass: ClassYear, period: Period) -> None:
    """The template of one class, filled with what is known. Raises UserError `excel.cannot_write`."""
    write_our_templates(path, [klass], period)


def write_our_templates(path: Path, classes: Sequence[ClassYear], period: Period) -> None:
    """One workbook with a sheet for each class.

    Raises UserError `excel.cannot_write`, `excel.nothing_to_write` (no class), `programme.out_of_scope`.
    """
    if not classes:
        raise UserError("excel.nothing_to_write", file=str(path))
    book = Workbook()
    book.remove(book.worksheets[0])
    for klass in classes:
        _write_class(book.create_sheet(klass.name.replace("/", "-")), klass, period)
    save(book, path)


def _write_class(sheet: Worksheet, klass: ClassYear, period: Period) -> None:
    programme = programme_for(klass.year, klass.grade, klass.local)
    outcome = OUTCOME if period is Period.CN else ()
    fields = (*IDENTITY, *result_fields(programme, period), *MEASURES, *outcome)
    for column, text in enumerate((MARK, klass.name, period.value, klass.year)):
        put(sheet, META_ROW, column, text)
    for column, field in enumerate(fields):
        put(sheet, CODE_ROW, column, field)
        width(sheet, column, _width(field))
    line(
        sheet,
        TITLE_ROW,
        (0, 12),
        f"Lớp {klass.name} – {PERIOD_TEXT[period]} – Năm học {klass.year}",
        TITLE,
        PLAIN,
    )
    line(sheet, TITLE_ROW + 1, (0, 12), _HELP, NOTE, PLAIN)
    _header(sheet, fields)
    pupils = active(klass.pupils)
    for number, pupil in enumerate(pupils):
        _row(sheet, FIRST_ROW + number, number + 1, pupil, period, fields)
    _validations(sheet, fields, FIRST_ROW + len(pupils) + SPARE_ROWS)
    for row in (META_ROW, CODE_ROW):
        sheet.row_dimensions[row + 1].hidden = True
    sheet.row_dimensions[TITLE_ROW + 2].height = 32
    sheet.row_dimensions[HEADER_ROWS[1] + 1].height = 46
    sheet.freeze_panes = address(FIRST_ROW, IDENTITY.index("name") + 1)


def _width(field: str) -> float:
    if field in GROUP_NAMES or field.endswith(".comment"):
        return 42
    return _WIDTHS.get(field, 11 if field in MEASURES or field in OUTCOME else 7.5)


def _row(
    sheet: Worksheet, row: int, number: int, pupil: PupilYear, period: Period, fields: Sequence[str]
) -> None:
    put(sheet, row, 0, number)
    for column, field in enumerate(fields[1:], 1):
        ticks = field == "female"
        wide = field == "name" or _width(field) > 30
        put(sheet, row, column, cell_value(pupil, period, field, ticks=ticks), left=wide)


def _header(sheet: Worksheet, fields: Sequence[str]) -> None:
    top, bottom = HEADER_ROWS
    column = 0
    while column < len(fields):
        code = fields[column].partition(".")[0]
        if code in SUBJECT_NAMES:
            last = max(place for place, field in enumerate(fields) if field.partition(".")[0] == code)
            merge(sheet, (top, column), (top, last), SUBJECT_NAMES[code])
            for place in range(column, last + 1):
                put(sheet, bottom, place, _KINDS[fields[place].partition(".")[2]], head=True)
            column = last
        elif code in TRAIT_NAMES or code in GROUP_NAMES:
            merge(sheet, (top, column), (top, column), _group_title(code))
            put(
                sheet,
                bottom,
                column,
                TRAIT_NAMES.get(code) or f"Nhận xét {GROUP_NAMES[code].lower()}",
                head=True,
            )
        else:
            merge(sheet, (top, column), (bottom, column), _TEXTS[code])
        column += 1
    _join_equal(sheet, top, len(fields))


def _group_title(code: str) -> str:
    if code in QUALITIES or code == "PC":
        return GROUP_NAMES["PC"]
    return GROUP_NAMES["NLC" if code in GENERAL or code == "NLC" else "NLDT"]


def _join_equal(sheet: Worksheet, row: int, columns: int) -> None:
    """Merge neighbours of the top header row that say the same."""
    start = 0
    for column in range(1, columns + 1):
        text = sheet.cell(row + 1, start + 1).value
        if column < columns and text and sheet.cell(row + 1, column + 1).value == text:
            continue
        if column - start > 1 and text in GROUP_NAMES.values():
            merge(sheet, (row, start), (row, column - 1), str(text))
        start = column


def _list(words: Sequence[str], title: str, message: str) -> DataValidation:
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    rule.errorTitle, rule.error = title, message
    return rule


def _validations(sheet: Worksheet, fields: Sequence[str], last: int) -> None:
    score = DataValidation(type="whole", operator="between", formula1="0", formula2="10", allow_blank=True)
    score.errorTitle, score.error = "Điểm chưa đúng", "Điểm là số nguyên từ 0 đến 10, không có số thập phân."
    rules = {
        "level": _list("THC", "Mức chưa đúng", "Chọn T, H hoặc C."),
        "trait": _list("TĐC", "Mức chưa đúng", "Chọn T, Đ hoặc C."),
        "score": score,
        "confirmed": _list(
            ("HTXS", "HTT", "HT", "CHT"), "Xếp loại chưa đúng", "Chọn HTXS, HTT, HT hoặc CHT."
        ),
        "flag": _list((YES, NO), "Giá trị chưa đúng", "Chọn Có hoặc Không."),
    }
    for column, field in enumerate(fields):
        rule = rules.get(_rule(field))
        if rule is not None:
            letters = column_letters(column)
            rule.add(f"{letters}{FIRST_ROW + 1}:{letters}{last}")
    for rule in rules.values():
        if rule.sqref:
            sheet.add_data_validation(rule)


def _rule(field: str) -> str:
    code, _, kind = field.partition(".")
    if kind == "level":
        return "trait" if code in TRAIT_NAMES else "level"
    if field in ("completed", "promoted"):
        return "flag"
    return kind or field
