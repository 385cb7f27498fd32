"""What files would change: one row per value with its check box; what is unticked stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.records.log_words import field_words, value_words
from app.ui.look import Look
from app.ui.pupils.fit import Roomy
from app.ui.theme import Type

if TYPE_CHECKING:
    from app.workflows.import_preview import Proposal

Index = QModelIndex | QPersistentModelIndex
_TITLES: Final = ("", "Lớp", "Học sinh", "Mục", "Đang có", "Trong tệp", "Ghi chú")
_WIDTHS: Final = (32, 44, 152, 168, 0, 0, 228)
_LEAST: Final = 88
TICK, CLASS, NAME, FIELD, OLD, NEW, NOTE = range(7)


class DifferenceModel(QAbstractTableModel):
    """The differences in sight and, of all of them, which are left out."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bold = look.theme.font(Type.BODY_BOLD)
        self.rows: tuple[Proposal, ...] = ()
        self.skip: set[str] = set()

    def show_rows(self, rows: Sequence[Proposal]) -> None:
        """Replace what is in sight."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(_TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        proposal, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(proposal, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK:
            ticked = proposal.difference.id not in self.skip
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(proposal, column)
        if role == Qt.ItemDataRole.FontRole and column == NEW:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(proposal, column)
        return None

    def _text(self, proposal: Proposal, column: int) -> str:
        item = proposal.difference
        if column == OLD:
            return value_words(item.field, item.old) or "trống"
        if column == NEW:
            return value_words(item.field, item.new)
        plain = {CLASS: item.class_name, NAME: item.name, FIELD: field_words(item.field)}
        return plain.get(column, proposal.reason if column == NOTE else "")

    def _spoken(self, proposal: Proposal, column: int) -> str:
        if column != TICK:
            return f"{_TITLES[column]}: {self._text(proposal, column)}"
        state = "sẽ ghi" if proposal.difference.id not in self.skip else "không ghi"
        words = ", ".join(self._text(proposal, part) for part in (NAME, FIELD))
        return f"{words}, từ {self._text(proposal, OLD)} thành {self._text(proposal, NEW)}, {state}"

    def _colour(self, proposal: Proposal, column: int) -> Any:
        if column == NOTE:
            return self._look.theme.colour("warn")
        return self._look.theme.colour("text2") if column == OLD else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def turn(self, rows: Sequence[int], *, ticked: bool) -> None:
        """Tick or untick rows in sight."""
        names = {self.rows[row].difference.id for row in rows}
        self.skip = self.skip - names if ticked else self.skip | names
        if rows:
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last))


class DifferenceTable(QTableView):
    """Space ticks what is selected, Ctrl+A takes every row in sight; `ticked` when anything was turned."""

    ticked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.differences = DifferenceModel(look)
        self.setModel(self.differences)
        self.setAccessibleName("Sẽ ghi")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look.theme.heights.row)
        head = self.horizontalHeader()
        head.setFixedHeight(look.theme.heights.head)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for place, width in enumerate(_WIDTHS):
            if width:
                head.resizeSection(place, round(width * look.theme.scale))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(24)
        least = round(_LEAST * look.theme.scale)
        self._room = Roomy(self, {OLD: least, NEW: least})

    def show_rows(self, rows: Sequence[Proposal]) -> None:
        """Replace the rows in sight; columns that say nothing are hidden."""
        self.differences.show_rows(rows)
        self.setColumnHidden(NOTE, not any(item.reason for item in rows))
        self.setColumnHidden(CLASS, len({item.difference.class_name for item in rows}) < 2)
        if rows:
            self.setCurrentIndex(self.differences.index(0, NAME))
            self.clearSelection()
        self._room.fit()

    def _turn(self, rows: Sequence[int]) -> None:
        """Tick all of them, or none when all are ticked."""
        model = self.differences
        if rows:
            model.turn(rows, ticked=any(model.rows[row].difference.id in model.skip for row in rows))
            self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            ranges = self.selectionModel().selection().toList()
            chosen = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
            here = self.currentIndex()
            self._turn(chosen or ([here.row()] if here.isValid() else []))
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TICK:
            self._turn([index.row()])
