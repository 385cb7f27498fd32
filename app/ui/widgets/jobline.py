"""One line for a long job: what is being done, count, bar, time left, and the button that stops it."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from app.ui.look import Look, restyle
from app.ui.tasks import Job, TaskRunner, time_left
from app.ui.theme import GAP, GAP_SMALL, Type


class JobLine(QFrame):
    """Hidden until `watch`, hidden again when the job ends."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._job: Job | None = None
        self._runner: TaskRunner | None = None
        self.setProperty("frame", "banner")
        restyle(self, "state", "note")
        self._text = look.label()
        self._count = look.label(kind=Type.BODY_BOLD)
        self._left = look.label(tone="second")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(160)
        self.stop = look.button("Dừng", self._stop, icon="x", small=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        layout.setSpacing(GAP)
        for widget in (self._text, self._bar, self._count, self._left, self.stop):
            layout.addWidget(widget, 1 if widget in (self._text, self._bar) else 0)
        self.hide()

    def watch(self, runner: TaskRunner, job: Job) -> None:
        """Follow `job` until it ends."""
        if self._runner is None:
            self._runner = runner
            runner.stepped.connect(self._on_step)
            runner.ended.connect(self._on_end)
        self._job = job
        self._text.setText(job.title)
        self._count.setText("")
        self._left.setText("")
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.setVisible(not job.ended)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)
            self._left.setText("Đang dừng sau mục này…")

    def _on_step(self, job: Job) -> None:
        if job is not self._job:
            return
        self._text.setText(job.text or job.title)
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)
        self._count.setText(f"{job.done}/{job.total}" if job.total else "")
        if not job.stopping:
            self._left.setText(time_left(job.done, job.total, time.monotonic() - job.started))
        self.setAccessibleName(f"{job.title}: {job.done} trên {job.total}")

    def _on_end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()
