"""Tra cứu, xác minh: looking up, files dropped or chosen, and the code of a printed page; for every role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.records.page_code import STATUS_TEXT, CodeStatus
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.lookup import verbs
from app.ui.lookup.report import TONES, ReportView
from app.ui.theme import GAP, GAP_SMALL, MARGIN, Type
from app.ui.widgets.banner import Banner
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page

if TYPE_CHECKING:
    from app.workflows.page_codes import CodeReport
    from app.workflows.verification import Verification

_LEFT: Final = 300
_KINDS: Final = {
    CodeStatus.CURRENT: "done",
    CodeStatus.REPLACED: "warning",
    CodeStatus.NOT_ISSUED_HERE: "note",
}


class DropArea(QFrame):
    """Takes files and folders from the system's file manager."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


class LookupPage(Page):
    """`where` may hold "code" (of a printed page)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Tra cứu, xác minh")
        self._found: tuple[Verification, ...] = ()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("Phần của màn hình")
        for name in ("Xác minh tệp", "Mã trên trang in"):
            self.tabs.addTab(name)
        self.head.insertWidget(1, self.tabs)
        self.note.setText("Xác minh tại máy này, không gửi tệp đi đâu")
        self.choose = self.look.button("Chọn tệp…", self._choose, icon="folder-open", kind="primary")
        self.files = ChoiceList(self.look, "Các tệp vừa xác minh")
        self.files.chosen.connect(lambda _: self._show_report())
        self.counts = self.look.label(kind=Type.CAPTION, tone="second", wrap=True)
        self.report = ReportView(self.look)
        self.copy = self.look.button("Sao chép báo cáo", self._copy, icon="copy")
        self.empty = Empty(
            self.look, "Chưa có tệp nào. Thả tệp XML, PDF hoặc cả thư mục vào ô bên trái, hay bấm Chọn tệp."
        )
        self.code = QLineEdit()
        self.code.setAccessibleName("Mã trên trang in")
        self.code.setPlaceholderText("HB1-…, gõ hoặc quét mã QR ở chân trang")
        self.code.returnPressed.connect(self._look_up)
        self.ask = self.look.button("Kiểm tra mã", self._look_up, icon="file-search", kind="primary")
        self.answer = Banner(self.look, closable=False)
        self.details = self.look.label(wrap=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._files_part())
        self.stack.addWidget(self._code_part())
        self.body.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._choose)
        self._show_found(())

    def _files_part(self) -> QWidget:
        self.drop = DropArea()
        self.drop.dropped.connect(self.verify)
        inside = QVBoxLayout(self.drop)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(GAP_SMALL)
        title = self.look.label("Thả tệp, thư mục vào đây", Type.BODY_BOLD)
        kinds = self.look.label(
            "Học bạ XML hoặc PDF, của trường này hay trường khác", tone="second", wrap=True
        )
        for label in (title, kinds):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.drop)
        left.addWidget(self.files, 1)
        left.addWidget(self.counts)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(round(_LEFT * self.look.theme.scale))
        right = QVBoxLayout()
        right.setSpacing(GAP_SMALL)
        right.addWidget(self.empty, 1)
        right.addWidget(self.report, 1)
        right.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(side)
        row.addLayout(right, 1)
        return whole

    def _code_part(self) -> QWidget:
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(GAP)
        inside.addWidget(self.look.label("Mã ở chân trang học bạ đã in", Type.SECTION))
        inside.addWidget(
            self.look.label(
                "Mã cho biết bản in còn hiện hành, đã thay hay đã thu hồi. Mã không cho biết nội dung học "
                "bạ; muốn biết nội dung có bị sửa không thì xác minh tệp.",
                tone="second",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.code, 1)
        row.addWidget(self.ask)
        inside.addLayout(row)
        inside.addWidget(self.answer)
        inside.addWidget(self.details)
        inside.addStretch(1)
        return panel

    def _show_tab(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        (self.code if place else self.choose).setFocus()

    def load(self, where: Mapping[str, str]) -> None:
        if where.get("code"):
            self.tabs.setCurrentIndex(1)
            self.code.setText(where["code"])
            self._look_up()

    # --- files ----------------------------------------------------------------------------------------

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Chọn tệp học bạ")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter("Học bạ số (*.xml *.pdf);;Mọi tệp (*)")
        dialog.filesSelected.connect(lambda names: self.verify([Path(name) for name in names]))
        dialog.open()

    def verify(self, paths: Sequence[Path]) -> None:
        """Check files and folders and show the reports."""
        if paths:
            self.perform(
                lambda progress: verbs.verify(self.desk, paths, progress),
                self._show_found,
                title="Đang xác minh",
            )

    def _show_found(self, found: tuple[Verification, ...]) -> None:
        self._found = found
        self.files.fill([_choice(place, one) for place, one in enumerate(found)], "0")
        tones = Counter(str(one.tone) for one in found)
        self.counts.setText(
            f"{tones['good']} hợp lệ · {tones['bad']} không · {tones['unsure']} chưa rõ" if found else ""
        )
        self.empty.setVisible(not found)
        self.report.setVisible(bool(found))
        self.copy.setVisible(bool(found))
        if found:
            self._show_report()

    def _show_report(self) -> None:
        if self.files.key:
            self.report.show_report(self._found[int(self.files.key)])

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.text)
        self.banner.tell("done", "Đã sao chép báo cáo. Dán vào thư hoặc văn bản.")

    # --- the code -------------------------------------------------------------------------------------

    def _look_up(self) -> None:
        text = self.code.text().strip()
        if text:
            self.answer.hide()
            self.details.setText("")
            self.read(lambda: verbs.look_up_code(self.desk, text), self._show_code)

    def _show_code(self, found: CodeReport) -> None:
        kind = _KINDS.get(found.status, "error")
        self.answer.tell(kind, f"{STATUS_TEXT[found.status]}. {found.message}")
        lines = [f"Mã: {found.code}"]
        if found.pupil:
            lines.append(f"Học bạ của {found.pupil}, bản {found.version}")
        if found.issued_at:
            lines.append(f"Tạo lúc {found.issued_at:%H:%M %d/%m/%Y}")
        if found.revoked_reason:
            lines.append(f"Lý do thu hồi: {found.revoked_reason}")
        self.details.setText("\n".join(lines))


def _choice(place: int, one: Verification) -> Choice:
    icon, colour, _, _ = TONES[one.tone]
    return Choice(str(place), one.file.name, one.about or one.headline, (icon, colour, one.headline))
