"""The search of the top bar: what was found, grouped, under the field while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.screens import LOOKUP, PUPILS, RESULTS
from app.ui.shell import verbs
from app.ui.tasks import Job, Lane
from app.ui.theme import GAP_SMALL, Type
from app.ui.widgets.two_lines import KEY, MARK, SECOND, TwoLines

if TYPE_CHECKING:
    from app.workflows.search import Hit

CALM_MS: Final = 120
_TALLEST: Final = 9
_SIGNS: Final[Mapping[str, tuple[str, str, str]]] = {
    "class": ("users", "text2", "Lớp"),
    "pupil": ("user", "text2", "Học sinh"),
    "transcript": ("book-open", "text2", "Học bạ"),
    "code": ("file-search", "text2", "Mã trang in"),
}


def place_of(hit: Hit) -> tuple[str, Mapping[str, str]]:
    """The screen that a hit opens, and what to show there."""
    match hit.kind:
        case "class":
            return RESULTS, {"class": hit.class_name}
        case "code":
            return LOOKUP, {"code": hit.text}
        case _:
            return PUPILS, {"class": hit.class_name, "pupil": hit.pupil_code}


class Search(QObject):
    """Attached to the field: searches as one types, ↓ goes to the list, Enter opens, Esc closes."""

    chosen = Signal(str, object)
    """(screen, what to show there)"""

    def __init__(self, desk: Desk, field: QLineEdit, over: QWidget) -> None:
        super().__init__(field)
        self._desk = desk
        self._field = field
        self._over = over
        self._job: Job | None = None
        self._hits: tuple[Hit, ...] = ()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._ask)
        self.list = QListWidget()
        self.list.setAccessibleName("Kết quả tìm")
        self.list.setItemDelegate(TwoLines(desk.look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = desk.look.label(tone="second", wrap=True)
        self.nothing.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        self.panel = self._make_panel()
        field.textEdited.connect(lambda _: self._calm.start())
        field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self._open)

    def _make_panel(self) -> QFrame:
        panel = frame("popup")
        panel.setParent(self._over)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list)
        panel.hide()
        return panel

    def _ask(self) -> None:
        text = self._field.text().strip()
        if self._job is not None:
            self._job.drop()
        if not text:
            self.close()
            return
        desk = self._desk
        self._job = desk.runner.run(
            Lane.WORK, lambda _: verbs.search(desk.store, desk.actor, text), owner=self, done=self._show
        )

    def _show(self, hits: tuple[Hit, ...]) -> None:
        self._hits = hits
        self.list.clear()
        for number, hit in enumerate(hits):
            item = QListWidgetItem(hit.title)
            item.setData(SECOND, hit.detail)
            item.setData(MARK, _SIGNS[hit.kind])
            item.setData(KEY, number)
            item.setToolTip(f"{hit.title}\n{hit.detail}")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{_SIGNS[hit.kind][2]}: {hit.title}, {hit.detail}"
            )
            self.list.addItem(item)
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        self.nothing.setText(
            f"Không thấy “{self._field.text().strip()}” trong năm học này. "
            "Gõ tên, lớp, mã học sinh, số học bạ, hoặc mã in ở chân trang."
        )
        if hits:
            self.list.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        corner = self._field.mapTo(self._over, QPoint(0, self._field.height() + 2))
        theme = self._desk.look.theme
        rows = min(len(self._hits), _TALLEST)
        height = rows * theme.heights.person + 4 if rows else theme.heights.person + GAP_SMALL * 2
        self.panel.setGeometry(corner.x(), corner.y(), self._field.width(), height)
        self.nothing.setFont(theme.font(Type.BODY))
        self.panel.raise_()
        self.panel.show()

    def close(self) -> None:
        """Put the list away."""
        self.panel.hide()

    def _open(self) -> None:
        row = self.list.currentRow()
        if not self.panel.isVisible() or not 0 <= row < len(self._hits):
            return
        screen, where = place_of(self._hits[row])
        self.close()
        self._field.clear()
        self.chosen.emit(screen, where)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key(), watched)
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._close_when_left)
        return super().eventFilter(watched, event)

    def _on_key(self, key: int, watched: QObject) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.panel.isVisible() and not self._calm.isActive():
                self._open()
            elif self._field.text().strip():
                self._calm.stop()
                self._ask()
            return True
        if key == Qt.Key.Key_Escape and self.panel.isVisible():
            self.close()
            self._field.setFocus()
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and watched is self._field and self._hits:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, len(self._hits) - 1)))
            return True
        return False

    def _close_when_left(self) -> None:
        if not (self._field.hasFocus() or self.list.hasFocus()):
            self.close()
