"""Đánh giá trong hè: whom it concerns, the new values, handing in, approval, and the principal's decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.records.codes import SUMMER_STAGE_TEXT, YEAR_CLASS_TEXT
from app.records.permissions import Action, allowed
from app.records.programme import SUBJECT_NAMES, field_name
from app.records.summer import awaited, codes_of, is_candidate
from app.records.types import SummerStage
from app.ui.checks import summer_verbs as verbs
from app.ui.checks.decision import DecisionDialog
from app.ui.look import frame
from app.ui.states import Sign
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.reason import ReasonDialog
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.decision import DecisionReport
    from app.workflows.summer_list import SummerPupil, SummerReport

_RIGHT: Final = 380
_DAY: Final = "date"
_CANDIDATE: Final = Sign("circle", "Chưa vào danh sách", "primary", "tint")
_SIGNS: Final = {
    SummerStage.LISTED: Sign("pen-line", SUMMER_STAGE_TEXT[SummerStage.LISTED], "primary", "tint"),
    SummerStage.SUBMITTED: Sign("lock", SUMMER_STAGE_TEXT[SummerStage.SUBMITTED], "primary", "tint"),
    SummerStage.APPROVED: Sign("check", SUMMER_STAGE_TEXT[SummerStage.APPROVED], "ok", "ok_bg"),
}


def sign_of(item: SummerPupil) -> Sign:
    """How far the assessment of a pupil is."""
    stage = item.case.stage
    return _CANDIDATE if stage is None else _SIGNS[stage]


def value_of(item: SummerPupil, cell: str) -> str:
    """A new value as it was entered; empty when there is none."""
    found = item.assessment
    if found is None:
        return ""
    if cell == _DAY:
        return f"{found.assessed_on:%d/%m/%Y}" if found.assessed_on else ""
    code, _, part = cell.partition(".")
    result: object = found.subjects.get(code) or found.traits.get(code)
    value = getattr(result, part, None)
    return "" if value is None else str(value)


def cells_of(item: SummerPupil) -> tuple[str, ...]:
    """What is entered for a pupil: the day, what is assessed again, and a comment for each of it."""
    found = item.assessment
    done = (*found.subjects, *found.traits) if found else ()
    codes = dict.fromkeys((*codes_of(item.to_assess), *done))
    cells = [_DAY]
    for code in codes:
        cells += [cell for cell in item.to_assess if cell.startswith(f"{code}.")]
        cells.append(f"{code}.comment")
    return tuple(cells)


def _day(item: SummerPupil) -> str:
    return value_of(item, _DAY)


class SummerPanel(QWidget):
    """The list at the left, the pupil at the right; `stale` once something changed since it was read."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.stale = True
        self._page = page
        self._desk = page.desk
        self._found = verbs.Summer((), {})
        look = page.look
        self.table: Table[SummerPupil] = Table(
            look,
            "Học sinh đánh giá trong hè",
            (
                Column("Lớp", 48, lambda row: row.case.klass.name),
                Column("Học sinh", 168, lambda row: row.case.name),
                Column("Trạng thái", 192, lambda row: sign_of(row).word, sign=sign_of),
                Column("Ngày", 92, _day, optional=True),
                Column("Đánh giá lại", 0, _subjects),
                Column("Đề nghị", 160, lambda row: YEAR_CLASS_TEXT[row.proposed] if row.proposed else ""),
            ),
        )
        self.empty = Empty(look, "Không có em nào thuộc diện đánh giá bổ sung trong hè.")
        self.name = look.label(kind=Type.SECTION)
        self.chip = Chip(look)
        self.note = look.label(tone="second", wrap=True)
        self.fields: dict[str, QLineEdit] = {}
        self.add = look.button("Đưa vào danh sách", partial(self._step, verbs.add, "Đã đưa vào danh sách"))
        self.submit = look.button("Gửi duyệt", partial(self._step, verbs.submit, "Đã gửi Tổ công tác duyệt"))
        self.approve = look.button(
            "Duyệt kết quả", partial(self._step, verbs.approve, "Đã duyệt, kết quả cuối năm đã đổi theo")
        )
        self.back = look.button("Trả lại…", partial(self._ask, "Trả lại", verbs.send_back))
        self.remove = look.button("Bỏ khỏi danh sách…", partial(self._ask, "Bỏ khỏi danh sách", verbs.remove))
        self.decide = look.button("Quyết định lên lớp…", self._decide)
        self.table.pointed.connect(lambda _: self._show_pupil())
        self.setFocusProxy(self.table)
        self._lay_out()

    def _lay_out(self) -> None:
        left, right = frame("panel"), frame("panel")
        right.setFixedWidth(round(_RIGHT * self._page.look.theme.scale))
        listed = QVBoxLayout(left)
        listed.setContentsMargins(1, 1, 1, 1)
        listed.addWidget(self.table, 1)
        listed.addWidget(self.empty, 1)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        inside = QWidget()
        inside.setLayout(self._form)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        for ground in (inside, scroll.viewport()):
            ground.setAutoFillBackground(False)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.chip)
        pupil = QVBoxLayout(right)
        pupil.setContentsMargins(GAP, GAP, GAP, GAP)
        pupil.setSpacing(GAP_SMALL)
        pupil.addLayout(head)
        pupil.addWidget(self.note)
        pupil.addWidget(scroll, 1)
        for buttons in (
            (self.add, self.submit, self.approve),
            (self.back, self.remove, self.decide),
        ):
            row = QHBoxLayout()
            row.setSpacing(GAP_SMALL)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            pupil.addLayout(row)
        self._right = right
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(left, 1)
        layout.addWidget(right)

    # --- showing --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the list anew."""
        self.stale = False
        self._desk.runner.run(
            Lane.WORK,
            lambda _: verbs.load(self._desk),
            owner=self,
            done=self._take,
            failed=self._page.tell_error,
        )

    def _take(self, found: verbs.Summer) -> None:
        before = self.table.row
        self._found = found
        keys = [item.case.entry.key for item in found.pupils]
        key = before.case.entry.key if before else 0
        self.table.show_rows(found.pupils, keys.index(key) if key in keys else 0)
        some = bool(found.pupils)
        self.table.setVisible(some)
        self._right.setVisible(some)
        self.empty.setVisible(not some)
        self._show_pupil()

    def _show_pupil(self) -> None:
        item = self.table.row
        if item is None:
            return
        self.name.setText(f"{item.case.name} · {item.case.klass.name}")
        self.chip.show_sign(sign_of(item))
        self.note.setText(self._note(item))
        self._show_fields(item)
        self._show_buttons(item)

    def _note(self, item: SummerPupil) -> str:
        outcome = item.case.entry.outcome
        if outcome.decision:
            word = "được lên lớp" if outcome.promoted else "chưa được lên lớp"
            return f"{outcome.decision}: {word}."
        if item.live is not None and item.assessment is not None:
            return f"Học bạ bản {item.live.version} còn giá trị. Thu hồi rồi tạo bản mới sau khi duyệt."
        if item.missing:
            return f"Còn thiếu: {'; '.join(self._found.labels[cell] for cell in item.missing)}."
        return ""

    def _show_fields(self, item: SummerPupil) -> None:
        """One field for each new value; each is stored as it is left."""
        focus = next((name for name, field in self.fields.items() if field.hasFocus()), "")
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {}
        open_now = item.case.stage is SummerStage.LISTED
        for cell in cells_of(item) if item.case.stage is not None else ():
            label = "Ngày đánh giá" if cell == _DAY else self._label(cell)
            field = QLineEdit(value_of(item, cell))
            field.setAccessibleName(label)
            field.setReadOnly(not (open_now and self._may_enter(item, cell)))
            field.editingFinished.connect(partial(self._store, item, cell, field))
            self.fields[cell] = field
            self._form.addRow(label, field)
        if focus in self.fields:
            self.fields[focus].setFocus()

    def _label(self, cell: str) -> str:
        words = self._found.labels.get(cell) or f"nhận xét {field_name(cell.partition('.')[0])}"
        return words[:1].upper() + words[1:]

    def _may_enter(self, item: SummerPupil, cell: str) -> bool:
        code = cell.partition(".")[0]
        subject = code if code in SUBJECT_NAMES else None
        return allowed(self._desk.actor, Action.SUMMER, item.case.klass.name, subject)

    def _show_buttons(self, item: SummerPupil) -> None:
        actor, name, stage = self._desk.actor, item.case.klass.name, item.case.stage
        may, may_approve = (allowed(actor, action, name) for action in (Action.SUMMER, Action.APPROVE))
        whole = not item.missing and bool(_day(item))
        shown: tuple[tuple[QPushButton, bool, str], ...] = (
            (self.add, may and stage is None, ""),
            (
                self.submit,
                may and stage is SummerStage.LISTED,
                "" if whole else "Nhập đủ ngày và kết quả mới trước.",
            ),
            (self.remove, may and stage is SummerStage.LISTED, ""),
            (self.approve, may_approve and stage is SummerStage.SUBMITTED, ""),
            (self.back, may_approve and stage is SummerStage.SUBMITTED, ""),
            (self.decide, allowed(actor, Action.DECIDE, name) and self._undecided(item), ""),
        )
        for button, visible, why_not in shown:
            button.setVisible(visible)
            button.setEnabled(not why_not)
            button.setToolTip(why_not)

    @staticmethod
    def _undecided(item: SummerPupil) -> bool:
        """Who still has not completed the grade is for the principal to decide."""
        return is_candidate(item.case.klass, item.case.entry) and not awaited(item.case.entry)

    # --- acting ---------------------------------------------------------------------------------------

    def _store(self, item: SummerPupil, cell: str, field: QLineEdit) -> None:
        text = field.text().strip()
        if field.isReadOnly() or text == value_of(item, cell):
            return
        code = _code(item)
        self._page.perform(
            lambda _: verbs.set_value(self._desk, code, cell, text),
            lambda report: self._page.banner.hide(),
            title="Đang ghi kết quả trong hè",
        )

    def _step(self, verb: Callable[..., SummerReport], words: str) -> None:
        item = self.table.row
        if item is None:
            return
        code = _code(item)
        self._page.perform(
            lambda _: verb(self._desk, code),
            partial(self._told, words=f"{item.case.name}: {words[0].lower()}{words[1:]}."),
            title=f"Đang ghi: {item.case.name}",
        )

    def _ask(self, title: str, verb: Callable[..., SummerReport]) -> None:
        item = self.table.row
        if item is None:
            return
        name, code = item.case.name, _code(item)
        dialog = ReasonDialog(self._page.look, title, f"Em {name}. Lý do được giữ lại.", title, self._page)

        def agreed() -> None:
            reason = dialog.reason
            self._page.perform(
                lambda _: verb(self._desk, code, reason),
                partial(self._told, words=f"{name}: đã {title[0].lower()}{title[1:]}."),
                title=f"Đang ghi: {name}",
            )

        dialog.accepted.connect(agreed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _told(self, report: SummerReport, words: str) -> None:
        self._page.banner.tell("warning" if report.notes else "done", " ".join((words, *report.notes)))

    def _decide(self) -> None:
        item = self.table.row
        if item is None:
            return
        code = _code(item)
        dialog = DecisionDialog(self._page.look, item.case.name, self._page)

        def told(report: DecisionReport) -> None:
            word = "được lên lớp" if report.promoted else "chưa được lên lớp"
            words = f"{item.case.name} {word} theo {report.decision}."
            self._page.banner.tell("warning" if report.notes else "done", " ".join((words, *report.notes)))

        def agreed() -> None:
            number, day, promote = dialog.number.text(), dialog.day, dialog.promote.isChecked()
            self._page.perform(
                lambda _: verbs.decide(self._desk, code, number, day, promote=promote),
                told,
                title=f"Đang ghi quyết định: {item.case.name}",
            )

        dialog.accepted.connect(agreed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _subjects(item: SummerPupil) -> str:
    return ", ".join(field_name(code) for code in codes_of(item.to_assess))


def _code(item: SummerPupil) -> str:
    pupil = item.case.entry.pupil
    return pupil.code or pupil.personal_id or pupil.vnedu_code
