"""The sector's pupil list (like Filemau-C1-HocSinh, version 2): "Sheet1" and a catalogue sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from app.excel.cell_values import SEX_TEXT
from app.excel.saving import save
from app.excel.styles import TITLE, CellValue, day, line, put, width
from app.records.codes import ETHNICITIES, REGIME_TEXT, STATUS_TEXT
from app.records.types import ClassYear, PupilYear, Regime

Getter = Callable[[PupilYear], CellValue]
HEADER_ROW: Final = 3

_KEPT_EMPTY: Final = (
    *(
        "Khu vực",
        "Học 2 buổi/ngày",
        "Bán trú",
        "Biết bơi",
        "Đội viên",
        "Học tiếng dân tộc",
        "Tăng cường tiếng Việt",
    ),
    *(
        "Lưu ban năm trước",
        "Diện chính sách",
        "Hộ nghèo",
        "Cha dân tộc",
        "Mẹ dân tộc",
        "Nhóm máu",
        "Lý do thôi học",
    ),
    *(
        "Học ngoại ngữ",
        "Số buổi học/tuần",
        "Nội trú",
        "Khám sức khỏe",
        "Tình trạng dinh dưỡng",
        "Bảo hiểm y tế",
    ),
    *("Lớp ghép", "Lớp bán trú", "Học sinh lớp bán trú", "Thư viện", "Ghi chú"),
)


def _hometown(rank: int) -> Getter:
    """A part of the home town: 0 province, 1 district, 2 commune, 3 all that is smaller."""

    def part(pupil: PupilYear) -> CellValue:
        parts = [text.strip() for text in pupil.pupil.hometown.split(",") if text.strip()]
        parts = [", ".join(parts[:-3]), *parts[-3:]] if len(parts) > 4 else parts
        places = {1: (0,), 2: (2, 0), 3: (2, 1, 0), 4: (3, 2, 1, 0)}.get(len(parts), ())
        return dict(zip(places, parts, strict=True)).get(rank)

    return part


_COLUMNS: Final[tuple[tuple[str, float, Getter | None], ...]] = (
    ("Mã\nlớp", 8, lambda p: p.enrolment.class_name),
    ("Mã học sinh", 14, lambda p: p.pupil.code or None),
    ("Họ tên", 26, lambda p: p.pupil.name),
    ("Ngày sinh", 12, lambda p: day(p.pupil.birth_date)),
    ("Giới tính", 9, lambda p: SEX_TEXT.get(p.pupil.sex) if p.pupil.sex else None),
    ("Trạng thái\nHS", 14, lambda p: STATUS_TEXT[p.enrolment.status]),
    ("Ngày nhập\ntrạng thái", 12, None),
    ("Dân tộc", 10, lambda p: p.pupil.ethnicity or None),
    ("Quốc tịch", 11, lambda p: p.pupil.nationality or None),
    ("Loại\nkhuyết tật", 12, None),
    (
        "HS khuyết tật\nkhông đánh giá",
        14,
        lambda p: "x" if p.enrolment.regime is Regime.NOT_ASSESSED else None,
    ),
    ("Số định danh\ncá nhân", 16, lambda p: p.pupil.personal_id or None),
    ("Số đăng bộ", 12, lambda p: p.enrolment.register_number or None),
    ("Ngày nhập học", 13, lambda p: day(p.enrolment.enrolled_on)),
    ("Tỉnh\n(thường trú)", 12, None),
    ("Quận/Huyện\n(thường trú)", 12, None),
    ("Xã/Phường\n(thường trú)", 12, None),
    ("Tổ/Thôn/Xóm\n(thường trú)", 14, None),
    ("Tỉnh\n(quê quán)", 18, _hometown(0)),
    ("Quận/Huyện\n(quê quán)", 18, _hometown(1)),
    ("Xã/Phường\n(quê quán)", 18, _hometown(2)),
    ("Tổ/Thôn/Xóm\n(quê quán)", 18, _hometown(3)),
    ("Tỉnh\n(nơi sinh)", 12, None),
    ("Xã/Phường\n(nơi sinh)", 12, None),
    ("Nơi sinh\nchi tiết", 32, lambda p: p.pupil.birth_place or None),
    ("Chỗ ở\nhiện nay", 32, lambda p: p.pupil.residence or None),
    ("Số điện thoại\nliên hệ", 12, None),
    ("Mã VNEDU", 14, lambda p: p.pupil.vnedu_code or None),
    (
        "Chế độ đánh giá",
        24,
        lambda p: None if p.enrolment.regime is Regime.NORMAL else REGIME_TEXT[p.enrolment.regime],
    ),
    ("Chiều cao (cm)", 10, lambda p: p.enrolment.height_cm),
    ("Cân nặng (kg)", 10, lambda p: p.enrolment.weight_kg),
    ("Số ngày nghỉ\ncó phép", 12, lambda p: p.enrolment.absent_excused),
    ("Số ngày nghỉ\nkhông phép", 12, lambda p: p.enrolment.absent_unexcused),
    *((text, 12.0, None) for text in _KEPT_EMPTY),
    ("Lớp trước", 10, None),
    ("Trường trước", 14, None),
    ("Ngày chuyển", 12, None),
    ("Họ tên cha", 24, lambda p: p.pupil.father or None),
    ("Nghề nghiệp cha", 12, None),
    ("Năm sinh cha", 10, None),
    ("SĐT cha", 12, None),
    ("Họ tên mẹ", 24, lambda p: p.pupil.mother or None),
    ("Nghề nghiệp mẹ", 12, None),
    ("Năm sinh mẹ", 10, None),
    ("SĐT mẹ", 12, None),
    ("Họ tên người giám hộ", 24, lambda p: p.pupil.guardian or None),
)
"""Heading, width, value. Headings without a value stay empty: only the transcript's fields are collected.

Columns S to AB (addresses), BK to BN (father) and BO to BR (mother) stand where version 2 of the list has
them.
"""


def write_csdl_pupils(path: Path, classes: Sequence[ClassYear]) -> None:
    """Pupils of all `classes` in one list, as the sector's database exports it.

    Raises UserError `excel.cannot_write`.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    line(sheet, 0, (0, 8), "DANH SÁCH HỌC SINH CẤP TIỂU HỌC", TITLE)
    put(sheet, HEADER_ROW, 0, "STT", head=True)
    width(sheet, 0, 6)
    for column, (text, characters, _) in enumerate(_COLUMNS, 1):
        put(sheet, HEADER_ROW, column, text, head=True)
        width(sheet, column, characters)
    pupils = [pupil for klass in classes for pupil in klass.pupils]
    for number, pupil in enumerate(pupils, 1):
        row = HEADER_ROW + number
        put(sheet, row, 0, number)
        for column, (_, characters, value) in enumerate(_COLUMNS, 1):
            put(sheet, row, column, value(pupil) if value else None, left=characters >= 20)
    sheet.freeze_panes = "E5"
    sheet.row_dimensions[HEADER_ROW + 1].height = 34
    _catalogue(book)
    save(book, path)


def _catalogue(book: Workbook) -> None:
    sheet = book.create_sheet("DAN_TOC")
    put(sheet, 0, 0, "Mã", head=True)
    put(sheet, 0, 1, "Tên", head=True)
    for row, (code, name) in enumerate(ETHNICITIES.items(), 1):
        put(sheet, row, 0, code)
        put(sheet, row, 1, name, left=True)
