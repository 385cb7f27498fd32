"""The bar at the top: year, search, the signed-in person, change of person, lock, help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from app.ui.desk import Desk
from app.ui.signin.roles import actor_text
from app.ui.theme import GAP, MARGIN, Type
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.workflows.years import YearInfo

_SEARCH_WIDTH = 340
_SEARCH_LEAST = 130


class TopBar(QFrame):
    """Change of person, lock, help and the way out of the sample are told; the field is the search's."""

    change_person = Signal()
    lock = Signal()
    help = Signal()
    year_asked = Signal(str)
    sample_left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self.setProperty("frame", "topbar")
        self.setFixedHeight(look.theme.heights.top_bar)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Tìm học sinh, lớp, mã học bạ…   Ctrl+K")
        self.field.setAccessibleName("Tìm học sinh, lớp, mã học bạ")
        self.field.setMinimumWidth(_SEARCH_LEAST)
        self.field.setMaximumWidth(_SEARCH_WIDTH)
        self.field.addAction(
            look.icons.icon("search", look.theme.colours.text2), QLineEdit.ActionPosition.LeadingPosition
        )
        self.change = look.button("Đổi người", self.change_person.emit, icon="users", kind="flat")
        self.locker = look.button("Khóa", self.lock.emit, icon="lock", kind="flat")
        self.locker.setToolTip("Ctrl+L")
        self.leave = look.button("Thoát trường mẫu", self.sample_left.emit, icon="log-out", kind="flat")
        self.leave.setVisible(desk.school.sample)
        self.helper = look.tool("circle-question-mark", "Trợ giúp (F1)", self.help.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN - 4, 0)
        row.setSpacing(GAP)
        row.addWidget(look.icon_label("calendar-days", "text2"))
        row.addWidget(look.label("Năm học", tone="second"))
        self.year = Picker(look, "Năm học")
        self.year.fill([(desk.school.year, desk.school.year_text)])
        self.year.chosen.connect(self.year_asked)
        row.addWidget(self.year)
        row.addWidget(self._mark(desk))
        row.addWidget(self.leave)
        row.addSpacing(GAP)
        row.addWidget(self.field, 3)
        row.addStretch(1)
        row.addWidget(look.icon_label("user", "text2"))
        row.addLayout(self._person(desk))
        row.addSpacing(GAP)
        row.addWidget(self.change)
        row.addWidget(self.locker)
        row.addWidget(self.helper)

    def _mark(self, desk: Desk) -> QLabel:
        """What must not be overlooked: a past year, or a school of invented pupils."""
        words = f"Đang xem năm học {desk.school.year_text}" if desk.school.past else ""
        if desk.school.sample:
            words = "Trường mẫu, dữ liệu bịa để tập dùng"
        self._year, self._words = desk.school.year, words
        self.mark = desk.look.label(words, Type.BODY_BOLD, "warn")
        self.mark.setVisible(bool(words))
        self.setProperty("past", "yes" if words else "no")
        return self.mark

    def tell_year(self, year: str) -> None:
        """The school works in `year` now; this workspace was made for another one."""
        old = year != self._year
        self.mark.setText(
            f"Nhà trường nay làm việc ở năm học {year.replace('-', '–')}" if old else self._words
        )
        self.mark.setVisible(bool(self.mark.text()))

    def show_years(self, years: Sequence[YearInfo]) -> None:
        """Every year of the school; the one it works in says so."""
        now = self.year.value
        self.year.fill(
            [(one.name, one.name.replace("-", "–") + (" (đang làm)" if one.active else "")) for one in years],
            now,
        )
        self.year.setText(now.replace("-", "–"))

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
