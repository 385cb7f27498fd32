"""Trường: how the school is named from which day on, its code, and the milestones of the year's plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from app.records.calendar import Milestone
from app.records.places import Named
from app.records.types import School
from app.ui.desk import Desk
from app.ui.firstrun.form import Field, Form
from app.ui.settings import verbs
from app.ui.settings.dialogs import FormDialog, day_text, read_day
from app.ui.settings.flow import flowing
from app.ui.settings.least import LeastWidth
from app.ui.settings.panel import Panel
from app.ui.widgets.table import Column, Table

NOT_A_DAY: Final = "Ngày chưa đúng. Gõ như 01/07/2025."
_FIELDS: Final = (
    Field("day", "Từ ngày", "01/07/2025"),
    Field("name", "Tên trường"),
    Field("commune", "Xã, phường"),
    Field("district", "Huyện, quận", "Để trống nếu không còn cấp huyện", optional=True),
    Field("province", "Tỉnh, thành phố"),
    Field("body", "Cơ quan quản lý", "Để trống nếu không in", optional=True),
)


def _name_columns() -> tuple[Column[Named], ...]:
    return (
        Column("Từ ngày", 104, lambda row: day_text(row[0]) if row[0] else "Từ đầu"),
        Column("Tên trường", 0, lambda row: row[1].name),
        Column("Xã, phường", 124, lambda row: row[1].commune),
        Column("Huyện, quận", 104, lambda row: row[1].district, optional=True),
        Column("Tỉnh, thành phố", 124, lambda row: row[1].province),
        Column("Cơ quan quản lý", 150, lambda row: row[1].body, optional=True),
    )


def _plan_columns() -> tuple[Column[Milestone], ...]:
    return (
        Column("Mốc", 0, lambda row: row.name),
        Column("Từ ngày", 110, lambda row: day_text(row.begins) if row.begins else ""),
        Column("Đến hết ngày", 120, lambda row: day_text(row.ends)),
    )


class SchoolPanel(Panel):
    """Every change is kept at once; old transcripts keep the names of their year."""

    kinds = frozenset({"settings", "milestones"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Trường")
        look = self.look
        self._facts: verbs.SchoolFacts | None = None
        self.names: Table[Named] = Table(look, "Tên trường theo thời gian", _name_columns())
        LeastWidth(look.theme, self.names, 1, 200)
        self.plan: Table[Milestone] = Table(look, "Các mốc của năm học", _plan_columns())
        self.plan.opened.connect(lambda _: self._ask_milestone())
        self.rename = look.button("Đặt tên từ một ngày…", self._ask_names, icon="pen-line")
        self.take_back = look.button("Bỏ tên này", self._forget)
        self.code = look.button("Đổi mã trường…", self._ask_code)
        self.names.pointed.connect(lambda _: self._look())
        self.redate = look.button("Đổi ngày…", self._ask_milestone, icon="calendar-days")
        column = self.scrolling()
        column.addWidget(self.head_line("Tên trường và địa danh"))
        note = "Học bạ lấy tên của ngày cuối năm học đó, nên đổi tên bây giờ không sửa học bạ cũ."
        column.addWidget(look.label(note, tone="second", wrap=True))
        column.addWidget(self.names)
        column.addWidget(flowing(self.rename, self.take_back, self.code))
        self.plan_title = self.head_line("Các mốc của năm học")
        column.addWidget(self.plan_title)
        column.addWidget(self.plan, 1)
        column.addWidget(flowing(self.redate))
        for table, rows in ((self.names, 3), (self.plan, 6)):
            table.setProperty("frame", "panel")
            heights = look.theme.heights
            table.setMinimumHeight(heights.head + rows * heights.row + 4)
        self.names.setMaximumHeight(look.theme.heights.head + 4 * look.theme.heights.row)

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.school(self.desk), self._show)

    def _show(self, facts: verbs.SchoolFacts) -> None:
        self._facts = facts
        chosen = self.plan.currentIndex().row()
        self.names.show_rows(facts.names, len(facts.names) - 1)
        self.plan.show_rows(facts.milestones, max(0, chosen))
        self.note.setText(f"Mã trường {facts.names[0][1].code}")
        self.plan_title.setText(f"Các mốc của năm học {facts.year.replace('-', '–')}")
        self._look()

    def _look(self) -> None:
        row = self.names.row
        removable = row is not None and row[0] is not None
        self.take_back.setEnabled(removable)
        self.take_back.setToolTip("" if removable else "Tên từ đầu luôn phải có.")

    # --- names ----------------------------------------------------------------------------------------

    def _ask_names(self) -> None:
        if self._facts is None:
            return
        now = self._facts.names[-1][1]
        dialog = FormDialog(
            self.look,
            "Đặt tên từ một ngày",
            "Trước ngày này trường vẫn mang tên cũ. Sửa những chỗ đã đổi, giữ nguyên phần còn lại.",
            _FIELDS,
            "Lưu tên",
            self,
            check=lambda form: "" if read_day(form.text("day")) else NOT_A_DAY,
        )
        dialog.fill(
            day=day_text(datetime.now().astimezone().date()),
            **{field.key: getattr(now, field.key) for field in _FIELDS[1:]},
        )
        dialog.accepted.connect(lambda: self._name(dialog.form))
        dialog.open()

    def _name(self, form: Form) -> None:
        day = read_day(form.text("day"))
        if day is None or self._facts is None:
            return
        before = dict(self._facts.names).get(day)
        given = {field.key: form.text(field.key) for field in _FIELDS[1:]}
        self.change(
            lambda: verbs.set_names(self.desk, day, given),
            f"Từ {day_text(day)}: {given['name']}, {given['commune']}, {given['province']}.",
            undo=lambda: self._name_back(day, before),
        )

    def _name_back(self, day: date, before: School | None) -> object:
        if before is None:
            return verbs.forget_names(self.desk, day)
        return verbs.set_names(self.desk, day, {f.key: getattr(before, f.key) for f in _FIELDS[1:]})

    def _forget(self) -> None:
        row = self.names.row
        if row is None or row[0] is None:
            return
        day, before = row[0], row[1]
        self.change(
            lambda: verbs.forget_names(self.desk, day),
            f"Đã bỏ tên từ {day_text(day)}. Tên trước đó lại dùng tiếp.",
            undo=lambda: self._name_back(day, before),
        )

    def _ask_code(self) -> None:
        if self._facts is None:
            return
        old = self._facts.names[0][1].code
        dialog = FormDialog(
            self.look,
            "Đổi mã trường",
            "Mã của trường trong CSDL ngành. Chỉ đổi được khi chưa tạo học bạ nào.",
            (Field("code", "Mã trường"),),
            "Đổi mã",
            self,
        )
        dialog.fill(code=old)
        dialog.accepted.connect(lambda: self._set_code(old, dialog.form.text("code")))
        dialog.open()

    def _set_code(self, old: str, new: str) -> None:
        self.change(
            lambda: verbs.set_code(self.desk, new),
            f"Mã trường là {new}.",
            undo=lambda: verbs.set_code(self.desk, old),
        )

    # --- milestones -----------------------------------------------------------------------------------

    def _ask_milestone(self) -> None:
        row = self.plan.row
        if row is None:
            return
        dialog = FormDialog(
            self.look,
            row.name,
            "Ngày cuối của mốc này, hiện ở Tổng quan của mọi người.",
            (Field("day", "Đến hết ngày", "20/06/2024"),),
            "Đổi ngày",
            self,
            check=lambda form: "" if read_day(form.text("day")) else NOT_A_DAY,
        )
        dialog.fill(day=day_text(row.ends))
        dialog.accepted.connect(lambda: self._move(row, read_day(dialog.form.text("day"))))
        dialog.open()

    def _move(self, row: Milestone, day: date | None) -> None:
        if day is None:
            return
        self.change(
            lambda: verbs.set_milestone(self.desk, row.code, day),
            f"{row.name}: đến hết ngày {day_text(day)}.",
            undo=lambda: verbs.set_milestone(self.desk, row.code, row.ends),
        )
