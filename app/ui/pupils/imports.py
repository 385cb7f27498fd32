"""Nhập từ Excel: choose files, see what they are, see what they would change, write what is ticked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.records.codes import PERIOD_TEXT
from app.records.types import Period, Severity
from app.ui.look import frame
from app.ui.pupils import verbs
from app.ui.pupils.columns import ColumnsDialog
from app.ui.pupils.fit import fit_side
from app.ui.pupils.matching import MatchDialog
from app.ui.pupils.problems import Problem
from app.ui.pupils.recognised import (
    EXPLAIN,
    KINDS,
    Known,
    Written,
    classes_text,
    recognised_table,
    written_table,
)
from app.ui.pupils.review import Review
from app.ui.pupils.summary import dotted
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, MARGIN, Type
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.elided import Elided
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker
from app.ui.widgets.steps import Steps

if TYPE_CHECKING:
    from app.excel.mapping import UnknownTable
    from app.workflows.import_preview import ImportPreview, PreviewFile
    from app.workflows.imports import FileReport, ImportReport
    from app.workflows.report import Changes
    from app.workflows.steps import LastImport, StepReport

STEPS: Final = ("Chọn tệp", "Nhận dạng", "Xem trước", "Kết quả")
CHOOSE, KNOWN, REVIEW, RESULT = range(len(STEPS))
EVERYTHING: Final = "*"
_LEFT: Final = 268
_ENDINGS: Final = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
HOW: Final = (
    "Từ CSDL ngành\n"
    "1. Mở Quản lý học sinh, chọn Hồ sơ học sinh hoặc Kết quả học tập.\n"
    "2. Chọn khối, lớp và kì, rồi bấm Xuất Excel.\n"
    "3. Lưu tệp vào máy, không cần mở ra sửa.\n\n"
    "Từ vnEdu\n"
    "1. Mở Sổ điểm của lớp, hoặc Bảng tổng hợp.\n"
    "2. Chọn kì, rồi bấm Xuất Excel.\n"
    "3. Lưu tệp vào máy; tệp .xls cũ cũng đọc được.\n\n"
    "Chọn nhiều tệp một lần, hoặc kéo tệp thả vào đây. Tệp gốc không bị sửa."
)


class ImportPanel(QWidget):
    """Nothing is written before "Ghi n thay đổi"; `closed` when the person goes back to the list.

    `steps` is shown by the page, beside its title.
    """

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._look = page.look
        self._paths: tuple[Path, ...] = ()
        self._seen: ImportPreview | None = None
        self._choices = verbs.no_choices()
        self._turned: dict[str, bool] = {}
        self._place = ""
        self._step = CHOOSE
        self.setAcceptDrops(True)
        look = self._look
        self.steps = Steps(look, STEPS)
        self.files = ChoiceList(look, "Các tệp đã chọn")
        self.files.chosen.connect(lambda _: self._show_files())
        self.heading = look.label(kind=Type.BODY_BOLD)
        self.more = look.button("Thêm", self._add_files, icon="plus", kind="link", small=True)
        self.period = Picker(look, "Kì của các tệp")
        self.period.fill([("", "Kì: theo tệp"), *((p.value, PERIOD_TEXT[p]) for p in Period)])
        self.period.chosen.connect(lambda _: self._again())
        self.klass = Picker(look, "Lớp của các tệp")
        self.klass.chosen.connect(lambda _: self._again())
        self.how = look.label(HOW, tone="second", wrap=True)
        self.known = recognised_table(look)
        self.known.opened.connect(self._explain_row)
        self.known.clicked.connect(self._clicked)
        self.review = Review(look)
        self.review.ticked.connect(self._ticked)
        self.review.asked.connect(self._decide)
        self.table = self.review.problems
        self.written = written_table(look)
        self.state = Elided(look, tone="second")
        self.last = look.button("", self._undo, icon="undo-2", kind="link")
        self.choose = look.button("Chọn tệp…", self._choose, icon="folder-open", kind="primary")
        self.onward = look.button("Xem trước", self._show_review, kind="primary")
        self.write = look.button("Ghi", self._write, icon="save", kind="primary")
        self.undo = look.button("Hoàn tác cả lần nhập", self._undo, icon="undo-2")
        self.back = look.button("Quay lại", self._back)
        self.cancel = look.button("Hủy", self._cancel)
        self._lay_out()

    def _lay_out(self) -> None:
        panels = QHBoxLayout()
        panels.setSpacing(GAP)
        panels.addWidget(self._files_panel())
        self.stack = QStackedWidget()
        for part in (self._choosing(), self._panel(self.known), self.review, self._panel(self.written)):
            self.stack.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(GAP_SMALL)
        self.options = QWidget()
        options = QHBoxLayout(self.options)
        options.setContentsMargins(0, 0, 0, 0)
        options.setSpacing(GAP_SMALL)
        options.addWidget(self.period)
        options.addWidget(self.klass)
        note = "Chỉ chọn khi tệp không nói rõ; tệp nói khác thì không dùng."
        options.addWidget(Elided(self._look, note, Type.CAPTION, "second"), 1)
        right.addWidget(self.options)
        right.addWidget(self.stack, 1)
        panels.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_SMALL)
        foot.addWidget(self._look.icon_label("shield-check", "text2"))
        foot.addWidget(self.state, 1)
        for button in (self.last, self.undo, self.back, self.cancel, self.choose, self.onward, self.write):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(panels, 1)
        layout.addLayout(foot)

    def _files_panel(self) -> QWidget:
        self._left = panel = frame("panel")
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        head.addWidget(self.heading, 1)
        head.addWidget(self.more)
        note = self._look.label("Tệp gốc không bị sửa.", Type.CAPTION, "second")
        note.setContentsMargins(MARGIN, GAP_SMALL, GAP, GAP_SMALL)
        files = QVBoxLayout(panel)
        files.setContentsMargins(1, 1, 1, 1)
        files.setSpacing(0)
        files.addLayout(head)
        files.addWidget(self.files, 1)
        files.addWidget(note)
        return panel

    def _choosing(self) -> QWidget:
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.addWidget(self._look.label("Lấy tệp ở đâu", Type.SECTION))
        inside.addWidget(self.how)
        inside.addStretch(1)
        return panel

    def _panel(self, table: QWidget) -> QWidget:
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(table)
        return panel

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_side(self._left, round(_LEFT * self._look.theme.scale), self.width())

    # --- steps ----------------------------------------------------------------------------------------

    def start(self, classes: Sequence[str] = ()) -> None:
        """Begin anew: no file chosen, nothing written. `classes` may be named for files that name none."""
        self._paths, self._seen, self._place = (), None, ""
        self._choices, self._turned = verbs.no_choices(), {}
        self.review.table.differences.skip = set()
        self.klass.fill([("", "Lớp: theo tệp"), *((name, f"Lớp {name}") for name in classes)])
        for picker in (self.period, self.klass):
            picker.show_value("")
        self.files.fill(())
        self.heading.setText("Chưa chọn tệp")
        self._show_step(CHOOSE, "Chưa ghi gì.")
        self.choose.setFocus()
        self.last.hide()
        desk = self._page.desk
        desk.runner.run(Lane.WORK, lambda _: verbs.last_import(desk), owner=self, done=self._offer_last)

    def _offer_last(self, found: LastImport | None) -> None:
        if found is None or self._step != CHOOSE:
            return
        self._place = found.place
        words = f"Hoàn tác lần nhập lúc {found.at:%H:%M ngày %d/%m} ({len(found.titles)} tệp)"
        self._name(self.last, words)
        self.last.setToolTip("\n".join(found.titles))
        self.last.show()

    def _show_step(self, step: int, state: str) -> None:
        self._step = step
        self.steps.show_step(step)
        self.stack.setCurrentIndex(step)
        self.state.setText(state)
        self.options.setVisible(step in (CHOOSE, KNOWN))
        self.more.setVisible(step in (KNOWN, REVIEW))
        self.last.setVisible(False)
        self.choose.setVisible(step == CHOOSE)
        self.onward.setVisible(step == KNOWN)
        self.write.setVisible(step == REVIEW)
        self.back.setVisible(step in (KNOWN, REVIEW))
        self.undo.setVisible(step == RESULT and bool(self._place))
        self._name(self.cancel, "Đóng" if step == RESULT else "Hủy")

    @staticmethod
    def _name(button: QPushButton, words: str) -> None:
        """Words of a button that may have an icon."""
        button.setText(words if button.icon().isNull() else f"\u2002{words}")
        button.setAccessibleName(words)

    def _choose(self) -> None:
        names = self._ask_files()
        if names:
            self.look_at(names)

    def _add_files(self) -> None:
        names = self._ask_files()
        if names:
            self.look_at([*self._paths, *(name for name in names if name not in self._paths)])

    def _ask_files(self) -> list[Path]:
        pattern = " ".join(f"*{ending}" for ending in _ENDINGS)
        names, _ = QFileDialog.getOpenFileNames(self, "Chọn tệp Excel", "", f"Tệp Excel ({pattern})")
        return [Path(name) for name in names]

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read the files and show what they are and would change; nothing is written."""
        self._paths = tuple(paths)
        self._again()

    def _again(self) -> None:
        if not self._paths or self._step == RESULT:
            return
        for button in (self.write, self.onward):
            button.setEnabled(False)
        desk, paths, choices = self._page.desk, self._paths, self._choices
        class_name, period = self.klass.value, self._period
        self._page.perform(
            lambda progress: verbs.look_at(desk, paths, class_name, period, choices, progress),
            self._previewed,
            title="Đang đọc tệp Excel",
        )

    @property
    def _period(self) -> Period | None:
        return Period(self.period.value) if self.period.value else None

    def _previewed(self, seen: ImportPreview) -> None:
        """Straight to the differences when every file was recognised."""
        self._seen = seen
        defaults = {item.difference.id: item.ticked for item in seen.proposals}
        skip = {name for name, ticked in defaults.items() if not self._turned.get(name, ticked)}
        self.review.table.differences.skip = skip
        problems = sum(len(file.findings) for file in seen.files)
        everything = Choice(EVERYTHING, "Tất cả các tệp", f"{len(seen.files)} tệp · {problems} vấn đề")
        self.heading.setText(f"{len(seen.files)} tệp đã chọn")
        self.files.fill([everything, *(_choice(file) for file in seen.files)], self.files.key or EVERYTHING)
        self.known.show_rows([Known(file) for file in seen.files])
        self._show_files()
        doubtful = self._step == CHOOSE and any(file.refused for file in seen.files)
        if doubtful or self._step == KNOWN:
            self._show_known()
        else:
            self._show_review()

    def _show_known(self) -> None:
        if self._seen is None:
            return
        usable = [file for file in self._seen.files if not file.refused]
        refused = len(self._seen.files) - len(usable)
        left = f" {refused} tệp không dùng được, các tệp khác vẫn đi tiếp." if refused else ""
        self._show_step(KNOWN, f"Chưa ghi gì. Nhận ra {len(usable)} trong {len(self._seen.files)} tệp.{left}")
        self._name(self.onward, f"Xem trước {len(usable)} tệp")
        self.onward.setEnabled(bool(usable))
        (self.onward if usable else self.known).setFocus()

    def _show_review(self) -> None:
        self._show_step(REVIEW, "Chưa ghi gì. Sau khi ghi, hoàn tác được cả lần nhập.")
        self._count()
        self.review.table.setFocus()

    def _ticked(self) -> None:
        seen = self._seen
        if seen is None:
            return
        skip = self.review.table.differences.skip
        for item in seen.proposals:
            name, ticked = item.difference.id, item.difference.id not in skip
            if ticked != item.ticked or name in self._turned:
                self._turned[name] = ticked
        self._count()

    def _count(self) -> None:
        """The button says exactly how many values it writes."""
        if self._seen is None:
            return
        differences = [item.difference for item in self._seen.proposals]
        left = verbs.chosen(differences, self.review.table.differences.skip)
        self._name(self.write, f"Ghi {dotted(left)} thay đổi")
        self.write.setEnabled(left > 0)
        self.write.setToolTip("" if left else "Không có thay đổi nào được chọn.")

    def _write(self) -> None:
        seen = self._seen
        if seen is None:
            return
        self.write.setEnabled(False)
        desk, skip = self._page.desk, frozenset(self.review.table.differences.skip)
        class_name, period = self.klass.value, self._period
        self._page.perform(
            lambda progress: verbs.bring_in(desk, seen, skip, class_name, period, progress),
            self._done,
            title="Đang ghi tệp Excel",
        )

    def _done(self, report: ImportReport) -> None:
        values = sum(item.values_written for item in report.files)
        rows = sum(item.rows_written for item in report.files)
        self._place = report.place
        done = {item.file: item for item in report.files}
        seen = self._seen.files if self._seen else ()
        self.written.show_rows([_written(file, done.get(file.file)) for file in seen])
        self._show_step(
            RESULT,
            f"Đã ghi {dotted(values)} thay đổi của {dotted(rows)} dòng. Ô trống trong tệp không xóa gì.",
        )
        self.cancel.setFocus()

    def _back(self) -> None:
        if self._step == REVIEW:
            self._show_known()
        else:
            self._show_step(CHOOSE, "Chưa ghi gì.")
            self.choose.setFocus()

    def _cancel(self) -> None:
        self.closed.emit()

    # --- undo -----------------------------------------------------------------------------------------

    def _undo(self) -> None:
        desk, place = self._page.desk, self._place
        self._page.perform(
            lambda progress: verbs.undo_import(desk, place, progress),
            self._undone,
            title="Đang hoàn tác lần nhập",
        )

    def _undone(self, report: StepReport) -> None:
        self._place = ""
        self.last.hide()
        self.undo.hide()
        self.state.setText(f"Đã hoàn tác {len(report.titles)} tệp. Dữ liệu trở lại như trước lần nhập.")
        self.written.show_rows([])
        self.cancel.setFocus()

    # --- what a person decides ------------------------------------------------------------------------

    def _decide(self, problem: Problem) -> None:
        """The action of a problem: explain columns, or say whom a row means."""
        if problem.unknown is not None:
            self._explain(problem.file, problem.unknown)
            return
        dialog = MatchDialog(self._look, problem.finding, problem.file, self)
        self._ask(dialog, lambda: self._take(problem.finding.row, dialog))

    @staticmethod
    def _ask(dialog: QDialog, act: Callable[[], None]) -> None:
        dialog.accepted.connect(act)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, row: str, dialog: MatchDialog) -> None:
        """Whom a row means, as the person said it."""
        known = self._choices
        if dialog.decision == "match":
            self._choices = dataclasses.replace(known, matched={**known.matched, row: dialog.key})
        elif dialog.decision == "add":
            self._choices = dataclasses.replace(known, added=known.added | {row})
        else:
            self._choices = dataclasses.replace(known, ignored=known.ignored | {row})
        self._again()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == EXPLAIN:
            self._explain_row(index.row())

    def _explain_row(self, row: int) -> None:
        known = self.known.rows_model.rows[row]
        if known.file.unknown is not None:
            self._explain(known.name, known.file.unknown)

    def _explain(self, file: str, table: UnknownTable) -> None:
        dialog = ColumnsDialog(self._look, file, table, verbs.column_fields(), self)
        self._ask(dialog, lambda: self._remember(table, dialog))

    def _remember(self, table: UnknownTable, dialog: ColumnsDialog) -> None:
        desk, fields = self._page.desk, dialog.fields
        self._page.perform(
            lambda _: verbs.remember_columns(desk, table.signature, fields), self._explained, title=""
        )

    def _explained(self, _: Changes) -> None:
        self._again()

    # --- showing --------------------------------------------------------------------------------------

    def _show_files(self) -> None:
        if self._seen is None:
            return
        key = self.files.key
        self.review.show_files([f for f in self._seen.files if key in (EVERYTHING, str(f.file))])

    # --- dropping files -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._step != RESULT and any(
            url.toLocalFile().lower().endswith(_ENDINGS) for url in event.mimeData().urls()
        ):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        fit = [path for path in dropped if path.name.lower().endswith(_ENDINGS)]
        if fit:
            self.look_at([*self._paths, *(path for path in fit if path not in self._paths)])


def _choice(file: PreviewFile) -> Choice:
    errors, warnings = file.count(Severity.ERROR), file.count(Severity.WARNING)
    kind = KINDS.get(file.kind, file.kind)
    if file.refused:
        mark = ("circle-x", "err", "không dùng")
    elif errors:
        mark = ("circle-x", "err", f"{errors} lỗi")
    elif warnings:
        mark = ("triangle-alert", "warn", f"{warnings} cảnh báo")
    else:
        mark = ("circle-check", "ok", "khớp")
    words = " · ".join(filter(None, (kind, classes_text(file.classes))))
    return Choice(str(file.file), file.file.name, words, mark)


def _written(file: PreviewFile, report: FileReport | None) -> Written:
    """What became of a file; one that was refused before writing has no report."""
    refused = file.findings if report is None else report.findings if report.refused else ()
    return Written(file.file, report, refused[0].message if refused else "")
