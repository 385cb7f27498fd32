"""The grid of a sheet: two views over one model and one selection, so that the names stay in sight."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.look import Look, frame
from app.ui.results.painter import CELL, CellPainter
from app.ui.results.sheet import Cell, Sheet, Spec, State, spoken
from app.ui.widgets.grouped_header import Group, GroupedHeader

Index = QModelIndex | QPersistentModelIndex
FROZEN: Final = 3
"""TT, name, holes."""
_WIDTHS: Final = (28, 154, 38)
_HEADS: Final = ("TT", "Họ và tên", "Thiếu")
_NOTHING: Final = Sheet((), (), (), (), ())


class SheetModel(QAbstractTableModel):
    """Rows are pupils; the first three columns are frozen, the rest are those of the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = _NOTHING

    def show_sheet(self, sheet: Sheet) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.sheet.pupils)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return FROZEN + len(self.sheet.specs)

    def cell(self, row: int, column: int) -> tuple[Spec, Cell] | None:
        """Column and cell of the sheet; None for the frozen part."""
        if column < FROZEN:
            return None
        return self.sheet.specs[column - FROZEN], self.sheet.cells[row][column - FROZEN]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        found = self.cell(row, column)
        if found is None:
            return self._frozen(row, column, role)
        spec, cell = found
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.sentence or (cell.text if spec.part in ("comment", "group") else None)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.sheet.pupils[row], spec, cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            wide = spec.part in ("comment", "group")
            side = Qt.AlignmentFlag.AlignLeft if wide else Qt.AlignmentFlag.AlignHCenter
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _frozen(self, row: int, column: int, role: int) -> Any:
        name = self.sheet.pupils[row].pupil.name
        holes = self.sheet.holes[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return (str(row + 1), name, str(holes) if holes else "")[column]
        if role == CELL:
            return Cell("", State.PLAIN)
        if role == Qt.ItemDataRole.ToolTipRole and column == 1:
            return name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == 1 else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return "" if section < FROZEN else self.sheet.specs[section - FROZEN].caption


class Grid(QWidget):
    """`pointed` tells (row, column of the sheet) whenever the current cell moves; -1 for the names."""

    pointed = Signal(int, int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.model = SheetModel()
        self.names = self._view("Tên học sinh")
        self.view = self._view("Bảng kết quả")
        self.view.setSelectionModel(self.names.selectionModel())
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tie_scrolling()
        self.view.selectionModel().currentChanged.connect(self._moved)
        self._under_names = frame("subtle")
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.names, 1)
        left.addWidget(self._under_names)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        line = frame("rule")
        line.setFixedWidth(2)
        row.addLayout(left)
        row.addWidget(line)
        row.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def _view(self, name: str) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setItemDelegate(CellPainter(self._look, view))
        head = GroupedHeader(self._look, view)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setHorizontalHeader(head)
        rows = view.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(self._look.theme.heights.grid_row)
        rows.setDefaultSectionSize(self._look.theme.heights.grid_row)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setCornerButtonEnabled(False)
        view.setWordWrap(False)
        view.setAccessibleName(name)
        return view

    def _tie_scrolling(self) -> None:
        ours, theirs = self.view.verticalScrollBar(), self.names.verticalScrollBar()
        ours.valueChanged.connect(theirs.setValue)
        theirs.valueChanged.connect(ours.setValue)
        across = self.view.horizontalScrollBar()
        across.rangeChanged.connect(lambda *_: self._level_bottoms())

    def _level_bottoms(self) -> None:
        bar = self.view.horizontalScrollBar()
        self._under_names.setFixedHeight(bar.sizeHint().height() if bar.maximum() > 0 else 0)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet; row and column stay where they were when they can."""
        before = self.view.currentIndex()
        row, column = before.row(), before.column()
        self.model.show_sheet(sheet)
        scale = self._look.theme.scale
        for place in range(self.model.columnCount()):
            frozen = place < FROZEN
            self.names.setColumnHidden(place, not frozen)
            self.view.setColumnHidden(place, frozen)
            width = _WIDTHS[place] if frozen else sheet.specs[place - FROZEN].width
            for view in (self.names, self.view):
                view.horizontalHeader().resizeSection(place, round(width * scale))
        self.names.setFixedWidth(sum(round(width * scale) for width in _WIDTHS))
        heads = [Group(text, place, place) for place, text in enumerate(_HEADS)]
        self._header(self.names).show_groups(heads)
        groups = [Group(g.text, g.first + FROZEN, g.last + FROZEN, g.tip) for g in sheet.groups]
        self._header(self.view).show_groups(groups)
        self._level_bottoms()
        if sheet.pupils and sheet.specs:
            last = FROZEN + len(sheet.specs) - 1
            self.point(max(0, min(row, len(sheet.pupils) - 1)), max(FROZEN, min(column, last)) - FROZEN)

    def _header(self, view: QTableView) -> GroupedHeader:
        head = view.horizontalHeader()
        assert isinstance(head, GroupedHeader)
        return head

    def point(self, row: int, column: int) -> None:
        """Make a cell of the sheet the current one."""
        self.view.setCurrentIndex(self.model.index(row, column + FROZEN))

    def _moved(self, now: QModelIndex) -> None:
        column = now.column()
        self._header(self.view).mark_column(column)
        for view in (self.names, self.view):
            view.viewport().update()
        self.pointed.emit(now.row(), column - FROZEN if column >= FROZEN else -1)
