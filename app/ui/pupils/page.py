"""Lớp và học sinh: classes at the left, their pupils at the right; from here workbooks come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.records.codes import REGIME_TEXT, STATUS_TEXT
from app.records.permissions import Action, allowed_somewhere
from app.records.types import Period, Regime, Stage
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.pupils import verbs
from app.ui.pupils.fit import Roomy, fit_side
from app.ui.pupils.imports import HOW, ImportPanel
from app.ui.pupils.pupil import PupilView
from app.ui.pupils.record import missing
from app.ui.screens import TRANSCRIPTS
from app.ui.states import STAGE_SIGNS
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.classes import ListedPupil
    from app.workflows.pupil_page import ClassLine, PupilFile

ALL: Final = "*"
_LEFT: Final = 264
_NAME_WIDTH: Final = 176
CLASS, NAME = 1, 2
EMPTY_TEXT: Final = "Chưa có lớp nào. Nhập danh sách học sinh từ tệp của CSDL ngành hoặc vnEdu."


def _columns(number: Callable[[ListedPupil], str]) -> tuple[Column[ListedPupil], ...]:
    return (
        Column("TT", 44, number, right=True),
        Column("Lớp", 52, lambda row: row.class_name),
        Column("Họ và tên", 0, lambda row: row.pupil.pupil.name),
        Column("Ngày sinh", 106, _birth),
        Column("Giới", 52, lambda row: (row.pupil.pupil.sex or "").capitalize()),
        Column("Mã Bộ GD&ĐT", 118, lambda row: row.pupil.pupil.code),
        Column("Số định danh", 132, lambda row: row.pupil.pupil.personal_id),
        Column("Mã vnEdu", 112, lambda row: row.pupil.pupil.vnedu_code, optional=True),
        Column("Trạng thái", 104, lambda row: STATUS_TEXT[row.pupil.enrolment.status]),
        Column("Đánh giá", 120, _regime, optional=True),
        Column("Hồ sơ", 88, _complete),
    )


def _birth(row: ListedPupil) -> str:
    born = row.pupil.pupil.birth_date
    return f"{born:%d/%m/%Y}" if born else ""


def _regime(row: ListedPupil) -> str:
    regime = row.pupil.enrolment.regime
    return "" if regime is Regime.NORMAL else REGIME_TEXT[regime]


def _complete(row: ListedPupil) -> str:
    lacking = len(missing(row.pupil))
    return f"thiếu {lacking}" if lacking else "đủ"


def _code(row: ListedPupil) -> str:
    pupil = row.pupil.pupil
    return pupil.code or pupil.personal_id or pupil.vnedu_code


class PupilsPage(Page):
    """The list with one pupil's file in place of the table, or the import in place of both."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results", "transcripts", "accounts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Lớp và học sinh")
        self._wanted = ""
        self.may_import = any(
            allowed_somewhere(desk.actor, action) for action in (Action.IMPORT_LIST, Action.IMPORT_RESULTS)
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("Tìm theo tên hoặc mã")
        self.search.setAccessibleName("Tìm học sinh")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(round(240 * self.look.theme.scale))
        self.search.textChanged.connect(self._class_chosen)
        self.start_import = self.look.button(
            "Nhập từ Excel…", self.open_import, icon="upload", kind="primary"
        )
        self.head.addWidget(self.search)
        self.head.addWidget(self.start_import)
        self.start_import.setVisible(self.may_import)
        self.classes = ChoiceList(self.look, "Các lớp")
        self.classes.chosen.connect(self._class_chosen)
        self._numbers: dict[int, int] = {}
        self.table: Table[ListedPupil] = Table(self.look, "Học sinh", _columns(self._number))
        self._room = Roomy(self.table, {NAME: round(_NAME_WIDTH * self.look.theme.scale)})
        self.table.opened.connect(self._open)
        self.foot = self.look.label(kind=Type.CAPTION, tone="second")
        self.pupil = PupilView(self.look)
        self.pupil.closed.connect(self._close_pupil)
        self.pupil.edited.connect(self._edit)
        self.pupil.stepped.connect(self._step)
        self.pupil.wanted.connect(self._transcript)
        self.empty = Empty(self.look, f"{EMPTY_TEXT}\n\n{HOW}" if self.may_import else EMPTY_TEXT)
        self.imports = ImportPanel(self)
        self.imports.closed.connect(self._close_import)
        self.head.insertWidget(1, self.imports.steps)
        self.imports.steps.hide()
        self.right = QStackedWidget()
        self.stack = QStackedWidget()
        for part in (self._list(), self.imports):
            self.stack.addWidget(part)
        self.setFocusProxy(self.classes)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.stack, 1)
        self.empty.hide()

    def _list(self) -> QWidget:
        self._left, table = frame("panel"), frame("panel")
        for panel, inside in ((self._left, self.classes), (table, self.table)):
            layout = QVBoxLayout(panel)
            layout.setContentsMargins(1, 1, 1, 1)
            layout.addWidget(inside)
        listing = QWidget()
        layout = QVBoxLayout(listing)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(table, 1)
        layout.addWidget(self.foot)
        self.right.addWidget(listing)
        self.right.addWidget(self.pupil)
        widget = QWidget()
        panels = QHBoxLayout(widget)
        panels.setContentsMargins(0, 0, 0, 0)
        panels.setSpacing(GAP)
        panels.addWidget(self._left)
        panels.addWidget(self.right, 1)
        return widget

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_side(self._left, round(_LEFT * self.look.theme.scale), self.width())

    @property
    def importing(self) -> bool:
        """True while the import is in front."""
        return self.stack.currentWidget() is self.imports

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        if "search" in where:
            self.search.setText(where["search"])
        if where.get("import"):
            self.open_import()
        elif where and self.importing:
            self._leave_import()
        self._wanted = where.get("pupil", "")
        if where and not self._wanted:
            self.right.setCurrentIndex(0)
        wanted = ALL if "search" in where else where.get("class", "")
        self.read(lambda: verbs.load_classes(self.desk), lambda found: self._show_classes(found, wanted))

    def _show_classes(self, found: tuple[ClassLine, ...], wanted: str) -> None:
        total = sum(item.summary.pupils for item in found)
        choices = [Choice(ALL, "Tất cả các lớp", f"{len(found)} lớp · {total} học sinh")] if found else []
        choices += [self._choice(item) for item in found]
        self.classes.fill(choices, wanted)
        self.empty.setVisible(not found and not self.importing)
        self.stack.setVisible(bool(found) or self.importing)
        self.search.setVisible(bool(found) and not self.importing)
        if found:
            self._load_pupils()

    def _choice(self, item: ClassLine) -> Choice:
        sign = STAGE_SIGNS[item.summary.stages.get(Period.CN, Stage.OPEN)]
        first = f"{item.summary.name} · {item.summary.pupils} em"
        teacher = item.teacher or "Chưa phân công GVCN"
        return Choice(item.summary.name, first, teacher, (sign.icon, sign.colour, sign.word))

    def _class_chosen(self) -> None:
        self.right.setCurrentIndex(0)
        self._load_pupils()

    def _load_pupils(self) -> None:
        name = "" if self.classes.key == ALL else self.classes.key
        search = self.search.text().strip()
        self.read(lambda: verbs.load_pupils(self.desk, name, search), self._show_pupils)

    def _show_pupils(self, found: tuple[ListedPupil, ...]) -> None:
        here = self.table.row
        self._numbers = {row.pupil.key: number for number, row in enumerate(found, start=1)}
        codes = [_code(row) for row in found]
        place = codes.index(_code(here)) if here is not None and _code(here) in codes else 0
        self.table.show_rows(found, place)
        self.table.setColumnHidden(CLASS, len({row.class_name for row in found}) < 2)
        self._room.fit()
        of = "" if self.classes.key == ALL else f" lớp {self.classes.key}"
        words = f"Không có học sinh nào khớp “{self.search.text()}”." if self.search.text() else ""
        self.foot.setText(
            f"{len(found)} học sinh{of} · Enter: mở hồ sơ" if found else words or "Lớp chưa có học sinh."
        )
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._read_pupil(wanted)
        elif self.right.currentWidget() is self.pupil and self.pupil.file is not None:
            self._read_pupil(self._shown)

    def _number(self, row: ListedPupil) -> str:
        return str(self._numbers[row.pupil.key])

    # --- one pupil ------------------------------------------------------------------------------------

    @property
    def _shown(self) -> str:
        """A code of the pupil in front."""
        file = self.pupil.file
        if file is None:
            return ""
        pupil = file.entry.pupil
        return pupil.code or pupil.personal_id or pupil.vnedu_code

    def _open(self, row: int) -> None:
        self._read_pupil(_code(self.table.rows_model.rows[row]))

    def _read_pupil(self, code: str) -> None:
        self.read(lambda: verbs.open_pupil(self.desk, code), self._show_pupil)

    def _show_pupil(self, file: PupilFile) -> None:
        fresh = self.right.currentWidget() is not self.pupil
        self.pupil.show_file(file)
        codes = [_code(row) for row in self.table.rows_model.rows]
        place = codes.index(self._shown) if self._shown in codes else -1
        if place >= 0:
            self.table.setCurrentIndex(self.table.rows_model.index(place, 0))
        self.pupil.previous.setEnabled(place > 0)
        self.pupil.next.setEnabled(0 <= place < len(codes) - 1)
        self.right.setCurrentWidget(self.pupil)
        if fresh:
            self.pupil.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        rows = self.table.rows_model.rows
        place = self.table.currentIndex().row() + by
        if 0 <= place < len(rows):
            self._read_pupil(_code(rows[place]))

    def _close_pupil(self) -> None:
        self.right.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, field: str, text: str) -> None:
        desk, code = self.desk, self._shown
        self.perform(lambda _: verbs.set_field(desk, code, field, text), lambda _: None, title="")

    def _transcript(self) -> None:
        file = self.pupil.file
        if file is not None:
            self.go.emit(TRANSCRIPTS, {"class": file.class_name, "pupil": file.entry.pupil.code})

    # --- import ---------------------------------------------------------------------------------------

    def open_import(self) -> None:
        """Show the import in place of the list."""
        self.stack.setCurrentWidget(self.imports)
        self.stack.show()
        self.empty.hide()
        self.title.setText("Nhập từ Excel")
        self.imports.steps.show()
        for widget in (self.search, self.start_import):
            widget.hide()
        self.imports.start([key for key in self.classes.keys if key != ALL])

    def _leave_import(self) -> None:
        self.stack.setCurrentIndex(0)
        self.title.setText("Lớp và học sinh")
        self.imports.steps.hide()
        self.start_import.setVisible(self.may_import)

    def _close_import(self) -> None:
        self._leave_import()
        self.load({})
        self.classes.setFocus(Qt.FocusReason.OtherFocusReason)
