"""Chuyển lên năm học mới: every class and pupil before anything is written, exceptions first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import frame
from app.ui.settings import years_verbs as verbs
from app.ui.settings.flow import flowing
from app.ui.states import Sign
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.years import RollOverReport
    from app.workflows.years_plan import ClassMove, Move, PupilMove, RollOver, Target

EXCEPTIONS: Final = "*"
LATER, NOW = "later", "now"
SIGNS: Final[Mapping[str, Sign]] = {
    "open": Sign("triangle-alert", "Chưa quyết định", "warn", "warn_bg"),
    "stays": Sign("corner-up-left", "Ở lại", "primary", "tint"),
    "leaves": Sign("arrow-right", "Rời trường", "neu", "neu_bg"),
    "up": Sign("check", "Lên lớp", "ok", "ok_bg"),
    "there": Sign("check", "Đã chuyển", "neu", "neu_bg"),
}
"""By move, in the order in which they are worth a look."""
_LEFT: Final = 204
_FOLD_BELOW: Final = 640
"""Narrower than this (at 100 %), the list of classes gives way to a picker."""


def shown_year(year: str) -> str:
    """The year as people write it: 2023–2024."""
    return year.replace("-", "–")


def counted(counts: Mapping[Move, int]) -> str:
    """ "680 lên lớp · 5 ở lại"; nothing that is zero."""
    order = ("up", "stays", "leaves", "open", "there")
    found = {str(move): count for move, count in counts.items() if count}
    return " · ".join(f"{found[move]} {SIGNS[move].word.lower()}" for move in order if move in found)


def looked_first(pupils: Sequence[PupilMove]) -> tuple[PupilMove, ...]:
    """Undecided first, then what a person chose, who stays, who leaves as recorded, and what is assumed."""
    order = list(SIGNS)
    return tuple(sorted(pupils, key=lambda one: (one.assumed, not one.chosen, order.index(one.move))))


def _columns() -> tuple[Column[PupilMove], ...]:
    return (
        Column("Học sinh", 160, lambda row: row.name),
        Column("Lớp", 48, lambda row: row.class_name),
        Column(
            "Năm sau",
            164,
            lambda row: f"{SIGNS[row.move].word} {row.target}",
            sign=lambda row: SIGNS[row.move],
        ),
        Column("Vì sao", 0, lambda row: row.reason),
    )


class Wizard(QWidget):
    """`closed` when the person goes back; `done` tells the report."""

    closed = Signal()
    done = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._look = look = page.look
        self._plan: RollOver | None = None
        self._choices: dict[int, Target] = {}
        self.counts = look.label(kind=Type.BODY_BOLD, wrap=True)
        self.classes = ChoiceList(look, "Các lớp của năm học")
        self.classes.chosen.connect(lambda _: self._show_pupils())
        self.class_picker = Picker(look, "Lớp đang xem")
        self.class_picker.chosen.connect(self.classes.choose)
        self.table: Table[PupilMove] = Table(look, "Học sinh và lớp năm sau", _columns())
        self.table.pointed.connect(lambda _: self._show_pupil())
        self.empty = Empty(look, "")
        self.sentence = look.label(wrap=True)
        self.target = Picker(look, "Năm sau học lớp")
        self.target.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.target.setFocus())
        self.teachers = Picker(look, "Phân công giáo viên")
        self.teachers.fill(
            [
                (verbs.NOBODY, "Không mang phân công sang"),
                (verbs.KEEP, "Giáo viên giữ lớp cùng tên"),
                (verbs.FOLLOW, "GVCN theo lớp lên"),
            ]
        )
        self.after = Picker(look, "Sau khi chuyển")
        self.state = look.label(
            "Chưa ghi gì. Bản sao lưu được ghi trước khi chuyển.", tone="second", wrap=True
        )
        self.back = look.button("Quay lại", self.closed.emit)
        self.start = look.button("Chuyển", self._start, icon="arrow-right", kind="primary")
        self._lay_out()

    def _lay_out(self) -> None:
        self._left = left = frame("panel")
        right = frame("panel")
        left.setFixedWidth(round(_LEFT * min(self._look.theme.scale, 1.25)))
        for holder in (left, right):
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(1, 1, 1, 1)
            inside.setSpacing(GAP_TINY)
        left.layout().addWidget(self.classes)  # type: ignore[union-attr]
        choice = QHBoxLayout()
        choice.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        choice.setSpacing(GAP)
        choice.addWidget(self.sentence, 1)
        choice.addWidget(self.target)
        side = right.layout()
        assert isinstance(side, QVBoxLayout)
        side.addWidget(self.table, 1)
        side.addWidget(self.empty, 1)
        side.addLayout(choice)
        panels = QHBoxLayout()
        panels.setSpacing(GAP)
        panels.addWidget(left)
        panels.addWidget(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_SMALL)
        foot.addWidget(self._look.icon_label("shield-check", "text2"))
        foot.addWidget(self.state, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(self.counts)
        layout.addLayout(panels, 1)
        layout.addWidget(flowing(self.class_picker, self.teachers, self.after))
        layout.addLayout(foot)

    # --- the plan -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A new plan without choices."""
        self._choices = {}
        self.read()

    def focus_first(self) -> None:
        """Put the cursor where the classes are chosen."""
        (self.classes if self.classes.isVisible() else self.class_picker).setFocus()

    def read(self) -> None:
        """Work the plan out again with what was chosen."""
        desk, choices = self._page.desk, dict(self._choices)
        self._page.read(lambda: verbs.plan(desk, choices), self._show)

    def _show(self, plan: RollOver) -> None:
        first = self._plan is None or self._plan.to != plan.to
        self._plan = plan
        years = f"{shown_year(plan.year)} sang {shown_year(plan.to)}"
        self.counts.setText(f"Từ {years}: {len(plan.pupils)} học sinh = {counted(plan.counts)}")
        if first:
            self.after.fill(
                [
                    (LATER, f"Vẫn làm việc ở {shown_year(plan.year)}"),
                    (NOW, f"Cả trường làm việc ở {shown_year(plan.to)} ngay"),
                ]
            )
        looked = sum(1 for pupil in plan.pupils if not pupil.plain)
        every = Choice(EXCEPTIONS, "Cần xem trước", f"{looked} học sinh")
        self.classes.fill([every, *(_class_choice(item) for item in plan.classes)])
        self.class_picker.fill(
            [(EXCEPTIONS, f"Cần xem trước: {looked}"), *((c.name, f"Lớp {c.name}") for c in plan.classes)],
            self.classes.key,
        )
        words = f"Chuyển {plan.moving} học sinh"
        self.start.setText(f"\u2002{words}")
        self.start.setAccessibleName(words)
        self.start.setEnabled(bool(plan.moving))
        self.start.setToolTip(
            "" if plan.moving else "Không có em nào để chuyển: xem lý do từng em ở bảng trên."
        )
        self._show_pupils()

    def _show_pupils(self) -> None:
        if self._plan is None:
            return
        name = self.classes.key
        self.class_picker.show_value(name)
        before = self.table.row.key if self.table.row else 0
        if name == EXCEPTIONS:
            pupils = [pupil for pupil in self._plan.pupils if not pupil.plain]
        else:
            pupils = [pupil for pupil in self._plan.pupils if pupil.class_name == name]
        rows = looked_first(pupils)
        keys = [pupil.key for pupil in rows]
        self.table.show_rows(rows, keys.index(before) if before in keys else 0)
        for widget in (self.table, self.sentence, self.target):
            widget.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        where = "" if name == EXCEPTIONS else f" ở lớp {name}"
        self.empty.say(f"Không có em nào cần xem trước{where}: mọi em đều được lên lớp.")
        self._show_pupil()

    def _show_pupil(self) -> None:
        pupil, plan = self.table.row, self._plan
        if pupil is None or plan is None:
            return
        self.sentence.setText(f"{pupil.name}, lớp {pupil.class_name}. {pupil.reason or 'Được lên lớp.'}")
        self.target.fill(_targets(plan, pupil), f"{pupil.move}:{pupil.target}")
        self.target.setEnabled(pupil.move != "there")

    def _choose(self, value: str) -> None:
        pupil = self.table.row
        if pupil is None:
            return
        move, _, class_name = value.partition(":")
        self._choices[pupil.key] = verbs.target(move, class_name)
        self.read()

    # --- doing it -------------------------------------------------------------------------------------

    def _start(self) -> None:
        plan = self._plan
        if plan is None:
            return
        desk, teachers, activate = self._page.desk, self.teachers.value, self.after.value == NOW
        self.start.setEnabled(False)
        self._page.perform(
            lambda progress: verbs.roll_over(desk, plan, teachers, progress, activate=activate),
            self._finished,
            title=f"Đang chuyển học sinh sang năm học {shown_year(plan.to)}",
        )

    def _finished(self, report: RollOverReport) -> None:
        self.done.emit(report)

    def wait_over(self) -> None:
        """Nothing came of it: the button may be pressed again."""
        self.start.setEnabled(self._plan is not None and bool(self._plan.moving))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = event.size().width() < _FOLD_BELOW * self._look.theme.scale
        self._left.setVisible(not folded)
        self.class_picker.setVisible(folded)


