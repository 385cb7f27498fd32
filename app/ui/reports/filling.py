"""Filling an original of vnEdu or CSDL ngành: choose it, say where the copy goes, read what was done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP, Type
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.excel.filling import FillReport

_ABOUT = (
    "Chọn tệp gốc do vnEdu hoặc CSDL ngành xuất ra. Chương trình chỉ điền các ô kết quả vào một bản sao; "
    "mã, cột ẩn và định dạng của tệp gốc được giữ nguyên."
)


class FillPanel(QWidget):
    """`chosen` tells the original and where the filled copy goes."""

    chosen = Signal(Path, Path)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.choose = look.button(
            "Chọn tệp gốc…", self._ask_original, icon="file-spreadsheet", kind="primary"
        )
        self.result = look.label(kind=Type.BODY_BOLD, wrap=True)
        columns: tuple[Column[tuple[int, str]], ...] = (
            Column("TT", 48, lambda row: str(row[0]), right=True),
            Column("Dòng của tệp chưa ghép được với học sinh nào", 0, lambda row: row[1]),
        )
        self.unmatched: Table[tuple[int, str]] = Table(look, "Dòng chưa ghép được", columns)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP)
        layout.addWidget(look.label(_ABOUT, wrap=True))
        layout.addLayout(buttons)
        layout.addWidget(self.result)
        layout.addWidget(self.unmatched, 1)
        layout.addStretch(0)
        self.unmatched.hide()

    def show_result(self, report: FillReport) -> None:
        """How many cells were filled, and every row that was not."""
        told = f"Đã điền {report.cells_written} ô vào {report.file.name}."
        if report.unmatched:
            told += f" {len(report.unmatched)} dòng chưa ghép được nên để nguyên."
        self.result.setText(" ".join(part for part in (told, report.note) if part))
        self.unmatched.show_rows(list(enumerate(report.unmatched, start=1)))
        self.unmatched.setVisible(bool(report.unmatched))

    def _ask_original(self) -> None:
        dialog = QFileDialog(self, "Chọn tệp gốc", "", "Tệp Excel (*.xlsx *.xlsm *.xls)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._ask_target(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_target(self, original: Path) -> None:
        name = str(original.with_name(f"{original.stem} - đã điền.xlsx"))
        dialog = QFileDialog(self, "Lưu bản đã điền", name, "Tệp Excel (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda target: self.chosen.emit(original, Path(target)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
