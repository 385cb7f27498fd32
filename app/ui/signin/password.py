"""The password field: shown while a button is held, with warnings about Caps Lock and Vietnamese letters."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.look import Look, restyle
from app.ui.theme import GAP_SMALL, GAP_TINY, Type

CAPS = "Phím Caps Lock đang bật."
MARKS = "Bộ gõ tiếng Việt đang bật: mật khẩu không nhận chữ có dấu."


def caps_lock_from(event: QKeyEvent) -> bool | None:
    """What a typed letter tells about Caps Lock; None when the key is not a letter.

    No platform tells it alike, but a capital without Shift (or a small letter with it) does.
    """
    letter = event.text()
    if len(letter) != 1 or not letter.isalpha() or letter.upper() == letter.lower():
        return None
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() != shift


def has_marks(text: str) -> bool:
    """True when a letter carries a diacritic or is đ: an input tool was on."""
    return any(not unicodedata.normalize("NFD", char).isascii() for char in text)


class _Field(QLineEdit):
    caps = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        told = caps_lock_from(event)
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            return
        if told is not None:
            self.caps.emit(told)
        super().keyPressEvent(event)


class PasswordField(QWidget):
    """A field with its button "Hiện" and a line for warnings or the error."""

    entered = Signal()

    def __init__(self, look: Look, name: str = "Mật khẩu") -> None:
        super().__init__()
        self._look = look
        self._caps = False
        self._error = ""
        self.field = _Field()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(name)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.field.textChanged.connect(self._typed)
        self.field.caps.connect(self._set_caps)
        self.field.returnPressed.connect(self.entered)
        self.reveal = look.button("Hiện", icon="eye")
        self.reveal.setToolTip("Giữ để xem mật khẩu")
        self.reveal.pressed.connect(lambda: self.field.setEchoMode(QLineEdit.EchoMode.Normal))
        self.reveal.released.connect(lambda: self.field.setEchoMode(QLineEdit.EchoMode.Password))
        self._icon = look.icon_label("triangle-alert", "warn")
        self.warning = look.label(kind=Type.BODY_BOLD, tone="warn", wrap=True)
        self._lay_out()
        self._show_warning()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self.reveal)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._icon)
        below.addWidget(self.warning, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_TINY)
        layout.addLayout(row)
        layout.addLayout(below)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        self.tell("")

    def tell(self, error: str) -> None:
        """Show an error under the field; empty takes it away."""
        self._error = error
        self._show_warning()

    def _typed(self) -> None:
        self._error = ""
        self._show_warning()

    def _set_caps(self, on: bool) -> None:
        self._caps = on
        self._show_warning()

    def _show_warning(self) -> None:
        words = self._error or (MARKS if has_marks(self.field.text()) else CAPS if self._caps else "")
        colour = "err" if self._error else "warn"
        icon = "circle-x" if self._error else "triangle-alert"
        colours = self._look.theme.colours
        self._icon.setPixmap(self._look.icons.pixmap(icon, getattr(colours, colour)))
        self._icon.setVisible(bool(words))
        self.warning.setText(words)
        restyle(self.warning, "tone", colour)
        restyle(self.field, "state", "error" if self._error else "")
