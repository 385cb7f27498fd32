"""Kiểm tra: classes at the left, what the rules found at the right; the working group approves or returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.records.permissions import Action, allowed, allowed_somewhere
from app.records.programme import field_name, out_of_scope_reason
from app.records.types import Finding, Period, Severity, Stage
from app.ui.checks import verbs
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.screens import RESULTS
from app.ui.states import SEVERITY_SIGNS, STAGE_SIGNS
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.reason import ReasonDialog
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.models.values import ClassSummary
    from app.workflows.gate import StageReport

ALL: Final = "*"
_LEFT: Final = 248
_ABOUT: Final = {
    "awards": "Khen thưởng",
    "birth_date": "Ngày sinh",
    "name": "Họ tên",
    "sex": "Giới tính",
    "code": "Mã học sinh",
    "personal_id": "Số định danh",
    "results": "Kết quả",
    "regime": "Chế độ đánh giá",
    "confirmed": "Xếp loại",
    "completed": "Hoàn thành chương trình",
    "promoted": "Lên lớp",
    "status": "Tình trạng",
    "homeroom_teacher": "GVCN",
    "height_cm": "Chiều cao",
    "weight_kg": "Cân nặng",
    "absent_excused": "Số ngày nghỉ",
    "absent_unexcused": "Số ngày nghỉ",
}


def _columns() -> tuple[Column[Finding], ...]:
    return (
        Column(
            "Mức",
            108,
            lambda row: SEVERITY_SIGNS[row.severity].word,
            sign=lambda row: SEVERITY_SIGNS[row.severity],
        ),
        Column("Lớp", 48, lambda row: row.class_name),
        Column("Học sinh", 164, lambda row: row.pupil),
        Column("Mục", 132, lambda row: _ABOUT.get(row.field, field_name(row.field))),
        Column("Chuyện gì và làm gì tiếp", 0, lambda row: row.message),
    )


class ChecksPage(Page):
    """Findings of the year's end."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Kiểm tra")
        self._checked: verbs.Checked | None = None
        self._wanted = ""
        look = self.look
        self.classes = ChoiceList(look, "Các lớp")
        self.classes.chosen.connect(lambda _: self._show_class())
        self.filters = {severity: self._filter(severity) for severity in Severity}
        self.table: Table[Finding] = Table(look, "Vấn đề tìm thấy", _columns())
        self.table.opened.connect(self._open)
        self.table.pointed.connect(self._show_sentence)
        self.sentence = look.label(wrap=True)
        self.sentence.setMinimumHeight(2 * look.theme.heights.line)
        self.empty = Empty(look, "")
        self.approve = look.button("Duyệt lớp", self._approve, icon="check", kind="primary")
        self.back = look.button("Trả lại…", self._send_back, icon="corner-up-left")
        may = allowed_somewhere(desk.actor, Action.APPROVE)
        for button in (self.back, self.approve):
            self.head.addWidget(button)
            button.setVisible(may)
        self.setFocusProxy(self.classes)
        self._lay_out_lists()

    def _filter(self, severity: Severity) -> QPushButton:
        sign = SEVERITY_SIGNS[severity]
        button = self.look.button(sign.word, self._show_class, icon=sign.icon, kind="filter")
        self.look.set_icon(button, sign.icon, sign.colour)
        button.setCheckable(True)
        button.setChecked(severity is not Severity.NOTE)
        return button

    def _lay_out_lists(self) -> None:
        left, right = frame("panel"), frame("panel")
        left.setFixedWidth(round(_LEFT * self.look.theme.scale))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.classes)
        filters = QHBoxLayout()
        filters.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        filters.setSpacing(GAP_SMALL)
        for button in self.filters.values():
            filters.addWidget(button)
        filters.addStretch(1)
        filters.addWidget(self.look.label("Enter: đến ô trong lớp", Type.CAPTION, "second"))
        self.sentence.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        findings = QVBoxLayout(right)
        findings.setContentsMargins(1, 1, 1, 1)
        findings.setSpacing(GAP_SMALL)
        findings.addLayout(filters)
        findings.addWidget(self.table, 1)
        findings.addWidget(self.empty, 1)
        findings.addWidget(self.sentence)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.body.addWidget(content, 1)

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self._wanted = where.get("class", "")
        self.read(lambda: verbs.run_checks(self.desk), self._show)

    def _show(self, checked: verbs.Checked) -> None:
        self._checked = checked
        counts = checked.report.counts
        self.note.setText(f"Cuối năm học · {counts['classes']} lớp, {counts['pupils']} học sinh")
        by_class: dict[str, Counter[Severity]] = {}
        for finding in checked.report.findings:
            by_class.setdefault(finding.class_name, Counter())[finding.severity] += 1
        shown = [item for item in checked.classes if not self._outside(item)]
        self.classes.fill(
            [
                Choice(ALL, "Tất cả các lớp", _counted(Counter(f.severity for f in checked.report.findings))),
                *(self._choice(item, by_class.get(item.name, Counter())) for item in shown),
            ],
            self._wanted,
        )
        self._show_class()

    def _outside(self, item: ClassSummary) -> bool:
        return out_of_scope_reason(self.desk.school.year, item.grade) is not None

    def _choice(self, item: ClassSummary, counts: Counter[Severity]) -> Choice:
        sign = STAGE_SIGNS[_stage(item)]
        if counts[Severity.ERROR]:
            mark = ("circle-x", "err", str(counts[Severity.ERROR]))
        else:
            mark = (sign.icon, sign.colour, sign.word)
        return Choice(item.name, f"Lớp {item.name}", _counted(counts), mark)

    @property
    def _class(self) -> ClassSummary | None:
        if self._checked is None:
            return None
        return next((item for item in self._checked.classes if item.name == self.classes.key), None)

    def _show_class(self) -> None:
        if self._checked is None:
            return
        name = self.classes.key
        mine = [f for f in self._checked.report.findings if name in (ALL, f.class_name)]
        for severity, button in self.filters.items():
            count = sum(1 for finding in mine if finding.severity is severity)
            button.setText(f"\u2002{SEVERITY_SIGNS[severity].word} {count}")
        order = list(Severity)
        shown = [f for f in mine if self.filters[f.severity].isChecked()]
        shown.sort(key=lambda finding: order.index(finding.severity))
        self.table.show_rows(shown)
        self.table.setVisible(bool(shown))
        self.sentence.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self._say_empty(mine)
        self._show_sentence(0 if shown else -1)
        self._show_buttons()

    def _say_empty(self, mine: list[Finding]) -> None:
        errors = sum(1 for finding in mine if finding.severity is Severity.ERROR)
        where = f"{len(self.classes.keys) - 1} lớp" if self.classes.key == ALL else f"lớp {self.classes.key}"
        if mine and not errors:
            self.empty.say(f"Không còn lỗi trong {where}. {_counted(Counter(f.severity for f in mine))}.")
        elif mine:
            self.empty.say("Các mức đang chọn không có vấn đề nào.")
        else:
            self.empty.say(f"Không còn lỗi, cảnh báo hay gợi ý nào trong {where}.")

    def _show_sentence(self, row: int) -> None:
        rows = self.table.rows_model.rows
        self.sentence.setText(rows[row].message if 0 <= row < len(rows) else "")

    def _show_buttons(self) -> None:
        item = self._class
        stage = _stage(item) if item else None
        can_approve = (
            item is not None
            and stage is Stage.SUBMITTED
            and allowed(self.desk.actor, Action.APPROVE, item.name)
        )
        can_return = (
            item is not None
            and stage is not Stage.OPEN
            and allowed(self.desk.actor, Action.REOPEN, item.name)
        )
        self.approve.setEnabled(can_approve)
        self.back.setEnabled(can_return)
        why = "Chọn một lớp bên trái." if item is None else "Lớp chưa chốt, hoặc đã duyệt rồi."
        self.approve.setToolTip("" if can_approve else why)
        words = f"Duyệt lớp {item.name}" if item else "Duyệt lớp"
        self.approve.setText(f"\u2002{words}")
        self.approve.setAccessibleName(words)
        self.back.setToolTip("" if can_return else "Chỉ trả lại lớp đã chốt hoặc đã duyệt.")

    # --- acting ---------------------------------------------------------------------------------------

    def _open(self, row: int) -> None:
        finding = self.table.rows_model.rows[row]
        self.go.emit(
            RESULTS,
            {"class": finding.class_name, "pupil": finding.pupil_code, "field": finding.field},
        )

    def _approve(self) -> None:
        name = self.classes.key
        self.perform(lambda _: verbs.approve(self.desk, name), self._moved, title=f"Đang duyệt lớp {name}")

    def _send_back(self) -> None:
        name = self.classes.key
        dialog = ReasonDialog(
            self.look,
            f"Trả lại lớp {name}",
            "Lớp mở lại để sửa. GVCN đọc được lý do này.",
            "Trả lại lớp",
            self,
        )
        approved = self._class is not None and _stage(self._class) is Stage.APPROVED
        dialog.accepted.connect(lambda: self._return(name, dialog.reason, approved))
        dialog.open()

    def _return(self, name: str, reason: str, approved: bool) -> None:
        self.perform(
            lambda _: verbs.send_back(self.desk, name, reason, approved=approved),
            self._moved,
            title=f"Đang trả lại lớp {name}",
        )

    def _moved(self, report: StageReport) -> None:
        names = ", ".join(sorted(report.changes.ids))
        words = {
            Stage.APPROVED: f"Đã duyệt lớp {names}. Bước tiếp theo: tạo học bạ.",
            Stage.OPEN: f"Đã trả lại lớp {names}. GVCN sửa rồi chốt lại.",
        }
        self.banner.tell("done", words.get(report.stage, ""))


def _stage(item: ClassSummary) -> Stage:
    return item.stages.get(Period.CN, Stage.OPEN)


def _counted(counts: Counter[Severity]) -> str:
    parts = [f"{counts[s]} {SEVERITY_SIGNS[s].word.lower()}" for s in Severity if counts[s]]
    return " · ".join(parts) or "Không có vấn đề"
