"""What a person does with findings and with a class: let stand, suggest, answer, approve, return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from app.records.permissions import Action, allowed, allowed_somewhere
from app.records.types import Finding, Period, Severity, Stage
from app.ui.checks import verbs
from app.ui.checks.dialogs import ReturnDialog
from app.ui.checks.sift import REMARK
from app.ui.checks.table import about
from app.ui.icons import GAP as ICON_GAP
from app.ui.tasks import Lane
from app.ui.widgets.page import Page
from app.ui.widgets.reason import ReasonDialog

if TYPE_CHECKING:
    from app.models.values import RemarkRecord
    from app.workflows.gate import StageReport
    from app.workflows.kept import ClassState
    from app.workflows.remarks import ResolveReport, SuggestReport

_NOTHING: Final = "Chọn ít nhất một dòng."


class Acts(QObject):
    """The buttons and what they start; `show` tells them what is in sight."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        look, actor = page.look, page.desk.actor
        self._page = page
        self._desk = page.desk
        self._chosen: tuple[Finding, ...] = ()
        self._state: ClassState | None = None
        self._period = Period.CN
        self.waive = look.button("Bỏ qua có lý do…", self._settle, small=True)
        self.suggest = look.button("Gợi ý sửa…", self._suggest, small=True)
        self.answer = look.button("Trả lời…", self._answer, small=True)
        self.back = look.button("Trả lại…", self.ask_return, icon="corner-up-left")
        self.approve = look.button("Duyệt lớp", self._approve, icon="check", kind="primary")
        for button, action in (
            (self.waive, Action.ACCEPT),
            (self.answer, Action.EDIT),
            *((button, Action.APPROVE) for button in (self.suggest, self.back, self.approve)),
        ):
            if not allowed_somewhere(actor, action):  # shown without a parent it would be a window
                button.hide()
        page.banner.action.setAutoDefault(True)  # Enter answers the question of the key D

    def show(self, chosen: Sequence[Finding], state: ClassState | None, period: Period) -> None:
        """Enable what can be done with these findings and this class; the others say why not."""
        self._chosen, self._state, self._period = tuple(chosen), state, period
        settled = bool(chosen) and all(item.accepted is not None for item in chosen)
        _name(self.waive, "Thôi bỏ qua…" if settled else "Bỏ qua có lý do…")
        _allow(self.waive, self._why_not_settle())
        _allow(self.suggest, self._why_not_suggest())
        _allow(self.answer, self._why_not_answer())
        name = state.summary.name if state else ""
        _name(self.approve, f"Duyệt lớp {name}".strip())
        _allow(self.approve, self.why_not_approve(), "Phím D")
        _allow(self.back, self.why_not_return(), "Phím R")

    @property
    def _stage(self) -> Stage:
        state = self._state
        return state.summary.stages.get(self._period, Stage.OPEN) if state else Stage.OPEN

    # --- why not --------------------------------------------------------------------------------------

    def _why_not_settle(self) -> str:
        if not self._chosen:
            return _NOTHING
        kinds = {item.accepted is not None for item in self._chosen}
        if len(kinds) > 1:
            return "Chọn riêng cảnh báo chưa bỏ qua, hoặc riêng cảnh báo đã bỏ qua."
        if any(item.severity is Severity.ERROR for item in self._chosen):
            return "Lỗi thì phải sửa, không bỏ qua được."
        if any(item.severity is Severity.NOTE for item in self._chosen):
            return "Gợi ý không chặn việc gì nên không cần bỏ qua."
        if any(item.rule == REMARK for item in self._chosen):
            return "Nhắc nhở thì trả lời, không bỏ qua được."
        return ""

    def _why_not_suggest(self) -> str:
        if len(self._chosen) != 1:
            return "Chọn một dòng."
        if self._chosen[0].rule == REMARK:
            return "Dòng này đã là nhắc nhở của Tổ công tác."
        return ""

    def _why_not_answer(self) -> str:
        if len(self._chosen) != 1 or self._chosen[0].rule != REMARK:
            return "Chọn một nhắc nhở của Tổ công tác."
        finding = self._chosen[0]
        if not allowed(self._desk.actor, Action.EDIT, finding.class_name):
            return "GVCN hoặc giáo viên dạy môn này trả lời."
        return ""

    def why_not_approve(self) -> str:
        """Empty when the class can be approved now."""
        state = self._state
        if state is None:
            return "Chọn một lớp bên trái."
        if not allowed(self._desk.actor, Action.APPROVE, state.summary.name):
            return "Chỉ Tổ công tác và Ban giám hiệu duyệt lớp."
        return {
            Stage.OPEN: "Lớp chưa chốt. GVCN chốt lớp rồi mới duyệt.",
            Stage.APPROVED: "Lớp đã duyệt rồi.",
        }.get(self._stage, "")

    def why_not_return(self) -> str:
        """Empty when the class can be returned now."""
        state = self._state
        if state is None:
            return "Chọn một lớp bên trái."
        action = Action.REOPEN if self._stage is Stage.APPROVED else Action.APPROVE
        if not allowed(self._desk.actor, action, state.summary.name):
            return "Chỉ Tổ công tác và Ban giám hiệu trả lại lớp."
        return "Chỉ trả lại lớp đã chốt hoặc đã duyệt." if self._stage is Stage.OPEN else ""

    # --- findings -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        chosen, period = self._chosen, self._period
        stand = chosen[0].accepted is None
        what = f"{len(chosen)} cảnh báo" if len(chosen) > 1 else f"cảnh báo: {chosen[0].message}"
        title = "Bỏ qua có lý do" if stand else "Thôi bỏ qua"
        dialog = ReasonDialog(
            self._page.look,
            title,
            f"{'Bỏ qua' if stand else 'Tính lại'} {what} Lý do và tên người ghi được giữ lại.",
            title,
            self._page,
        )
        _open(dialog, lambda reason: self._settled(chosen, period, reason, stand=stand))

    def _settled(self, chosen: Sequence[Finding], period: Period, reason: str, *, stand: bool) -> None:
        self._page.perform(
            lambda _: verbs.settle(self._desk, chosen, period, reason, stand=stand),
            lambda done: self._tell_settled(done, stand=stand),
            title="Đang ghi lý do",
        )

    def _tell_settled(self, done: verbs.Settled, *, stand: bool) -> None:
        words = (
            f"Đã bỏ qua {done.count} cảnh báo, có lý do. Xem lại bằng nút Đã bỏ qua."
            if stand
            else f"Đã tính lại {done.count} cảnh báo."
        )
        self._page.banner.tell("done", words)

    def _suggest(self) -> None:
        finding, period = self._chosen[0], self._period
        who = finding.pupil or f"lớp {finding.class_name}"
        dialog = ReasonDialog(
            self._page.look,
            "Gợi ý sửa",
            f"{who}{', ' + about(finding) if finding.field else ''}. Người phụ trách đọc rồi trả lời.",
            "Gửi gợi ý",
            self._page,
            name="Cần sửa gì",
        )

        def told(report: SuggestReport) -> None:
            self._page.banner.tell("done", f"Đã gửi {report.made} gợi ý tới lớp {finding.class_name}.")

        _open(
            dialog,
            lambda words: self._page.perform(
                lambda _: verbs.suggest(self._desk, finding, period, words), told, title="Đang gửi gợi ý"
            ),
        )

    def _answer(self) -> None:
        finding, period = self._chosen[0], self._period
        self._desk.runner.run(
            Lane.WORK,
            lambda _: verbs.open_remarks(self._desk, finding.class_name, period),
            owner=self,
            done=lambda found: self._ask_answer(finding, found),
            failed=self._page.tell_error,
        )

    def _ask_answer(self, finding: Finding, found: Sequence[RemarkRecord]) -> None:
        remark = next((item for item in found if _is(item, finding)), None)
        if remark is None:
            self._page.banner.tell("note", "Nhắc nhở này vừa được trả lời.")
            return
        number = remark.id
        dialog = ReasonDialog(
            self._page.look,
            "Trả lời nhắc nhở",
            f"{finding.pupil or 'Lớp ' + finding.class_name}: “{remark.content}”. Trả lời xong thì đóng lại.",
            "Gửi trả lời",
            self._page,
            name="Trả lời",
        )

        def told(_: ResolveReport) -> None:
            self._page.banner.tell("done", "Đã trả lời. Tổ công tác đọc được câu trả lời này.")

        _open(
            dialog,
            lambda words: self._page.perform(
                lambda _: verbs.answer(self._desk, number, words), told, title="Đang ghi trả lời"
            ),
        )

    # --- the class ------------------------------------------------------------------------------------

    def ask_approve(self) -> None:
        """The key D: nothing happens before Enter."""
        why = self.why_not_approve()
        if why or self._state is None:
            self._page.banner.tell("note", why)
            return
        name = self._state.summary.name
        self._page.banner.tell(
            "note",
            f"Duyệt lớp {name}? Bấm Enter để duyệt, Esc để thôi.",
            action=f"Duyệt lớp {name}",
            do=self._approve,
        )
        self._page.banner.action.setFocus()

    def _approve(self) -> None:
        if self._state is None:
            return
        name, period = self._state.summary.name, self._period
        self._page.setFocus()
        self._page.perform(
            lambda _: verbs.approve(self._desk, name, period), self._moved, title=f"Đang duyệt lớp {name}"
        )

    def ask_return(self) -> None:
        """Ask why the class goes back, and which findings go along; those chosen are ticked."""
        why = self.why_not_return()
        if why or self._state is None:
            self._page.banner.tell("note", why)
            return
        state, period = self._state, self._period
        name, approved = state.summary.name, self._stage is Stage.APPROVED
        offered = [f for f in state.shown if f.accepted is None and f.rule != REMARK]
        offered = [f for f in offered if f.severity is not Severity.NOTE or f in self._chosen]
        ticked = {item.id for item in self._chosen} if len(self._chosen) > 1 else set()
        dialog = ReturnDialog(self._page.look, name, offered, ticked, self._page, approved=approved)
        _open(dialog, lambda reason: self._return(name, period, reason, dialog.ticked, approved=approved))

    def _return(
        self, name: str, period: Period, reason: str, ticked: Sequence[Finding], *, approved: bool
    ) -> None:
        self._page.perform(
            lambda _: verbs.send_back(self._desk, name, period, reason, ticked, approved=approved),
            self._moved,
            title=f"Đang trả lại lớp {name}",
        )

    def _moved(self, report: StageReport) -> None:
        names = ", ".join(sorted(report.changes.ids))
        words = {
            Stage.APPROVED: f"Đã duyệt lớp {names}. Bước tiếp theo: tạo học bạ.",
            Stage.OPEN: f"Đã trả lại lớp {names}. GVCN sửa rồi chốt lại.",
        }
        self._page.banner.tell("done", words.get(report.stage, ""))


def _is(remark: RemarkRecord, finding: Finding) -> bool:
    """The remark that a finding stands for."""
    same = (remark.class_name, remark.key, remark.field) == (finding.class_name, finding.key, finding.field)
    return same and remark.content.rstrip(" .") in finding.message


def _open(dialog: ReasonDialog, do: Callable[[str], object]) -> None:
    """Ask; what was written is read here, before any worker begins."""
    dialog.accepted.connect(lambda: do(dialog.reason))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _name(button: QPushButton, words: str) -> None:
    button.setText(words if button.icon().isNull() else f"{ICON_GAP}{words}")
    button.setAccessibleName(words)


def _allow(button: QPushButton, why_not: str, tip: str = "") -> None:
    button.setEnabled(not why_not)
    button.setToolTip(why_not or tip)
