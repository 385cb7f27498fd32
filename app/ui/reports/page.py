"""Báo cáo: the kinds at the left; options, chart and table at the right; as Excel, PDF and on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from app.records.codes import PERIOD_PHRASE
from app.records.reports import Scope, Sheet, Table
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.reports import verbs
from app.ui.reports.chart import ChartView
from app.ui.reports.filling import FillPanel
from app.ui.reports.kinds import FILL, Kind, kinds_for
from app.ui.reports.numbers import NumbersTable
from app.ui.reports.options import Options
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.transcripts import printing
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page

if TYPE_CHECKING:
    from app.excel.filling import FillReport
    from app.workflows.exports import ExportReport
    from app.workflows.reports import Report, ReportClass

_LEFT: Final = 232
_FILTERS: Final = {"xlsx": "Tệp Excel (*.xlsx)", "pdf": "Tệp PDF (*.pdf)"}


class ReportsPage(Page):
    """Numbers of the classes that this person may report on."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results", "transcripts", "outbox"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Báo cáo")
        look = self.look
        self._kinds = {kind.key: kind for kind in kinds_for(desk.actor)}
        self._classes: tuple[ReportClass, ...] = ()
        self._sheets: tuple[Sheet, ...] = ()
        self.list = ChoiceList(look, "Các báo cáo")
        self.list.chosen.connect(lambda _: self._show_kind())
        self.options = Options(look)
        self.options.changed.connect(self._load_content)
        self.caption = look.label(tone="second", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Phần của báo cáo")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(lambda _: self._tab_chosen())
        self.chart = ChartView(look)
        self.table = NumbersTable(look)
        self.notes = look.label(kind=Type.CAPTION, tone="second", wrap=True)
        self.empty = Empty(look, "")
        self.filling = FillPanel(look)
        self.filling.chosen.connect(self._fill)
        self.print = look.button("In…", self._print, icon="printer")
        self.pdf = look.button("Xuất PDF…", lambda: self._ask_target("pdf"), icon="file-text")
        self.excel = look.button(
            "Xuất Excel…", lambda: self._ask_target("xlsx"), icon="file-spreadsheet", kind="primary"
        )
        for button in (self.print, self.pdf, self.excel):
            self.head.addWidget(button)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._print_if_shown)
        self.setFocusProxy(self.list)
        self._lay_out_content()

    def _lay_out_content(self) -> None:
        left, right = frame("panel"), frame("panel")
        left.setFixedWidth(round(_LEFT * self.look.theme.scale))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        self.caption.setContentsMargins(GAP, 0, GAP, 0)
        self.notes.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(1, 1, 1, 1)
        beside.setSpacing(GAP_SMALL)
        beside.addWidget(self.options)
        beside.addWidget(self._content(), 1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.body.addWidget(both, 1)

    def _content(self) -> QScrollArea:
        """Caption, chart, table and notes; it scrolls where the window is too low for all of them."""
        inner = QWidget()
        content = QVBoxLayout(inner)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(GAP_SMALL)
        content.addWidget(self.caption)
        content.addWidget(self.tabs)
        for widget in (self.chart, self.table, self.empty, self.filling):
            content.addWidget(widget, 1)
        content.addWidget(self.notes)
        scroll = QScrollArea()
        scroll.setProperty("frame", "chart")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    # --- reading --------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """The chosen kind."""
        return self._kinds[self.list.key]

    @property
    def file_kind(self) -> str:
        """Which file of the class the chosen tab stands for."""
        return self.kind.files[max(0, self.tabs.currentIndex())][0]

    def load(self, where: Mapping[str, str]) -> None:
        choices = [Choice(kind.key, kind.title, kind.about) for kind in self._kinds.values()]
        self.list.fill(choices, where.get("kind", ""))
        self.read(lambda: verbs.load_classes(self.desk), self._show_classes)

    def _show_classes(self, found: tuple[ReportClass, ...]) -> None:
        self._classes = found
        self._show_kind()

    def _show_kind(self) -> None:
        kind = self.kind
        self.options.show_kind(kind, self._classes)
        self._fill_tabs([words for _, words in kind.files])
        self.filling.setVisible(kind.key == FILL)
        for button in (self.print, self.pdf, self.excel):
            button.setVisible(kind.key != FILL)
        self._load_content()

    def _load_content(self) -> None:
        kind, scope = self.kind, self.options.scope
        if kind.key == FILL:
            self._show_parts()
        elif not self._classes:
            self._say_empty("Chưa có lớp nào nên chưa có báo cáo. Nhập danh sách học sinh trước.")
        elif kind.report:
            self.read(lambda: verbs.load_report(self.desk, kind.report, scope), self._show_report)
        else:
            self.read(
                lambda: verbs.load_class(self.desk, scope.class_name, scope.period), self._show_class_table
            )

    def _show_report(self, report: Report) -> None:
        if report.kind != self.kind.report:
            return
        self._sheets = report.sheets
        self.options.show_items(report.items)
        self._fill_tabs([sheet.table.name for sheet in report.sheets])
        self._show_sheet(report.caption)

    def _show_sheet(self, caption: str) -> None:
        sheet = self._sheets[max(0, self.tabs.currentIndex())]
        if not sheet.table.rows:
            self._say_empty(caption)
            return
        if sheet.chart is not None:
            self.chart.show_chart(sheet.chart)
        self.table.show_table(sheet.table)
        self.caption.setText(caption)
        self.notes.setText(" ".join(note for note in sheet.table.notes if note != caption))
        self._show_parts(chart=sheet.chart is not None and bool(sheet.chart.bars), table=True)

    def _show_class_table(self, table: Table) -> None:
        self._sheets = (Sheet(table),)
        self.table.show_table(table)
        words = (
            f"Tệp sẽ có {len(table.rows)} học sinh lớp {self.options.scope.class_name}. Xem trước số liệu:"
        )
        self.caption.setText(words)
        self.notes.setText(" ".join(table.notes))
        self._show_parts(table=True)

    def _say_empty(self, sentence: str) -> None:
        self._sheets = ()
        self.empty.say(sentence)
        self._show_parts(empty=True)

    def _show_parts(self, *, chart: bool = False, table: bool = False, empty: bool = False) -> None:
        """Only what there is; buttons that would do nothing say why."""
        self.chart.setVisible(chart)
        self.table.setVisible(table)
        self.caption.setVisible(table)
        self.notes.setVisible(table and bool(self.notes.text()))
        self.empty.setVisible(empty)
        summary = bool(self.kind.files) and self.file_kind == "class-summary"
        paper = table and (bool(self.kind.report) or summary)
        why = "" if table else "Chưa có số liệu để xuất."
        self.excel.setEnabled(table)
        self.excel.setToolTip(why)
        for button in (self.pdf, self.print):
            button.setEnabled(paper)
            button.setToolTip(why or ("" if paper else "Tệp này chỉ có dạng Excel."))

    def _fill_tabs(self, words: list[str]) -> None:
        """Tabs for what has several parts; the chosen one stays when the words are the same."""
        if words == [self.tabs.tabText(place) for place in range(self.tabs.count())]:
            return
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for text in words:
            self.tabs.addTab(text)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(words) > 1)

    def _tab_chosen(self) -> None:
        if self.kind.report and self._sheets:
            self._show_sheet(self.caption.text())
        elif self.kind.files:
            self._show_parts(table=bool(self._sheets))

    # --- writing --------------------------------------------------------------------------------------

    def _file_name(self, ending: str) -> str:
        kind, scope = self.kind, self.options.scope
        title = kind.title if kind.report else kind.files[max(0, self.tabs.currentIndex())][1]
        where = (
            f"lớp {scope.class_name}" if scope.class_name else f"khối {scope.grade}" if scope.grade else ""
        )
        parts = (title, where, PERIOD_PHRASE[scope.period] if kind.periods else "", self.desk.school.year)
        return f"{' - '.join(part for part in parts if part)}.{ending}"

    def _ask_target(self, ending: str) -> None:
        name = self._file_name(ending)
        dialog = QFileDialog(self, "Lưu tệp", name, _FILTERS[ending])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.fileSelected.connect(lambda target: self._write(Path(target)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, target: Path) -> None:
        write = self._writer(self.options.scope)
        self.perform(lambda _: write(target), self._written, title=f"Đang ghi {target.name}")

    def _writer(self, scope: Scope) -> Callable[[Path], ExportReport]:
        kind = self.kind
        if kind.report:
            return partial(verbs.write_report, self.desk, kind.report, scope)
        return partial(verbs.write_class, self.desk, self.file_kind, scope.class_name, scope.period)

    def _written(self, report: ExportReport) -> None:
        where = f"Thư mục: {report.file.parent}."
        self.banner.tell("done", " ".join(part for part in (report.said, where, report.note) if part))

    def _fill(self, original: Path, target: Path) -> None:
        period = self.options.scope.period
        self.perform(
            lambda _: verbs.fill(self.desk, original, target, period),
            self._filled,
            title=f"Đang điền {original.name}",
        )

    def _filled(self, report: FillReport) -> None:
        self.filling.show_result(report)
        kind = "warning" if report.unmatched else "done"
        self.banner.tell(kind, f"Đã ghi {report.file.name} vào thư mục {report.file.parent}.")

    def _print_if_shown(self) -> None:
        if self.print.isVisible() and self.print.isEnabled():
            self._print()

    def _print(self) -> None:
        kind, scope, desk = self.kind, self.options.scope, self.desk
        make = (
            partial(verbs.report_pdf, desk, kind.report, scope)
            if kind.report
            else partial(verbs.class_pdf, desk, scope.class_name, scope.period)
        )
        item = printing.Item(kind.title, make, f"Đang in {kind.title.lower()}")
        printer = printing.make_printer(kind.title)
        dialog = printing.make_dialog(printer, f"In: {kind.title}", 1, self, one=False)
        dialog.accepted.connect(lambda: self._send(printer, item))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _send(self, printer: QPrinter, item: printing.Item) -> None:
        pages = printing.wanted_pages(printer, 0)
        self.perform(
            lambda progress: printing.print_items(printer, [item], pages, progress),
            lambda sent: self.banner.tell("done", f"Đã gửi {sent} trang đến máy in."),
            title=item.words,
            lane=Lane.PRINT,
        )
