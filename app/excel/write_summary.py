"""The class summary table ("Bảng tổng hợp kết quả đánh giá giáo dục của lớp", domain 2.6), ready to print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.excel.book import address
from app.excel.cell_values import cell_value
from app.excel.saving import save
from app.excel.styles import (
    BODY,
    BOLD,
    NOTE,
    PLAIN,
    TITLE,
    UPRIGHT,
    active,
    line,
    merge,
    printable,
    put,
    width,
)
from app.excel.write_csdl import class_subjects, class_traits
from app.records.codes import PERIOD_TEXT
from app.records.programme import GENERAL, QUALITIES, SPECIFIC, TRAIT_NAMES
from app.records.types import ClassYear, Period

TOP: Final = 4
"""Zero-based row of the header; three rows."""
_FIRST_ROW: Final = TOP + 3
_AWARD_CHARACTERS: Final = 22
"""Characters of an award that fit on one line of its column."""
_IDENTITY: Final = (
    ("stt", "TT", 4.5),
    ("name", "Họ và tên", 24.0),
    ("birth_date", "Ngày, tháng,\nnăm sinh", 11.0),
    ("female", "Nữ", 4.0),
)
_NOTE: Final = (
    "Mức đạt được của môn học và hoạt động giáo dục: T là Hoàn thành tốt; H là Hoàn thành; C là Chưa hoàn "
    "thành. Phẩm chất, năng lực: T là Tốt; Đ là Đạt; C là Cần cố gắng."
)
_SHORT: Final = {
    "TV": "Tiếng Việt",
    "TOAN": "Toán",
    "NN1": "Ngoại ngữ 1",
    "LSDL": "Lịch sử và Địa lí",
    "KH": "Khoa học",
    "TIN": "TH-CN (Tin học)",
    "CN": "TH-CN (Công nghệ)",
    "DD": "Đạo đức",
    "TNXH": "Tự nhiên và Xã hội",
    "GDTC": "Giáo dục thể chất",
    "AN": "Nghệ thuật (Âm nhạc)",
    "MT": "Nghệ thuật (Mĩ thuật)",
    "HDTN": "Hoạt động trải nghiệm",
    "TDT": "Tiếng dân tộc",
}
_CLASSES: Final = (
    ("HTXS", "Hoàn thành xuất sắc"),
    ("HTT", "Hoàn thành tốt"),
    ("HT", "Hoàn thành"),
    ("CHT", "Chưa hoàn thành"),
)


def write_class_summary(path: Path, klass: ClassYear, period: Period, *, school: str = "") -> None:
    """The summary of one class and period; the year's columns only at year end.

    `school` is the name in the first line, left out when empty. Raises UserError `excel.cannot_write`.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = klass.name.replace("/", "-")
    fields = _Header(sheet, klass, period).write()
    pupils = active(klass.pupils)
    for number, pupil in enumerate(pupils):
        row = _FIRST_ROW + number
        put(sheet, row, 0, number + 1)
        for column, field in enumerate(fields[1:], 1):
            put(sheet, row, column, cell_value(pupil, period, field), left=field in ("name", "award"))
        lines = math.ceil(len("; ".join(pupil.outcome.awards)) / _AWARD_CHARACTERS)
        sheet.row_dimensions[row + 1].height = max(18, 15 * lines)
    _titles(sheet, klass, period, school, len(fields))
    _foot(sheet, klass, _FIRST_ROW + len(pupils), len(fields))
    sheet.freeze_panes = address(_FIRST_ROW, 2)
    printable(sheet, (TOP, TOP + 2), wide=True)
    sheet.page_setup.fitToHeight = 1
    save(book, path)


