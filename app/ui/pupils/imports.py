"""Nhập từ Excel: choose files, see every problem of every file, then write, then what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.records.types import Severity
from app.ui.look import frame
from app.ui.pupils import verbs
from app.ui.states import SEVERITY_SIGNS
from app.ui.theme import GAP, GAP_SMALL, MARGIN, Type
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.page import Page
from app.ui.widgets.steps import Steps
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.imports import FileFinding, FileReport, ImportReport

STEPS: Final = ("Chọn tệp", "Xem trước", "Kết quả")
EVERYTHING: Final = "*"
KINDS: Final = {
    "csdl-pupils": "CSDL ngành, danh sách",
    "csdl-results": "CSDL ngành, kết quả",
    "csdl-comments": "CSDL ngành, nhận xét",
    "our-template": "Mẫu của Học bạ số",
    "vnedu-summary": "vnEdu, bảng tổng hợp",
    "vnedu-subject": "vnEdu, sổ theo môn",
    "unknown": "Chưa nhận ra",
}
_LEFT: Final = 300
_ENDINGS: Final = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
HOW: Final = (
    "Từ CSDL ngành: mở danh sách lớp hoặc bảng kết quả, chọn Xuất Excel, lưu tệp vào máy.\n"
    "Từ vnEdu: mở Bảng tổng hợp của lớp, chọn Xuất Excel.\n"
    "Chọn nhiều tệp một lần cũng được. Tệp gốc không bị sửa."
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding with its file."""

    file: str
    finding: FileFinding


def problems_of(files: Sequence[FileReport]) -> tuple[Problem, ...]:
    """Every problem of every file, errors first, in the order of the files."""
    order = list(Severity)
    found = [Problem(report.file.name, finding) for report in files for finding in report.findings]
    return tuple(sorted(found, key=lambda problem: order.index(problem.finding.severity)))


def _columns() -> tuple[Column[Problem], ...]:
    return (
        Column(
            "Mức",
            108,
            lambda row: SEVERITY_SIGNS[row.finding.severity].word,
            sign=lambda row: SEVERITY_SIGNS[row.finding.severity],
        ),
        Column("Ô", 72, lambda row: row.finding.cell),
        Column("Trang", 100, lambda row: row.finding.sheet),
        Column("Tệp", 150, lambda row: row.file),
        Column("Chuyện gì và làm gì tiếp", 0, lambda row: row.finding.message),
    )


