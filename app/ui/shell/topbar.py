"""The bar at the top: year, search, the signed-in person, change of person, lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from app.ui.desk import Desk
from app.ui.signin.roles import actor_text
from app.ui.theme import GAP, MARGIN, Type

_SEARCH_WIDTH = 380


class TopBar(QFrame):
    """`search` tells what was typed when Enter is pressed."""

    search = Signal(str)
    change_person = Signal()
    lock = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self.setProperty("frame", "topbar")
        self.setFixedHeight(look.theme.heights.top_bar)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Tìm học sinh theo tên, mã…   Ctrl+K")
        self.field.setAccessibleName("Tìm học sinh")
        self.field.setFixedWidth(_SEARCH_WIDTH)
        self.field.addAction(
            look.icons.icon("search", look.theme.colours.text2), QLineEdit.ActionPosition.LeadingPosition
        )
        self.field.returnPressed.connect(lambda: self.search.emit(self.field.text().strip()))
        self.change = look.button("Đổi người", self.change_person.emit, icon="users", kind="flat")
        self.locker = look.button("Khóa", self.lock.emit, icon="lock", kind="flat")
        self.locker.setToolTip("Ctrl+L")
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN - 4, 0)
        row.setSpacing(GAP)
        row.addWidget(look.icon_label("calendar-days", "text2"))
        row.addWidget(look.label("Năm học", tone="second"))
        row.addWidget(look.label(desk.school.year_text, Type.BODY_BOLD))
        row.addSpacing(MARGIN)
        row.addWidget(self.field)
        row.addStretch(1)
        row.addWidget(look.icon_label("user", "text2"))
        row.addLayout(self._person(desk))
        row.addSpacing(GAP)
        row.addWidget(self.change)
        row.addWidget(self.locker)

    def _person(self, desk: Desk) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.setContentsMargins(0, 2, 0, 2)
        self.name = desk.look.label(desk.actor.name, Type.BODY_BOLD)
        role = actor_text(desk.actor)
        self.role: QLabel = desk.look.label(role, Type.CAPTION, "second")
        self.role.setToolTip(role)
        for label in (self.name, self.role):
            words.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        return words
