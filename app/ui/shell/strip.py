"""The status strip: saved state and running job at the left; token, outbox, network at the right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.ui.icons import GAP
from app.ui.look import Look, frame, restyle
from app.ui.screens import DELIVERY, JOURNAL, SIGNING
from app.ui.shell.network import Reach
from app.ui.tasks import Job, TaskRunner
from app.ui.theme import GAP_SMALL

if TYPE_CHECKING:
    from app.signing.discovery import TokenInfo

_WAITING: Final = ("waiting", "sending", "paused")
_TONES: Final = {"ok": "ok", "warn": "warn", "err": "err", "primary": "primary"}


class Strip(QFrame):
    """Says only what is proven: `saved` is called after a commit, the network after the system told it."""

    asked = Signal(str)
    """The screen that the pressed part belongs to."""

    def __init__(self, look: Look, runner: TaskRunner) -> None:
        super().__init__()
        self._look = look
        self._runner = runner
        self.saved_at: datetime | None = None
        self.setProperty("frame", "strip")
        self.setFixedHeight(look.theme.heights.strip)
        self.saved, self.job, self.token, self.outbox, self.network = (self._item() for _ in range(5))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.saved)
        row.addWidget(self.job)
        row.addStretch(1)
        self._lines: dict[QPushButton, QFrame] = {}
        for item in (self.token, self.outbox, self.network):
            line = self._lines[item] = frame("rule")
            line.setFixedSize(1, 16)
            line.hide()
            row.addWidget(line)
            row.addWidget(item)
        for item, screen in (
            (self.saved, JOURNAL),
            (self.token, SIGNING),
            (self.outbox, DELIVERY),
            (self.network, DELIVERY),
        ):
            item.clicked.connect(lambda _=False, screen=screen: self.asked.emit(screen))
        self.job.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # words only
        self.token.setToolTip("Mở Ký số và đọc lại USB Token")
        self.saved.setToolTip("Mở Nhật ký")
        for item in (self.job, self.token, self.outbox):
            item.hide()
        self._show(self.saved, "lock", "Dữ liệu trên máy này được mã hóa")
        for signal in (runner.began, runner.stepped, runner.ended):
            signal.connect(self._on_job)

    def _item(self) -> QPushButton:
        item = QPushButton()
        item.setProperty("kind", "strip")
        item.setFlat(True)
        return item

    def _show(self, item: QPushButton, icon: str, words: str, tone: str = "") -> None:
        item.setText(f"{GAP}{words}")
        item.setAccessibleName(words)
        self._look.set_icon(item, icon, _TONES.get(tone, "text2"), 14)
        restyle(item, "tone", tone)
        item.show()
        if item in self._lines:
            self._lines[item].show()

    def show_saved(self, at: datetime) -> None:
        """A change was committed."""
        self.saved_at = at
        self._show(self.saved, "circle-check", f"Đã lưu {at:%H:%M:%S}", "ok")
        self.saved.setToolTip("Mở Nhật ký")

    def show_unsaved(self, why: str) -> None:
        """A change could not be committed; stays until the next one is."""
        self._show(self.saved, "circle-x", "Chưa lưu được", "err")
        self.saved.setToolTip(why)

    def show_tokens(self, tokens: tuple[TokenInfo, ...]) -> None:
        """What the last look at the USB ports found."""
        if not tokens:
            self._show(self.token, "unplug", "USB Token: chưa cắm")
        elif len(tokens) == 1:
            self._show(self.token, "usb", f"USB Token: {tokens[0].label.strip()}", "ok")
        else:
            self._show(self.token, "usb", f"USB Token: {len(tokens)} cái đang cắm", "ok")

    def show_token_reading(self) -> None:
        """The USB ports are being looked at."""
        self._show(self.token, "usb", "USB Token: đang đọc")

    def show_token_unread(self) -> None:
        """Looking failed; what exactly is told where one signs."""
        self._show(self.token, "usb", "USB Token: chưa đọc được", "err")

    def show_outbox(self, counts: Mapping[str, int]) -> None:
        """Number of transcripts per state."""
        waiting = sum(counts.get(state, 0) for state in _WAITING)
        rejected = counts.get("rejected", 0)
        words = f"Hộp gửi: {waiting} chờ" if waiting else "Hộp gửi: trống"
        if rejected:
            self._show(self.outbox, "inbox", f"Hộp gửi: {waiting} chờ, {rejected} bị từ chối", "warn")
        else:
            self._show(self.outbox, "inbox", words)

    def show_network(self, reach: Reach) -> None:
        """What the operating system says; offline is normal, never red."""
        if reach is Reach.ONLINE:
            self._show(self.network, "wifi", "Trực tuyến")
        elif reach is Reach.OFFLINE:
            self._show(self.network, "wifi-off", "Ngoại tuyến, vẫn làm việc bình thường", "warn")
        else:
            self._show(self.network, "wifi", "Mạng: chưa rõ")

    def _on_job(self, _: Job) -> None:
        job = next((job for job in self._runner.jobs if job.title), None)
        if job is None:
            self.job.hide()
            return
        count = f" {job.done}/{job.total}" if job.total else ""
        self._show(self.job, "loader", f"{job.title}{count}", "primary")
