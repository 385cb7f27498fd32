"""The contact sheet: one page of each pupil of a class, eight to twelve at once, to choose from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.records.types import Severity
from app.ui.look import Look
from app.ui.states import SEVERITY_SIGNS
from app.ui.tasks import TaskRunner
from app.ui.transcripts.cardpaint import SIDE, CardPainter, words_height
from app.ui.transcripts.cards import CardImages, Maker
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.signs import seen_sign, sign_of

if TYPE_CHECKING:
    from app.workflows.previews import ClassSheet, SheetCard

AT_ONCE: Final = 8
AT_ONCE_WIDE: Final = 12
WIDE: Final = 860
"""A sheet this wide shows twelve pages at once."""
SHAPE: Final = 297 / 210
_SMALLEST: Final = 84
_NONE: Final = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


def grid_size(room: QSize, words: int) -> QSize:
    """The largest cell of which 8 (12 in a wide room) fit in `room`; `words` px stand below a page."""
    room = QSize(room.width() - 2, room.height())  # a row that fills the view to the last pixel wraps
    wanted = AT_ONCE_WIDE if room.width() >= WIDE else AT_ONCE
    best = 0
    for rows in range(1, wanted + 1):
        columns = math.ceil(wanted / rows)
        wide = room.width() // columns - 2 * SIDE
        high = (room.height() // rows - words - 2 * SIDE) / SHAPE
        best = max(best, int(min(wide, high)))
    page = max(_SMALLEST, best)
    columns = max(1, room.width() // (page + 2 * SIDE))
    return QSize(room.width() // columns, math.ceil(page * SHAPE) + words + 2 * SIDE)


class SheetModel(QAbstractListModel):
    """The cards that the filter lets through."""

    def __init__(self, parent: ContactSheet) -> None:
        super().__init__(parent)
        self.cards: tuple[SheetCard, ...] = ()

    def show_cards(self, cards: tuple[SheetCard, ...]) -> None:
        """Replace them; where they are the same pupils, the choice and the place stay."""
        if [card.entry.key for card in cards] == [card.entry.key for card in self.cards]:
            self.cards = cards
            if cards:
                self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
            return
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.entry.pupil.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(card)
        return None


def spoken(card: SheetCard) -> str:
    """ "12, Lê Minh Khoa, Bản nháp, 1 lỗi"."""
    seen = seen_sign(card)
    parts = [str(card.place), card.entry.pupil.name, sign_of(card).word, *((seen.word,) if seen else ())]
    for count, severity in ((card.errors, Severity.ERROR), (card.warnings, Severity.WARNING)):
        if count:
            parts.append(f"{count} {SEVERITY_SIGNS[severity].word.lower()}")
    return ", ".join(parts)


class ContactSheet(QListView):
    """`chosen` with the pupil's enrolment key when the choice moves, `opened` by Enter or a double click."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, look: Look, runner: TaskRunner, make: Maker) -> None:
        super().__init__()
        self._look = look
        self._telling = True
        self.lines = 2
        """Lines below a page: one more once there are versions to look through."""
        self.kind = PageKind.SUBJECTS
        self.rows = SheetModel(self)
        self.images = CardImages(runner, make, self)
        self.images.arrived.connect(self._on_arrived)
        self.setModel(self.rows)
        self.setItemDelegate(CardPainter(look, self))
        self.setAccessibleName("Các trang học bạ của lớp")
        self.setProperty("frame", "sheet")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._want)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._soon.start())
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index.row())))

    # --- contents -------------------------------------------------------------------------------------

    @property
    def key(self) -> int:
        """The enrolment key of the chosen pupil, 0 when none is."""
        return self._key(self.currentIndex().row())

    def _key(self, row: int) -> int:
        return self.rows.cards[row].entry.key if 0 <= row < len(self.rows.cards) else 0

    def show_sheet(self, sheet: ClassSheet, cards: tuple[SheetCard, ...], key: int = 0) -> None:
        """Show the `cards` of a sheet; chooses `key`, else what was chosen before, else the first."""
        wanted = key or self.key
        self._telling = False
        self.lines = 3 if any(card.version for card in sheet.cards) else 2
        self._fit()
        self.images.show_sheet(sheet)
        self.rows.show_cards(cards)
        keys = [card.entry.key for card in cards]
        if keys:
            row = keys.index(wanted) if wanted in keys else 0
            if row != self.currentIndex().row():
                self.setCurrentIndex(self.rows.index(row))
        self._telling = True
        self._soon.start()

    def show_kind(self, kind: PageKind) -> None:
        """Show another page of each."""
        self.kind = kind
        self.images.show_kind(kind, self._width())
        self._soon.start()
        self.viewport().update()

    def choose(self, key: int) -> None:
        """Choose a pupil."""
        keys = [card.entry.key for card in self.rows.cards]
        if key in keys:
            self.setCurrentIndex(self.rows.index(keys.index(key)))

    def step(self, by: int) -> None:
        """Choose the next or previous pupil."""
        row = self.currentIndex().row() + by
        if 0 <= row < len(self.rows.cards):
            self.setCurrentIndex(self.rows.index(row))

    def visible_rows(self) -> range:
        """The rows in sight, those only partly so included."""
        shape = self.gridSize()
        if not self.rows.cards or shape.height() <= 0:
            return range(0)
        columns = max(1, self.viewport().width() // shape.width())
        top = self.verticalScrollBar().value()
        first = top // shape.height() * columns
        last = math.ceil((top + self.viewport().height()) / shape.height()) * columns
        return range(max(0, first), min(last, len(self.rows.cards)))

    # --- pictures -------------------------------------------------------------------------------------

    def _want(self) -> None:
        """Ask for what is in sight, the chosen one first, then for the screen below and above."""
        seen = self.visible_rows()
        if not seen or not self.isVisible():
            self.images.want(())
            return
        here = self.currentIndex().row()
        near = sorted(seen, key=lambda row: (row != here, row))
        ahead = range(seen.stop, min(seen.stop + len(seen), len(self.rows.cards)))
        behind = range(seen.start - 1, max(-1, seen.start - 1 - len(seen)), -1)
        self.images.want([self._key(row) for row in (*near, *ahead, *behind)])

    def _on_arrived(self, key: int) -> None:
        for row in self.visible_rows():
            if self._key(row) == key:
                self.update(self.rows.index(row))

    def shows(self, key: int) -> bool:
        """Whether the page of a pupil stands on its card, up to date."""
        return self.images.image(key) is not None and key not in self.images.waiting

    @property
    def drawn(self) -> bool:
        """True when every page in sight is the one of today."""
        waiting = set(self.images.waiting)
        return not self._soon.isActive() and not waiting & {self._key(row) for row in self.visible_rows()}

    def page_box(self, cell: QRect) -> QRect:
        """Where the page lies in its cell, in logical px."""
        high = cell.height() - words_height(self._look, self.lines) - 2 * SIDE
        wide = min(cell.width() - 2 * SIDE, int(high / SHAPE))
        return QRect(cell.left() + (cell.width() - wide) // 2, cell.top() + SIDE, wide, round(wide * SHAPE))

    def _width(self) -> int:
        box = self.page_box(QRect(0, 0, self.gridSize().width(), self.gridSize().height()))
        return round(box.width() * self.devicePixelRatioF())

    # --- moving ---------------------------------------------------------------------------------------

    def _moved(self) -> None:
        if self._telling and self.key:
            self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.opened.emit(self.key)
            return
        if event.key() == Qt.Key.Key_Space:
            event.ignore()  # it belongs to the screen
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._soon.start()

    def _fit(self) -> None:
        """Make the cells as large as the room allows."""
        size = grid_size(self.viewport().size(), words_height(self._look, self.lines))
        if size != self.gridSize():
            self.setGridSize(size)
            self.images.show_kind(self.kind, self._width())
            if self.currentIndex().isValid():
                QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))
