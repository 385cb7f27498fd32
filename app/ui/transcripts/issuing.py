"""Before transcripts are made: how many will be, who will not get one, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.records.permissions import Action, allowed
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.states import Sign
from app.ui.theme import GAP_SMALL, Type
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.issue import IssuePlan, IssueReport

_MAKE: Final = Sign("circle-check", "Tạo", "ok", "ok_bg")
_KEEP: Final = Sign("minus", "Giữ bản cũ", "text2", "neu_bg")
_LEAVE: Final = Sign("circle", "Không tạo", "text2", "neu_bg")
_UNCHANGED: Final = "unchanged"


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil: what becomes of the transcript, and why."""

    class_name: str
    pupil: str
    sign: Sign
    reason: str


def lines_of(plan: IssuePlan) -> tuple[Line, ...]:
    """Everybody in the plan: first those who get none, then those who get one, then those who keep theirs."""
    skipped = [
        Line(item.class_name, item.pupil, _KEEP if item.code == _UNCHANGED else _LEAVE, item.reason)
        for item in plan.skipped
    ]
    make = [
        Line(item.class_name, item.pupil, _MAKE.saying(f"Tạo bản {item.version}"), "") for item in plan.make
    ]
    left, kept = ([line for line in skipped if line.sign is sign] for sign in (_LEAVE, _KEEP))
    return (*left, *make, *kept)


def told(report: IssueReport) -> str:
    """The result in one line that adds up, then the reasons."""
    total = report.issued + len(report.skipped)
    reasons = Counter(item.reason for item in report.skipped)
    why = " ".join(f"{count} em: {reason}" for reason, count in reasons.items())
    return f"Đã tạo {report.issued} học bạ, bỏ qua {len(report.skipped)}, tổng {total}. {why}".strip()


class IssuePanel(QWidget):
    """`closed` when the person goes back; `asked` for a plan, `agreed` to it, with a class or "" for all."""

    closed = Signal()
    asked = Signal(str)
    agreed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self._look = look
        self._class = ""
        self._scope = ""
        self.plan: IssuePlan | None = None
        self.title = look.label("Tạo học bạ", Type.SECTION)
        self.one = look.button("", partial(self._ask, False), kind="filter")
        self.all = look.button("Cả trường", partial(self._ask, True), kind="filter")
        group = QButtonGroup(self)
        for button in (self.one, self.all):
            button.setCheckable(True)
            group.addButton(button)
        self.counts = look.label(kind=Type.BODY_BOLD)
        self.note = look.label(
            "Chưa tạo gì. Học bạ tạo ra còn phải ký đủ ba chữ ký.", tone="second", wrap=True
        )
        self.table: Table[Line] = Table(
            look,
            "Học bạ sẽ tạo và không tạo",
            (
                Column("Lớp", 56, lambda row: row.class_name),
                Column("Học sinh", 200, lambda row: row.pupil),
                Column("Việc", 128, lambda row: row.sign.word, sign=lambda row: row.sign),
                Column("Vì sao", 0, lambda row: row.reason),
            ),
        )
        self.back = look.button("Quay lại", self.closed.emit)
        self.back.setToolTip("Về các học bạ (Esc)")
        self.start = look.button("Tạo học bạ", self._agree, icon="book-open", kind="primary")
        self._lay_out()
        self.all.setVisible(allowed(desk.actor, Action.ISSUE))
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(GAP_SMALL)
        for widget in (self.title, self.one, self.all):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.counts)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.start)
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addWidget(panel, 1)
        layout.addLayout(foot)

    def open_on(self, class_name: str) -> None:
        """Ask for the plan of a class."""
        self._class = class_name
        self.one.setText(f"Lớp {class_name}")
        self.one.setAccessibleName(f"Lớp {class_name}")
        self.one.setChecked(True)
        self._ask(False)

    def again(self) -> None:
        """The data changed: ask for the plan anew."""
        self._ask(not self._scope)

    def _ask(self, whole: bool) -> None:
        self._scope = "" if whole else self._class
        self._show(None)
        self.asked.emit(self._scope)

    def show_plan(self, plan: IssuePlan) -> None:
        """Everybody and the number on the button."""
        self._show(plan)
        self.table.setFocus()

    def _show(self, plan: IssuePlan | None) -> None:
        self.plan = plan
        self.table.show_rows(lines_of(plan) if plan else ())
        count = len(plan.make) if plan else 0
        words = f"Tạo {count} học bạ"
        self.start.setText(f"\u2002{words}")
        self.start.setAccessibleName(words)
        self.start.setEnabled(count > 0)
        why = "Không có học bạ nào để tạo." if plan else "Đang xem học bạ nào tạo được."
        self.start.setToolTip("" if count else why)
        self.counts.setText("")
        if plan is not None:
            total = count + len(plan.skipped)
            self.counts.setText(f"Tạo {count} · bỏ qua {len(plan.skipped)} · tổng {total}")

    def _agree(self) -> None:
        self.agreed.emit(self._scope)
