"""The line of numbered steps above a wizard: done, now, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.look import Look, rule
from app.ui.theme import GAP_SMALL, Type

_SIDE = 24


class Steps(QWidget):
    """Shows where in the wizard one is."""

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self._names = tuple(names)
        self._marks = [QLabel() for _ in names]
        self._words = [look.label(name) for name in names]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        for number, (mark, word) in enumerate(zip(self._marks, self._words, strict=True)):
            if number:
                line = rule()
                line.setFixedWidth(28)
                row.addWidget(line)
            row.addWidget(mark)
            row.addWidget(word)
        row.addStretch(1)

    def show_step(self, current: int) -> None:
        """`current` counts from 0."""
        theme = self._look.theme
        for number, (mark, word) in enumerate(zip(self._marks, self._words, strict=True)):
            mark.setPixmap(self._mark(number, current))
            word.setFont(theme.font(Type.BODY_BOLD if number == current else Type.BODY))
        self.setAccessibleName(f"Bước {current + 1} trên {len(self._names)}: {self._names[current]}")

    def _mark(self, number: int, current: int) -> QPixmap:
        theme = self._look.theme
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = number == current
        painter.setPen(theme.colour("primary" if number <= current else "strong"))
        painter.setBrush(theme.colour("primary" if here else "surface"))
        box = QRectF(1, 1, _SIDE - 2, _SIDE - 2)
        painter.drawEllipse(box)
        if number < current:
            icon = self._look.icons.pixmap("check", theme.colours.primary, 14)
            painter.drawPixmap((_SIDE - 14) // 2, (_SIDE - 14) // 2, icon)
        else:
            painter.setPen(theme.colour("on_primary" if here else "text2"))
            painter.setFont(theme.font(Type.CAPTION_BOLD))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))
        painter.end()
        return picture
