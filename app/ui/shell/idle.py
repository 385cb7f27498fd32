"""Locks by itself: tells when nobody touched key or mouse for some minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

MINUTES: Final = 5
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """`idle` after `minutes` without a touch; starts when `start` is called.

    `minutes` may be a question: it is asked anew at each touch, so that another choice holds at once.
    It sees every event of the application, so it dies with its parent.
    """

    idle = Signal()

    def __init__(
        self,
        application: QApplication,
        parent: QObject | None = None,
        *,
        minutes: float | Callable[[], float] = MINUTES,
    ) -> None:
        super().__init__(parent or application)
        self._minutes = minutes
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        application.installEventFilter(self)

    def start(self) -> None:
        """Begin to count."""
        minutes = self._minutes() if callable(self._minutes) else self._minutes
        self._timer.start(round(minutes * 60_000))

    def stop(self) -> None:
        """Count no more (the screen is locked)."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self.start()
        return False