class _Header:
    """Places the three header rows from left to right."""

    def __init__(self, sheet: Worksheet, klass: ClassYear, period: Period) -> None:
        self._sheet, self._klass, self._period = sheet, klass, period
        self._fields: list[str] = []

    def write(self) -> Sequence[str]:
        """Returns the field of each column."""
        for field, text, characters in _IDENTITY:
            self._tall(field, text, characters)
        self._subjects()
        traits = class_traits(self._klass)
        self._group("Phẩm chất chủ yếu", [("", [code for code in QUALITIES if code in traits])])
        shown = (("Năng lực chung", GENERAL), ("Năng lực đặc thù", SPECIFIC))
        self._group(
            "Năng lực cốt lõi", [(text, [code for code in codes if code in traits]) for text, codes in shown]
        )
        if self._period is Period.CN:
            self._outcome()
        for row, height in enumerate((22, 42, 96), TOP + 1):
            self._sheet.row_dimensions[row].height = height
        return self._fields

    def _add(self, field: str, characters: float) -> int:
        self._fields.append(field)
        width(self._sheet, len(self._fields) - 1, characters)
        return len(self._fields) - 1

    def _tall(self, field: str, text: str, characters: float) -> None:
        column = self._add(field, characters)
        merge(self._sheet, (TOP, column), (TOP + 2, column), text)

    def _subjects(self) -> None:
        start = len(self._fields)
        for code in class_subjects(self._klass, self._period):
            first = self._add(f"{code}.level", 4.2)
            put(self._sheet, TOP + 2, first, "Mức đạt được", head=True)
            last = first
            if self._has_scores(code):
                last = self._add(f"{code}.score", 4.2)
                put(self._sheet, TOP + 2, last, "Điểm KTĐK", head=True)
            for column in (first, last):
                self._sheet.cell(TOP + 3, column + 1).alignment = UPRIGHT
            if first == last:
                width(self._sheet, first, 8.5)
            merge(self._sheet, (TOP + 1, first), (TOP + 1, last), _SHORT[code])
        merge(self._sheet, (TOP, start), (TOP, len(self._fields) - 1), "Môn học và hoạt động giáo dục")

    def _has_scores(self, code: str) -> bool:
        results = (pupil.period(self._period).subjects.get(code) for pupil in self._klass.pupils)
        return any(result is not None and result.score is not None for result in results)

    def _group(self, title: str, parts: Sequence[tuple[str, Sequence[str]]]) -> None:
        start = len(self._fields)
        for text, codes in parts:
            first = len(self._fields)
            for code in codes:
                column = self._add(f"{code}.level", 4.2)
                merge(
                    self._sheet,
                    (TOP + (2 if text else 1), column),
                    (TOP + 2, column),
                    TRAIT_NAMES[code],
                    upright=True,
                )
            if text and codes:
                merge(self._sheet, (TOP + 1, first), (TOP + 1, len(self._fields) - 1), text)
        merge(self._sheet, (TOP, start), (TOP, len(self._fields) - 1), title)

    def _outcome(self) -> None:
        start = len(self._fields)
        for code, text in _CLASSES:
            column = self._add(f"tick.{code}", 4.2)
            merge(self._sheet, (TOP + 1, column), (TOP + 2, column), text, upright=True)
        merge(self._sheet, (TOP, start), (TOP, len(self._fields) - 1), "Đánh giá KQGD")
        self._tall("award", "Khen thưởng", 20)
        self._tall("not_promoted", "Chưa được\nlên lớp", 8)
        self._tall("", "Ghi chú", 9)


def _titles(sheet: Worksheet, klass: ClassYear, period: Period, school: str, columns: int) -> None:
    last = columns - 1
    if school:
        line(sheet, 0, (0, 8), school, BOLD, PLAIN)
    line(sheet, 1, (0, last), "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC", TITLE)
    line(sheet, 2, (0, last), f"{PERIOD_TEXT[period]} – Lớp {klass.name} – Năm học {klass.year}", BOLD)


def _foot(sheet: Worksheet, klass: ClassYear, row: int, columns: int) -> None:
    half = columns // 2
    line(sheet, row, (0, columns - 1), _NOTE, NOTE, PLAIN)
    line(sheet, row + 2, (half, columns - 1), "……………………, ngày …… tháng …… năm 20……", NOTE)
    for offset, (left, right) in enumerate(
        (("HIỆU TRƯỞNG", "GIÁO VIÊN CHỦ NHIỆM"), ("(Ký, ghi rõ họ tên và đóng dấu)", "(Ký, ghi rõ họ tên)"))
    ):
        font = BODY if offset else BOLD
        line(sheet, row + 3 + offset, (0, half - 1), left, font)
        line(sheet, row + 3 + offset, (half, columns - 1), right, font)
    line(sheet, row + 8, (half, columns - 1), klass.homeroom_teacher, BOLD)
