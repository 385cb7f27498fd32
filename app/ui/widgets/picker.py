"""A button that opens a list to choose from: class, period."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton

from app.ui.look import Look
from app.ui.theme import Type


class Picker(QToolButton):
    """Shows the chosen item; Down or Space opens the list, Alt+PgUp and Alt+PgDn go through it."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, *, kind: Type = Type.BODY_BOLD) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._items: list[tuple[str, str]] = []
        self._value = ""
        self.setProperty("kind", "menu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFont(look.theme.font(kind))
        self.setAccessibleName(name)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def value(self) -> str:
        """The code of the chosen item; empty when there is none."""
        return self._value

    def fill(self, items: Sequence[tuple[str, str]], value: str = "") -> None:
        """Items as (code, words); keeps the choice when it is still there."""
        self._items = list(items)
        self._menu.clear()
        for code, words in self._items:
            self._menu.addAction(self._entry(code, words))
        codes = [code for code, _ in self._items]
        wanted = value or self._value
        self.show_value(wanted if wanted in codes else (codes[0] if codes else ""))
        self.setEnabled(bool(codes))

    def _entry(self, code: str, words: str) -> QAction:
        entry = QAction(words, self._menu)
        entry.triggered.connect(lambda: self.choose(code))
        return entry

    def show_value(self, code: str) -> None:
        """Show a choice without telling anybody."""
        self._value = code
        words = dict(self._items).get(code, "")
        self.setText(words)
        self.setAccessibleName(f"{self._name}: {words}")

    def choose(self, code: str) -> None:
        """Choose and tell."""
        if code != self._value:
            self.show_value(code)
            self.chosen.emit(code)

    def step(self, by: int) -> None:
        """Choose the next (+1) or previous (-1) item."""
        codes = [code for code, _ in self._items]
        if self._value in codes:
            place = codes.index(self._value) + by
            if 0 <= place < len(codes):
                self.choose(codes[place])

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + 12, self._look.theme.heights.button)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = self._look.theme.colours
        arrow = self._look.icons.pixmap("chevron-down", colours.text, 14)
        painter = QPainter(self)
        place = QRect(self.width() - 22, (self.height() - 14) // 2, 14, 14)
        painter.drawPixmap(place.topLeft(), arrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showMenu()
            return
        super().keyPressEvent(event)
