"""The board itself: a table of nine stages by all classes, painted by a delegate (keys and readers work)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.icons import GAP
from app.ui.look import Look
from app.ui.overview.cells import STAGES, BoardCell, CellState, cell_of, spoken
from app.ui.theme import Type
from app.ui.widgets.grouped_header import Group, GroupedHeader

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress

Index = QModelIndex | QPersistentModelIndex
CELL: Final = int(Qt.ItemDataRole.UserRole) + 1
_WIDEST: Final = 72
_NARROWEST: Final = 30
_FIRST: Final = 166
_ICON: Final = 14
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ICONS: Final = {
    CellState.DONE: ("check", "ok"),
    CellState.ERRORS: ("circle-x", "err"),
    CellState.RETURNED: ("corner-up-left", "warn"),
}


class BoardModel(QAbstractTableModel):
    """Rows are stages, columns are classes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.classes: tuple[ClassProgress, ...] = ()

    def show_board(self, classes: Sequence[ClassProgress]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.classes = tuple(classes)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(STAGES)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.classes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        progress = self.classes[index.column()]
        if role == CELL:
            return cell_of(progress, index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(progress, index.row())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return self.classes[section].name if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{GAP}{STAGES[section].name}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._look.icons.pixmap(STAGES[section].icon, self._look.theme.colours.text2)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class CellPainter(QStyledItemDelegate):
    """Draws each state with a shape of its own, so that the board reads in grey too."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        box: QRect = option.rect
        cell: BoardCell = index.data(CELL)
        ground = {
            CellState.DONE: "ok_bg",
            CellState.ERRORS: "err_bg",
            CellState.RETURNED: "warn_bg",
            CellState.RUNNING: "tint",
            CellState.OUTSIDE: "subtle",
        }.get(cell.state, "surface")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.colour(ground))
        if cell.state is CellState.OUTSIDE:
            painter.fillRect(box, QBrush(theme.colour("border"), Qt.BrushStyle.BDiagPattern))
        else:
            self._paint_sign(painter, box, cell)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_sign(self, painter: QPainter, box: QRect, cell: BoardCell) -> None:
        theme = self._look.theme
        middle = box.center()
        if cell.state in _ICONS:
            name, colour = _ICONS[cell.state]
            self._paint_icon(painter, box, name, colour, cell.count)
        elif cell.state is CellState.TURN:
            painter.setPen(QPen(theme.colour("primary"), 2))
            painter.drawEllipse(middle, 6, 6)
        elif cell.state is CellState.RUNNING:
            self._paint_running(painter, box, cell)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hint"))
            painter.drawEllipse(middle, 1, 1)

    def _paint_icon(self, painter: QPainter, box: QRect, name: str, colour: str, count: int) -> None:
        """The icon, with the number beside it where it has one and there is room."""
        theme = self._look.theme
        painter.setFont(theme.font(Type.CAPTION_BOLD))
        words = str(count) if count else ""
        width = painter.fontMetrics().horizontalAdvance(words) + 1 if words else 0
        if _ICON + width > box.width() - 2:
            words, width = "", 0
        left = box.center().x() - (_ICON + width) // 2 + 1
        icon = self._look.icons.pixmap(name, getattr(theme.colours, colour), _ICON)
        painter.drawPixmap(left, box.center().y() - _ICON // 2 + 1, icon)
        painter.setPen(theme.colour(colour))
        painter.drawText(box.adjusted(left - box.left() + _ICON + 1, 0, 0, 0), _LEFT, words)

    def _paint_running(self, painter: QPainter, box: QRect, cell: BoardCell) -> None:
        theme = self._look.theme
        painter.setPen(theme.colour("primary_pressed"))
        painter.setFont(theme.font(Type.CAPTION_BOLD))
        words = f"{cell.percent}%"
        if painter.fontMetrics().horizontalAdvance(words) > box.width() - 2:
            words = str(cell.percent)
        painter.drawText(box.adjusted(0, 0, 0, -4), int(Qt.AlignmentFlag.AlignCenter), words)
        width = max(2, (box.width() - 4) * cell.done // max(1, cell.total))
        painter.fillRect(QRect(box.left() + 2, box.bottom() - 4, width, 3), theme.colour("primary"))


class Board(QTableView):
    """`opened` tells (class, stage id) on Enter or double click, `pointed` that the current cell moved."""

    opened = Signal(str, str)
    pointed = Signal(int, int)
    pinned = Signal()
    """The detail of the current cell shall stay, or follow the cursor again."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.board = BoardModel(look)
        self.setModel(self.board)
        self.setItemDelegate(CellPainter(look, self))
        self._head = GroupedHeader(look, self, strong_below=True)
        self._head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(self._head)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look.theme.heights.board_row)
        rows.setFixedWidth(round(_FIRST * look.theme.scale))
        rows.setHighlightSections(False)
        rows.setSectionsClickable(False)
        rows.setProperty("kind", "board")
        rows.setFont(look.theme.font(Type.BODY))
        self._corner = QLabel(self)
        self._corner.setFont(look.theme.font(Type.CAPTION))
        self._corner.setContentsMargins(8, 0, 4, 0)
        self._corner.setProperty("tone", "second")
        self.setProperty("frame", "panel")
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Bảng tiến độ: công đoạn theo lớp")
        self.selectionModel().currentChanged.connect(
            lambda now, _: self.pointed.emit(now.row(), now.column())
        )
        self.doubleClicked.connect(lambda _: self._open())

    def show_board(self, classes: Sequence[ClassProgress]) -> None:
        """Show the classes; the current cell stays where it was."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self.board.show_board(classes)
        groups, at = [], 0
        for grade, members in groupby(classes, key=lambda item: item.grade):
            size = len(list(members))
            groups.append(Group(f"Khối {grade}", at, at + size - 1))
            at += size
        faded = frozenset(i for i, item in enumerate(classes) if item.out_of_scope)
        self._head.show_groups(groups, faded)
        inside = [item for item in classes if not item.out_of_scope]
        pupils = sum(item.counts.get("results", (0, 0))[1] for item in inside)
        self._corner.setText(f"{len(inside)} lớp · {pupils} học sinh\nCông đoạn")
        self._fit()
        if classes:
            self.setCurrentIndex(self.board.index(max(0, row), max(0, min(column, len(classes) - 1))))

    @property
    def content_height(self) -> int:
        """Height that shows all nine stages."""
        heights = self._look.theme.heights
        return heights.head_group + heights.head_sub + len(STAGES) * heights.board_row + 2

    def _fit(self) -> None:
        count = max(1, len(self.board.classes))
        room = self.viewport().width()
        width = min(_WIDEST, max(_NARROWEST, room // count))
        extra = room - width * count if width < _WIDEST else 0
        for column in range(self.board.columnCount()):
            self._head.resizeSection(column, width + (1 if column < extra else 0))
        height = self._head.sizeHint().height()
        self._corner.setGeometry(1, 1, self.verticalHeader().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _open(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.opened.emit(self.board.classes[index.column()].name, STAGES[index.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return
        if event.key() == Qt.Key.Key_Space:
            self.pinned.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        outside = [i for i, item in enumerate(self.board.classes) if item.out_of_scope]
        if outside:
            self._paint_reason(outside[0], outside[-1])

    def _paint_reason(self, first: int, last: int) -> None:
        """One sentence over the hatched classes: why they are not here."""
        theme = self._look.theme
        left = self.columnViewportPosition(first)
        right = self.columnViewportPosition(last) + self.columnWidth(last)
        grades = sorted({self.board.classes[i].grade for i in (first, last)})
        names = ", ".join(str(grade) for grade in grades)
        words = f"Khối {names} theo chương trình cũ, chưa làm học bạ số năm nay"
        font = theme.font(Type.CAPTION)
        room = QRect(left + 8, 0, max(40, right - left - 16), self.viewport().height())
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        text = QFontMetrics(font).boundingRect(room.adjusted(8, 0, -8, 0), flags, words)
        painter = QPainter(self.viewport())
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(text.adjusted(-8, -10, 8, 10) & room.adjusted(0, 4, 0, -4), 4, 4)
        painter.setPen(theme.colour("text2"))
        painter.setFont(font)
        painter.drawText(text, flags, words)
