"""Kho lưu trữ: write the sealed transcripts of a year into a folder, and check a folder again later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.delivery import verbs, words
from app.ui.look import frame
from app.ui.theme import GAP, GAP_SMALL, MARGIN, Type
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.picker import Picker
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.delivery.bagit import ArchiveFailure
    from app.ui.delivery.page import DeliveryPage
    from app.workflows.archive import ArchiveNote, ArchiveOverview, ArchiveReport

_MANIFEST = "manifest-sha256.txt"


def _columns() -> tuple[Column[ArchiveFailure], ...]:
    return (
        Column("Tệp", 320, lambda row: row.path),
        Column("Chuyện gì và làm gì tiếp", 0, lambda row: row.message),
    )


class ArchivePane(QWidget):
    """Folder and year at the top; under it the last archive and what a check found."""

    def __init__(self, page: DeliveryPage) -> None:
        super().__init__()
        self._page = page
        look = page.look
        self.folder: Path | None = None
        self._overview: ArchiveOverview | None = None
        self.year = Picker(look, "Năm học")
        self.year.chosen.connect(lambda _: self._show_buttons())
        self.place = Elided(look, "Chưa chọn thư mục.", tone="second")
        self.choose = look.button("Chọn thư mục…", self._choose, icon="folder-open")
        self.write = look.button("Xuất kho lưu trữ", self._write, icon="archive", kind="primary")
        self.last = look.label(wrap=True)
        self.checked = look.label(wrap=True)
        self.check = look.button("Kiểm tra lại kho", self._check, icon="shield-check")
        self.result = look.label(kind=Type.BODY_BOLD, wrap=True)
        self.table: Table[ArchiveFailure] = Table(look, "Chỗ hỏng trong kho lưu trữ", _columns())
        self.empty = Empty(look, "Kết quả kiểm tra lại kho sẽ hiện ở đây.")
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._page.look
        new, old = frame("panel"), frame("panel")
        top = QVBoxLayout(new)
        top.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        top.setSpacing(GAP_SMALL)
        top.addWidget(look.label("Xuất kho lưu trữ", Type.SECTION))
        text = (
            "Kho chứa mọi học bạ đã đóng dấu của năm học (PDF và XML), danh sách, bảng kê mã SHA-256 "
            "và trang để mở xem."
        )
        top.addWidget(look.label(text, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        for widget in (self.year, self.choose):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.write)
        top.addLayout(row)
        top.addWidget(self.place)
        bottom = QVBoxLayout(old)
        bottom.setContentsMargins(1, MARGIN, 1, 1)
        bottom.setSpacing(GAP_SMALL)
        about = QHBoxLayout()
        about.setContentsMargins(MARGIN, 0, MARGIN, 0)
        about.setSpacing(GAP)
        told = QVBoxLayout()
        told.addWidget(look.label("Kho gần nhất", Type.SECTION))
        for label in (self.last, self.checked, self.result):
            told.addWidget(label)
        about.addLayout(told, 1)
        about.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addLayout(about)
        bottom.addWidget(self.table, 1)
        bottom.addWidget(self.empty, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(new)
        layout.addWidget(old, 1)
        self.table.hide()
        self.result.hide()
        self.setFocusProxy(self.choose)

    # --- reading --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the years and what is known of the last archive."""
        self._page.read(lambda: verbs.archives(self._page.desk), self.show_overview)

    def show_overview(self, overview: ArchiveOverview) -> None:
        """Years to choose from, the last archive, when it was checked."""
        first = self._overview is None
        self._overview = overview
        years = [(year, f"Năm học {year.replace('-', '–')}") for year in overview.sealed]
        self.year.fill(years, overview.year if first else "")
        note = overview.last
        if note is None:
            self.last.setText("Chưa xuất kho lưu trữ nào từ máy này.")
            self.checked.setText("")
        else:
            self._show_last(note)
        self._show_buttons()

    def _show_last(self, note: ArchiveNote) -> None:
        at = note.written_at
        written = f", xuất ngày {words.day(at)} {at:%H:%M}" if at else ""
        self.last.setText(
            f"{note.folder}: {words.number(note.documents)} học bạ, {words.size(note.size)}{written}. "
            f"Bảng kê: {_MANIFEST}."
        )
        self.checked.setText(_checked(note))
        self.folder = self.folder or Path(note.folder)

    def _show_buttons(self) -> None:
        overview = self._overview
        if overview is None:
            return
        count = overview.sealed.get(self.year.value, 0)
        told = f"Xuất {words.number(count)} học bạ vào kho" if count else "Xuất kho lưu trữ"
        self.write.setText(f"\u2002{told}")
        self.write.setAccessibleName(told)
        why = "" if count else "Năm học này chưa có học bạ nào đã đóng dấu."
        why = why or ("" if self.folder else "Chọn thư mục trước.")
        self.write.setEnabled(not why)
        self.write.setToolTip(why)
        self.check.setEnabled(self.folder is not None)
        self.check.setToolTip("" if self.folder else "Chọn thư mục kho trước.")
        if self.folder is not None:
            self.place.setText(str(self.folder))

    # --- acting ---------------------------------------------------------------------------------------

    def _choose(self) -> None:
        start = str(
            self.folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        )
        chosen = QFileDialog.getExistingDirectory(self, "Chọn thư mục kho lưu trữ", start)
        if chosen:
            self.use(Path(chosen))

    def use(self, folder: Path) -> None:
        """Take a folder for the archive or for the check."""
        self.folder = folder
        self._page.banner.hide()
        self._show_buttons()

    def _write(self) -> None:
        folder, year, desk = self.folder, self.year.value, self._page.desk
        if folder is not None:
            self._page.perform(
                lambda progress: verbs.write_archive(desk, folder, year, progress),
                self._written,
                title="Đang xuất kho lưu trữ",
            )

    def _written(self, report: ArchiveReport) -> None:
        self._show_failures(report, "Kho chứa")
        if not report.failed:
            text = f"Đã xuất {words.number(report.documents)} học bạ vào {self.folder}. Bảng kê: {_MANIFEST}."
            self._page.banner.tell("done", text)
        self.load()

    def _check(self) -> None:
        folder, desk = self.folder, self._page.desk
        if folder is not None:
            self._page.perform(
                lambda progress: verbs.check_archive(desk, folder, progress),
                self._checked_again,
                title="Đang kiểm tra lại kho",
            )

    def _checked_again(self, report: ArchiveReport) -> None:
        self._show_failures(report, "Đã kiểm tra")
        self.load()

    def _show_failures(self, report: ArchiveReport, what: str) -> None:
        bad = len(report.failed)
        found = f"{bad} chỗ hỏng" if bad else "mọi tệp khớp bảng kê"
        self.result.setText(f"{what} {words.number(report.documents)} học bạ, {found}.")
        self.result.show()
        self.table.show_rows(report.failed)
        self.table.setVisible(bool(bad))
        self.empty.setVisible(not bad)
        self.empty.say("Không có chỗ hỏng nào.")


def _checked(note: ArchiveNote) -> str:
    if note.checked_at is None:
        return "Chưa kiểm tra lại lần nào."
    found = f"có {note.failed} chỗ hỏng" if note.failed else "mọi tệp khớp bảng kê"
    return f"Kiểm tra lại lần cuối: {words.day(note.checked_at)} {note.checked_at:%H:%M}, {found}."
