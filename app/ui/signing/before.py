"""Before a run: the token and the checks at the left; at the right what will be signed, and what will not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.records.types import SigningRole
from app.ui.look import Look, frame, rule
from app.ui.signing.cards import ChecksPanel, TokenPanel
from app.ui.signing.classes import ClassTicks
from app.ui.signing.words import ROLES, spoken_time
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.signing_overview import Ready, Refusal, SigningOverview

LEFT: Final = 372
_SHARE: Final = 0.36
"""The left column takes at most this share of the width."""
_NARROW: Final = 640
_PUPILS, _PUPILS_WIDE, _PUPILS_NARROW = 1, 190, 110
USUAL_PACE_S: Final = 0.9
"""Seconds for one transcript of two files on a usual token, until a run of this screen has measured it."""
_NAMES: Final = 3
_READING = "Đang đọc USB Token…"


class BeforePane(QWidget):
    """`sign` is asked for by the one primary button."""

    sign = Signal()
    diagnose = Signal()

    def __init__(self, look: Look, role: SigningRole) -> None:
        super().__init__()
        self._look = look
        self._role = role
        self._words = ROLES[role]
        self._found: SigningOverview | None = None
        self._token_known = False
        self.pace = USUAL_PACE_S
        self.token = TokenPanel(look)
        self.token.diagnose.connect(self.diagnose)
        self.checks = ChecksPanel(look)
        self.title = Elided(look, kind=Type.SECTION)
        self.all = look.button("Chọn tất cả", lambda: self.classes.tick_all(True), kind="link", small=True)
        self.none = look.button("Bỏ chọn", lambda: self.classes.tick_all(False), kind="link", small=True)
        self.classes = ClassTicks(look, with_seen=role is SigningRole.LEADER)
        self.classes.ticked.connect(self._show_chosen)
        self.refusals: Table[Refusal] = Table(look, "Không ký đợt này", _refusal_columns())
        self._refused = look.label(kind=Type.BODY_BOLD)
        self._below = QWidget()
        self.empty = Empty(look, "")
        self.estimate = Elided(look, kind=Type.BODY_BOLD)
        self.note = Elided(look, kind=Type.CAPTION, tone="second")
        self.act = look.button(self._words.button(0), self.sign.emit, icon=self._words.icon, kind="primary")
        self.act.setEnabled(False)
        self.setFocusProxy(self.classes)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)

    def _left(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.token)
        column.addWidget(self.checks)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("USB Token và kiểm tra trước khi ký")
        area.setWidget(inside)
        self._area = area
        return area

    def _right(self) -> QWidget:
        panel = frame("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, GAP_SMALL, 1, 1)
        column.setSpacing(GAP_SMALL)
        column.addLayout(_inset(self.title, 1, self.all, self.none))
        column.addWidget(self.classes, 3)
        column.addWidget(self.empty, 3)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GAP_SMALL)
        below.addWidget(rule())
        below.addLayout(_inset(self._refused, 1))
        below.addWidget(self.refusals)
        column.addWidget(self._below, 2)
        column.addWidget(rule())
        column.addLayout(self._foot())
        return panel

    def _foot(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.estimate)
        words.addWidget(self.note)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        foot.setSpacing(GAP)
        foot.addLayout(words, 1)
        foot.addWidget(self.act)
        return foot

    # --- showing --------------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[Ready, ...]:
        """The transcripts of the chosen classes."""
        return tuple(item for line in self.classes.chosen for item in line.ready)

    def show_overview(self, found: SigningOverview, *, token_known: bool, only: str = "") -> None:
        """Replace everything; `only` chooses one class alone."""
        self._found = found
        self._token_known = token_known
        if token_known:
            self.token.show_overview(found)
            self.checks.show_checks(found.checks)
        else:
            self.token.show_reading()
        self.checks.setVisible(token_known)
        self.classes.show_lines(found.classes, only)
        self.classes.setVisible(bool(found.classes))
        self.empty.setVisible(not found.classes)
        self.empty.say("Chưa có học bạ nào được tạo. Tổ công tác tạo học bạ sau khi duyệt lớp.")
        self.refusals.show_rows(found.refusals)
        self.refusals.clearSelection()
        self._below.setVisible(bool(found.refusals))
        count = sum(len(item.pupils) for item in found.refusals)
        self._refused.setText(f"Không ký đợt này: {count} học bạ")

    def _show_chosen(self) -> None:
        lines, count = self.classes.chosen, len(self.chosen)
        ready = len(self._found.ready) if self._found is not None else 0
        if count:
            self.title.setText(f"Sẽ {self._words.act.lower()} {count} học bạ của {len(lines)} lớp")
        elif ready:
            self.title.setText("Chưa chọn lớp nào")
        else:
            self.title.setText("Chưa có học bạ nào đến lượt ký")
        self.all.setEnabled(count < ready)
        self.none.setEnabled(count > 0)
        whole = "Đã chọn mọi học bạ đến lượt ký." if ready else "Chưa có học bạ nào đến lượt ký."
        self.all.setToolTip("" if count < ready else whole)
        self.none.setToolTip("" if count else "Chưa chọn lớp nào.")
        self._show_act(count, ready)

    def _show_act(self, count: int, ready: int) -> None:
        words = self._words.button(count)
        self.act.setText(f"\u2002{words}")
        self.act.setAccessibleName(words)
        why = self._why_not(count, ready)
        self.act.setEnabled(not why)
        self.act.setToolTip(why)
        if why:
            self.estimate.setText(why)
        else:
            told = spoken_time(count * self.pace)
            self.estimate.setText(f"{told[0].upper()}{told[1:]}, nhập PIN một lần")
        self.note.setText("Mỗi học bạ ký 2 tệp: XML là bản gốc, PDF là bản xem. Ký được khi không có mạng.")

    def _why_not(self, count: int, ready: int) -> str:
        """Why the button rests; empty when it can be pressed."""
        found = self._found
        if found is None or not self._token_known:
            return _READING
        failed = next((item for item in found.checks if item.state == "failed"), None)
        if not ready:
            return "Không còn học bạ nào chờ ký ở vai này."
        if failed is not None:
            return f"{failed.text} {failed.cure}".strip()
        return "" if count else "Chọn ít nhất một lớp."

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = self._look.theme.scale
        self._area.setFixedWidth(round(min(LEFT * scale, self.width() * _SHARE)))
        room = (self.width() - self._area.width()) / scale
        pupils = _PUPILS_WIDE if room >= _NARROW else _PUPILS_NARROW
        self.refusals.horizontalHeader().resizeSection(_PUPILS, round(pupils * scale))


def _inset(first: QWidget, stretch: int, *rest: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(GAP, 0, GAP_SMALL, 0)
    row.setSpacing(GAP_SMALL)
    row.addWidget(first, stretch)
    for widget in rest:
        row.addWidget(widget)
    return row


def _pupils(row: Refusal) -> str:
    names = row.pupils
    return ", ".join(names) if len(names) <= _NAMES else f"{len(names)} học bạ"


def _refusal_columns() -> tuple[Column[Refusal], ...]:
    return (
        Column("Lớp", 76, lambda row: row.class_name),
        Column("Học sinh", _PUPILS_WIDE, _pupils),
        Column("Vì sao, và làm gì tiếp", 0, lambda row: row.reason),
    )
