"""Chẩn đoán token: drivers, readers and tokens of this computer in plain words, to be read out or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.signing import verbs
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type

if TYPE_CHECKING:
    from app.workflows.token_diagnosis import Diagnosis

_SIZE: Final = (560, 380)
_SIGNS: Final = {
    "ok": ("circle-check", "ok"),
    "warning": ("triangle-alert", "warn"),
    "failed": ("circle-x", "err"),
}


class DiagnosisDialog(QDialog):
    """Looks at once, and again on wish."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._look = desk.look
        self.found: Diagnosis | None = None
        self.setWindowTitle("Chẩn đoán token")
        scale = self._look.theme.scale
        self.setMinimumSize(*(round(side * scale) for side in _SIZE))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setProperty("frame", "chart")
        self._area.setAccessibleName("Kết quả chẩn đoán")
        self.again = self._look.button("Xem lại", self.look_again, icon="refresh-cw")
        self.copy = self._look.button("Sao chép", self._copy, icon="copy")
        self.done_button = self._look.button("Đóng", self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self.again)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(self._look.label("Chẩn đoán token", Type.TITLE))
        layout.addWidget(self._area, 1)
        layout.addLayout(buttons)
        self.look_again()

    def look_again(self) -> None:
        """Ask every driver once more."""
        self._show([("loader", "text2", "Đang hỏi các trình điều khiển, có thể mất 20 giây…")])
        self.again.setEnabled(False)
        self.copy.setEnabled(False)
        self._desk.runner.run(
            Lane.TOKEN, lambda _: verbs.diagnose(self._desk), owner=self, done=self._show_found
        )

    def _show_found(self, found: Diagnosis) -> None:
        self.found = found
        self.again.setEnabled(True)
        self.copy.setEnabled(True)
        self._show([(*_SIGNS[line.state], line.text) for line in found.lines])

    def _show(self, lines: list[tuple[str, str, str]]) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        for icon, colour, text in lines:
            row = QHBoxLayout()
            row.setSpacing(GAP_SMALL)
            row.addWidget(self._look.icon_label(icon, colour, 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self._look.label(text, wrap=True), 1)
            column.addLayout(row)
        column.addStretch(1)
        self._area.setWidget(box)

    def _copy(self) -> None:
        if self.found is not None:
            QGuiApplication.clipboard().setText(self.found.text)
