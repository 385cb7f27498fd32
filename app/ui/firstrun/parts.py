"""Parts that the ways of the first start share: the row of buttons, and a step that stays at the top."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP_SMALL, Type


def foot(look: Look, words: str, *buttons: QPushButton) -> QHBoxLayout:
    """A quiet line at the left, buttons at the right."""
    row = QHBoxLayout()
    row.setSpacing(GAP_SMALL)
    row.addWidget(look.label(words, Type.CAPTION, "second", wrap=True), 1)
    for button in buttons:
        row.addWidget(button)
    return row


def at_top(widget: QWidget) -> QWidget:
    """A holder in which the widget keeps its height."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    layout.addStretch(1)
    return holder
