"""The main window: opens the data, asks who is there, holds one workspace per person, closes safely."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.records.permissions import Actor
from app.ui.desk import Desk
from app.ui.firstrun.page import FirstRunPage
from app.ui.look import Look
from app.ui.opening import Opened, OpeningPage, TroublePage, open_data
from app.ui.preferences import Preferences
from app.ui.shell import verbs
from app.ui.shell.faults import Faults
from app.ui.shell.idle import IdleWatch
from app.ui.shell.network import Network
from app.ui.shell.notice import NoticeLine
from app.ui.shell.strip import Strip
from app.ui.shell.workspace import Workspace
from app.ui.signin.page import SignInPage
from app.ui.tasks import Job, Lane, TaskRunner
from app.ui.theme import SMALLEST, USUAL
from app.workflows.report import EVERYTHING, Changes

if TYPE_CHECKING:
    from app.signing.discovery import TokenInfo
    from app.workflows.years import Seat

KEPT_WORKSPACES = 3
OUTSIDE_MS = 2000
"""How often the window looks whether another window or command wrote."""


class MainWindow(QMainWindow):
    """`ready` once the first page after opening stands: sign-in, first start, or trouble."""

    ready = Signal()

    def __init__(
        self,
        application: QApplication,
        look: Look,
        runner: TaskRunner,
        folder: Path,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self._look = look
        self._runner = runner
        self.home = folder
        """The data folder of this window; it may show the sample school beside it instead."""
        self._folder = folder
        self._preferences = preferences
        self._faults = Faults(look)
        self._opened: Opened | None = None
        self._workspaces: dict[str, Workspace] = {}
        self._actors: dict[str, Actor] = {}
        """Each person as they signed in, whichever year their workspace looks at."""
        self._closing = False
        self.broken = False
        """True once something unforeseen happened."""
        self.strip = Strip(look, runner)
        self.notice = NoticeLine(look, runner)
        self.opening = OpeningPage(look)
        self.sign_in = SignInPage(look, runner, preferences)
        self.trouble = TroublePage(look, runner, folder)
        self.first_run: FirstRunPage | None = None
        self.stack = QStackedWidget()
        self._watch = IdleWatch(application, self, minutes=lambda: preferences.idle_minutes)
        self._network = Network(self)
        self._outside = QTimer(self, interval=OUTSIDE_MS)
        self._lay_out()
        self._connect()
        self.strip.show_network(self._network.reach)

    def _lay_out(self) -> None:
        self.setWindowTitle("Học bạ số")
        self.setWindowIcon(self._look.icons.icon("book-open", self._look.theme.colours.primary, size=32))
        self.setMinimumSize(*SMALLEST)
        self.resize(QSize(*USUAL))
        if not self._preferences.geometry.isEmpty():
            self.restoreGeometry(self._preferences.geometry)
        for page in (self.opening, self.sign_in, self.trouble):
            self.stack.addWidget(page)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.strip)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        self.sign_in.signed_in.connect(self._welcome)
        self.trouble.again.connect(self.open_data)
        self.strip.token.clicked.connect(self._read_tokens)
        self.strip.asked.connect(self._open_screen)
        self._outside.timeout.connect(self.look_outside)
        self._watch.idle.connect(self._lock_idle)
        self._network.changed.connect(self.strip.show_network)
        self._runner.changed.connect(self._on_changes)
        self._runner.broke.connect(self.show_fault)
        self._runner.failed.connect(self._on_failed)
        self._runner.ended.connect(self._on_ended)

    @property
    def idle(self) -> bool:
        """True while no work is under way."""
        return not self._runner.jobs

    @property
    def front(self) -> QWidget:
        """The page in front."""
        return self.stack.currentWidget() or self.stack

    # --- opening --------------------------------------------------------------------------------------

    def open_data(self) -> None:
        """Open the data in the background and show the page that fits."""
        self.stack.setCurrentWidget(self.opening)
        folder = self._folder
        self._runner.run(
            Lane.WORK, lambda _: open_data(folder), done=self._show_opened, failed=self._show_trouble
        )

    def use_folder(self, folder: Path) -> None:
        """Let go of what is open and open another data folder: the sample school, or the real one again."""
        self._folder = folder
        self.trouble.use_folder(folder)
        self._reopen()

    def _show_opened(self, opened: Opened | None) -> None:
        self._opened = opened
        if opened is None:
            self._show_first_run()
        else:
            self.setWindowTitle(f"Học bạ số – {opened.school.name}")
            self._ask_person()
            self._read_outbox()
            self._outside.start()
        self.ready.emit()

    def _show_trouble(self, error: UserError) -> None:
        self.trouble.show_error(error)
        self.stack.setCurrentWidget(self.trouble)
        self.ready.emit()

    def _show_first_run(self) -> None:
        today = datetime.now().astimezone().date()
        self.first_run = FirstRunPage(self._look, self._runner, self._folder, today)
        self.first_run.created.connect(self.open_data)
        self.first_run.sample.connect(self.use_folder)
        self.stack.addWidget(self.first_run)
        self.stack.setCurrentWidget(self.first_run)
        self.first_run.begin()

    # --- people ---------------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace | None:
        """The workspace in front; None while nobody is signed in or the screen is locked."""
        current = self.stack.currentWidget()
        return current if isinstance(current, Workspace) else None

    def _ask_person(self, locked: str = "", why: str = "") -> None:
        if self._opened is None:
            return
        self._watch.stop()
        if self.workspace is not None:
            self.workspace.put_dialogs_away()
        self.stack.setCurrentWidget(self.sign_in)
        self.sign_in.ask(self._opened.store, self._opened.school, locked=locked, why=why)

    def _welcome(self, actor: Actor) -> None:
        if self._opened is None:
            return
        workspace = self._workspaces.get(actor.login)
        if workspace is None or self._actors.get(actor.login) != actor:
            workspace = self._make_workspace(actor, self._opened)
        self._actors[actor.login] = actor
        self._show_workspace(workspace)

    def _show_workspace(self, workspace: Workspace) -> None:
        self.stack.setCurrentWidget(workspace)
        focus = workspace.focusWidget()
        (focus or workspace.nav.buttons[workspace.screen_id]).setFocus()
        workspace.bring_dialogs_back()
        self._watch.start()
        workspace.count()
        workspace.list_years()
        self._read_tokens()

    def _look_at_year(self, year: str) -> None:
        workspace, opened = self.workspace, self._opened
        if workspace is None or opened is None:
            return
        login = workspace.desk.actor.login
        store, actor = opened.store, self._actors.get(login, workspace.desk.actor)

        def seated(seat: Seat) -> None:
            school = replace(opened.school, year=seat.year, past=not seat.active)
            there = Opened(seat.store, school)
            self._show_workspace(self._make_workspace(seat.actor, there))

        self._runner.run(Lane.WORK, lambda _: verbs.look_at_year(store, actor, year), owner=self, done=seated)

    def _make_workspace(self, actor: Actor, opened: Opened) -> Workspace:
        old = self._workspaces.pop(actor.login, None)
        if old is None and len(self._workspaces) >= KEPT_WORKSPACES:
            old = self._workspaces.pop(next(iter(self._workspaces)))
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        workspace = Workspace(
            Desk(opened.store, actor, opened.school, self._runner, self._look, self._preferences)
        )
        workspace.lock.connect(self.lock)
        workspace.year_asked.connect(self._look_at_year)
        workspace.sample_left.connect(lambda: self.use_folder(self.home))
        workspace.change_person.connect(self._ask_person)
        self._workspaces[actor.login] = workspace
        self.stack.addWidget(workspace)
        return workspace

    def lock(self) -> None:
        """Lock the screen of the signed-in person (Ctrl+L)."""
        self._lock("Khóa lúc {now}.")

    def _lock_idle(self) -> None:
        self._lock(f"Tự khóa lúc {{now}} vì {self._preferences.idle_minutes} phút không dùng.")

    def _lock(self, why: str) -> None:
        workspace = self.workspace
        if workspace is None:
            return
        sentence = why.format(now=f"{datetime.now().astimezone():%H:%M}")
        if self.strip.saved_at is not None:
            sentence += f" Mọi thay đổi đã lưu, lần cuối lúc {self.strip.saved_at:%H:%M:%S}."
        if any(job.title for job in self._runner.jobs):
            sentence += " Việc đang chạy vẫn tiếp tục."
        self._ask_person(workspace.desk.actor.login, sentence)

    # --- news -----------------------------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        if "store" in changes.kinds:
            self._reopen()
            return
        self.strip.show_saved(datetime.now().astimezone())
        for workspace in self._workspaces.values():
            workspace.note_changes(changes)
        if changes.kinds & {"outbox", "transcripts"}:
            self._read_outbox()
        if "years" in changes.kinds:
            self._follow_year()

    def _follow_year(self) -> None:
        """The school works in another year now: nobody comes back to a workspace of the old one."""
        if self._opened is None:
            return
        store, before = self._opened.store, self._opened.school

        def told(year: str) -> None:
            if year == before.year or self._opened is None:
                return
            self._opened = replace(self._opened, school=replace(before, year=year))
            self._actors.clear()  # whoever signs in next gets a new workspace
            for workspace in self._workspaces.values():
                workspace.top_bar.tell_year(year)

        self._runner.run(Lane.WORK, lambda _: verbs.active_year(store), owner=self, done=told)

    def _reopen(self) -> None:
        """Other data: let go of what was open, open what lies there now, ask who is there."""
        self._watch.stop()
        self._outside.stop()
        for workspace in self._workspaces.values():
            self.stack.removeWidget(workspace)
            workspace.deleteLater()
        self._workspaces.clear()
        if self._opened is not None:
            self._opened.store.close()
            self._opened = None
        self.open_data()

    def look_outside(self) -> None:
        """Refresh what is open when another window or command wrote to the same data."""
        if self._opened is None or self._runner.busy(Lane.WORK):
            return
        store = self._opened.store

        def told(news: bool) -> None:
            if news:
                self._follow_year()
                for workspace in self._workspaces.values():
                    workspace.note_changes(EVERYTHING)
                self._read_outbox()

        self._runner.run(Lane.WORK, lambda _: verbs.changed_outside(store), owner=self, done=told)

    def _open_screen(self, screen: str) -> None:
        if self.workspace is not None:
            self.workspace.open(screen, {})

    def _on_failed(self, error: UserError) -> None:
        if self.workspace is not None:
            self.workspace.page.tell_error(error)

    def show_fault(self, error: BaseException) -> None:
        """Something unforeseen broke; told once per cause."""
        self.broken = True
        self._faults.show(error, self)

    def _read_outbox(self) -> None:
        if self._opened is None:
            return
        store = self._opened.store
        self._runner.run(
            Lane.WORK, lambda _: verbs.outbox_counts(store), owner=self, done=self.strip.show_outbox
        )

    def _read_tokens(self) -> None:
        if self._opened is None:
            return
        store = self._opened.store
        self.strip.show_token_reading()

        def shown(tokens: tuple[TokenInfo, ...]) -> None:
            self.strip.show_tokens(tokens)

        self._runner.run(
            Lane.TOKEN,
            lambda _: verbs.tokens(store),
            owner=self,
            done=shown,
            failed=lambda _: self.strip.show_token_unread(),
        )

    # --- closing --------------------------------------------------------------------------------------

    def _on_ended(self, _: Job) -> None:
        if self._closing and not self._runner.jobs:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what runs stop at its next safe point, then close; saved data are never at risk."""
        self._outside.stop()
        if self._runner.jobs:
            self._closing = True
            self._runner.cancel_all()
            self.setEnabled(False)
            event.ignore()
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._preferences.geometry = self.saveGeometry()
        self._runner.close()
        if self._opened is not None:
            self._opened.store.close()
            self._opened = None
        super().closeEvent(event)
