"""One line of a pupil's file: label and value; "Sửa" opens the value for editing where it is allowed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.ui.look import Look
from app.ui.pupils.record import Shown
from app.ui.widgets.elided import Elided

_LABEL = 172


class _Editor(QLineEdit):
    """Enter keeps, Esc restores."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class FieldRow(QWidget):
    """`edited` tells field and typed text."""

    edited = Signal(str, str)

    def __init__(self, look: Look, shown: Shown, *, editable: bool) -> None:
        super().__init__()
        self.shown = shown
        label = look.label(shown.label, tone="second")
        label.setFixedWidth(round(_LABEL * look.theme.scale))
        self.value = Elided(look, shown.value or "trống", tone="" if shown.value else "hint")
        self.value.setAccessibleName(f"{shown.label}: {shown.value or 'trống'}")
        self.editor = _Editor(shown.value)
        self.editor.setAccessibleName(shown.label)
        self.editor.returnPressed.connect(self._keep)
        self.editor.left.connect(self._restore)
        self.pencil = look.button("Sửa", self.edit, kind="link", small=True)
        self.pencil.setAccessibleName(f"Sửa {shown.label.lower()}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.value, 1)
        row.addWidget(self.editor, 1)
        row.addWidget(self.pencil)
        self.setFixedHeight(look.theme.heights.button_small + 6)
        self.editor.hide()
        self.pencil.setVisible(editable and bool(shown.field))

    def edit(self) -> None:
        """Open the value for typing."""
        self.editor.setText(self.shown.value)
        self._show_editor(True)
        self.editor.setFocus()
        self.editor.selectAll()

    def _show_editor(self, on: bool) -> None:
        self.editor.setVisible(on)
        self.value.setVisible(not on)

    def _restore(self) -> None:
        self._show_editor(False)
        self.pencil.setFocus()

    def _keep(self) -> None:
        text = self.editor.text().strip()
        self._restore()
        if text != self.shown.value:
            self.edited.emit(self.shown.field, text)
