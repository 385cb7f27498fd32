"""The list of names at the sign-in: last used first, filtered by typing, ↑↓ to choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QVBoxLayout, QWidget

from app.records.names import search_form, sort_key
from app.ui.look import Look
from app.ui.signin.roles import roles_text
from app.ui.theme import GAP_SMALL, MARGIN, Type
from app.ui.widgets.two_lines import KEY, MARK, SECOND, TwoLines

if TYPE_CHECKING:
    from app.workflows.store import KnownLogin


class PeopleList(QWidget):
    """Names with their roles; `chosen` tells the login whenever the choice moves."""

    chosen = Signal(str)
    taken = Signal()
    """Enter or a click: go on to the password."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._people: tuple[KnownLogin, ...] = ()
        self._locked = ""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Gõ tên để tìm")
        self.filter.setAccessibleName("Tìm tên")
        self.filter.setClearButtonEnabled(False)
        self.filter.textChanged.connect(self._fill)
        self.filter.returnPressed.connect(self.taken)
        self.filter.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(TwoLines(look, self.view))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName("Danh sách tên")
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.clicked.connect(lambda: self.taken.emit())
        self.view.activated.connect(lambda: self.taken.emit())
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN, MARGIN - 4, MARGIN, GAP_SMALL)
        head.setSpacing(GAP_SMALL)
        head.addWidget(look.label("Chọn tên", Type.BODY_BOLD))
        head.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 6)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)

    @property
    def login(self) -> str:
        """The chosen login; empty when nobody is chosen."""
        index = self.view.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    @property
    def person(self) -> KnownLogin | None:
        """The chosen person."""
        return next((person for person in self._people if person.login == self.login), None)

    def show_people(self, people: Sequence[KnownLogin], recent: Sequence[str], locked: str = "") -> None:
        """Show everybody, those who used this PC last first; `locked` is the login whose screen is locked."""
        places = {login: place for place, login in enumerate(recent)}
        self._people = tuple(
            sorted(people, key=lambda p: (places.get(p.login, len(places)), sort_key(p.name)))
        )
        self._locked = locked
        self.filter.clear()
        self._fill()
        self.select(locked or (self._people[0].login if self._people else ""))

    def _fill(self) -> None:
        wanted = search_form(self.filter.text())
        before = self.login
        self._model.clear()
        for person in self._people:
            if wanted in search_form(person.name) or wanted in person.login.lower():
                self._model.appendRow(self._row(person))
        self.select(before)

    def _row(self, person: KnownLogin) -> QStandardItem:
        item = QStandardItem(person.name)
        roles = roles_text(person.roles, person.classes)
        item.setData(roles, SECOND)
        item.setData(person.login, KEY)
        item.setData(f"{person.name}, {roles}", Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(f"{person.name} · {roles}")
        if person.login == self._locked:
            item.setData(("lock", "text2", "đang khóa"), MARK)
        return item

    def select(self, login: str) -> None:
        """Choose a login; the first row when it is not in sight."""
        rows = range(self._model.rowCount())
        row = next((row for row in rows if self._model.item(row).data(KEY) == login), 0)
        self.view.setCurrentIndex(self._model.index(row, 0))

    def _moved(self) -> None:
        self.chosen.emit(self.login)

    def step(self, by: int) -> None:
        """Choose the next or previous name."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(row, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
            if step is not None:
                self.step(step)
                return True
        return super().eventFilter(watched, event)
