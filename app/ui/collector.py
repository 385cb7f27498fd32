"""Collects cyclic garbage on the window's thread only.

Python runs its cycle collector in whichever thread happens to allocate. Widgets and the closures connected
to them form cycles, so a worker would delete widgets while the window paints: Qt crashes, rarely, anywhere.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 250


class Collector(QObject):
    """Takes the cycle collector over from Python between `start` and `stop`; lives on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take the collector over."""
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """Collect each generation that is due by Python's own thresholds."""
        for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count <= limit:
                return
            gc.collect(generation)

    def stop(self) -> None:
        """Give the collector back to Python."""
        self._timer.stop()
        gc.enable()


def collect_here(application: QObject) -> Collector:
    """The one collector of an application, at work."""
    found = application.findChild(Collector) or Collector(application)
    found.start()
    return found
