"""A choice between a few words, all in sight: one button each, exactly one pressed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.settings.flow import Flow
from app.ui.theme import GAP, GAP_TINY, Type


class Segments(QWidget):
    """Shows (code, words) and tells the code that a person chose; `show_value` tells nobody."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, items: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = Flow(GAP_TINY)
        for code, words in items:
            button = look.button(words, partial(self._pressed, code), kind="filter")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {words}")
            group.addButton(button)
            row.addWidget(button)
            self.buttons[code] = button
        self._value = ""
        self.setLayout(row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def value(self) -> str:
        """The code that is pressed."""
        return self._value

    def show_value(self, code: str) -> None:
        """Press a button without telling anybody."""
        self._value = code
        if code in self.buttons:
            self.buttons[code].setChecked(True)

    def _pressed(self, code: str) -> None:
        if code != self._value:
            self._value = code
            self.chosen.emit(code)


class Options(QWidget):
    """Choices one below the other: name at the left, the choice and what it means at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GAP + 4)

    def add(self, name: str, widget: QWidget, note: str = "") -> None:
        """One more line."""
        label = self._look.label(name, Type.BODY_BOLD, wrap=True)
        label.setFixedWidth(round(190 * self._look.theme.scale))
        label.setMinimumHeight(self._look.theme.heights.button)
        label.setBuddy(widget)
        right = QVBoxLayout()
        right.setSpacing(GAP_TINY)
        right.addWidget(widget)
        if note:
            right.addWidget(self._look.label(note, Type.CAPTION, "second", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        self._rows.addLayout(row)
