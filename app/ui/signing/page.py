"""Ký số: before, the PIN, the run, a stop, the results; the run goes on while other screens are open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from app.errors import UserError
from app.interaction import PinRequest
from app.records.permissions import SIGNING_ACTIONS, allowed_somewhere
from app.records.types import SigningRole
from app.ui.desk import Desk
from app.ui.screens import TRANSCRIPTS
from app.ui.signing import verbs
from app.ui.signing.batch import Batch
from app.ui.signing.before import BeforePane
from app.ui.signing.diagnosis import DiagnosisDialog
from app.ui.signing.pin import PinDialog
from app.ui.signing.results import ResultRow, ResultsPane, report_text
from app.ui.signing.run import SigningRun
from app.ui.signing.running import RunningPane
from app.ui.signing.stopped import StoppedPane
from app.ui.signing.words import ROLES, result_title
from app.ui.tasks import Lane
from app.ui.theme import Type
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker
from app.workflows.report import Changes

if TYPE_CHECKING:
    from app.signing.discovery import TokenInfo
    from app.workflows.signing import SignNews, SignReport
    from app.workflows.signing_overview import SigningOverview

POLL_MS: Final = 2000
CALM_ROUNDS: Final = 3
"""A token that can sign is looked at so much more rarely."""
_PAUSED: Final = "signing.paused"


class SigningPage(Page):
    """One pane at a time: `before`, `running`, `stopped` or `results`."""

    kinds: ClassVar[frozenset[str]] = frozenset({"transcripts", "settings", "accounts", "seen"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Ký số")
        self.roles = tuple(
            role for role, may in SIGNING_ACTIONS.items() if allowed_somewhere(desk.actor, may)
        )
        self._tokens: tuple[TokenInfo, ...] | None = None
        self._found: SigningOverview | None = None
        self._only = ""
        self._rounds = 0
        self._run: SigningRun | None = None
        self._dialog: PinDialog | None = None
        self._done_before = 0
        self._ended = datetime.now().astimezone()
        self.batch: Batch | None = None
        self.role_picker = Picker(self.look, "Vai ký", kind=Type.SECTION)
        self.role_picker.fill([(role.value, ROLES[role].name) for role in self.roles])
        self.role_picker.chosen.connect(lambda _: self._change_role())
        self.head.insertWidget(1, self.role_picker)
        self.panes = {role: BeforePane(self.look, role) for role in self.roles}
        self.running = RunningPane(self.look)
        self.stopped = StoppedPane(self.look)
        self.results = ResultsPane(self.look)
        self.stack = QStackedWidget()
        for pane in (*self.panes.values(), self.running, self.stopped, self.results):
            self.stack.addWidget(pane)
        self.body.addWidget(self.stack, 1)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._look_at_tokens)
        self._connect()
        self._show_pane(self.before)

    def _connect(self) -> None:
        for pane in self.panes.values():
            pane.sign.connect(self._start)
            pane.diagnose.connect(self._diagnose)
        self.running.hold.connect(self._hold)
        self.running.stop.connect(self._stop)
        self.stopped.resume.connect(self._resume)
        self.stopped.finish.connect(self._show_results)
        self.stopped.diagnose.connect(self._diagnose)
        self.results.again.connect(self._resume)
        self.results.closed.connect(self._close_results)
        self.results.opened.connect(self._open_transcript)
        self.results.saved.connect(self._save)

    # --- which pane -----------------------------------------------------------------------------------

    @property
    def role(self) -> SigningRole:
        """The role that is chosen."""
        return SigningRole(self.role_picker.value)

    @property
    def before(self) -> BeforePane:
        """The pane before a run, of the chosen role."""
        return self.panes[self.role]

    @property
    def pane(self) -> QWidget:
        """The pane in front."""
        return self.stack.currentWidget() or self.stack

    def _show_pane(self, pane: QWidget) -> None:
        self.stack.setCurrentWidget(pane)
        self.setFocusProxy(pane)
        words = ROLES[self.batch.role if self.batch is not None else self.role]
        choosing = pane is self.before
        self.role_picker.setVisible(choosing and len(self.roles) > 1)
        if pane is self.running:
            self.title.setText(words.running)
        elif pane is self.stopped:
            self.title.setText(words.stopped)
        elif pane is self.results and self.batch is not None:
            self.title.setText(result_title(self.batch.role, *self.batch.counts))
        else:
            self.title.setText("Ký số")
        self._show_note(choosing)
        pane.setFocus()

    def _show_note(self, choosing: bool) -> None:
        if choosing or self.batch is None:
            order = " › ".join(words.step for words in ROLES.values())
            role = "" if len(self.roles) > 1 else f"{ROLES[self.role].name} · "
            self.note.setText(f"{role}Thứ tự ký: {order}")
        else:
            self.note.setText(" · ".join((self.batch.holder, ", ".join(self.batch.token.title))).strip(" ·"))

    def _change_role(self) -> None:
        self._show_pane(self.before)
        self.load({})

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        wanted = where.get("role", "")
        if self.pane is self.before and wanted in {role.value for role in self.roles}:
            self.role_picker.show_value(wanted)
            self._show_pane(self.before)
        self._only = where.get("class", self._only)
        role, tokens = self.role, self._tokens or ()
        self.read(lambda: verbs.overview(self.desk, role, tokens), self._show_overview)

    def note_changes(self, changes: Changes) -> None:
        """While signing nothing is read anew: the run itself tells every step."""
        if self._run is None:
            super().note_changes(changes)

    def _show_overview(self, found: SigningOverview) -> None:
        self._found = found
        known = self._tokens is not None
        self.panes[found.role].show_overview(found, token_known=known, only=self._only)
        self._only = ""
        self.stopped.show_overview(found if known else None)
        self.results.resume.setEnabled(known and found.can_sign)
        self.results.resume.setToolTip("" if found.can_sign else "Cắm USB Token của người ký để ký tiếp.")

    def _look_at_tokens(self) -> None:
        """Every two seconds while a token is awaited; never while another look or a run is under way."""
        if self._run is not None or self.desk.runner.busy(Lane.TOKEN):
            return
        self._rounds += 1
        calm = self._found is not None and self._found.can_sign and self._tokens is not None
        if calm and self._rounds % CALM_ROUNDS:
            return
        self._read_tokens()

    def _read_tokens(self) -> None:
        self.desk.runner.run(
            Lane.TOKEN,
            lambda _: verbs.tokens(self.desk),
            owner=self,
            done=self._show_tokens,
            failed=self.tell_error,
        )

    def _show_tokens(self, found: tuple[TokenInfo, ...]) -> None:
        if found != self._tokens:
            self._tokens = found
            if self._run is None:
                self.load({})

    # --- signing --------------------------------------------------------------------------------------

    def _start(self) -> None:
        found = self._found
        if found is None or found.token is None or self._run is not None:
            return
        teachers = {line.name: line.teacher for line in found.classes}
        self.batch = Batch(found.role, found.token, self.before.chosen, teachers)
        self._begin(self.batch)

    def _resume(self) -> None:
        if self.batch is not None and self._found is not None and self._run is None:
            token = self._found.token
            if token is not None:
                self.batch.token = token
                self._begin(self.batch)

    def _begin(self, batch: Batch) -> None:
        """One run over what is left of the batch; nothing is signed before the PIN is there."""
        self.banner.hide()
        signed, failed, _ = batch.counts
        self._done_before = signed + failed
        batch.now = None
        ids = frozenset(item.transcript_id for item in batch.left)
        run = SigningRun(self.desk, batch.role, batch.token.serial, ids, ROLES[batch.role].running)
        run.asked.connect(self._ask_pin)
        run.heard.connect(self._hear)
        run.finished.connect(self._finished)
        run.failed.connect(self._failed)
        run.cancelled.connect(self._cancelled)
        self.destroyed.connect(run.abandon)
        self._run = run
        self._back = self.pane
        self.before.act.setEnabled(False)
        self.stopped.again.setEnabled(False)
        self.results.resume.setEnabled(False)
        run.start()

    def _ask_pin(self, request: PinRequest) -> None:
        run, batch = self._run, self.batch
        if run is None or batch is None or not self.isVisible():
            if run is not None:
                run.answer(None)
            return
        classes = len({item.class_name for item in batch.left})
        dialog = PinDialog(self.look, request, batch.role, classes, self)
        dialog.accepted.connect(lambda: self._answer(dialog.take()))
        dialog.rejected.connect(lambda: self._answer(None))
        self._dialog = dialog
        dialog.open()

    def _answer(self, pin: str | None) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
        if self._run is not None:
            self._run.answer(pin)
        if pin is not None:
            self.running.begin()
            self._show_running()
            self._show_pane(self.running)

    def _hear(self, news: SignNews) -> None:
        if self.batch is not None:
            self.batch.hear(news)
            self._show_running()

    def _show_running(self) -> None:
        if self.batch is not None and self._run is not None:
            signed, failed, _ = self.batch.counts
            self.running.show_batch(self.batch, signed + failed - self._done_before, self._run.elapsed)

    def _hold(self, held: bool) -> None:
        if self._run is not None:
            if held:
                self._run.hold()
            else:
                self._run.go_on()

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()

    def _finished(self, report: SignReport) -> None:
        batch = self.batch
        if batch is None:
            return
        self._measure()
        batch.end(report)
        if report.stopped is None or report.stopped.code == _PAUSED:
            self._end_run()
            self._show_results()
        else:
            self._halt(report.stopped)

    def _failed(self, error: UserError) -> None:
        """Nothing could be begun: wrong PIN, no token, or no right to sign."""
        self._halt(error)

    def _halt(self, error: UserError) -> None:
        self._ended = datetime.now().astimezone()
        self._end_run()
        if self.batch is not None:
            self.stopped.show_halt(self.batch, error, self._ended)
            self._show_pane(self.stopped)
        self._tokens = None
        self._read_tokens()

    def _cancelled(self) -> None:
        """The PIN was declined: everything stays as it was."""
        self._end_run()
        self._show_pane(self._back)
        self.load({})

    def _end_run(self) -> None:
        self._run = None
        if self._dialog is not None:
            self._dialog.reject()

    def _measure(self) -> None:
        """The pace of this run serves the next estimate."""
        if self.batch is not None and self._run is not None:
            done = sum(self.batch.counts[:2]) - self._done_before
            if done:
                self.panes[self.batch.role].pace = self._run.elapsed / done

    # --- afterwards -----------------------------------------------------------------------------------

    def _show_results(self) -> None:
        if self.batch is not None:
            self._ended = datetime.now().astimezone()
            self.results.show_batch(self.batch)
            self._show_pane(self.results)
            self.load({})

    def _close_results(self) -> None:
        self.batch = None
        self._show_pane(self.before)
        self.load({})

    def _open_transcript(self, row: ResultRow) -> None:
        self.go.emit(TRANSCRIPTS, {"class": row.class_name, "pupil": row.pupil_code})

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Lưu kết quả", f"ket-qua-ky-{self._ended:%Y-%m-%d}.txt", "Văn bản (*.txt)"
        )
        if name and self.batch is not None:
            school = self.desk.school
            text = report_text(self.batch, school.name, school.year_text, self._ended)
            self.perform(
                lambda _: verbs.save_text(Path(name), text),
                lambda file: self.banner.tell("done", f"Đã lưu kết quả vào {file.name}."),
                title="Đang lưu kết quả",
            )

    def _diagnose(self) -> None:
        dialog = DiagnosisDialog(self.desk, self)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    # --- Qt -------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._poll.start()
        if self._run is None:
            self._read_tokens()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen, or the lock: nobody looks at the token, and a PIN is not left standing there."""
        super().hideEvent(event)
        self._poll.stop()
        for dialog in self.findChildren(QDialog):
            dialog.reject()
