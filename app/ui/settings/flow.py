"""A row that breaks into more lines when there is no room: buttons and choices at any font size."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from app.ui.theme import GAP_SMALL


class Flow(QLayout):
    """Lays its widgets out from left to right, on to the next line at the edge; hidden ones take no room."""

    def __init__(self, gap: int = GAP_SMALL) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def _placed(self, box: QRect, *, move: bool) -> int:
        """Height that the items take in the width of `box`; puts them there when asked to."""
        x, y, line = box.x(), box.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > box.x() and x + size.width() > box.x() + box.width():
                x, y, line = box.x(), y + line + self._gap, 0
            if move:
                width = min(size.width(), box.width())
                item.setGeometry(QRect(x, y, width, size.height()))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - box.y()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._placed(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._placed(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in shown), default=0),
            max((size.height() for size in shown), default=0),
        )


def flowing(*widgets: QWidget) -> QWidget:
    """A widget that holds these in such a row."""
    holder = QWidget()
    row = Flow()
    for widget in widgets:
        row.addWidget(widget)
    holder.setLayout(row)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder
