"""The options of a report: grade, class, period, subject, and whether only approved classes count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.records.codes import PERIOD_TEXT
from app.records.reports import Scope
from app.records.types import Period
from app.ui.look import Look
from app.ui.reports.kinds import Kind
from app.ui.theme import GAP, GAP_SMALL
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.workflows.reports import ReportClass


class Options(QWidget):
    """`changed` tells that another report is wanted; the second half moves below when there is no room."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._kind: Kind | None = None
        self._classes: tuple[ReportClass, ...] = ()
        self.grade = Picker(look, "Khối")
        self.klass = Picker(look, "Lớp")
        self.period = Picker(look, "Kì")
        self.item = Picker(look, "Môn hoặc nội dung")
        self.approved = look.button("Chỉ lớp đã duyệt", self.changed.emit, kind="filter")
        self.approved.setCheckable(True)
        self.period.fill([(period.value, words) for period, words in PERIOD_TEXT.items()], Period.CN.value)
        self.grade.chosen.connect(self._grade_chosen)
        for picker in (self.klass, self.period, self.item):
            picker.chosen.connect(lambda _: self.changed.emit())
        self._first = _row(self.grade, self.klass, self.period)
        self._second = _row(self.item, self.approved)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        self._grid.setSpacing(GAP_SMALL)
        self._grid.setColumnStretch(2, 1)
        self._below: bool | None = None
        self._place(below=False)

    @property
    def scope(self) -> Scope:
        """What the chosen options leave in."""
        report = self._kind is not None and bool(self._kind.report)
        return Scope(
            grade=int(self.grade.value) if report and self.grade.value else None,
            class_name=self.klass.value,
            item=self.item.value if self._kind is not None and self._kind.item else "",
            period=Period(self.period.value) if self._kind is None or self._kind.periods else Period.CN,
            approved_only=report and self.approved.isChecked(),
        )

    def show_kind(self, kind: Kind, classes: Sequence[ReportClass]) -> None:
        """Offer what fits a kind: all classes that it may cover, or one class for its files."""
        self._kind = kind
        report = bool(kind.report)
        self._classes = tuple(one for one in classes if (one.reported if report else one.exported))
        grades = sorted({one.grade for one in self._classes})
        self.grade.fill([*self._everything(len(grades)), *((str(g), f"Khối {g}") for g in grades)])
        self._fill_classes()
        self.grade.setVisible(report and len(grades) > 1)
        self.klass.setVisible(bool(kind.files) or report)
        self.period.setVisible(kind.periods)
        self.approved.setVisible(report)
        self.show_items(())

    def show_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer subjects or traits as (code, name), when the kind asks for them."""
        kind = self._kind
        wanted = bool(items) and kind is not None and bool(kind.item)
        if wanted and kind is not None:
            self.item.fill([("", f"{kind.item}: tất cả"), *items])
        self.item.setVisible(wanted or bool(kind and kind.item))

    def _everything(self, grades: int) -> list[tuple[str, str]]:
        return [("", "Toàn trường")] if grades > 1 else []

    def _grade_chosen(self, _: str) -> None:
        self.klass.show_value("")
        self._fill_classes()
        self.changed.emit()

    def _fill_classes(self) -> None:
        grade = self.grade.value if self._kind is not None and self._kind.report else ""
        names = [one.name for one in self._classes if grade in ("", str(one.grade))]
        every = (
            [("", "Tất cả các lớp")]
            if self._kind is not None and self._kind.report and len(names) > 1
            else []
        )
        self.klass.fill([*every, *((name, f"Lớp {name}") for name in names)])

    def _place(self, *, below: bool) -> None:
        if below == self._below:
            return
        self._below = below
        self._grid.addWidget(self._first, 0, 0)
        self._grid.addWidget(self._second, *((1, 0) if below else (0, 1)))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        wide = self._first.sizeHint().width() + self._second.sizeHint().width()
        self._place(below=wide + 3 * GAP > self.width())


def _row(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP_SMALL)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return made
