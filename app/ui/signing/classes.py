"""The classes to choose from, with their counts; and the same classes with a bar while they are signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.ui.look import Look
from app.ui.signing.batch import ClassProgress
from app.ui.states import Sign
from app.ui.widgets.table import Column, RowsModel, Table

if TYPE_CHECKING:
    from app.workflows.signing_overview import ClassLine

Index = QModelIndex | QPersistentModelIndex
_DASH: Final = "–"
_TEACHER, _SEEN = 1, 3
_WITH_TEACHER: Final = 660
_WITH_SEEN: Final = 560
"""Width at 100 % from which a column is shown."""
_BARS_WITH_TEACHER: Final = 540
_RUNS: Final = Sign("signature", "", "primary", "surface")
_STANDS: Final = Sign("pause", "", "warn", "surface")


def _number(count: int) -> str:
    return str(count) if count else _DASH


def _looked(line: ClassLine) -> str:
    if not line.ready:
        return ""
    count = len(line.ready)
    return "đã xem hết" if line.seen == count else f"đã xem {line.seen}/{count}"


def _columns(*, with_seen: bool) -> tuple[Column[ClassLine], ...]:
    seen: Column[ClassLine] = Column("Đã xem", 118, _looked)
    return (
        Column("Lớp", 68, lambda line: line.name, bold=True),
        Column("Giáo viên chủ nhiệm", 0, lambda line: line.teacher),
        Column("Sẵn sàng", 84, lambda line: _number(len(line.ready)), right=True, bold=True),
        *((seen,) if with_seen else ()),
        Column("Đã ký", 72, lambda line: _number(line.signed), right=True),
        Column("Chưa đến lượt", 108, lambda line: _number(line.waiting), right=True),
        Column("Không ký", 82, lambda line: _number(line.refused), right=True),
    )


class _TickModel(RowsModel["ClassLine"]):
    """Classes with something ready carry a box; `ticked` holds the names of the chosen ones."""

    ticks_changed = Signal()

    def __init__(self, look: Look, columns: Sequence[Column[ClassLine]]) -> None:
        super().__init__(look, columns)
        self.ticked: set[str] = set()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == 0 and self.rows[index.row()].ready:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and line.ready:
            return Qt.CheckState.Checked if line.name in self.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            chosen = "đã chọn" if line.name in self.ticked else "không chọn"
            return f"Lớp {line.name}, {chosen}" if line.ready else f"Lớp {line.name}"
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle(index.row())
        return True

    def toggle(self, row: int) -> None:
        """Choose a class, or leave it out."""
        line = self.rows[row]
        if line.ready:
            self.tick(self.ticked ^ {line.name})

    def tick(self, names: set[str]) -> None:
        """Choose exactly these classes."""
        self.ticked = names
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticks_changed.emit()


class ClassTicks(Table["ClassLine"]):
    """Space or a click on the box chooses a class or leaves it out."""

    ticked = Signal()

    def __init__(self, look: Look, *, with_seen: bool) -> None:
        super().__init__(look, "Các lớp sẽ ký", _columns(with_seen=with_seen))
        self._scale = look.theme.scale
        self._with_seen = with_seen
        self._model.ticks_changed.connect(self.ticked)
        self.opened.connect(self._model.toggle)
        self._known: set[str] = set()

    def make_model(self, look: Look, columns: Sequence[Column[ClassLine]]) -> RowsModel[ClassLine]:
        self._model = _TickModel(look, columns)
        return self._model

    @property
    def chosen(self) -> tuple[ClassLine, ...]:
        """The chosen classes that have something ready."""
        return tuple(line for line in self._model.rows if line.ready and line.name in self._model.ticked)

    def show_lines(self, lines: Sequence[ClassLine], only: str = "") -> None:
        """Replace the classes; new ones are chosen, `only` chooses one alone."""
        names = {line.name for line in lines if line.ready}
        ticked = {only} if only in names else (self._model.ticked & names) | (names - self._known)
        self._known = {line.name for line in lines if line.ready}
        place = max(self.currentIndex().row(), 0)
        self.show_rows(lines, place)
        self._model.tick(ticked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names of teachers, then what was looked through, give way to the numbers."""
        super().resizeEvent(event)
        room = self.width() / self._scale
        self.setColumnHidden(_TEACHER, room < _WITH_TEACHER)
        self.horizontalHeader().setStretchLastSection(room < _WITH_TEACHER)
        if self._with_seen:
            self.setColumnHidden(_SEEN, room < _WITH_SEEN)

    def tick_all(self, wanted: bool) -> None:
        """Choose every class, or none."""
        self._model.tick({line.name for line in self._model.rows if line.ready} if wanted else set())


# --- while signing -----------------------------------------------------------------------------------------


def _state(row: ClassProgress) -> Sign:
    refused = f" · {row.failed} không ký" if row.failed else ""
    if not row.left:
        colour = "err" if row.failed else "ok"
        return Sign("circle-x" if row.failed else "check", f"xong{refused}", colour, "surface")
    if row.now:
        return (_RUNS if row.running else _STANDS).saying(
            f"{'đang ký' if row.running else 'đang dừng'}{refused}"
        )
    return Sign("circle", f"chờ{refused}", "text2", "surface")


def _bar_colour(row: ClassProgress) -> str:
    if not row.left:
        return "ok"
    return "primary" if row.running or not row.now else "warn_line"


class _Bar(QStyledItemDelegate):
    """The share of a class that is done."""

    def __init__(self, look: Look, table: ProgressTable) -> None:
        super().__init__(table)
        self._look = look
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._table.rows_model.rows[index.row()]
        theme = self._look.theme
        box = option.rect.adjusted(8, 0, -8, 0)
        groove = QRectF(box.left(), box.center().y() - 4, box.width(), 8)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for share, colour in ((1.0, "subtle"), (1 - row.left / row.total, _bar_colour(row))):
            painter.setBrush(theme.colour(colour))
            painter.drawRoundedRect(QRectF(groove.left(), groove.top(), groove.width() * share, 8), 2, 2)
        painter.restore()


class ProgressTable(Table[ClassProgress]):
    """The classes of a batch, each with its bar."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            "Các lớp đang ký",
            (
                Column("Lớp", 56, lambda row: row.name, bold=True),
                Column("Giáo viên chủ nhiệm", 200, lambda row: row.teacher),
                Column("Đã ký", 0, lambda row: f"{row.signed}/{row.total}"),
                Column("", 72, lambda row: f"{row.signed}/{row.total}", bold=True),
                Column("Trạng thái", 168, lambda row: _state(row).word, sign=_state),
            ),
        )
        self.setItemDelegateForColumn(2, _Bar(look, self))
        self._scale = look.theme.scale

    def show_classes(self, rows: Sequence[ClassProgress]) -> None:
        """Replace the rows and keep the class being signed in sight."""
        model = self.rows_model
        if [row.name for row in model.rows] != [row.name for row in rows]:
            self.show_rows(rows)
            self.clearSelection()
        else:
            model.rows = tuple(rows)
            model.dataChanged.emit(model.index(0, 0), model.index(len(rows) - 1, model.columnCount() - 1))
        now = next((place for place, row in enumerate(rows) if row.now), None)
        if now is not None:
            self.scrollTo(model.index(now, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(_TEACHER, self.width() / self._scale < _BARS_WITH_TEACHER)
