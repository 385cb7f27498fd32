"""A run that stopped by itself: three numbers that add up, nothing half signed, and the steps to go on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.errors import UserError
from app.records.types import SigningRole
from app.ui.look import Look, frame, restyle
from app.ui.signing.batch import Batch
from app.ui.signing.cards import AwaitedPanel
from app.ui.signing.classes import ProgressTable
from app.ui.signing.words import ROLES, Halt, halt_of
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, MARGIN, Type

if TYPE_CHECKING:
    from app.workflows.signing_overview import SigningOverview

_RIGHT: Final = 300
_SHARE: Final = 0.3
"""The card of the token takes at most this share of the width."""
_LOW: Final = 420
"""Height at 100 % under which the classes give way to the steps."""
_STEPS: Final = 4


class StoppedPane(QWidget):
    """`resume` signs what is left; `finish` shows the results."""

    resume = Signal()
    finish = Signal()
    diagnose = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._batch: Batch | None = None
        self._halt: Halt | None = None
        self._icon = look.icon_label("unplug", "warn", 24)
        self.title = look.label(kind=Type.TITLE, tone="warn", wrap=True)
        self.sentence = look.label(wrap=True)
        self.tiles = tuple(_Tile(look, kind, icon, tone) for kind, icon, tone in _TILES)
        self.steps = tuple(_Step(look, number) for number in range(1, _STEPS + 1))
        self.finish_button = look.button("Dừng hẳn, xem kết quả", self.finish.emit)
        self.again = look.button("Ký tiếp", self.resume.emit, icon="signature", kind="primary")
        self.again.setEnabled(False)
        self.awaited = AwaitedPanel(look)
        self.awaited.diagnose.connect(self.diagnose)
        self.classes = ProgressTable(look)
        self.setFocusProxy(self.finish_button)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._panel(), 1)
        top.addWidget(self.awaited)
        table = self._table = frame("panel")
        inside = QVBoxLayout(table)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.classes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(table, 1)

    def _panel(self) -> QFrame:
        panel = frame("halt")
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(GAP_TINY)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        head.addLayout(words, 1)
        tiles = QHBoxLayout()
        tiles.setSpacing(GAP_TINY)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.finish_button)
        buttons.addStretch(1)
        buttons.addWidget(self.again)
        column = QVBoxLayout(panel)
        column.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addLayout(tiles)
        column.addWidget(self._look.label("Làm tiếp", Type.BODY_BOLD))
        for step in self.steps:
            column.addWidget(step)
        column.addLayout(buttons)
        return panel

    def show_halt(self, batch: Batch, error: UserError, at: datetime) -> None:
        """Why and where it stopped."""
        self._batch = batch
        halt = self._halt = halt_of(error, batch.holder, batch.token.serial)
        colours = self._look.theme.colours
        self._icon.setPixmap(self._look.icons.pixmap(halt.icon, colours.warn, 24))
        self.title.setText(halt.title)
        self.sentence.setText(_sentence(batch, halt, at))
        verb = "đóng dấu" if batch.role is SigningRole.SEAL else "ký"
        words = (f"đã {verb}, đã lưu, đã kiểm tra lại", f"không {verb}", f"chưa {verb}, không mất gì")
        for tile, number, text in zip(self.tiles, batch.counts, words, strict=True):
            tile.show_number(number, text)
        left = batch.counts[2]
        again = ROLES[batch.role].again(left)
        steps = (
            *halt.steps,
            f"Bấm {again.removesuffix(f' {left} học bạ')} và nhập lại PIN. Chỉ {verb} {left} học bạ còn lại.",
        )
        for place, step in enumerate(self.steps):
            step.setVisible(place < len(steps))
            step.say(steps[place] if place < len(steps) else "")
        self.again.setText(f"\u2002{again}")
        self.again.setAccessibleName(again)
        self.classes.show_classes(batch.classes(running=False))
        self.setAccessibleName(f"{halt.title}. {self.sentence.text()}")
        self.show_overview(None)

    def show_overview(self, found: SigningOverview | None) -> None:
        """The last look at the token; the button wakes when the right one answers."""
        self.awaited.show_overview(found)
        ready = found is not None and found.can_sign
        left = self._batch.counts[2] if self._batch is not None else 0
        self.again.setEnabled(ready and left > 0)
        self.again.setToolTip("" if ready else "Chờ USB Token của người ký trả lời.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = self._look.theme.scale
        self.awaited.setFixedWidth(round(min(_RIGHT * scale, self.width() * _SHARE)))
        self._table.setVisible(self.height() / scale >= _LOW)


_TILES: Final = (("done", "circle-check", "ok"), ("error", "circle-x", "err"), ("plain", "circle", "text2"))


def _sentence(batch: Batch, halt: Halt, at: datetime) -> str:
    signed, failed, _ = batch.counts
    verb = "đóng dấu" if batch.role is SigningRole.SEAL else "ký"
    if not signed and not failed:
        where = f"Lần {verb} này đã dừng lúc {at:%H:%M:%S}, chưa {verb} học bạ nào."
    elif batch.now is not None:
        who = f"{batch.now.pupil} ({batch.now.class_name})"
        where = f"Lúc {at:%H:%M:%S}, ở học bạ của {who}. Học bạ này chưa {verb} và không bị {verb} dở."
    else:
        where = f"Lúc {at:%H:%M:%S}. Không học bạ nào bị {verb} dở."
    return f"{where} {halt.sentence}".strip()


class _Tile(QFrame):
    """A number and what it counts, on the ground of its kind."""

    def __init__(self, look: Look, kind: str, icon: str, tone: str) -> None:
        super().__init__()
        self._look = look
        self._kind, self._sign = kind, (icon, tone)
        self._icon = look.icon_label(icon, tone, 20)
        self.number: QLabel = look.label(kind=Type.TITLE)
        self.words = look.label(kind=Type.CAPTION, wrap=True)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.number)
        text.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP_TINY, GAP, GAP_TINY)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._icon)
        row.addLayout(text, 1)

    def show_number(self, number: int, words: str) -> None:
        """Change both; a zero has no colour."""
        kind, (icon, tone) = (self._kind, self._sign) if number else ("plain", (self._sign[0], "text2"))
        restyle(self, "frame", "subtle" if kind == "plain" else "banner")
        restyle(self, "state", kind)
        restyle(self.number, "tone", "" if kind == "plain" else tone)
        ink = getattr(self._look.theme.colours, tone)
        self._icon.setPixmap(self._look.icons.pixmap(icon, ink, 20))
        self.number.setText(str(number))
        self.words.setText(words)
        self.setAccessibleName(f"{number} {words}")


class _Step(QWidget):
    """A numbered step."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self.words = look.label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(look.label(f"{number}.", Type.BODY_BOLD, "primary"))
        row.addWidget(self.words, 1)

    def say(self, text: str) -> None:
        """Change the words."""
        self.words.setText(text)
