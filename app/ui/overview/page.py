"""Tổng quan: the board of nine stages by classes, my work, and the current cell in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPageLayout, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.records.permissions import Action, allowed_somewhere
from app.ui.desk import Desk
from app.ui.overview import verbs
from app.ui.overview.board import Board
from app.ui.overview.cells import CellState
from app.ui.overview.milestones import MilestoneStrip
from app.ui.overview.panels import SIGNS, CellPanel, TodoPanel, screen_for
from app.ui.overview.paper import board_pdf
from app.ui.overview.todo import todo_list
from app.ui.screens import PUPILS, screens_for
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, MARGIN, Type
from app.ui.transcripts import printing
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page

if TYPE_CHECKING:
    from app.workflows.overview import Overview

_LOW: Final = 540
_BETWEEN: Final = 6
_LEGEND: Final = (
    CellState.DONE,
    CellState.TURN,
    CellState.RUNNING,
    CellState.ERRORS,
    CellState.RETURNED,
    CellState.NOT_YET,
)


class OverviewPage(Page):
    """The whole school at a glance."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"classes", "results", "transcripts", "outbox", "settings", "accounts", "milestones"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Tổng quan")
        may_import = allowed_somewhere(desk.actor, Action.IMPORT_LIST)
        self.empty = Empty(
            self.look,
            "Chưa có lớp nào. Nhập danh sách từ tệp CSDL ngành."
            if may_import
            else "Chưa có lớp nào được giao. Nhờ quản trị xem lại phân công.",
            "Nhập từ Excel…" if may_import else "",
            lambda: self.go.emit(PUPILS, {"import": "yes"}),
        )
        screens = [spec.id for spec in screens_for(desk.actor)]
        self._pinned: tuple[str, int] | None = None
        self.milestones = MilestoneStrip(self.look)
        self.board = Board(self.look)
        self.todo = TodoPanel(self.look)
        self.cell = CellPanel(self.look, screens)
        self.print = self.look.button("In bảng tiến độ", self._print, icon="printer")
        self.print.setToolTip("Ctrl+P")
        self.head.addWidget(self.print)
        self._content = QWidget()
        self.board.pointed.connect(self._point)
        self.board.pinned.connect(self._pin)
        self.board.opened.connect(
            lambda name, stage: self.go.emit(screen_for(stage, screens), {"class": name})
        )
        for panel in (self.todo, self.cell):
            panel.go.connect(self.go)
        printing_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        printing_key.activated.connect(self._print)
        self.setFocusProxy(self.board)
        self._lay_out_board()

    def _lay_out_board(self) -> None:
        panels = QHBoxLayout()
        panels.setSpacing(GAP)
        panels.addWidget(self.todo, 5)
        panels.addWidget(self.cell, 4)
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(_BETWEEN)
        self.body.setContentsMargins(MARGIN, 0, MARGIN, GAP_SMALL)
        content.addWidget(self.milestones)
        self.board.setMinimumHeight(160)
        self.board.setMaximumHeight(self.board.content_height)
        content.addWidget(self.board, 10)
        content.addLayout(self._legend())
        content.addLayout(panels, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self._content, 1)
        self.empty.hide()
        self._content.hide()

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for state in _LEGEND:
            sign = SIGNS[state]
            if state is CellState.RUNNING:
                row.addWidget(self.look.label("40%", Type.CAPTION_BOLD, "primary"))
            else:
                row.addWidget(self.look.icon_label(sign.icon, sign.colour, 14))
            row.addWidget(self.look.label(state.value, Type.CAPTION, "second"))
            row.addSpacing(GAP)
        keys = "Mũi tên: chọn ô  ·  Enter: mở lớp và công đoạn  ·  Phím cách: ghim"
        right = Qt.AlignmentFlag.AlignRight
        row.addWidget(Elided(self.look, keys, Type.CAPTION, "second", right), 1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height the milestones take one line, and the board the rest."""
        super().resizeEvent(event)
        self.milestones.shorten(self.height() < _LOW * self.look.theme.scale)

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.load(self.desk), self._show)

    def _show(self, found: Overview) -> None:
        classes = found.board
        now = datetime.now().astimezone()
        self.note.setText(f"Cuối năm học · cập nhật lúc {now:%H:%M}")
        self.empty.setVisible(not classes)
        self._content.setVisible(bool(classes))
        self.print.setEnabled(bool(classes))
        teachers = {item.name: item.teacher for item in classes}
        self.milestones.show_deadlines(found.deadlines, found.today, teachers)
        self.board.show_board(classes)
        self.todo.show_lines(todo_list(self.desk.actor, classes, found.waiting, found.expiring))
        self._show_cell()

    # --- the cell -------------------------------------------------------------------------------------

    def _point(self, row: int, column: int) -> None:
        if self._pinned is None:
            self._show_cell()

    def _pin(self) -> None:
        """Space: keep the detail of this cell in sight, or let it follow the cursor again."""
        index = self.board.currentIndex()
        if self._pinned is not None or not index.isValid():
            self._pinned = None
        else:
            self._pinned = (self.board.board.classes[index.column()].name, index.row())
        self._show_cell()

    def _show_cell(self) -> None:
        classes = self.board.board.classes
        index = self.board.currentIndex()
        name, row = self._pinned or (
            classes[index.column()].name if index.isValid() and classes else "",
            index.row(),
        )
        progress = next((item for item in classes if item.name == name), None)
        if progress is None:
            self._pinned = None
        else:
            self.cell.show_cell(progress, row, pinned=self._pinned is not None)

    # --- paper ----------------------------------------------------------------------------------------

    def _print(self) -> None:
        """Ask the system's dialog, then print the board as one lying page."""
        classes = self.board.board.classes
        if not classes:
            return
        title = "Bảng tiến độ học bạ"
        printer = printing.make_printer(title)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        dialog = printing.make_dialog(printer, f"In {title.lower()}", 1, self, one=False)
        dialog.accepted.connect(lambda: self._send(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own wants a receiver

    def _send(self, printer: QPrinter) -> None:
        school = self.desk.school
        now = datetime.now().astimezone()
        pdf = board_pdf(self.look, school.name, school.year_text, self.board.board.classes, now)
        item = printing.Item("bảng tiến độ", lambda: pdf, "Đang in bảng tiến độ")
        self.perform(
            lambda progress: printing.print_items(printer, [item], printing.Pages(), progress),
            lambda sheets: self.banner.tell("done", f"Đã gửi {sheets} trang đến máy in."),
            title="Đang in bảng tiến độ",
            lane=Lane.PRINT,
        )