def _class_choice(item: ClassMove) -> Choice:
    target = item.target or "rời trường"
    problems = sum(count for move, count in item.counts.items() if move == "open")
    if problems:
        mark = ("triangle-alert", "warn", str(problems))
    elif not item.approved:
        mark = ("pen-line", "warn", "chưa duyệt")
    else:
        mark = None
    return Choice(item.name, f"{item.name} → {target}", f"{item.pupils} học sinh", mark)


def _targets(plan: RollOver, pupil: PupilMove) -> list[tuple[str, str]]:
    """What may be chosen for a pupil: (move:class, words)."""
    if pupil.move == "there":
        return [(f"there:{pupil.target}", f"Đã ở lớp {pupil.target}")]
    up = [(f"up:{name}", f"Lên lớp {name}") for name in plan.targets.get(pupil.grade + 1, ())]
    stays = [(f"stays:{name}", f"Ở lại, vào lớp {name}") for name in plan.targets.get(pupil.grade, ())]
    mine = f"up:{pupil.target}", f"stays:{pupil.class_name}"
    up.sort(key=lambda item: item[0] != mine[0])
    stays.sort(key=lambda item: item[0] != mine[1])
    return [*up, *stays, ("leaves:", "Rời trường"), ("open:", "Chưa quyết định")]
