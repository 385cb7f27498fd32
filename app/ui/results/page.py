"""Nhập kết quả: one class and period as a grid (read-only, results come from Excel), and closing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from app.records.codes import PERIOD_TEXT
from app.records.permissions import Action, allowed, allowed_somewhere
from app.records.types import Period, Severity, Stage
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.results import verbs
from app.ui.results.grid import Grid
from app.ui.results.pane import CommentPane
from app.ui.results.sheet import Sheet, State, Tab, make_sheet, progress
from app.ui.screens import CHECKS, PUPILS
from app.ui.states import OUTSIDE_SIGN, SEVERITY_SIGNS, STAGE_SIGNS
from app.ui.theme import GAP_SMALL, MARGIN, NARROW_BELOW, NAV_WIDTH, Type
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.models.values import ClassSummary
    from app.workflows.gate import StageReport

_TABS: Final = tuple(Tab)
WIDE: Final = NARROW_BELOW - NAV_WIDTH


class ResultsPage(Page):
    """The grid of a class."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "")
        self._open: verbs.OpenClass | None = None
        self._sheets: dict[Tab, Sheet] = {}
        self._wanted: Mapping[str, str] = {}
        look = self.look
        self.title.hide()
        self.class_picker = Picker(look, "Lớp", kind=Type.SECTION)
        self.period_picker = Picker(look, "Kì đánh giá")
        self.period_picker.fill([(period.value, PERIOD_TEXT[period]) for period in Period], Period.CN.value)
        self.stage, self.errors, self.warnings = Chip(look), Chip(look), Chip(look)
        self.check = look.button("Kiểm tra lớp", self._check, icon="list-checks")
        self.submit = look.button("Chốt lớp", self._submit, icon="lock", kind="primary")
        self.bring = look.button(
            "Nhập từ Excel…", lambda: self.go.emit(PUPILS, {"import": "yes"}), icon="upload"
        )
        self.tabs = QTabBar()
        self.grid = Grid(look)
        self.pane = CommentPane(look)
        self.foot = Elided(look, "", Type.CAPTION, "second")
        self.empty = Empty(look, "Chưa có lớp nào.")
        self.class_picker.chosen.connect(lambda _: self._load_class())
        self.period_picker.chosen.connect(lambda _: self._load_class())
        self.grid.pointed.connect(self._point)
        self.setFocusProxy(self.grid)
        self._lay_out_head()
        self._lay_out_grid()
        self._shortcuts()

    def _lay_out_head(self) -> None:
        for place, widget in enumerate((self.class_picker, self.period_picker)):
            self.head.insertWidget(place, widget)
        for chip in (self.stage, self.errors, self.warnings):
            self.head.insertWidget(self.head.indexOf(self.note), chip)
        for button in (self.bring, self.check, self.submit):
            self.head.addWidget(button)
        somewhere = {action: allowed_somewhere(self.desk.actor, action) for action in Action}
        self.bring.setVisible(somewhere[Action.IMPORT_RESULTS])
        self.check.setVisible(somewhere[Action.CHECK])
        self.submit.setVisible(somewhere[Action.SUBMIT])

    def _lay_out_grid(self) -> None:
        for tab in _TABS:
            self.tabs.addTab(tab.value)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        tabs = QHBoxLayout()
        tabs.setContentsMargins(MARGIN - 8, 0, MARGIN, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.grid, 1)
        middle.addWidget(self.pane)
        foot = frame("foot")
        foot.setFixedHeight(self.look.theme.heights.strip)
        row = QHBoxLayout(foot)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(6)
        self.legend = self._legend()
        row.addWidget(self.legend)
        row.addWidget(self.foot, 1)
        row.addWidget(self.look.label("Chỉ xem · F4: nhận xét · F8: ô thiếu kế tiếp", Type.CAPTION, "second"))
        self.content = QWidget()
        content = QVBoxLayout(self.content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(0)
        content.addLayout(tabs)
        content.addLayout(middle, 1)
        content.addWidget(foot)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.content, 1)
        self.empty.hide()
        self.content.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under 1280 px of window the buttons of the head are icons, except "Chốt lớp"."""
        super().resizeEvent(event)
        narrow = self.width() < WIDE * self.look.theme.scale
        for button in (self.bring, self.check):
            words = button.accessibleName()
            button.setText("" if narrow else f"\u2002{words}")
            button.setToolTip(words if narrow else "")

    def _legend(self) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for icon, colour, word in (
            ("circle", "warn_line", "Còn thiếu"),
            ("triangle-alert", "warn", "Cảnh báo"),
            ("circle-x", "err", "Lỗi"),
        ):
            row.addWidget(self.look.icon_label(icon, colour, 14))
            row.addWidget(self.look.label(word, Type.CAPTION, "second"))
            row.addSpacing(GAP_SMALL)
        return widget

    def _shortcuts(self) -> None:
        steps = (("Alt+PgDown", self.class_picker, 1), ("Alt+PgUp", self.class_picker, -1))
        for keys, picker, by in steps:
            QShortcut(QKeySequence(keys), self).activated.connect(lambda p=picker, n=by: p.step(n))
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda n=by: self._step_tab(n))
        QShortcut(QKeySequence("F4"), self).activated.connect(self._toggle_pane)
        QShortcut(QKeySequence("F8"), self).activated.connect(lambda: self._next_problem(1))
        QShortcut(QKeySequence("Shift+F8"), self).activated.connect(lambda: self._next_problem(-1))
        QShortcut(QKeySequence("F9"), self).activated.connect(self._check)

    # --- reading --------------------------------------------------------------------------------------

    @property
    def period(self) -> Period:
        """The period shown."""
        return Period(self.period_picker.value)

    @property
    def tab(self) -> Tab:
        """The part of the form shown."""
        return _TABS[max(0, self.tabs.currentIndex())]

    def load(self, where: Mapping[str, str]) -> None:
        self._wanted = where
        self.read(lambda: verbs.load_classes(self.desk), self._show_classes)

    def _show_classes(self, found: tuple[ClassSummary, ...]) -> None:
        self.class_picker.fill(
            [(item.name, f"Lớp {item.name}") for item in found], self._wanted.get("class", "")
        )
        self.empty.setVisible(not found)
        self.content.setVisible(bool(found))
        if "period" in self._wanted:
            self.period_picker.show_value(self._wanted["period"])
        if found:
            self._load_class()

    def _load_class(self) -> None:
        name, period = self.class_picker.value, self.period
        self.read(lambda: verbs.load_class(self.desk, name, period), self._show_class)

    def _show_class(self, found: verbs.OpenClass) -> None:
        self._open = found
        klass = found.klass
        self._sheets = {tab: make_sheet(klass, found.period, tab, found.findings) for tab in _TABS}
        stage = klass.stages.get(found.period, Stage.OPEN)
        self.stage.show_sign(OUTSIDE_SIGN if found.outside else STAGE_SIGNS[stage])
        for chip, severity in ((self.errors, Severity.ERROR), (self.warnings, Severity.WARNING)):
            count = sum(1 for finding in found.findings if finding.severity is severity)
            sign = SEVERITY_SIGNS[severity]
            chip.show_sign(sign.saying(f"{count} {sign.word.lower()}") if count else None)
        filled, required = progress(self._sheets[tab] for tab in (Tab.SUBJECTS, Tab.TRAITS))
        self.note.setText(f"{filled}/{required} ô" if required else "")
        self._show_submit(found, stage)
        self._show_empty(found)
        self._show_tab()
        self._jump()

    def _show_empty(self, found: verbs.OpenClass) -> None:
        bare = not found.klass.pupils
        self.empty.setVisible(bare or bool(found.outside))
        self.content.setVisible(not bare and not found.outside)
        self.empty.say(found.outside or f"Lớp {found.klass.name} chưa có học sinh. Nhập từ Excel.")

    def _show_submit(self, found: verbs.OpenClass, stage: Stage) -> None:
        errors = sum(1 for finding in found.findings if finding.severity is Severity.ERROR)
        if found.outside:
            why = found.outside
        elif not allowed(self.desk.actor, Action.SUBMIT, found.klass.name):
            why = "Chỉ GVCN của lớp được chốt lớp."
        elif stage is not Stage.OPEN:
            why = "Lớp đã chốt. Cần sửa thì nhờ Tổ công tác mở lại."
        elif errors:
            why = f"Còn {errors} lỗi nên chưa chốt được. Bấm F8 để đến ô đầu tiên."
        else:
            why = ""
        self.submit.setEnabled(not why)
        self.submit.setToolTip(why)
        self.foot.setText(why if not found.outside else "")

    def _show_tab(self) -> None:
        if self._open is None:
            return
        self.grid.show_sheet(self._sheets[self.tab])
        self.pane.setVisible(self.tab is not Tab.TRAITS and self.width() >= WIDE)

    def _jump(self) -> None:
        """Go to the pupil and field that another screen asked for."""
        where, self._wanted = self._wanted, {}
        if "pupil" not in where or self._open is None:
            return
        field = where.get("field", "")
        tab = next((t for t in _TABS if any(s.code == field for s in self._sheets[t].specs)), self.tab)
        self.tabs.setCurrentIndex(_TABS.index(tab))
        sheet = self._sheets[tab]
        codes = [entry.pupil.code for entry in sheet.pupils]
        if where["pupil"] in codes and sheet.specs:
            fields = [spec.code for spec in sheet.specs]
            column = fields.index(field) if field in fields else 0
            self.grid.point(codes.index(where["pupil"]), column)
            self.grid.view.setFocus()

    # --- moving ---------------------------------------------------------------------------------------

    def _point(self, row: int, column: int) -> None:
        if self._open is None or row < 0:
            return
        sheet = self._sheets[self.tab]
        entry = sheet.pupils[row]
        found = (sheet.specs[column], sheet.cells[row][column]) if column >= 0 else None
        self.pane.show_cell(entry, f"{row + 1}/{len(sheet.pupils)}", self._open.period, found)

    def _step_tab(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(_TABS))

    def _toggle_pane(self) -> None:
        self.pane.setVisible(not self.pane.isVisible())

    def _next_problem(self, by: int) -> None:
        """F8: the next cell of this tab that is missing, wrong or doubtful, row by row."""
        sheet = self._sheets.get(self.tab)
        if sheet is None or not sheet.specs:
            return
        width = len(sheet.specs)
        bad = (State.HOLE, State.ERROR, State.WARNING)
        places = [
            row * width + column
            for row, cells in enumerate(sheet.cells)
            for column, cell in enumerate(cells)
            if cell.state in bad
        ]
        if not places:
            self.foot.setText("Không còn ô thiếu hay ô có vấn đề ở phần này.")
            return
        now = self.grid.view.currentIndex()
        here = now.row() * width + now.column() - 3
        ahead = [place for place in places if (place - here) * by > 0]
        target = (min(ahead) if by > 0 else max(ahead)) if ahead else places[0 if by > 0 else -1]
        self.grid.point(*divmod(target, width))

    # --- acting ---------------------------------------------------------------------------------------

    def _check(self) -> None:
        self.go.emit(CHECKS, {"class": self.class_picker.value})

    def _submit(self) -> None:
        name, period = self.class_picker.value, self.period
        self.perform(
            lambda _: verbs.submit(self.desk, name, period), self._submitted, title=f"Đang chốt lớp {name}"
        )

    def _submitted(self, report: StageReport) -> None:
        left = sum(finding.accepted is None for finding in report.findings)
        more = f" Còn {left} cảnh báo, gợi ý để xem lại." if left else ""
        self.banner.tell("done", f"Đã chốt lớp. Bước tiếp theo: Tổ công tác kiểm tra và duyệt.{more}")
