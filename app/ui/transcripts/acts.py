"""What a person does with a transcript in sight: seen and next, return, revoke; and making transcripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from app.records.permissions import Action, allowed, allowed_somewhere
from app.records.types import Period, Stage, TranscriptState
from app.ui.tasks import Job, Lane
from app.ui.transcripts import issuing, verbs
from app.ui.transcripts.signs import counts
from app.ui.widgets.page import Page
from app.ui.widgets.reason import ReasonDialog

if TYPE_CHECKING:
    from app.workflows.gate import StageReport
    from app.workflows.issue import IssuePlan, IssueReport
    from app.workflows.previews import ClassSheet, SheetCard
    from app.workflows.versions import RevokeReport

_NO_CODE: Final = "Em này chưa có mã nào. Ghi mã ở Lớp và học sinh trước."


class Acts(QObject):
    """The buttons and what they start; `show` tells them what is in sight."""

    noted = Signal(int)
    """Number of the version that was looked through."""
    planned = Signal(object)
    issued = Signal()
    asked = Signal()
    """Somebody wants to see what would be issued."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        look = page.look
        self._page = page
        self._sheet: ClassSheet | None = None
        self._card: SheetCard | None = None
        self._planning: Job | None = None
        self._issuing: Job | None = None
        self.back = look.button("Trả lại…", self.send_back, icon="corner-up-left")
        self.revoke = look.button("Thu hồi…", self.ask_revoke, icon="x", kind="danger")
        self.next: QPushButton = look.button("Đã xem, xem tiếp", icon="check", kind="primary")

    # --- what is in sight -----------------------------------------------------------------------------

    def show(self, sheet: ClassSheet | None, card: SheetCard | None, why_not_seen: str) -> None:
        """Enable what can be done with this pupil now; the others say why not."""
        self._sheet, self._card = sheet, card
        _allow(self.back, self._why_not_return())
        _allow(self.revoke, self._why_not_revoke())
        _allow(self.next, why_not_seen, "Phím cách")

    def offer(self, some: bool) -> None:
        """Show the buttons this person may ever press, or none."""
        actor = self._page.desk.actor
        self.back.setVisible(some and allowed_somewhere(actor, Action.APPROVE))
        self.revoke.setVisible(some and allowed(actor, Action.REVOKE))
        self.next.setVisible(some)

    def _stage(self) -> Stage:
        return self._sheet.klass.stages.get(Period.CN, Stage.OPEN) if self._sheet else Stage.OPEN

    def _why_not_return(self) -> str:
        if self._sheet is None or self._card is None:
            return "Chọn một học bạ trước."
        if self._stage() is Stage.OPEN:
            return "Lớp đang nhập, không có gì để trả lại. Chỉ trả lại lớp đã chốt hoặc đã duyệt."
        return ""

    def _why_not_revoke(self) -> str:
        version = self._card.version if self._card else None
        if self._card is None or version is None:
            return "Chưa có bản nào để thu hồi."
        if version.state is TranscriptState.REVOKED:
            return f"Bản {version.version} đã thu hồi rồi."
        return "" if verbs.code_of(self._card.entry.pupil) else _NO_CODE

    # --- seen -----------------------------------------------------------------------------------------

    def mark_seen(self) -> None:
        """Note that the person looked through the version in sight, unless that is noted already."""
        card, desk = self._card, self._page.desk
        if card is None or card.version is None or card.seen or not counts(card):
            return
        number = card.version.id
        desk.runner.run(
            Lane.WORK,
            lambda _: verbs.mark_seen(desk, number),
            owner=self,
            done=lambda report: self.noted.emit(report.version.id),
            failed=self._page.tell_error,
        )

    # --- return ---------------------------------------------------------------------------------------

    def send_back(self) -> None:
        """Ask what is wrong with this pupil's transcript, then return the class."""
        sheet, card = self._sheet, self._card
        if sheet is None or card is None or not self.back.isEnabled() or not self.back.isVisible():
            return
        name, approved = sheet.klass.name, self._stage() is Stage.APPROVED
        what = f"Lớp {name} đã duyệt sẽ mở lại" if approved else f"Lớp {name} mở lại"
        note = f"{what} để sửa; GVCN đọc được lý do này, sửa rồi chốt lại cả lớp."
        if counts(card):
            note += " Bản đã tạo của em vẫn còn giá trị cho đến khi Ban giám hiệu thu hồi."
        pupil = card.entry.pupil
        dialog = ReasonDialog(
            self._page.look, f"Trả lại học bạ của {pupil.name}", note, f"Trả lại lớp {name}", self._page
        )

        def act(reason: str) -> None:
            self._page.perform(
                lambda _: verbs.send_back(self._page.desk, name, pupil, reason, approved=approved),
                self._returned,
                title=f"Đang trả lại lớp {name}",
            )

        _open(dialog, act)

    def _returned(self, report: StageReport) -> None:
        names = ", ".join(sorted(report.changes.ids))
        self._page.banner.tell("done", f"Đã trả lại lớp {names}. GVCN sửa rồi chốt lại.")

    # --- revoke ---------------------------------------------------------------------------------------

    def ask_revoke(self) -> None:
        """Say what follows, ask for the reason, then withdraw the newest version."""
        card = self._card
        if card is None or card.version is None:
            return
        pupil, number = card.entry.pupil, card.version.version
        note = (
            f"Bản {number} không còn giá trị và phần chưa gửi sẽ không gửi nữa; bản đã lưu vẫn giữ nguyên. "
            "Muốn có bản mới thì bấm Tạo học bạ; bản mới phải ký lại từ đầu."
        )
        words = f"Thu hồi bản {number}"
        dialog = ReasonDialog(self._page.look, f"{words} học bạ của {pupil.name}", note, words, self._page)

        def act(reason: str) -> None:
            self._page.perform(
                lambda _: verbs.revoke(self._page.desk, verbs.code_of(pupil), reason),
                self._revoked,
                title=f"Đang thu hồi học bạ của {pupil.name}",
            )

        _open(dialog, act)

    def _revoked(self, report: RevokeReport) -> None:
        version = report.version
        told = f"Đã thu hồi bản {version.version} học bạ của {version.pupil_name}."
        if allowed(self._page.desk.actor, Action.ISSUE, version.class_name):
            told += f" Tạo bản {version.version + 1} khi lớp đã duyệt lại; bản mới phải ký lại."
            self._page.banner.tell("done", told, action="Tạo học bạ…", do=self.asked.emit)
        else:
            self._page.banner.tell("done", f"{told} Tổ công tác tạo bản mới; bản mới phải ký lại.")

    # --- issue ----------------------------------------------------------------------------------------

    def plan(self, class_name: str) -> None:
        """Find out what would be issued: of one class, or with "" of the whole school."""
        self.drop_plan()
        desk = self._page.desk
        if class_name:
            self._planning = desk.runner.run(
                Lane.WORK,
                lambda progress: verbs.plan_issue(desk, class_name, progress),
                owner=self,
                done=self._show_plan,
                failed=self._page.tell_error,
            )
        else:
            self._planning = self._page.perform(
                lambda progress: verbs.plan_issue(desk, None, progress),
                self._show_plan,
                title="Đang xem học bạ nào tạo được",
            )

    def drop_plan(self) -> None:
        """Nobody waits for the plan any more."""
        if self._planning is not None:
            self._planning.drop()
            self._planning = None

    def _show_plan(self, plan: IssuePlan) -> None:
        self._planning = None
        self.planned.emit(plan)

    def issue(self, class_name: str) -> None:
        """Make them: of one class, or with "" of every approved class."""
        where = f"lớp {class_name}" if class_name else "cả trường"
        self._issuing = self._page.perform(
            lambda progress: verbs.issue_transcripts(self._page.desk, class_name or None, progress),
            self._issued,
            title=f"Đang tạo học bạ {where}",
        )

    def _issued(self, report: IssueReport) -> None:
        self._issuing = None
        kind = "done" if report.issued or not report.skipped else "note"
        self._page.banner.tell(kind, issuing.told(report))
        self.issued.emit()

    def stopped(self) -> str:
        """How far making them came when it was stopped, in a line that adds up; empty for other jobs."""
        job, self._issuing = self._issuing, None
        if job is None or not job.stopping:
            return ""
        if not job.total:
            return "Đã dừng, chưa tạo học bạ nào."
        left = job.total - job.done
        return (
            f"Đã dừng: xong {job.done}, còn {left}, tổng {job.total}. "
            "Học bạ đã tạo vẫn giữ; bấm Tạo học bạ để làm tiếp."
        )


def _open(dialog: ReasonDialog, act: Callable[[str], None]) -> None:
    """Ask, and act on the reason."""
    dialog.accepted.connect(lambda: act(dialog.reason))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _allow(button: QPushButton, why_not: str, hint: str = "") -> None:
    button.setEnabled(not why_not)
    button.setToolTip(why_not or hint)
