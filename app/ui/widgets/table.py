"""A plain table over frozen values: columns are functions of a row; sorted by the verb, never by results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.look import Look
from app.ui.states import Sign
from app.ui.theme import Type

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column. `width` in px at 100 %; 0 takes what is left. `sign` gives icon and colour."""

    title: str
    width: int
    text: Callable[[T], str]
    sign: Callable[[T], Sign | None] | None = None
    right: bool = False
    bold: bool = False
    optional: bool = False
    """Hidden while every row leaves it empty."""


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows of values, replaced as a whole."""

    def __init__(self, look: Look, columns: Sequence[Column[T]]) -> None:
        super().__init__()
        self._look = look
        self._columns = tuple(columns)
        self.rows: tuple[T, ...] = ()
        self._bold: QFont = look.theme.font(Type.BODY_BOLD)

    def show_rows(self, rows: Sequence[T]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[T]) -> None:
        """Add rows at the end; what is chosen and in sight stays."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows = (*self.rows, *rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._columns[index.column()]
        row = self.rows[index.row()]
        sign = column.sign(row) if column.sign else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(row)}"
        if role == Qt.ItemDataRole.FontRole and (column.bold or sign):
            return self._bold
        if sign is not None and role == Qt.ItemDataRole.DecorationRole:
            return self._look.icons.pixmap(sign.icon, getattr(self._look.theme.colours, sign.colour))
        if sign is not None and role == Qt.ItemDataRole.ForegroundRole:
            return self._look.theme.colour(sign.colour)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class Table(QTableView, Generic[T]):
    """Whole rows are chosen; `opened` tells the row on Enter or double click."""

    opened = Signal(int)
    pointed = Signal(int)

    def __init__(self, look: Look, name: str, columns: Sequence[Column[T]]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self.rows_model: RowsModel[T] = self.make_model(look, columns)
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look.theme.heights.row)
        head = self.horizontalHeader()
        head.setFixedHeight(look.theme.heights.head)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for place, column in enumerate(columns):
            if column.width:
                head.resizeSection(place, round(column.width * look.theme.scale))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.pointed.emit(now.row()))

    def make_model(self, look: Look, columns: Sequence[Column[T]]) -> RowsModel[T]:
        """The model behind the rows; a table whose rows can be ticked makes its own."""
        return RowsModel(look, columns)

    @property
    def row(self) -> T | None:
        """The chosen row's value."""
        place = self.currentIndex().row()
        return self.rows_model.rows[place] if 0 <= place < len(self.rows_model.rows) else None

    def show_rows(self, rows: Sequence[T], choose: int = 0) -> None:
        """Replace the rows and choose one of them."""
        self.rows_model.show_rows(rows)
        for place, column in enumerate(self._columns):
            if column.optional:
                self.setColumnHidden(place, not any(column.text(row) for row in rows))
        if rows:
            self.setCurrentIndex(self.rows_model.index(min(choose, len(rows) - 1), 0))

    def add_rows(self, rows: Sequence[T]) -> None:
        """Add rows at the end; what is chosen and in sight stays."""
        self.rows_model.add_rows(rows)
        for place, column in enumerate(self._columns):
            if column.optional and any(column.text(row) for row in rows):
                self.setColumnHidden(place, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
