"""Draws the cells of the grid: each state has a shape or mark of its own, colour is the second sign."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.ui.look import Look
from app.ui.results.sheet import Cell, State
from app.ui.theme import Type

Index = QModelIndex | QPersistentModelIndex
CELL: Final = int(Qt.ItemDataRole.UserRole) + 1
_GROUNDS: Final = {State.HOLE: "hole", State.WARNING: "warn_bg", State.ERROR: "err_bg"}
_INKS: Final = {State.WARNING: "warn", State.ERROR: "err"}


class CellPainter(QStyledItemDelegate):
    """Paints a cell; the current row is named in bold by the frozen part."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._plain = look.theme.font(Type.BODY)
        self._bold = look.theme.font(Type.BODY_BOLD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        cell: Cell = index.data(CELL)
        box: QRect = option.rect
        current = self._view.currentIndex()
        here_row = current.row() == index.row()
        frozen = index.column() < 3
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        chosen = (frozen and here_row) or (selected and current != index)
        ground = "sel" if chosen else _GROUNDS.get(cell.state, "surface")
        painter.fillRect(box, theme.colour(ground))
        self._paint_state(painter, box, cell)
        bold = cell.state in _INKS or (frozen and here_row and index.column() == 1)
        ink = "on_sel" if chosen else _INKS.get(cell.state, "text")
        if frozen and index.column() == 2 and not chosen:
            bold, ink = True, "warn"
        self._write(painter, box, index, bold=bold, ink=ink)
        if not frozen and index == current:
            painter.setPen(QPen(theme.colour("primary"), 2.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, index: Index, *, bold: bool, ink: str) -> None:
        font = self._bold if bold else self._plain
        painter.setFont(font)
        painter.setPen(self._look.theme.colour(ink))
        side = 5 if box.width() > 40 else 3
        room = box.adjusted(side, 0, -side, 0)
        words = " ".join(str(index.data() or "").split("\n"))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), shown)

    def _paint_state(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        theme = self._look.theme
        if cell.state is State.HOLE:
            painter.setPen(QPen(theme.colour("warn_line"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(box.adjusted(2, 3, -4, -5))
        elif cell.state is State.EXEMPT:
            painter.fillRect(box, QBrush(theme.colour("border"), Qt.BrushStyle.BDiagPattern))
        elif cell.state is State.ERROR:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.colour("err"))
        elif cell.state is State.WARNING:
            corner = box.topRight()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("warn_line"))
            painter.drawPolygon(QPolygon([corner, corner - QPoint(7, 0), corner + QPoint(0, 7)]))
