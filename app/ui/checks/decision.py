"""The principal's decision on a pupil who has not completed the grade: number, day, moving up or not."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.records.completion import decision_number
from app.ui.look import Look
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type


class DecisionDialog(QDialog):
    """`number`, `day` and `promote` hold what was decided once the dialog is accepted."""

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        title = "Quyết định lên lớp"
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.promote = QRadioButton("Được lên lớp")
        self.stay = QRadioButton("Chưa được lên lớp")
        self.number = QLineEdit()
        self.number.setPlaceholderText("12/QĐ-THTH")
        self.number.setAccessibleName("Số quyết định")
        self.on = QDateEdit(QDate.currentDate())
        self.on.setDisplayFormat("dd/MM/yyyy")
        self.on.setAccessibleName("Ngày quyết định")
        self.act = look.button("Ghi quyết định", self.accept, kind="primary")
        for radio in (self.promote, self.stay):
            radio.toggled.connect(lambda _: self._check())
        self.number.textChanged.connect(lambda _: self._check())
        choice = QHBoxLayout()
        choice.addWidget(self.promote)
        choice.addWidget(self.stay)
        choice.addStretch(1)
        form = QFormLayout()
        form.setSpacing(GAP_SMALL)
        form.addRow("Số quyết định", self.number)
        form.addRow("Ngày", self.on)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addStretch(1)
        buttons.addWidget(look.button("Hủy", self.reject))
        buttons.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(look.label(title, Type.SECTION))
        note = f"Em {name} chưa hoàn thành chương trình lớp học. Ghi theo quyết định của hiệu trưởng."
        layout.addWidget(look.label(note, tone="second", wrap=True))
        layout.addLayout(choice)
        layout.addLayout(form)
        layout.addLayout(buttons)
        self._check()

    @property
    def day(self) -> date:
        """The day of the decision."""
        chosen = self.on.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _check(self) -> None:
        decided = self.promote.isChecked() or self.stay.isChecked()
        numbered = decision_number(self.number.text()) is not None
        self.act.setEnabled(decided and numbered)
        self.act.setToolTip(
            "" if decided and numbered else "Chọn lên lớp hay không và ghi số quyết định trước."
        )
