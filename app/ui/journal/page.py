"""Nhật ký: who did what to whom and when; filters; whether the chain is whole. Never editable."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.journal import verbs
from app.ui.journal.filters import Filters
from app.ui.look import frame
from app.ui.screens import PUPILS, RESULTS, TRANSCRIPTS
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.table import Column, Table
from app.workflows.report import EVERYTHING, Changes

if TYPE_CHECKING:
    from app.workflows.exports import ExportReport
    from app.workflows.journal import JournalCheck, JournalChoices, JournalEntry, LogPage

_AHEAD: Final = 30
"""Rows above the end at which older entries are fetched."""
_WIDE: Final = 860
"""Below it the old values and the reasons stand in the line at the foot alone."""
_OLD: Final = 3
_REASON: Final = 5
_PUPIL_WORK: Final = frozenset({"create", "edit", "move", "receive"})


def _columns() -> tuple[Column[JournalEntry], ...]:
    return (
        Column("Lúc", 178, lambda row: f"{row.at:%d/%m/%Y %H:%M:%S}"),
        Column("Người", 132, lambda row: row.person),
        Column("Việc", 0, lambda row: row.what),
        Column("Trước", 108, lambda row: row.old),
        Column("Sau", 144, lambda row: row.new),
        Column("Lý do", 108, lambda row: row.reason),
    )


class JournalPage(Page):
    """The change log, newest first; older entries come while one scrolls."""

    kinds: ClassVar[frozenset[str]] = EVERYTHING.kinds

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Nhật ký")
        look = self.look
        self._total = 0
        self._more = False
        self._fetching = False
        self.export = look.button("Xuất Excel…", self._ask_target, icon="file-spreadsheet")
        self.head.addWidget(self.export)
        self.alarm = Banner(look, closable=False)
        self.chain_icon = look.icon_label("shield-check", "ok")
        self.chain = look.label()
        self.recheck = look.button("Kiểm tra lại", self._check, icon="refresh-cw", small=True)
        self.filters = Filters(look)
        self.filters.changed.connect(self._load_first)
        self.table: Table[JournalEntry] = Table(look, "Nhật ký", _columns())
        self.table.opened.connect(self._open)
        self.table.pointed.connect(lambda _: self._show_detail())
        self.table.verticalScrollBar().valueChanged.connect(lambda _: self._fetch_near_end())
        self.empty = Empty(look, "", "Bỏ bộ lọc", self.filters.clear)
        self.detail = look.label(wrap=True)
        self.hint = look.label(kind=Type.CAPTION, tone="second")
        self.count = look.label(kind=Type.CAPTION, tone="second")
        self.setFocusProxy(self.table)
        self._lay_out_content()
        self._show_opening_check()

    def _lay_out_content(self) -> None:
        self.body.addWidget(self.alarm)
        self.body.addLayout(self._chain_row())
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.filters)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        inside.addWidget(self._foot())
        self.body.addWidget(panel, 1)

    def _chain_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.chain_icon)
        row.addWidget(self.chain)
        row.addWidget(self.recheck)
        row.addStretch(1)
        return row

    def _foot(self) -> QWidget:
        """The chosen entry in full, whatever the columns cut off."""
        foot = frame("foot")
        self.detail.setMinimumHeight(2 * self.look.theme.heights.line)
        below = QHBoxLayout()
        below.addWidget(self.count)
        below.addStretch(1)
        below.addWidget(self.hint)
        inside = QVBoxLayout(foot)
        inside.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        inside.setSpacing(GAP_SMALL)
        inside.addWidget(self.detail)
        inside.addLayout(below)
        return foot

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.load_choices(self.desk), self._show_choices)

    def note_changes(self, changes: Changes) -> None:
        """Newer entries appear while the newest are in sight; who reads older ones is not disturbed."""
        if self.isVisible() and self.table.verticalScrollBar().value():
            self._stale = True
        else:
            super().note_changes(changes)

    def _show_choices(self, found: JournalChoices) -> None:
        self.filters.fill(found)
        self.note.setText("" if found.all_people else f"Chỉ những việc của {self.desk.actor.name}")
        self._load_first()

    def _load_first(self) -> None:
        asked = self.filters.asked
        self._fetching = True
        self.read(lambda: verbs.load_page(self.desk, asked), self._show_first)

    def _show_first(self, page: LogPage) -> None:
        self.table.show_rows(page.entries)
        self.table.scrollToTop()
        self.table.setVisible(bool(page.entries))
        self.empty.setVisible(not page.entries)
        narrowed = self.filters.narrowed
        self.empty.say(
            "Không có mục nào khớp với bộ lọc." if narrowed else "Nhật ký chưa có mục nào của người này."
        )
        self.empty.button.setVisible(narrowed)
        self.export.setEnabled(bool(page.entries))
        self.export.setToolTip("" if page.entries else "Không có mục nào để xuất.")
        self._show_page(page)

    def _fetch_near_end(self) -> None:
        """Read on when the end of what is here comes into sight."""
        bar = self.table.verticalScrollBar()
        near = bar.maximum() - bar.value() < _AHEAD * self.look.theme.heights.row
        if self._fetching or not self._more or not near:
            return
        self._fetching = True
        asked, before = self.filters.asked, self.table.rows_model.rows[-1].number
        self.read(lambda: verbs.load_page(self.desk, asked, before), self._show_older)

    def _show_older(self, page: LogPage) -> None:
        self.table.add_rows(page.entries)
        self._show_page(page)

    def _show_page(self, page: LogPage) -> None:
        self._fetching = False
        self._fit_columns()
        self._more, self._total = page.more, page.total
        self.count.setText(f"Hiện {_number(len(self.table.rows_model.rows))} trong {_number(page.total)} mục")
        self._show_detail()

    def _fit_columns(self) -> None:
        narrow = self.width() < _WIDE * self.look.theme.scale
        self.table.setColumnHidden(_OLD, narrow)
        reasons = any(row.reason for row in self.table.rows_model.rows)
        self.table.setColumnHidden(_REASON, narrow or not reasons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _show_detail(self) -> None:
        row = self.table.row
        self.detail.setText(_sentence(row) if row else "")
        self.hint.setText(_HINTS.get(self._target(row)[0], "") if row else "")

    # --- the chain ------------------------------------------------------------------------------------

    def _show_opening_check(self) -> None:
        """What was found when the store was opened: the newest entries only."""
        if self.desk.school.chain_ok:
            self._say_chain(True, "Các mục mới nhất của nhật ký nguyên vẹn, kiểm tra lúc mở dữ liệu")
        else:
            self._say_chain(
                False, "Nhật ký không còn nguyên vẹn. Bấm Kiểm tra lại để tìm mục đầu tiên bị sửa."
            )

    def _say_chain(self, whole: bool, words: str) -> None:
        icon, colour = ("shield-check", "ok") if whole else ("shield-x", "err")
        colours = self.look.theme.colours
        self.chain_icon.setPixmap(self.look.icons.pixmap(icon, getattr(colours, colour), 16))
        self.chain.setText(words)

    def _check(self) -> None:
        self.recheck.setEnabled(False)
        job = self.perform(
            lambda progress: verbs.check(self.desk, progress), self._checked, title="Đang kiểm tra nhật ký"
        )
        self.desk.runner.ended.connect(lambda ended: self.recheck.setEnabled(True) if ended is job else None)

    def _checked(self, found: JournalCheck) -> None:
        count, moment = _number(found.checked), f"{found.at:%H:%M}"
        if found.ok:
            self.alarm.hide()
            self._say_chain(True, f"Chuỗi nhật ký nguyên vẹn, kiểm tra lúc {moment} ({count} mục)")
            return
        self._say_chain(
            False, f"Chuỗi nhật ký bị đứt ở mục {_number(found.broken_at or 0)}, kiểm tra lúc {moment}"
        )
        self.alarm.tell("error", _broken(found))

    # --- going and writing ----------------------------------------------------------------------------

    def _target(self, row: JournalEntry) -> tuple[str, dict[str, str]]:
        """The screen where the entry's matter stands, and what to show there; empty when there is none."""
        place = row.place
        if not place.class_name or place.year != self.desk.school.year:
            return "", {}
        where = {"class": place.class_name, "pupil": place.pupil_code}
        if row.cell and row.period is not None:
            return RESULTS, {**where, "field": row.cell, "period": row.period.value}
        if row.entity.startswith(("transcript:", "outbox:")):
            return TRANSCRIPTS, where
        return (PUPILS, where) if row.kind in _PUPIL_WORK else ("", {})

    def _open(self, number: int) -> None:
        screen, where = self._target(self.table.rows_model.rows[number])
        if screen:
            self.go.emit(screen, where)

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, "Xuất nhật ký", "Nhật ký.xlsx", "Tệp Excel (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda target: self._write(Path(target)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, target: Path) -> None:
        asked = self.filters.asked
        self.perform(
            lambda progress: verbs.export(self.desk, asked, target, progress),
            self._written,
            title=f"Đang ghi {_number(self._total)} mục nhật ký",
            lane=Lane.PRINT,
        )

    def _written(self, report: ExportReport) -> None:
        self.banner.tell("done", f"{report.said} Thư mục: {report.file.parent}.")


_HINTS: Final = {
    RESULTS: "Enter: mở ô này trong Nhập kết quả",
    PUPILS: "Enter: mở lớp của em này",
    TRANSCRIPTS: "Enter: mở học bạ này",
}


def _number(count: int) -> str:
    """Thousands with a point: 100.000."""
    return f"{count:,}".replace(",", ".")


def _sentence(row: JournalEntry) -> str:
    """An entry in full: number, what, old and new, reason."""
    change = f": “{row.old}” → “{row.new}”" if row.old or row.new else ""
    reason = f" Lý do: {row.reason}." if row.reason else ""
    return f"Mục {_number(row.number)}. {row.what}{change}.{reason}".replace("..", ".").replace(".”.", ".”")


def _broken(found: JournalCheck) -> str:
    number = _number(found.broken_at or 0)
    entry = found.broken
    told = f" (ghi lúc {entry.at:%H:%M:%S ngày %d/%m/%Y}: {entry.what})" if entry else ""
    return (
        f"Mục {number} của nhật ký{told} không khớp với chuỗi: từ đây có dòng bị sửa, thêm hoặc xóa ngoài "
        "chương trình. Đừng ký hay gửi gì thêm; báo người quản trị để khôi phục từ bản sao lưu trước đó."
    )
