"""One line above the strip: a job that ended while its screen was out of sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import messages
from app.ui.look import Look
from app.ui.tasks import Job, Outcome, TaskRunner
from app.ui.theme import GAP_TINY, MARGIN
from app.ui.widgets.banner import Banner

SECONDS: Final = 8
"""How long a good end stays; a failure stays until it is closed."""


class NoticeLine(QWidget):
    """Hidden until a named job ends whose screen nobody sees."""

    def __init__(self, look: Look, runner: TaskRunner) -> None:
        super().__init__()
        self.banner = Banner(look)
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.banner.hide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, MARGIN, GAP_TINY)
        layout.addWidget(self.banner)
        self.setVisible(False)
        self.banner.closed.connect(self.hide)
        self._timer.timeout.connect(self.hide)
        runner.ended.connect(self._on_end)

    def _on_end(self, job: Job) -> None:
        owner = job.owner
        if not job.title or not isinstance(owner, QWidget) or not job.wanted or owner.isVisible():
            return
        what = job.title.removeprefix("Đang ")
        what = what[:1].upper() + what[1:]
        if job.outcome is Outcome.DONE:
            self._say("done", f"{what}: đã xong.")
        elif job.outcome is Outcome.CANCELLED:
            self._say("note", f"{what}: đã dừng. Phần đã làm xong vẫn giữ.")
        elif job.error is not None:
            self._say("error", f"{what}: chưa xong. {messages.sentence(job.error)}")

    def _say(self, kind: str, words: str) -> None:
        self.banner.tell(kind, words)
        self.show()
        if kind == "error":
            self._timer.stop()
        else:
            self._timer.start()