class ImportPanel(QWidget):
    """Nothing is written before "Ghi n tệp"; `closed` when the person goes back to the list."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._look = page.look
        self._paths: tuple[Path, ...] = ()
        self._report: ImportReport | None = None
        self.setAcceptDrops(True)
        self.steps = Steps(self._look, STEPS)
        self.files = ChoiceList(self._look, "Các tệp đã chọn")
        self.files.chosen.connect(self._show_problems)
        self.table: Table[Problem] = Table(self._look, "Vấn đề trong các tệp", _columns())
        self.how = self._look.label(HOW, tone="second", wrap=True)
        self.how.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.quiet = QWidget()
        self.counts = self._look.label(kind=Type.BODY_BOLD)
        self.sentence = self._look.label(wrap=True)
        self.sentence.setMinimumHeight(2 * self._look.theme.heights.line)
        self.table.pointed.connect(self._show_sentence)
        self.state = self._look.label(tone="second")
        self.choose = self._look.button("Chọn tệp…", self._choose, icon="folder-open", kind="primary")
        self.more = self._look.button("Chọn tệp khác…", self._choose)
        self.cancel = self._look.button("Hủy", self._cancel)
        self.write = self._look.button("Ghi", self._write, icon="save", kind="primary")
        self._lay_out()

    def _lay_out(self) -> None:
        left, right = frame("panel"), frame("panel")
        left.setFixedWidth(round(_LEFT * self._look.theme.scale))
        files = QVBoxLayout(left)
        files.setContentsMargins(1, 1, 1, 1)
        files.addWidget(self.files)
        problems = QVBoxLayout(right)
        problems.setContentsMargins(1, GAP_SMALL, 1, GAP_SMALL)
        for widget in (self.counts, self.how, self.sentence):
            widget.setContentsMargins(GAP, 0, GAP, 0)
        problems.addWidget(self.counts)
        problems.addWidget(self.how)
        problems.addWidget(self.table, 1)
        problems.addWidget(self.quiet, 1)
        problems.addWidget(self.sentence)
        panels = QHBoxLayout()
        panels.setSpacing(GAP)
        panels.addWidget(left)
        panels.addWidget(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_SMALL)
        foot.addWidget(self._look.icon_label("shield-check", "text2"))
        foot.addWidget(self.state, 1)
        for button in (self.cancel, self.more, self.choose, self.write):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MARGIN - 4)
        layout.addWidget(self.steps)
        layout.addLayout(panels, 1)
        layout.addLayout(foot)

    # --- steps ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin anew: no file chosen, nothing written."""
        self._paths, self._report = (), None
        self.files.fill(())
        self.table.show_rows(())
        self.counts.setText("Lấy tệp ở đâu")
        self.how.show()
        self.quiet.show()
        self.table.hide()
        self.sentence.setText("")
        self._show_step(0, "Chưa ghi gì. Kéo tệp vào đây cũng được.")
        self.choose.setFocus()

    def _show_step(self, step: int, state: str) -> None:
        self.steps.show_step(step)
        self.state.setText(state)
        self.choose.setVisible(step == 0)
        self.more.setVisible(step != 0)
        self.write.setVisible(step == 1)
        words = "Đóng" if step == 2 else "Hủy"
        self.cancel.setText(words)
        self.cancel.setAccessibleName(words)

    def _choose(self) -> None:
        pattern = " ".join(f"*{ending}" for ending in _ENDINGS)
        names, _ = QFileDialog.getOpenFileNames(self, "Chọn tệp Excel", "", f"Tệp Excel ({pattern})")
        if names:
            self.look_at([Path(name) for name in names])

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read the files and show every problem; nothing is written."""
        chosen = self._paths = tuple(paths)
        self.write.setEnabled(False)
        desk = self._page.desk
        self._page.perform(
            lambda progress: verbs.look_at(desk, chosen, progress), self._preview, title="Đang đọc tệp Excel"
        )

    def _preview(self, report: ImportReport) -> None:
        usable = [item for item in report.files if not item.refused]
        rows = sum(item.rows_read for item in usable)
        self._show_report(report)
        self._show_step(1, f"Chưa ghi gì. Sẽ ghi {rows} dòng học sinh từ {len(usable)} tệp.")
        words = f"Ghi {rows} dòng"
        self.write.setText(f"\u2002{words}")
        self.write.setAccessibleName(words)
        self.write.setEnabled(bool(usable))

    def _write(self) -> None:
        if self._report is None:
            return
        refused = {item.file for item in self._report.files if item.refused}
        chosen = tuple(path for path in self._paths if path not in refused)
        self.write.setEnabled(False)
        desk = self._page.desk
        self._page.perform(
            lambda progress: verbs.bring_in(desk, chosen, progress), self._written, title="Đang ghi tệp Excel"
        )

    def _written(self, report: ImportReport) -> None:
        rows = sum(item.rows_written for item in report.files)
        stored = sum(1 for item in report.files if not item.refused)
        self._show_report(report)
        self._show_step(2, f"Đã ghi {rows} dòng học sinh từ {stored} tệp. Ô trống trong tệp không xóa gì.")
        self.cancel.setFocus()

    def _cancel(self) -> None:
        self.closed.emit()

    # --- showing --------------------------------------------------------------------------------------

    def _show_report(self, report: ImportReport) -> None:
        self._report = report
        self.how.hide()
        self.table.show()
        problems = problems_of(report.files)
        everything = Choice(EVERYTHING, "Tất cả các tệp", f"{len(report.files)} tệp · {len(problems)} vấn đề")
        self.files.fill([everything, *(_choice(item) for item in report.files)], EVERYTHING)
        self._show_problems(EVERYTHING)

    def _show_problems(self, key: str) -> None:
        if self._report is None:
            return
        files = [item for item in self._report.files if key in (EVERYTHING, str(item.file))]
        problems = problems_of(files)
        counts = [
            f"{n} {SEVERITY_SIGNS[level].word.lower()}"
            for level in Severity
            if (n := sum(1 for problem in problems if problem.finding.severity is level))
        ]
        none = f"Không có vấn đề nào trong {len(files)} tệp."
        self.counts.setText(" · ".join(counts) or none)
        self.table.show_rows(problems)
        self.table.setVisible(bool(problems))
        self.quiet.setVisible(not problems)
        self._show_sentence(0 if problems else -1)

    def _show_sentence(self, row: int) -> None:
        rows = self.table.rows_model.rows
        self.sentence.setText(rows[row].finding.message if 0 <= row < len(rows) else "")

    # --- dropping files -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().lower().endswith(_ENDINGS) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls()]
        self.look_at([Path(name) for name in files if name.lower().endswith(_ENDINGS)])


def _choice(item: FileReport) -> Choice:
    errors = sum(1 for finding in item.findings if finding.severity is Severity.ERROR)
    kind = KINDS.get(item.kind, item.kind)
    rows = f"{item.rows_written} dòng đã ghi" if item.rows_written else f"{item.rows_read} dòng"
    if item.refused:
        mark = ("circle-x", "err", "không dùng")
    elif errors:
        mark = ("circle-x", "err", f"{errors} lỗi")
    elif item.findings:
        mark = ("triangle-alert", "warn", str(len(item.findings)))
    else:
        mark = ("circle-check", "ok", "khớp")
    return Choice(str(item.file), item.file.name, f"{rows} · {kind}", mark)
