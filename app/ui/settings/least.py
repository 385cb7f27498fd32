"""Keeps the widest column of a table readable: in a narrow window the table scrolls instead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHeaderView

from app.ui.theme import Theme
from app.ui.widgets.table import Table


class LeastWidth(QObject):
    """Gives one stretching column at least `width` px (at 100 %)."""

    def __init__(self, theme: Theme, table: Table[Any], column: int, width: int) -> None:
        super().__init__(table)
        self._table = table
        self._column = column
        self._least = round(width * theme.scale)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        head = self._table.horizontalHeader()
        others = sum(head.sectionSize(place) for place in range(head.count()) if place != self._column)
        if self._table.viewport().width() - others < self._least:
            head.setSectionResizeMode(self._column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(self._column, self._least)
        else:
            head.setSectionResizeMode(self._column, QHeaderView.ResizeMode.Stretch)
