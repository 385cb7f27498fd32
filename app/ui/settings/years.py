"""Năm học: the years and how far they are, the year worked in, the roll-over to the next and its undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.ui.desk import Desk
from app.ui.settings import years_verbs as verbs
from app.ui.settings.flow import flowing
from app.ui.settings.panel import Panel
from app.ui.settings.years_wizard import Wizard, shown_year
from app.ui.states import Sign
from app.ui.theme import GAP, GAP_SMALL
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.years import RollOverReport, Undoable, UndoReport, YearInfo

_ACTIVE = Sign("check", "Đang dùng", "ok", "ok_bg")
_ROWS = range(2, 7)
"""Rows in sight."""
_TITLE = "Năm học"


def _columns() -> tuple[Column[YearInfo], ...]:
    return (
        Column("Năm học", 120, lambda row: shown_year(row.name), bold=True),
        Column("Lớp", 72, lambda row: str(row.classes), right=True),
        Column("Học sinh", 96, lambda row: str(row.pupils), right=True),
        Column("Học bạ đã phát hành", 168, lambda row: str(row.sealed), right=True),
        Column(
            "Trạng thái",
            0,
            lambda row: "Cả trường đang làm việc" if row.active else "",
            sign=lambda row: _ACTIVE if row.active else None,
        ),
    )


class YearsPanel(Panel):
    """The list, and in its place the plan of the roll-over."""

    kinds: ClassVar[frozenset[str]] = frozenset({"years", "classes", "results", "settings", "transcripts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _TITLE)
        look = self.look
        self._undoable: Undoable | None = None
        self.years: Table[YearInfo] = Table(look, "Các năm học", _columns())
        self.years.setProperty("frame", "panel")
        self.years.pointed.connect(lambda _: self._show_buttons())
        self.use = look.button("Làm việc ở năm học này", self._use)
        self.roll = look.button(
            "Chuyển lên năm học mới…", self._open_wizard, icon="arrow-right", kind="primary"
        )
        self.last = look.label(wrap=True)
        self.undo = look.button("Hoàn tác chuyển năm", self._undo, kind="danger")
        self.hint = look.label(tone="second", wrap=True)
        self.wizard = Wizard(self)
        self.wizard.closed.connect(self._show_list)
        self.wizard.done.connect(self._rolled)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list())
        self._stack.addWidget(self.wizard)
        self.body.addWidget(self._stack, 1)
        self.setFocusProxy(self.years)

    def _list(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        about = (
            "Năm học đang dùng là năm mọi người thấy khi đăng nhập. "
            "Xem lại năm cũ thì chọn năm ở góc trên, bên trái."
        )
        column.addWidget(self.look.label(about, tone="second", wrap=True))
        column.addWidget(self.years)
        column.addWidget(flowing(self.roll, self.use))
        column.addSpacing(GAP_SMALL)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.last, 1)
        row.addWidget(self.undo)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addStretch(1)
        return holder

    @property
    def planning(self) -> bool:
        """True while the plan is in front."""
        return self._stack.currentWidget() is self.wizard

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        if self.planning:
            self.wizard.read()
        else:
            self.read(lambda: verbs.known(self.desk), self._show)

    def _show(self, found: verbs.Known) -> None:
        chosen = self.years.row.name if self.years.row else ""
        names = [one.name for one in found.years]
        heights = self.look.theme.heights
        rows = min(max(len(names), _ROWS.start), _ROWS.stop - 1)
        self.years.setFixedHeight(heights.head + rows * heights.row + 2)
        active = next((place for place, one in enumerate(found.years) if one.active), 0)
        self.years.show_rows(found.years, names.index(chosen) if chosen in names else active)
        self._undoable = found.undoable
        self._show_undo()
        self._show_buttons()

    def _show_undo(self) -> None:
        last = self._undoable
        for widget in (self.last, self.undo, self.hint):
            widget.setVisible(last is not None)
        if last is None:
            return
        self.last.setText(f"{last.title}, lúc {last.at:%H:%M ngày %d/%m/%Y}.")
        self.undo.setEnabled(not last.hindered)
        why = messages.text("years.used", {"year": last.to, "found": last.hindered})
        does = f"Hoàn tác bỏ {last.pupils} chỗ học và {last.classes} lớp đã tạo, không đụng đến năm học cũ."
        self.undo.setToolTip(why if last.hindered else does)
        self.hint.setText(why if last.hindered else does)

    def _show_buttons(self) -> None:
        year = self.years.row
        other = year is not None and not year.active
        self.use.setEnabled(other)
        self.use.setToolTip("" if other else "Cả trường đang làm việc ở năm học này rồi.")

    # --- acting ---------------------------------------------------------------------------------------

    def _use(self) -> None:
        year = self.years.row
        before = next((one.name for one in self.years.rows_model.rows if one.active), "")
        if year is None:
            return
        desk, wanted = self.desk, year.name
        self.change(
            lambda: verbs.set_active(desk, wanted),
            f"Từ giờ cả trường làm việc ở năm học {shown_year(wanted)}.",
            undo=lambda: verbs.set_active(desk, before),
        )

    def _open_wizard(self) -> None:
        self.banner.hide()
        self.title.setText("Chuyển lên năm học mới")
        self._stack.setCurrentWidget(self.wizard)
        self.wizard.begin()
        self.wizard.focus_first()

    def _show_list(self) -> None:
        self.title.setText(_TITLE)
        self._stack.setCurrentIndex(0)
        self.load({})
        self.years.setFocus()

    def _rolled(self, report: RollOverReport) -> None:
        self._show_list()
        left = f" {len(report.left_out)} em chưa quyết định, chuyển nốt sau." if report.left_out else ""
        self.banner.tell(
            "done",
            f"Đã chuyển {report.pupils} học sinh sang năm học {shown_year(report.to)}, "
            f"tạo {report.classes} lớp.{left} Bản sao lưu trước khi chuyển: {report.backup.name}.",
        )

    def _undo(self) -> None:
        self.perform(lambda _: verbs.undo(self.desk), self._undone, title="Đang hoàn tác chuyển năm")

    def _undone(self, report: UndoReport) -> None:
        self.banner.tell("done", f"Đã hoàn tác: {report.undone.title}. Năm học cũ vẫn nguyên.")

    # --- what a job ends with -------------------------------------------------------------------------

    def tell_error(self, error: UserError) -> None:
        """The plan may be old by now: it is made anew, and the button comes back."""
        super().tell_error(error)
        self.wizard.wait_over()
        if self.planning and error.code == "years.stale":
            self.wizard.read()

    def _stopped(self) -> None:
        self.banner.tell("note", "Đã dừng, chưa chuyển em nào.")
        self.wizard.wait_over()
