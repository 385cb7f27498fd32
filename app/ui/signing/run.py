"""One run on the token's lane: asks for the PIN, tells every document, holds and ends between two of them."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import Cancelled, TokenProblem, UserError
from app.interaction import PinRequest, PinState, Progress
from app.records.types import SigningRole
from app.ui.desk import Desk
from app.ui.signing import verbs
from app.ui.tasks import Job, Lane

if TYPE_CHECKING:
    from app.workflows.signing import SignNews, SignReport

_LOOK_S: Final = 0.2
"""How often a waiting worker looks whether the window is being closed."""


class SigningRun(QObject):
    """`asked`: the PIN is wanted, call `answer`. Ends with one of `finished`, `failed`, `cancelled`."""

    asked = Signal(object)
    heard = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    _pin_wanted = Signal(object)
    _news = Signal(object)

    def __init__(self, desk: Desk, role: SigningRole, token: str, ids: frozenset[str], title: str) -> None:
        super().__init__(desk.runner)  # outlives the screen: a worker speaks through it
        self._desk = desk
        self._work = (role, token, ids)
        self._title = title
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._going = threading.Event()
        self._going.set()
        self._job: Job | None = None
        self._begun: float | None = None
        self._held = 0.0
        self._held_since: float | None = None
        self._pin_wanted.connect(self.asked, Qt.ConnectionType.QueuedConnection)
        self._news.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    # --- the window's side ----------------------------------------------------------------------------

    def start(self) -> None:
        """Queue it on the token's lane."""
        self._job = self._desk.runner.run(
            Lane.TOKEN,
            self._perform,
            title=self._title,
            owner=self,
            done=self._finished,
            failed=self._failed,
            cancelled=self._cancelled,
        )

    def answer(self, pin: str | None) -> None:
        """The PIN as typed; None: the person declined."""
        self._answers.put(pin)

    @property
    def held(self) -> bool:
        """True while it waits between two documents."""
        return self._held_since is not None

    def hold(self) -> None:
        """Wait after the document under way."""
        if self._held_since is None:
            self._held_since = time.monotonic()
            self._going.clear()

    def go_on(self) -> None:
        """Go on after `hold`."""
        if self._held_since is not None:
            self._held += time.monotonic() - self._held_since
            self._held_since = None
            self._going.set()

    @property
    def stopping(self) -> bool:
        """True once it was asked to end."""
        return self._job is not None and self._job.stopping

    def stop(self) -> None:
        """End after the document under way."""
        if self._job is not None:
            self._job.cancel()

    def abandon(self) -> None:
        """The screen is gone: whatever waits for the person ends, a signing under way goes on."""
        if self._begun is None or self.held:
            self.stop()

    @property
    def elapsed(self) -> float:
        """Seconds of signing, without waiting for the PIN or for the person."""
        if self._begun is None:
            return 0.0
        now = self._held_since if self._held_since is not None else time.monotonic()
        return now - self._begun - self._held

    def _hear(self, news: SignNews) -> None:
        if self._begun is None:
            self._begun = time.monotonic()
        self.heard.emit(news)

    def _finished(self, report: SignReport) -> None:
        self.finished.emit(report)
        self.deleteLater()

    def _failed(self, error: UserError) -> None:
        self.failed.emit(error)
        self.deleteLater()

    def _cancelled(self) -> None:
        self.cancelled.emit()
        self.deleteLater()

    # --- the worker's side ----------------------------------------------------------------------------

    def _perform(self, progress: Progress) -> SignReport:
        role, token, ids = self._work
        return verbs.sign(self._desk, role, token, ids, self, _Holding(self, progress), self._news.emit)

    def ask_pin(self, request: PinRequest) -> str:
        """Ask in the window and wait; raises Cancelled when the person declines or the window closes."""
        if request.state is PinState.LOCKED:
            raise TokenProblem("signing.pin_locked", token=request.token_serial)
        self._pin_wanted.emit(request)
        while not self.stopping:
            try:
                pin = self._answers.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if pin is None:
                break
            return pin
        raise Cancelled

    def wait_while_held(self) -> None:
        """Wait here while the person holds the run, unless it has to end."""
        while not self._going.wait(_LOOK_S):
            if self.stopping:
                return


class _Holding:
    """A `Progress` at which the run can be held."""

    def __init__(self, run: SigningRun, progress: Progress) -> None:
        self._run = run
        self._progress = progress

    def step(self, done: int, total: int, text: str) -> None:
        """Report, wait while held, and stop here when asked to."""
        self._progress.step(done, total, text)
        if self._run.held and done < total:
            self._run.wait_while_held()
            self._progress.step(done, total, text)
