"""An empty screen: one sentence why, and one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP


class Empty(QWidget):
    """Shown instead of the content."""

    def __init__(
        self, look: Look, text: str, action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.words = look.label(text, tone="second", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = look.button(action, do, kind="primary")
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        layout.addWidget(self.words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.button.setVisible(bool(action))

    def say(self, text: str) -> None:
        """Change the sentence."""
        self.words.setText(text)
