"""A banner above the content: what happened, where, and the button for the next step; it stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from app.ui.look import Look, restyle
from app.ui.theme import GAP, GAP_SMALL, Type

_ICONS: Final = {
    "error": ("circle-x", "err"),
    "warning": ("triangle-alert", "warn"),
    "note": ("info", "primary"),
    "done": ("circle-check", "ok"),
}


class Banner(QFrame):
    """Hidden until `tell`; kinds are error, warning, note and done."""

    closed = Signal()
    """The person put it away."""

    def __init__(self, look: Look, *, closable: bool = True) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "banner")
        self._icon = QLabel()
        self._text = look.label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = look.button("", self._act, small=True)
        self._close = look.button("Đóng", self._put_away, kind="flat", small=True)
        self._do: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        layout.setSpacing(GAP)
        for widget in (self._icon, self._text, self._action, self._close):
            layout.addWidget(widget, 1 if widget is self._text else 0)
        self._close.setVisible(closable)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown now; empty while hidden."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def action(self) -> QPushButton:
        """The button of the next step."""
        return self._action

    def tell(self, kind: str, text: str, *, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a sentence and, when there is one, the button for the next step."""
        icon, colour = _ICONS[kind]
        theme = self._look.theme
        self._icon.setPixmap(self._look.icons.pixmap(icon, getattr(theme.colours, colour), 18))
        self._text.setText(text)
        self._text.setFont(theme.font(Type.BODY))
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._do = do
        self.setAccessibleName(text)
        restyle(self, "state", kind)
        self.show()

    def _put_away(self) -> None:
        self.hide()
        self.closed.emit()

    def _act(self) -> None:
        if self._do is not None:
            self._do()
