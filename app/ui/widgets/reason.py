"""Asks for a reason, or for another text called `name`: one of the few things that deserve a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type


class ReasonDialog(QDialog):
    """`reason` holds what was written once the dialog is accepted."""

    def __init__(
        self, look: Look, title: str, note: str, action: str, parent: QWidget, *, name: str = "Lý do"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(name)
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(5 * look.theme.heights.line)
        self.field.textChanged.connect(self._check)
        self.act = look.button(action, self.accept, kind="primary")
        self.act.setEnabled(False)
        self.act.setToolTip(f"Ghi {name[0].lower()}{name[1:]} trước.")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addStretch(1)
        buttons.addWidget(look.button("Hủy", self.reject))
        buttons.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(look.label(title, Type.SECTION))
        layout.addWidget(look.label(note, tone="second", wrap=True))
        layout.addWidget(look.label(name, Type.BODY_BOLD))
        layout.addWidget(self.field)
        layout.addLayout(buttons)
        self.field.setFocus()

    @property
    def reason(self) -> str:
        """What was written."""
        return self.field.toPlainText().strip()

    def _check(self) -> None:
        self.act.setEnabled(bool(self.reason))
