"""A column head of two levels: groups above, columns below; a column may also fill both levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.look import Look
from app.ui.theme import Type


@dataclass(frozen=True, slots=True)
class Group:
    """Columns `first` to `last` under one head; `tip` is its full name."""

    text: str
    first: int
    last: int
    tip: str = ""


class GroupedHeader(QHeaderView):
    """Paints both levels; the model's header data are the lower one."""

    def __init__(self, look: Look, parent: QWidget, *, strong_below: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._strong = strong_below
        self._look = look
        self._groups: tuple[Group, ...] = ()
        self._selected = -1
        self._faded: frozenset[int] = frozenset()
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(24)

    def show_groups(self, groups: Sequence[Group], faded: frozenset[int] = frozenset()) -> None:
        """Set the upper level; `faded` columns are written in the hint colour."""
        self._groups = tuple(groups)
        self._faded = faded
        self.updateGeometry()
        self.viewport().update()

    def mark_column(self, column: int) -> None:
        """Tint the head of the current column's group."""
        self._selected = column
        self.viewport().update()

    def sizeHint(self) -> QSize:
        heights = self._look.theme.heights
        return QSize(super().sizeHint().width(), heights.head_group + heights.head_sub)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("subtle"))
        for group in self._groups:
            self._paint_group(painter, group)
        bottom = self.height() - 1
        painter.setPen(theme.colour("border"))
        painter.drawLine(0, bottom, self.viewport().width(), bottom)

    def _span(self, first: int, last: int) -> QRect:
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, 0, right - left, self.height())

    def _paint_group(self, painter: QPainter, group: Group) -> None:
        theme = self._look.theme
        upper = theme.heights.head_group
        box = self._span(group.first, group.last)
        marked = group.first <= self._selected <= group.last
        if marked:
            painter.fillRect(box.adjusted(0, 0, 0, -1), theme.colour("sel"))
        bold = theme.font(Type.HEAD_BOLD)
        plain = theme.font(Type.HEAD)
        whole = group.first == group.last and not self._caption(group.first)
        painter.setPen(theme.colour(_ink(marked, group.first in self._faded, "text")))
        head = box if whole else QRect(box.left(), 0, box.width(), upper)
        self._write(painter, bold, head, group.text)
        if not whole:
            for column in range(group.first, group.last + 1):
                cell = self._span(column, column)
                cell.setTop(upper)
                painter.setPen(theme.colour(_ink(marked, column in self._faded, "text2")))
                self._write(painter, bold if self._strong else plain, cell, self._caption(column))
        painter.setPen(theme.colour("border"))
        painter.drawLine(box.right(), 0, box.right(), box.bottom())

    def _write(self, painter: QPainter, font: QFont, box: QRect, text: str) -> None:
        painter.setFont(font)
        room = box.adjusted(1, 0, -1, 0)
        words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)

    def _caption(self, column: int) -> str:
        model = self.model()
        return str(model.headerData(column, Qt.Orientation.Horizontal) or "") if model else ""


def _ink(marked: bool, faded: bool, usual: str) -> str:
    return "on_sel" if marked else "hint" if faded else usual
