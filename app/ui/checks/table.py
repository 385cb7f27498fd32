"""Findings grouped by rule: a head for each rule, under it one row for each finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.records.findings import FIELD_TEXT
from app.records.types import Finding
from app.ui.checks.sift import Group, Line
from app.ui.look import Look
from app.ui.states import SEVERITY_SIGNS, Sign
from app.ui.theme import Type

Index = QModelIndex | QPersistentModelIndex
ACCEPTED_SIGN: Final = Sign("check", "Đã bỏ qua", "neu", "neu_bg")
_WIDE: Final = 780
_LEAST: Final = 150
_PLAIN: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: int
    narrow: int
    """Width where there is little room; the sentence takes what is left."""
    text: Callable[[Finding], str]


def sign_of(finding: Finding) -> Sign:
    """Icon, word and colour of a finding."""
    return SEVERITY_SIGNS[finding.severity] if finding.accepted is None else ACCEPTED_SIGN


def about(finding: Finding) -> str:
    """What part of the form a finding is about, as a head: "Toán", "Ngày sinh"."""
    words = FIELD_TEXT.get(finding.field, "").removeprefix("môn ")
    return words[:1].upper() + words[1:]


def _message(finding: Finding) -> str:
    if finding.accepted is None:
        return finding.message
    return f"Lý do: {finding.accepted.reason} · {finding.message}"


_COLUMNS: Final = (
    _Column("Mức", 118, 36, lambda row: sign_of(row).word),
    _Column("Lớp", 48, 44, lambda row: row.class_name),
    _Column("Học sinh", 160, 136, lambda row: row.pupil or "cả lớp"),
    _Column("Mục", 128, 104, about),
    _Column("Chuyện gì và làm gì tiếp", 0, 0, _message),
)


class FindingsModel(QAbstractTableModel):
    """Lines are heads and findings; `rows` are the findings alone."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bold = look.theme.font(Type.BODY_BOLD)
        self.lines: tuple[Line, ...] = ()
        self.narrow = False
        """Only the icon of the severity is shown; its word is in the head and the tool tip."""

    @property
    def rows(self) -> tuple[Finding, ...]:
        """The findings in the order shown."""
        return tuple(line for line in self.lines if isinstance(line, Finding))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(_COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are passed over by the keys."""
        return _PLAIN if isinstance(self.lines[index.row()], Finding) else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if isinstance(line, Group):
            return self._head(line, role) if index.column() == 0 else None
        return self._finding(line, index.column(), role)

    def _head(self, group: Group, role: int) -> Any:
        theme = self._look.theme
        sign = SEVERITY_SIGNS[group.severity]
        words = f"{group.title} · {group.count} {sign.word.lower()}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        if role == Qt.ItemDataRole.FontRole:
            return self._bold
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.colour("subtle")
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("text")
        return None

    def _finding(self, finding: Finding, column: int, role: int) -> Any:
        theme = self._look.theme
        spec = _COLUMNS[column]
        if self.narrow and column == 0 and role == Qt.ItemDataRole.DisplayRole:
            return ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return spec.text(finding)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{spec.title}: {spec.text(finding)}"
        if column == 0:
            sign = sign_of(finding)
            if role == Qt.ItemDataRole.DecorationRole:
                return self._look.icons.pixmap(sign.icon, getattr(theme.colours, sign.colour))
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.colour(sign.colour)
            if role == Qt.ItemDataRole.FontRole:
                return self._bold
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if self.narrow and section == 0 else _COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class FindingsTable(QTableView):
    """`opened` tells the finding on Enter or double click; `pointed` when the choice moved."""

    opened = Signal(object)
    pointed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows_model = FindingsModel(look)
        self.setModel(self.rows_model)
        self.setAccessibleName("Vấn đề tìm thấy")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
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
        head.setMinimumSectionSize(24)
        head.setSectionsClickable(False)
        self.doubleClicked.connect(lambda _: self._open())
        self.selectionModel().selectionChanged.connect(lambda *_: self.pointed.emit())

    @property
    def current(self) -> Finding | None:
        """The finding the cursor stands on."""
        return self._at(self.currentIndex().row())

    @property
    def chosen(self) -> tuple[Finding, ...]:
        """Every chosen finding, in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(found for place in places if (found := self._at(place)) is not None)

    def _at(self, place: int) -> Finding | None:
        lines = self.rows_model.lines
        line = lines[place] if 0 <= place < len(lines) else None
        return line if isinstance(line, Finding) else None

    def show_lines(self, lines: Sequence[Line], *, anew: bool = False) -> None:
        """Replace the lines; the cursor stays on its finding, else on the next, or `anew` on the first."""
        before = None if anew else self.current
        place = -1 if anew else self.currentIndex().row()
        top = 0 if anew else self.verticalScrollBar().value()
        self.clearSpans()
        self.rows_model.show_lines(lines)
        for row, line in enumerate(lines):
            if isinstance(line, Group):
                self.setSpan(row, 0, 1, len(_COLUMNS))
        rows = [row for row, line in enumerate(lines) if isinstance(line, Finding)]
        same = [row for row in rows if before is not None and _same(lines[row], before)]
        later = [row for row in rows if row >= place]
        if rows:
            self.point((same or later or rows[-1:])[0])
            self.verticalScrollBar().setValue(top)
            if not anew:
                self.scrollTo(self.currentIndex())
        self.pointed.emit()

    def point(self, row: int) -> None:
        """Put the cursor on a line."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.rows_model.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def step(self, by: int) -> None:
        """The next or previous finding, over the heads."""
        row = self.currentIndex().row() + by
        while 0 <= row < len(self.rows_model.lines):
            if self._at(row) is not None:
                self.point(row)
                return
            row += by

    def _open(self) -> None:
        if (found := self.current) is not None:
            self.opened.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if plain and (by := steps.get(Qt.Key(event.key()))):
            self.step(by)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence takes what is left, and never less than it needs to be read."""
        super().resizeEvent(event)
        scale = self._look.theme.scale
        room = self.viewport().width()
        self.rows_model.narrow = narrow = room < _WIDE * scale
        fixed = [round((column.narrow if narrow else column.width) * scale) for column in _COLUMNS]
        for place, width in enumerate(fixed[:-1]):
            self.horizontalHeader().resizeSection(place, width)
        rest = max(round(_LEAST * scale), room - sum(fixed))
        self.horizontalHeader().resizeSection(len(fixed) - 1, rest)


def _same(line: Line, finding: Finding) -> bool:
    """The same finding as before, also when somebody let it stand meanwhile."""
    return isinstance(line, Finding) and line.id == finding.id
