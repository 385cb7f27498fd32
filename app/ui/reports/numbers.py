"""The table of a report: columns come with the numbers; sums stand in bold."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.records.reports import SCHOOL, Cell, Table
from app.ui.look import Look
from app.ui.theme import Type

Index = QModelIndex | QPersistentModelIndex
SUMS: Final = frozenset({"Cộng", "Cộng khối", SCHOOL})
_WIDEST: Final = 216
_NARROWEST: Final = 110
_PADDING: Final = 22
"""What the style sheet puts around the text of a cell."""


def cell_text(value: Cell) -> str:
    """A number as people write it here: decimals with a comma."""
    return (
        f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(value, float) else str(value)
    )


class NumbersModel(QAbstractTableModel):
    """A `Table` of the records for Qt."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.table = Table("", (), ())
        self._bold = look.theme.font(Type.BODY_BOLD)

    def show_table(self, table: Table) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.table.rows[index.row()]
        value = row[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell_text(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.table.columns[index.column()]}: {cell_text(value)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if isinstance(value, str) else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and SUMS.intersection(str(cell) for cell in row[:2]):
            return self._bold
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.table.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numbers = any(not isinstance(row[section], str) for row in self.table.rows)
            side = Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class NumbersTable(QTableView):
    """Whole rows are chosen; columns are as wide as their content, up to a limit."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.numbers = NumbersModel(look)
        self._wanted: dict[int, int] = {}
        self.setModel(self.numbers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look.theme.heights.row)
        self.horizontalHeader().setFixedHeight(look.theme.heights.head)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setMinimumHeight(look.theme.heights.head + 5 * look.theme.heights.row)

    def show_table(self, table: Table) -> None:
        """Replace everything and choose the first row."""
        self.numbers.show_table(table)
        self.setAccessibleName(table.title)
        self._wanted.clear()
        body = QFontMetrics(self._look.theme.font(Type.BODY_BOLD))
        head = QFontMetrics(self._look.theme.font(Type.CAPTION_BOLD))
        widest = round(_WIDEST * self._look.theme.scale)
        for place, title in enumerate(table.columns):
            texts = {cell_text(row[place]) for row in table.rows}
            wide = max((body.horizontalAdvance(text) for text in texts), default=0)
            wide = max(min(wide, widest), head.horizontalAdvance(title))
            self._wanted[place] = wide + _PADDING
        self._fit()
        if table.rows:
            self.setCurrentIndex(self.numbers.index(0, 0))

    def _fit(self) -> None:
        """Every column as wide as it wants; that of names gives way where this spares scrolling."""
        for place, wide in self._wanted.items():
            self.setColumnWidth(place, wide)
        lacking = sum(self._wanted.values()) - self.viewport().width()
        if 0 < lacking <= self._wanted.get(1, 0) - round(_NARROWEST * self._look.theme.scale):
            self.setColumnWidth(1, self._wanted[1] - lacking)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
