"""A list of two-line rows to choose from: classes, pupils of a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.ui.look import Look
from app.ui.widgets.two_lines import KEY, MARK, SECOND, TwoLines


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it stands for, its two lines, and (icon, colour, word) at the right."""

    key: str
    first: str
    second: str
    mark: tuple[str, str, str] | None = None


class ChoiceList(QListView):
    """`chosen` tells the key whenever the choice moves."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._items = QStandardItemModel(self)
        self._telling = True
        self.setModel(self._items)
        self.setItemDelegate(TwoLines(look, self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def key(self) -> str:
        """The chosen key; empty when nothing is chosen."""
        index = self.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys in the order shown."""
        return tuple(str(self._items.item(row).data(KEY)) for row in range(self._items.rowCount()))

    def fill(self, choices: Sequence[Choice], key: str = "") -> None:
        """Replace the rows; chooses `key`, else what was chosen before, else the first; tells nobody."""
        wanted = key or self.key
        self._telling = False
        self._items.clear()
        for choice in choices:
            item = QStandardItem(choice.first)
            item.setData(choice.second, SECOND)
            item.setData(choice.key, KEY)
            item.setData(choice.mark, MARK)
            words = ", ".join(filter(None, (choice.first, choice.second, choice.mark and choice.mark[2])))
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(words)
            self._items.appendRow(item)
        keys = self.keys
        if keys:
            self.setCurrentIndex(self._items.index(keys.index(wanted) if wanted in keys else 0, 0))
        self._telling = True

    def choose(self, key: str) -> None:
        """Choose a row by its key."""
        if key in self.keys:
            self.setCurrentIndex(self._items.index(self.keys.index(key), 0))

    def step(self, by: int) -> None:
        """Choose the next or previous row."""
        row = self.currentIndex().row() + by
        if 0 <= row < self._items.rowCount():
            self.setCurrentIndex(self._items.index(row, 0))

    def _moved(self) -> None:
        if self._telling and self.key:
            self.chosen.emit(self.key)
