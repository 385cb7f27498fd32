"""Trying again by itself: what failed for want of a network is sent when its pause is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.ui.delivery import verbs
from app.ui.desk import Desk
from app.ui.tasks import Lane

if TYPE_CHECKING:
    from app.workflows.send import SendReport

_SOONEST_MS: Final = 1_000
_LATEST_MS: Final = 3_600_000
_AGAIN_MS: Final = 5_000


class AutoSend(QObject):
    """Set to the time of the next try; never begins the first sending, and never while something is sent."""

    def __init__(self, desk: Desk, done: Callable[[SendReport | None], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._done = done
        self._to = ""
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._try)

    def plan(self, to: str, at: datetime | None) -> None:
        """Try at `at`; None stops the clock."""
        self._to = to
        if at is None:
            self.timer.stop()
            return
        wait = round((at - datetime.now(at.tzinfo)).total_seconds() * 1000)
        self.timer.start(min(max(wait, _SOONEST_MS), _LATEST_MS))

    def _try(self) -> None:
        if self._desk.runner.busy(Lane.NET):
            self.timer.start(_AGAIN_MS)
            return
        desk, to = self._desk, self._to
        self._desk.runner.run(
            Lane.NET,
            lambda progress: verbs.send_due(desk, to, progress),
            title="Đang thử gửi lại",
            owner=self,
            done=self._done,
            failed=lambda _: self._done(None),
        )
