"""Keeping things readable where the window is small or the letters are large."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

_SIDE_SHARE = 0.28


class Roomy(QObject):
    """Columns that take what is left of a table never get narrower than `least` (px): then it scrolls."""

    def __init__(self, table: QTableView, least: Mapping[int, int]) -> None:
        super().__init__(table)
        self._table = table
        self._least = dict(least)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Stretch the columns while there is room for them."""
        head = self._table.horizontalHeader()
        others = sum(head.sectionSize(n) for n in range(head.count()) if n not in self._least)
        tight = self._table.viewport().width() - others < sum(self._least.values())
        for column, least in self._least.items():
            if tight:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(column, least)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


def fit_side(side: QWidget, usual: int, whole: int) -> None:
    """A panel at the left has its usual width, in a narrow window its share of the whole."""
    side.setFixedWidth(min(usual, round(whole * _SIDE_SHARE)))
