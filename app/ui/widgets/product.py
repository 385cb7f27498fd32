"""The product's name with the line below it, above the pages that come before signing in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP, Type


def product_line(look: Look) -> tuple[QWidget, QLabel]:
    """The widget, and its second line to fill in."""
    widget = QWidget()
    second = look.label(tone="second")
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(look.label("Học bạ số", Type.TITLE))
    words.addWidget(second)
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP + 4)
    row.addWidget(look.icon_label("book-open", "primary", 28))
    row.addLayout(words, 1)
    return widget, second
