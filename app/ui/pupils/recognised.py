"""Nhận dạng and Kết quả: one line per file, what it is or what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtWidgets import QHeaderView

from app.records.codes import PERIOD_TEXT
from app.ui.look import Look
from app.ui.pupils.fit import Roomy
from app.ui.states import Sign
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.import_preview import PreviewFile
    from app.workflows.imports import FileReport

T = TypeVar("T")
KINDS: Final = {
    "csdl-pupils": "CSDL ngành, danh sách",
    "csdl-results": "CSDL ngành, kết quả",
    "csdl-comments": "CSDL ngành, nhận xét",
    "our-template": "Mẫu của Học bạ số",
    "vnedu-summary": "vnEdu, bảng tổng hợp",
    "vnedu-subject": "vnEdu, sổ theo môn",
    "unknown": "Chưa nhận ra",
}
_FITS: Final = Sign("circle-check", "Khớp", "ok", "ok_bg")
_REFUSED: Final = Sign("circle-x", "Không dùng", "err", "err_bg")
_DONE: Final = Sign("circle-check", "Đã ghi", "ok", "ok_bg")
_SAME: Final = Sign("check", "Đã có đủ", "neu", "neu_bg")
_SHOWN: Final = 4
_WORDS_WIDTH: Final = 200
EXPLAIN: Final = 6


def classes_text(names: Sequence[str]) -> str:
    """Classes of a file: all of them while they are few."""
    return ", ".join(names) if len(names) <= _SHOWN else f"{len(names)} lớp"


@dataclass(frozen=True, slots=True)
class Known:
    """One file as it was recognised."""

    file: PreviewFile

    @property
    def name(self) -> str:
        return self.file.file.name

    @property
    def words(self) -> str:
        """Class and period, or why the file is not used."""
        if self.file.refused:
            return self.file.findings[0].message
        period = PERIOD_TEXT[self.file.period] if self.file.period else "Danh sách"
        return f"{classes_text(self.file.classes)} · {period}"


@dataclass(frozen=True, slots=True)
class Written:
    """One file after writing, or why it was left out."""

    path: Path
    report: FileReport | None
    reason: str

    @property
    def sign(self) -> Sign:
        if self.report is None or self.report.refused:
            return _REFUSED
        return _DONE if self.report.values_written else _SAME


def _action(row: Known) -> str:
    return "Chỉ cột…" if row.file.unknown else ""


def _action_sign(row: Known) -> Sign | None:
    return Sign("columns-2", "Chỉ cột…", "primary", "tint") if row.file.unknown else None


def recognised_table(look: Look) -> Table[Known]:
    """What each file is; Enter on a file that is not recognised lets its columns be explained."""
    return _two_lines(
        look,
        Table(
            look,
            "Các tệp được nhận dạng",
            (
                Column("Tệp", 176, lambda row: row.name, bold=True),
                Column("Nguồn", 136, lambda row: KINDS.get(row.file.kind, row.file.kind)),
                Column("Lớp và kì, hoặc lý do", 0, lambda row: row.words),
                Column("Dòng", 56, lambda row: str(row.file.rows_read or ""), right=True),
                Column("Cột", 48, lambda row: str(row.file.columns or ""), right=True),
                Column(
                    "Kết luận",
                    132,
                    lambda row: (_REFUSED if row.file.refused else _FITS).word,
                    sign=lambda row: _REFUSED if row.file.refused else _FITS,
                ),
                Column("", 108, _action, sign=_action_sign, optional=True),
            ),
        ),
        2,
    )


def written_table(look: Look) -> Table[Written]:
    """What became of each file."""
    return _two_lines(
        look,
        Table(
            look,
            "Kết quả từng tệp",
            (
                Column("Tệp", 240, lambda row: row.path.name, bold=True),
                Column(
                    "Dòng đã ghi",
                    96,
                    lambda row: str(row.report.rows_written) if row.report else "",
                    right=True,
                ),
                Column(
                    "Giá trị đã ghi",
                    104,
                    lambda row: str(row.report.values_written) if row.report else "",
                    right=True,
                ),
                Column("Kết luận", 128, lambda row: row.sign.word, sign=lambda row: row.sign),
                Column("Vì sao", 0, lambda row: row.reason),
            ),
        ),
        4,
    )


def _two_lines(look: Look, table: Table[T], words: int) -> Table[T]:
    table.setWordWrap(True)
    Roomy(table, {words: round(_WORDS_WIDTH * look.theme.scale)})
    rows = table.verticalHeader()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(look.theme.heights.row_two)
    return table
