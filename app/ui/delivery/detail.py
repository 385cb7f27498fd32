"""One parcel in full: its state, the sentence with the next step, its files, and what happened when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.delivery import words
from app.ui.look import Look, frame, restyle, rule
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.workflows.outbox import History, Parcel, Queue

_TONES = {"rejected": "error", "paused": "warning", "accepted": "done"}


class Detail(QFrame):
    """Signals are the person's wishes for the parcel shown; `closed` only where the pane covers the table."""

    wants_try = Signal()
    wants_cancel = Signal()
    wants_back = Signal()
    wants_pupil = Signal()
    closed = Signal()

    def __init__(self, look: Look, *, may_send: bool) -> None:
        super().__init__()
        self._look = look
        self._may_send = may_send
        self.setProperty("frame", "panel")
        self.name = Elided(look, "", Type.SECTION)
        self.chip = Chip(look)
        self.about = Elided(look, "", Type.CAPTION, "second")
        self.first = look.label(kind=Type.BODY_BOLD, wrap=True)
        self.second = look.label(wrap=True)
        self.try_again = look.button("Thử ngay", self.wants_try.emit, icon="refresh-cw", small=True)
        self.put_back = look.button("Xếp lại vào hộp gửi", self.wants_back.emit, icon="inbox", small=True)
        self.cancel = look.button("Hủy gửi…", self.wants_cancel.emit, kind="danger", small=True)
        self.pupil = look.button("Mở hồ sơ học sinh", self.wants_pupil.emit, icon="user", small=True)
        self.close_pane = look.button("Đóng", self.closed.emit, kind="flat", small=True)
        self.close_pane.hide()
        self._box = frame("banner")
        self.story = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self.name, 1)
        head.addWidget(self.chip)
        head.addWidget(self.close_pane)
        box = QVBoxLayout(self._box)
        box.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        box.setSpacing(GAP_TINY)
        for label in (self.first, self.second):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            box.addWidget(label)
        buttons = QVBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        acts = QHBoxLayout()
        acts.setSpacing(GAP_SMALL)
        for button in (self.try_again, self.put_back, self.cancel):
            acts.addWidget(button)
        acts.addStretch(1)
        buttons.addLayout(acts)
        buttons.addWidget(self.pupil, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP_SMALL)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addWidget(self.about)
        layout.addWidget(self._box)
        layout.addLayout(buttons)
        layout.addWidget(rule())
        layout.addWidget(self._look.label("Diễn biến", Type.BODY_BOLD))
        layout.addWidget(self._scroll(), 1)

    def _scroll(self) -> QScrollArea:
        inside = QWidget()
        self.story.setContentsMargins(0, 0, 0, 0)
        self.story.setSpacing(GAP_SMALL)
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, GAP_SMALL, 0)
        outer.addLayout(self.story)
        outer.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Diễn biến")
        area.setWidget(inside)
        for ground in (inside, area.viewport()):
            ground.setAutoFillBackground(False)
        return area

    def show_parcel(self, parcel: Parcel, queue: Queue) -> None:
        """Everything but the history, which is read on its own."""
        state = parcel.state.value
        self.name.setText(words.name(parcel))
        self.chip.show_sign(words.sign(parcel))
        count = len(parcel.files)
        about = f"{words.about(parcel)} · {count} tệp, {words.size(parcel.size)}"
        tries = f" · đã thử {parcel.attempts} lần" if parcel.attempts else ""
        self.about.setText(about + tries)
        first, second = words.lines(parcel, queue)
        self.first.setText(first)
        self.second.setText(second)
        restyle(self._box, "state", _TONES.get(state, "note"))
        self._show_buttons(parcel, state, queue.hold == "hand")

    def _show_buttons(self, parcel: Parcel, state: str, held: bool) -> None:
        can_try = state in ("waiting", "paused", "rejected") and not held
        self.try_again.setVisible(self._may_send and can_try)
        self.cancel.setVisible(self._may_send and state in ("waiting", "paused", "rejected"))
        again = state == "cancelled" or parcel.carried or (state == "rejected" and held)
        self.put_back.setVisible(self._may_send and again)
        self.pupil.setVisible(bool(parcel.files[0].pupil_code))

    def show_history(self, history: History) -> None:
        """The story, oldest first."""
        while (item := self.story.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for colour, sentence, at in words.told(history):
            self.story.addWidget(self._event(colour, sentence, at))

    def _event(self, colour: str, sentence: str, at: str) -> QWidget:
        event = QWidget()
        row = QHBoxLayout(event)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._look.icon_label("circle", colour, 12), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        what = self._look.label(sentence, wrap=True)
        what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        texts.addWidget(what)
        texts.addWidget(self._look.label(at, Type.CAPTION, "second"))
        row.addLayout(texts, 1)
        return event
