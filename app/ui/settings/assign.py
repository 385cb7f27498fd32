"""The grid of one person's work: homeroom class and subjects as rows, the year's classes as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.records.programme import OutOfScope, field_name, programme_for
from app.ui.look import Look
from app.ui.settings.dialogs import AskDialog
from app.ui.theme import Type

if TYPE_CHECKING:
    from app.models.values import AccountRecord
    from app.ui.settings.verbs_people import Staff

Index = QModelIndex | QPersistentModelIndex
HOMEROOM: Final = ""
"""The row of the homeroom class; the others are codes of subjects."""
_ICON: Final = 14


@dataclass(frozen=True, slots=True)
class Ground:
    """What the grid is drawn on: class → grade, (class, row) → names of those who have it now."""

    year: str
    grades: Mapping[str, int]
    others: Mapping[tuple[str, str], tuple[str, ...]]

    def why_not(self, class_name: str, row: str) -> str:
        """Why nobody teaches this subject in this class; empty when it is taught."""
        if row == HOMEROOM:
            return ""
        grade = self.grades[class_name]
        try:
            programme = programme_for(self.year, grade)
        except OutOfScope as outside:
            return outside.reason
        if row in (*programme.subjects, *programme.electives):
            return ""
        return f"Khối {grade} không học {field_name(row)}."


def ground_of(staff: Staff, login: str) -> Ground:
    """The ground for one person: what everybody else has."""
    others: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in staff.accounts:
        account = one.account
        if account.login == login or account.disabled:
            continue
        for place in (*((name, HOMEROOM) for name in account.classes), *account.subjects):
            others[place] = (*others.get(place, ()), account.name)
    return Ground(staff.year, {item.name: item.grade for item in staff.classes}, others)


class AssignModel(QAbstractTableModel):
    """`mine`: the (class, row) pairs that are ticked."""

    def __init__(self, look: Look, ground: Ground, subjects: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self.ground = ground
        self.classes = tuple(ground.grades)
        self.rows = (HOMEROOM, *subjects)
        self.mine: set[tuple[str, str]] = set()

    def place(self, index: Index) -> tuple[str, str]:
        """(class, row) of a cell."""
        return self.classes[index.column()], self.rows[index.row()]

    def words(self, index: Index) -> str:
        """The cell as it is read out."""
        class_name, row = self.place(index)
        what = f"Chủ nhiệm lớp {class_name}" if row == HOMEROOM else f"{field_name(row)}, lớp {class_name}"
        why = self.ground.why_not(class_name, row)
        if why:
            return f"{what}: {why}"
        others = ", ".join(self.ground.others.get((class_name, row), ()))
        if (class_name, row) in self.mine:
            taken = f", lấy lại từ {others}" if others and row == HOMEROOM else ""
            return f"{what}: đã giao{taken}"
        return f"{what}: {f'đang giao cho {others}' if others else 'chưa giao cho ai'}"

    def toggle(self, index: Index) -> None:
        """Tick or untick a cell where the subject is taught."""
        place = self.place(index)
        if self.ground.why_not(*place):
            return
        self.mine ^= {place}
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.classes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return self.classes[section] if role == Qt.ItemDataRole.DisplayRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return "Chủ nhiệm" if section == 0 else field_name(self.rows[section])
        return None


class _Cell(QStyledItemDelegate):
    """A tick for what is mine, a person for what somebody else has, grey where it is not taught."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, AssignModel)
        theme = self._look.theme
        place, box = model.place(index), option.rect
        mine, closed = place in model.mine, bool(model.ground.why_not(*place))
        painter.save()
        painter.fillRect(box, theme.colour("lock" if closed else "sel" if mine else "surface"))
        icon = ("check", "on_sel") if mine else ("user", "hint") if model.ground.others.get(place) else None
        if icon is not None and not closed:
            drawing = self._look.icons.pixmap(icon[0], getattr(theme.colours, icon[1]), _ICON)
            at = QRect(0, 0, _ICON, _ICON)
            at.moveCenter(box.center())
            painter.drawPixmap(at.topLeft(), drawing)
        if option.state & QStyle.StateFlag.State_Selected:
            pen = painter.pen()
            pen.setWidth(2)
            pen.setColor(theme.colour("primary"))
            painter.setPen(pen)
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()


class AssignGrid(QTableView):
    """Arrows move, Space or a click ticks; `told` gives the pointed cell in words."""

    told = Signal(str)

    def __init__(self, look: Look, model: AssignModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_Cell(look, self))
        self.setAccessibleName("Phân công: hàng là việc, cột là lớp")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setProperty("frame", "panel")
        self.setTabKeyNavigation(False)
        heights = look.theme.heights
        for header, size in ((self.verticalHeader(), heights.row), (self.horizontalHeader(), 44)):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(size if size == heights.row else round(size * look.theme.scale))
            header.setSectionsClickable(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setFixedWidth(round(240 * look.theme.scale))
        self.clicked.connect(self._toggle)
        self.selectionModel().currentChanged.connect(lambda now, _: self._tell(now))

    def _toggle(self, index: QModelIndex) -> None:
        self._model.toggle(index)
        self._tell(index)

    def _tell(self, index: QModelIndex) -> None:
        self.told.emit(self._model.words(index) if index.isValid() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
            return
        super().keyPressEvent(event)


class AssignDialog(AskDialog):
    """`classes` and `subjects` are what is ticked once the dialog is accepted."""

    def __init__(
        self, look: Look, account: AccountRecord, ground: Ground, subjects: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(
            look,
            f"Phân công: {account.name}",
            "Chọn lớp chủ nhiệm ở hàng đầu, môn dạy ở các hàng dưới. Phím cách hoặc bấm chuột để chọn, bỏ.",
            "Lưu phân công",
            parent,
        )
        self._before = {*((name, HOMEROOM) for name in account.classes), *account.subjects}
        self.model = AssignModel(look, ground, subjects)
        self.model.mine = {place for place in self._before if place[0] in ground.grades}
        self.grid = AssignGrid(look, self.model)
        self.pointed = look.label(kind=Type.CAPTION, tone="second", wrap=True)
        self.pointed.setMinimumHeight(2 * look.theme.heights.line)
        self.grid.told.connect(self.pointed.setText)
        self.model.dataChanged.connect(lambda *_: self._count())
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(self.pointed)
        room = parent.window().size()
        self.resize(min(1000, room.width() - 60), min(720, room.height() - 40))
        self.grid.setCurrentIndex(self.model.index(0, 0))
        self.grid.setFocus()
        self._count()

    @property
    def classes(self) -> frozenset[str]:
        """The homeroom classes."""
        return frozenset(name for name, row in self.model.mine if row == HOMEROOM)

    @property
    def subjects(self) -> frozenset[tuple[str, str]]:
        """(class, subject) pairs."""
        return frozenset(place for place in self.model.mine if place[1] != HOMEROOM)

    def _count(self) -> None:
        number = len(self.model.mine ^ self._before)
        words = f"Ghi {number} thay đổi" if number else "Ghi thay đổi"
        self.act.setText(words)
        self.act.setAccessibleName(words)
        self.act.setEnabled(bool(number))
        self.act.setToolTip("" if number else "Chưa đổi ô nào.")
