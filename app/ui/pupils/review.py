"""Xem trước: counts, every problem of every file, and what will be written with its check boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.ui.look import Look, frame
from app.ui.pupils.differences import DifferenceTable
from app.ui.pupils.problems import ACTION, Problem, problem_table, sorted_problems
from app.ui.pupils.summary import ADDED, BLANK, CHANGED, SAME, Counts, counts_of, dotted
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.workflows.import_preview import PreviewFile, Proposal


class Review(QWidget):
    """`ticked` when a check box was turned; `asked` with the problem whose action was pressed."""

    ticked = Signal()
    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._proposals: tuple[Proposal, ...] = ()
        self.counts = Counts(look)
        self.heading = look.label(kind=Type.SECTION)
        self.sub = Elided(look, tone="second")
        self.problems = problem_table(look)
        self.problems.opened.connect(self._act)
        self.problems.clicked.connect(self._clicked)
        self.changed = self._filter("Thay đổi")
        self.added = self._filter("Thêm mới")
        self.same = look.label(tone="second")
        self.table = DifferenceTable(look)
        self.table.ticked.connect(self.ticked)
        self.nothing = look.label(tone="second", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()

    def _filter(self, words: str) -> QPushButton:
        button = self._look.button(words, kind="filter", small=True)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.toggled.connect(self._show_some)
        return button

    def _lay_out(self) -> None:
        self._top, bottom = frame("panel"), frame("panel")
        head = QHBoxLayout()
        head.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        head.setSpacing(GAP)
        head.addWidget(self.heading)
        head.addWidget(self.sub, 1)
        head.addWidget(self._look.label("F8: vấn đề kế tiếp", Type.CAPTION, "second"))
        top = QVBoxLayout(self._top)
        top.setContentsMargins(1, 1, 1, 1)
        top.setSpacing(0)
        top.addLayout(head)
        top.addWidget(self.problems, 1)
        row = QHBoxLayout()
        row.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._look.label("Sẽ ghi", Type.SECTION))
        for widget in (self.changed, self.added, self.same):
            row.addWidget(widget)
        hint = "Bỏ dấu chọn để giữ giá trị đang có"
        right = Qt.AlignmentFlag.AlignRight
        row.addWidget(Elided(self._look, hint, Type.CAPTION, "second", right), 1)
        inside = QVBoxLayout(bottom)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(row)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.nothing, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(GAP_SMALL)
        split.addWidget(self._top)
        split.addWidget(bottom)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(self.counts.panel)
        layout.addWidget(split, 1)

    def show_files(self, files: Sequence[PreviewFile]) -> None:
        """Show what these files say; keeps the check boxes as they are."""
        counts = counts_of(files)
        self.counts.show(counts)
        found = sorted_problems(
            [Problem(f.file, finding, f.unknown) for f in files for finding in f.findings]
        )
        self.heading.setText(f"Vấn đề trong {len(files)} tệp" if len(files) > 1 else "Vấn đề trong tệp")
        self.sub.setText(f"{len(found)} vấn đề, hiện tất cả một lần")
        self.problems.show_rows(found)
        self._top.setVisible(bool(found))
        self._proposals = tuple(item for file in files for item in file.proposals)
        self.changed.setText(f"Thay đổi {dotted(counts[CHANGED])}")
        self.added.setText(f"Thêm mới {dotted(counts[ADDED])}")
        self.same.setText(f"Giữ nguyên {dotted(counts[SAME])}")
        for button in (self.changed, self.added):
            button.setAccessibleName(button.text())
        self.nothing.setText(
            "Không có gì để ghi: dữ liệu đã có đủ các giá trị trong tệp."
            if counts[SAME] or counts[BLANK]
            else "Không có gì để ghi."
        )
        (self.changed if counts[CHANGED] or not counts[ADDED] else self.added).setChecked(True)
        self._show_some()

    def _show_some(self) -> None:
        added = self.added.isChecked()
        rows = [item for item in self._proposals if item.difference.added == added]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == ACTION:
            self._act(index.row())

    def _act(self, row: int) -> None:
        problem = self.problems.rows_model.rows[row]
        if problem.action:
            self.asked.emit(problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self.problems.rows_model.rows)
        if event.key() == Qt.Key.Key_F8 and count:
            here = self.problems.currentIndex().row() if self.problems.hasFocus() else -1
            self.problems.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.problems.setCurrentIndex(self.problems.rows_model.index((here + 1) % count, 0))
            return
        super().keyPressEvent(event)
