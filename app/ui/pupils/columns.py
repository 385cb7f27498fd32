"""Columns of a file that nobody recognises: its first rows, and beside each column what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.excel.mapping import UnknownColumn, UnknownTable

NOT_USED: Final = "Không dùng"


class ColumnsDialog(QDialog):
    """`fields` holds the answer: zero-based column → field, without the columns that are not used."""

    def __init__(
        self, look: Look, file: str, table: UnknownTable, words: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chỉ cột của tệp")
        self.resize(round(860 * look.theme.scale), round(460 * look.theme.scale))
        self.boxes: dict[int, QComboBox] = {}
        self._look = look
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP_SMALL)
        for place, (title, stretch) in enumerate(
            (("Cột", 0), ("Tiêu đề", 2), ("Ba dòng đầu", 3), ("Là gì", 2))
        ):
            grid.addWidget(look.label(title, Type.CAPTION_BOLD, "second"), 0, place)
            grid.setColumnStretch(place, stretch)
        for row, column in enumerate(table.columns, start=1):
            self._add(grid, row, column, words)
        grid.setRowStretch(len(table.columns) + 1, 1)
        inside = QWidget()
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setProperty("frame", "chart")
        scroll.setWidget(inside)
        self.keep = look.button("Dùng các cột này", self.accept, kind="primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(look.label("Tệp khác có cùng tiêu đề sẽ được nhận ra.", Type.CAPTION, "second"))
        buttons.addStretch(1)
        buttons.addWidget(look.button("Hủy", self.reject))
        buttons.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(look.label(file, Type.SECTION))
        note = (
            f"Trang {table.sheet}: chưa nhận ra tiêu đề. "
            "Chỉ cột Họ và tên, và ít nhất một cột mã hoặc ngày sinh."
        )
        layout.addWidget(look.label(note, tone="second", wrap=True))
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    def _add(self, grid: QGridLayout, row: int, column: UnknownColumn, words: Mapping[str, str]) -> None:
        box = QComboBox()
        box.setAccessibleName(f"Cột {column.letter}, {column.heading}, là gì")
        box.addItem(NOT_USED, "")
        for field, text in words.items():
            box.addItem(text, field)
        box.setCurrentIndex(max(0, box.findData(column.guess)))
        box.setMinimumHeight(self._look.theme.heights.button_small)
        box.setMaxVisibleItems(14)
        self.boxes[column.column] = box
        grid.addWidget(self._look.label(column.letter), row, 0)
        grid.addWidget(Elided(self._look, column.heading, Type.BODY_BOLD), row, 1)
        grid.addWidget(Elided(self._look, "  ·  ".join(filter(None, column.samples)), tone="second"), row, 2)
        grid.addWidget(box, row, 3)

    @property
    def fields(self) -> dict[int, str]:
        """What was chosen."""
        return {column: str(box.currentData()) for column, box in self.boxes.items() if box.currentData()}
