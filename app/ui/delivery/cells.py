"""A table cell of two lines: what, and under it, smaller, the rest."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.look import Look
from app.ui.theme import GAP_SMALL, Type

Index = QModelIndex | QPersistentModelIndex


class TwoLineCell(QStyledItemDelegate):
    """Paints text that has a line break in two lines, each ending in "…" where there is no room."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._fonts = (look.theme.font(Type.BODY), look.theme.font(Type.CAPTION))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if "\n" in str(index.data() or ""):
            self._paint_lines(painter, option, index)
        else:
            super().paint(painter, option, index)
        painter.save()
        painter.setPen(self._look.theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_lines(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget: QWidget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        theme = self._look.theme
        box: QRect = option.rect.adjusted(GAP_SMALL, 3, -GAP_SMALL, -3)
        half = box.height() // 2
        painter.save()
        words = str(index.data()).split("\n")
        for place, (font, text) in enumerate(zip(self._fonts, words, strict=False)):
            painter.setFont(font)
            painter.setPen(theme.colour("on_sel" if selected else ("text", "text2")[place]))
            line = QRect(box.left(), box.top() + place * half, box.width(), half)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()
