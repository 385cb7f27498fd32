"""The frame of every screen: title, actions, banner, the line of waiting, then the screen's own content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.ui.desk import Desk
from app.ui.look import restyle
from app.ui.tasks import Job, Lane
from app.ui.theme import GAP, GAP_SMALL, MARGIN, Type
from app.ui.widgets.banner import Banner
from app.ui.widgets.jobline import JobLine
from app.workflows.report import Changes

T = TypeVar("T")

PATIENCE_MS = 150
"""Under it nothing is shown: the old content simply stays."""


class Page(QWidget):
    """Base of the screens. `kinds`: the changes after which it reads its content anew."""

    kinds: ClassVar[frozenset[str]] = frozenset()
    go = Signal(str, object)
    """(screen, mapping of what to show there)"""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.look = desk.look
        self._reading: Job | None = None
        self._stale = True
        self.title = self.look.label(title, Type.TITLE)
        self.note = self.look.label(tone="second")
        self.head = QHBoxLayout()
        self.head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.head.setSpacing(GAP)
        self.banner = Banner(self.look)
        self.job_line = JobLine(self.look)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(MARGIN, 0, MARGIN, GAP)
        self.body.setSpacing(GAP_SMALL)
        self._waiting = _waiting_line()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_waiting)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QWidget()
        head.setLayout(self.head)
        head.setFixedHeight(self.look.theme.heights.button + MARGIN)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note)
        self.head.addStretch(1)
        notices = QVBoxLayout()
        notices.setContentsMargins(MARGIN, 0, MARGIN, 0)
        notices.addWidget(self.banner)
        notices.addWidget(self.job_line)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self._waiting)
        outer.addLayout(notices)
        outer.addLayout(self.body, 1)

    # --- what the shell calls -------------------------------------------------------------------------

    def enter(self, where: Mapping[str, str]) -> None:
        """The screen comes to the front; `where` may name what to show."""
        if self._stale or where:
            self._stale = False
            self.load(where)

    def load(self, where: Mapping[str, str]) -> None:
        """Read the content anew; screens override it."""

    def note_changes(self, changes: Changes) -> None:
        """Read again now when in sight, else at the next visit."""
        if not self.kinds & changes.kinds:
            return
        if self.isVisible():
            self.load({})
        else:
            self._stale = True

    # --- what screens call ----------------------------------------------------------------------------

    def read(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Read in the background; a newer reading replaces the one under way."""
        if self._reading is not None:
            self._reading.drop()
        self._patience.start()

        def arrived(result: T) -> None:
            self._quiet()
            done(result)

        self._reading = self.desk.runner.run(
            Lane.WORK, lambda _: work(), owner=self, done=arrived, failed=self._read_failed
        )

    def perform(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        title: str,
        lane: Lane = Lane.WORK,
    ) -> Job:
        """Run a verb that writes or lasts; the line under the title shows its progress and stops it."""
        self.banner.hide()
        job = self.desk.runner.run(
            lane, work, title=title, owner=self, done=done, failed=self.tell_error, cancelled=self._stopped
        )
        self.job_line.watch(self.desk.runner, job)
        return job

    def tell_error(self, error: UserError) -> None:
        """What happened, where, and what to do next; what is shown stays."""
        self.banner.tell("error", messages.sentence(error))

    def _read_failed(self, error: UserError) -> None:
        self._quiet()
        self.tell_error(error)

    def _stopped(self) -> None:
        self.banner.tell("note", "Đã dừng. Phần đã làm xong vẫn giữ.")

    def _show_waiting(self) -> None:
        self._waiting.setRange(0, 0)
        restyle(self._waiting, "busy", "yes")

    def _quiet(self) -> None:
        self._patience.stop()
        self._waiting.setRange(0, 1)
        self._waiting.setValue(0)


def _waiting_line() -> QProgressBar:
    line = QProgressBar()
    line.setProperty("kind", "line")
    line.setTextVisible(False)
    line.setRange(0, 1)
    line.setFixedHeight(2)
    line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    line.setAccessibleName("Đang đọc dữ liệu")
    return line
