"""While signing: the count, the time left, who is signed now, what was refused; it can wait or end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.records.types import SigningRole
from app.ui.look import Look, frame, restyle
from app.ui.signing.batch import Batch
from app.ui.signing.classes import ProgressTable
from app.ui.tasks import time_left
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, MARGIN, Type
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.workflows.report import Failure
    from app.workflows.signing_overview import Ready

_RIGHT: Final = 340
_SHARE: Final = 0.3
"""The cards at the right take at most this share of the width."""
_SHOWN: Final = 4
"""So many refused ones are shown while the run goes on; all of them afterwards."""
_KEEP = "Nếu lỡ rút ra, học bạ đã ký vẫn còn nguyên và ký tiếp được."
_FOOT = "Mỗi chữ ký được kiểm tra lại ngay sau khi ký. Có thể khóa màn hình, việc ký vẫn chạy."


class RunningPane(QWidget):
    """`hold` tells whether to wait, `stop` that the person wants to end."""

    hold = Signal(bool)
    stop = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._announced = -1
        self.count = look.label(kind=Type.NUMBER)
        self.of = look.label(kind=Type.SECTION, tone="second")
        self.left_time = look.label(kind=Type.SECTION)
        self.pace = look.label(kind=Type.CAPTION, tone="second")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setProperty("kind", "run")
        self.signed, self.failed, self.left = (look.label(kind=Type.BODY_BOLD) for _ in range(3))
        self._failed_icon = look.icon_label("circle-x", "text2", 16)
        self.now = Elided(look, align=Qt.AlignmentFlag.AlignRight)
        self.classes = ProgressTable(look)
        self.refused = RefusedCard(look)
        self.pause = look.button("Tạm dừng", self._pause, icon="pause")
        self.end = look.button("Dừng sau học bạ này", self._end, icon="square")
        self._held = False
        self.setFocusProxy(self.pause)
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        table = frame("panel")
        inside = QVBoxLayout(table)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.classes)
        middle.addWidget(table, 1)
        middle.addWidget(self._cards())
        foot = QHBoxLayout()
        foot.setSpacing(GAP_SMALL)
        foot.addWidget(self._look.icon_label("shield-check", "text2", 16))
        foot.addWidget(Elided(self._look, _FOOT, tone="second"), 1)
        foot.addWidget(self.pause)
        foot.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self._counter())
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _counter(self) -> QFrame:
        look = self._look
        panel = frame("panel")
        first = QHBoxLayout()
        first.setSpacing(GAP_SMALL)
        first.addWidget(self.count)
        first.addWidget(self.of, 1, Qt.AlignmentFlag.AlignBottom)
        times = QVBoxLayout()
        times.setSpacing(0)
        for label in (self.left_time, self.pace):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            times.addWidget(label)
        first.addLayout(times)
        sums = QHBoxLayout()
        sums.setSpacing(GAP_TINY)
        for icon, label in (
            (look.icon_label("circle-check", "ok", 16), self.signed),
            (self._failed_icon, self.failed),
            (look.icon_label("circle", "text2", 16), self.left),
        ):
            sums.addWidget(icon)
            sums.addWidget(label)
            sums.addSpacing(MARGIN)
        sums.addWidget(self.now, 1)
        column = QVBoxLayout(panel)
        column.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        column.setSpacing(GAP_SMALL)
        column.addLayout(first)
        column.addWidget(self.bar)
        column.addLayout(sums)
        return panel

    def _cards(self) -> QWidget:
        look = self._look
        keep = frame("panel")
        inside = QVBoxLayout(keep)
        inside.setContentsMargins(GAP, GAP, GAP, GAP)
        inside.setSpacing(GAP_TINY)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(look.icon_label("usb", "ok", 18))
        head.addWidget(look.label("Giữ nguyên USB Token", Type.BODY_BOLD), 1)
        inside.addLayout(head)
        inside.addWidget(look.label(_KEEP, tone="second", wrap=True))
        cards = QWidget()
        self._side = cards
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(keep)
        column.addWidget(self.refused)
        column.addStretch(1)
        return cards

    # --- showing --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A run starts or goes on."""
        self._announced = -1
        self._show_held(False)
        self.end.setEnabled(True)
        self.pause.setEnabled(True)
        self.left_time.setText("")
        self.pace.setText("")

    def show_batch(self, batch: Batch, done_now: int, elapsed: float) -> None:
        """The counts; `done_now` documents took `elapsed` seconds in this run."""
        signed, failed, left = batch.counts
        total = len(batch.chosen)
        sealing = batch.role is SigningRole.SEAL
        verb = "đóng dấu" if sealing else "ký"
        self.count.setText(str(total - left))
        self.of.setText(f"/ {total} học bạ")
        self.bar.setRange(0, total)
        self.bar.setValue(total - left)
        self.signed.setText(f"{signed} đã {verb} và đã lưu")
        self.failed.setText(f"{failed} không {verb}")
        restyle(self.failed, "tone", "err" if failed else "")
        colours = self._look.theme.colours
        ink = colours.err if failed else colours.text2
        self._failed_icon.setPixmap(self._look.icons.pixmap("circle-x", ink, 16))
        self.left.setText(f"{left} còn lại")
        now = batch.now
        self.now.setText(
            f"Đang {verb}: {now.pupil}, {now.class_name}" if now is not None else "Đang mở token…"
        )
        self.classes.show_classes(batch.classes(running=True))
        self.refused.show_failures(batch.failed)
        if not self._held and self.end.isEnabled():
            told = time_left(done_now, done_now + left, elapsed)
            self.left_time.setText(f"{told[:1].upper()}{told[1:]}")
        if done_now:
            self.pace.setText(f"{elapsed / done_now:.1f} giây mỗi học bạ, 2 tệp".replace(".", ",", 1))
        self._announce(signed, failed, left, total)

    def _announce(self, signed: int, failed: int, left: int, total: int) -> None:
        """Screen readers hear of every tenth, and of each refused one at once."""
        tenth = 10 * (total - left) // total * 1000 + failed
        if tenth != self._announced:
            self._announced = tenth
            self.bar.setAccessibleName(f"{signed} đã ký, {failed} không ký, {left} còn lại")

    def _pause(self) -> None:
        self._show_held(not self._held)
        self.hold.emit(self._held)

    def _show_held(self, held: bool) -> None:
        self._held = held
        words, icon = ("Ký tiếp", "play") if held else ("Tạm dừng", "pause")
        self.pause.setText(f"\u2002{words}")
        self.pause.setAccessibleName(words)
        self._look.set_icon(self.pause, icon, "text")
        if held:
            self.left_time.setText("Đang tạm dừng")

    def _end(self) -> None:
        self.end.setEnabled(False)
        self.pause.setEnabled(False)
        self.left_time.setText("Dừng sau học bạ này…")
        self.stop.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(round(min(_RIGHT * self._look.theme.scale, self.width() * _SHARE)))


class RefusedCard(QFrame):
    """The refused ones with their reasons, as soon as they are known."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "panel")
        self._head = look.label(kind=Type.BODY_BOLD, tone="err")
        self.words: QLabel = look.label(wrap=True)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(look.icon_label("circle-x", "err", 16))
        head.addWidget(self._head, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP_TINY)
        layout.addLayout(head)
        layout.addWidget(self.words)
        self.hide()

    def show_failures(self, failed: tuple[tuple[Ready, Failure], ...]) -> None:
        """The newest first; hidden while there is none."""
        self.setVisible(bool(failed))
        self._head.setText(f"{len(failed)} học bạ không ký")
        newest = [failure.message for _, failure in reversed(failed)]
        more = [f"… và {len(newest) - _SHOWN} học bạ nữa."] if len(newest) > _SHOWN else []
        self.words.setText("\n".join(newest[:_SHOWN] + more))
