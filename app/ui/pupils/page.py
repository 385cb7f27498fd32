"""Lớp và học sinh: classes at the left, their pupils at the right; from here workbooks come in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.records.codes import REGIME_TEXT, STATUS_TEXT
from app.records.permissions import Action, allowed_somewhere
from app.records.types import Period, Regime, Stage
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.pupils import verbs
from app.ui.pupils.imports import ImportPanel
from app.ui.screens import TRANSCRIPTS
from app.ui.states import STAGE_SIGNS
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.models.values import ClassSummary
    from app.workflows.classes import ListedPupil

ALL: Final = "*"
_LEFT: Final = 248


def _columns() -> tuple[Column[ListedPupil], ...]:
    return (
        Column("Lớp", 52, lambda row: row.class_name),
        Column("Họ và tên", 0, lambda row: row.pupil.pupil.name),
        Column("Ngày sinh", 108, _birth),
        Column("Giới", 60, lambda row: (row.pupil.pupil.sex or "").capitalize()),
        Column("Mã Bộ GD&ĐT", 116, lambda row: row.pupil.pupil.code),
        Column("Số định danh", 140, lambda row: row.pupil.pupil.personal_id),
        Column("Mã vnEdu", 100, lambda row: row.pupil.pupil.vnedu_code, optional=True),
        Column("Tình trạng", 110, lambda row: STATUS_TEXT[row.pupil.enrolment.status]),
        Column("Đánh giá", 120, _regime, optional=True),
    )


def _birth(row: ListedPupil) -> str:
    born = row.pupil.pupil.birth_date
    return f"{born:%d/%m/%Y}" if born else ""


def _regime(row: ListedPupil) -> str:
    regime = row.pupil.enrolment.regime
    return "" if regime is Regime.NORMAL else REGIME_TEXT[regime]


class PupilsPage(Page):
    """The list, or the import in its place."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Lớp và học sinh")
        self.may_import = any(
            allowed_somewhere(desk.actor, action) for action in (Action.IMPORT_LIST, Action.IMPORT_RESULTS)
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("Tìm theo tên hoặc mã")
        self.search.setAccessibleName("Tìm học sinh")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(240)
        self.search.textChanged.connect(self._load_pupils)
        self.start_import = self.look.button(
            "Nhập từ Excel…", self.open_import, icon="upload", kind="primary"
        )
        self.head.addWidget(self.search)
        self.head.addWidget(self.start_import)
        self.start_import.setVisible(self.may_import)
        self.classes = ChoiceList(self.look, "Các lớp")
        self.classes.chosen.connect(self._load_pupils)
        self.table: Table[ListedPupil] = Table(self.look, "Học sinh", _columns())
        self.table.opened.connect(self._open)
        self.foot = self.look.label(kind=Type.CAPTION, tone="second")
        self.empty = Empty(
            self.look,
            "Chưa có lớp nào. Trên CSDL ngành: Học sinh › Danh sách › Xuất Excel, rồi nhập tệp đó vào đây.",
        )
        self.imports = ImportPanel(self)
        self.imports.closed.connect(self._close_import)
        self.stack = QStackedWidget()
        for part in (self._list(), self.imports):
            self.stack.addWidget(part)
        self.setFocusProxy(self.classes)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.stack, 1)
        self.empty.hide()

    def _list(self) -> QWidget:
        left, right = frame("panel"), frame("panel")
        left.setFixedWidth(round(_LEFT * self.look.theme.scale))
        for panel, inside in ((left, self.classes), (right, self.table)):
            layout = QVBoxLayout(panel)
            layout.setContentsMargins(1, 1, 1, 1)
            layout.addWidget(inside)
        widget = QWidget()
        panels = QHBoxLayout()
        panels.setSpacing(GAP)
        panels.addWidget(left)
        panels.addWidget(right, 1)
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(panels, 1)
        layout.addWidget(self.foot)
        return widget

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        if "search" in where:
            self.search.setText(where["search"])
        if where.get("import"):
            self.open_import()
        wanted = ALL if "search" in where else where.get("class", "")
        self.read(lambda: verbs.load_classes(self.desk), lambda found: self._show_classes(found, wanted))

    def _show_classes(self, found: tuple[ClassSummary, ...], wanted: str) -> None:
        total = sum(item.pupils for item in found)
        choices = [Choice(ALL, "Tất cả các lớp", f"{len(found)} lớp · {total} học sinh")] if found else []
        choices += [self._choice(item) for item in found]
        self.classes.fill(choices, wanted)
        importing = self.stack.currentWidget() is self.imports
        self.empty.setVisible(not found and not importing)
        self.stack.setVisible(bool(found) or importing)
        self.search.setVisible(bool(found) and not importing)
        if found:
            self._load_pupils()

    def _choice(self, item: ClassSummary) -> Choice:
        sign = STAGE_SIGNS[item.stages.get(Period.CN, Stage.OPEN)]
        return Choice(
            item.name, f"Lớp {item.name}", f"{item.pupils} học sinh", (sign.icon, sign.colour, sign.word)
        )

    def _load_pupils(self) -> None:
        name = "" if self.classes.key == ALL else self.classes.key
        search = self.search.text().strip()
        self.read(lambda: verbs.load_pupils(self.desk, name, search), self._show_pupils)

    def _show_pupils(self, found: tuple[ListedPupil, ...]) -> None:
        self.table.show_rows(found)
        of = "" if self.classes.key == ALL else f" lớp {self.classes.key}"
        words = f"Không có học sinh nào khớp “{self.search.text()}”." if self.search.text() else ""
        self.foot.setText(
            f"{len(found)} học sinh{of} · Enter: mở học bạ" if found else words or "Lớp chưa có học sinh."
        )

    def _open(self, row: int) -> None:
        chosen = self.table.rows_model.rows[row]
        self.go.emit(TRANSCRIPTS, {"class": chosen.class_name, "pupil": chosen.pupil.pupil.code})

    # --- import ---------------------------------------------------------------------------------------

    def open_import(self) -> None:
        """Show the import in place of the list."""
        self.stack.setCurrentWidget(self.imports)
        self.stack.show()
        self.empty.hide()
        self.title.setText("Nhập từ Excel")
        for widget in (self.search, self.start_import):
            widget.hide()
        self.imports.start()

    def _close_import(self) -> None:
        self.stack.setCurrentIndex(0)
        self.title.setText("Lớp và học sinh")
        self.start_import.setVisible(self.may_import)
        self.load({})
        self.classes.setFocus(Qt.FocusReason.OtherFocusReason)
