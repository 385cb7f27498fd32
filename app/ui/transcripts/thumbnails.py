"""The pages of a document, small, at the side: marks the one in sight, and jumps."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.look import Look
from app.ui.theme import GAP_SMALL, Type

WIDTH: Final = 96
_SHAPE: Final = 1.414
_BAR: Final = 14

Index = QModelIndex | QPersistentModelIndex


class Thumbnails(QListView):
    """`chosen` tells the page that a person picked; `mark` tells nobody."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.images: tuple[QImage, ...] = ()
        self._items = QStandardItemModel(self)
        self._telling = True
        self.setModel(self._items)
        self.setItemDelegate(_Painter(look, self))
        self.setAccessibleName("Các trang của học bạ")
        self.setProperty("frame", "sheet")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH + 2 * GAP_SMALL + _BAR)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def page(self) -> int:
        """The marked page, -1 without pages."""
        return self.currentIndex().row()

    def show_pages(self, count: int) -> None:
        """There are `count` pages; their images come later."""
        if count == self._items.rowCount():
            return
        self._telling = False
        self.images = ()
        self._items.clear()
        for page in range(1, count + 1):
            item = QStandardItem(str(page))
            words = f"Trang {page} trên {count}"
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(words)
            self._items.appendRow(item)
        self._telling = True

    def show_images(self, images: tuple[QImage, ...]) -> None:
        """The pages as they look."""
        self.images = images
        self.viewport().update()

    def mark(self, page: int) -> None:
        """Mark the page in sight."""
        self._telling = False
        self.setCurrentIndex(self._items.index(page, 0))
        self._telling = True

    def _moved(self) -> None:
        if self._telling and self.page >= 0:
            self.chosen.emit(self.page)


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, owner: Thumbnails) -> None:
        super().__init__(owner)
        self._look = look
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        number = self._look.theme.heights.line
        return QSize(WIDTH + GAP_SMALL, round(WIDTH * _SHAPE) + number + 2 * GAP_SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, images = self._look.theme, self._owner.images
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, theme.colour("sel" if chosen else "win"))
        height = round(WIDTH * _SHAPE)
        place = QRect(box.left() + (box.width() - WIDTH) // 2, box.top() + GAP_SMALL, WIDTH, height)
        painter.fillRect(place, Qt.GlobalColor.white)
        if index.row() < len(images):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, images[index.row()])
        painter.setPen(theme.colour("primary" if chosen else "strong"))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if chosen and self._owner.hasFocus():
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.setFont(theme.font(Type.CAPTION_BOLD if chosen else Type.CAPTION))
        painter.setPen(theme.colour("on_sel" if chosen else "text2"))
        number = QRect(box.left(), place.bottom() + 2, box.width(), box.bottom() - place.bottom() - 2)
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
        painter.restore()
