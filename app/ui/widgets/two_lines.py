"""A list row of two lines: a name and what it is, with an optional icon and word at the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.look import Look
from app.ui.theme import GAP_SMALL, MARGIN, Type

Index = QModelIndex | QPersistentModelIndex
SECOND: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The second line."""
MARK: Final = SECOND + 1
"""(icon, colour name, word) at the right, or None."""
KEY: Final = SECOND + 2
"""What the row stands for."""
_ICON = 14
_BAR = 4


class TwoLines(QStyledItemDelegate):
    """Paints the rows; text that does not fit ends in "…" and has its tool tip from the model."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._first = look.theme.font(Type.BODY)
        self._chosen = look.theme.font(Type.BODY_BOLD)
        self._second = look.theme.font(Type.CAPTION)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._look.theme.heights.person)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        box: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, theme.colour("sel" if selected else "surface"))
        if selected:
            painter.fillRect(QRect(box.left(), box.top(), _BAR, box.height()), theme.colour("primary"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("border"))
        room = self._paint_mark(painter, box, index, selected)
        self._paint_words(painter, QRect(box.left() + MARGIN, box.top(), room, box.height()), index, selected)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("primary"))
            painter.drawRect(box.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> None:
        theme = self._look.theme
        half = box.height() // 2
        lines = (
            (self._chosen if selected else self._first, "on_sel" if selected else "text", index.data()),
            (self._second, "on_sel" if selected else "text2", index.data(SECOND)),
        )
        for number, (font, colour, text) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            place = QRect(box.left(), box.top() + 3 + number * (half - 3), box.width(), half - 3)
            words = QFontMetrics(font).elidedText(str(text or ""), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_mark(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> int:
        """Draw the mark at the right; returns the width that is left for the words."""
        mark = index.data(MARK)
        free = box.width() - 2 * MARGIN
        if not mark:
            return free
        icon, colour, word = mark
        theme = self._look.theme
        ink = "on_sel" if selected else colour
        metrics = QFontMetrics(self._second)
        width = metrics.horizontalAdvance(word) + (_ICON + 6 if icon else 0)
        left = box.right() - MARGIN - width
        if icon:
            drawing = self._look.icons.pixmap(icon, getattr(theme.colours, ink), _ICON)
            painter.drawPixmap(left, box.center().y() - _ICON // 2, drawing)
        painter.setFont(self._second)
        painter.setPen(theme.colour(ink))
        words = QRect(left + (_ICON + 6 if icon else 0), box.top(), width, box.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), word)
        return free - width - GAP_SMALL
