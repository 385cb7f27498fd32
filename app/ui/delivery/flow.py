"""The way of the outbox in six counted steps that add up to all; each shows only its own rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from app.ui.delivery.words import OUTBOX_SIGNS, number
from app.ui.look import Look, restyle, rule
from app.ui.theme import GAP_SMALL, GAP_TINY, Type
from app.ui.widgets.elided import Elided

ALL: Final = ""
STEPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("waiting", ("waiting", "paused")),
    ("sending", ("sending",)),
    ("stored", ("stored",)),
    ("accepted", ("accepted",)),
    ("rejected", ("rejected",)),
    ("cancelled", ("cancelled",)),
)
"""Key of a step and the states it counts: what is paused still waits."""
_SIDE: Final = 4
_ICON: Final = 18


class Counter(QPushButton):
    """A number over a word; pressed, it chooses what the table shows."""

    def __init__(self, look: Look, icon: str, word: str, colour: str) -> None:
        super().__init__()
        self.word = word
        self.setProperty("kind", "counter")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.value = 0
        self._number = look.label("0", Type.TITLE)
        self._words = Elided(look, word, Type.CAPTION, "second")
        self._look, self._sign = look, (icon, colour)
        self._icon = QLabel()
        self.toggled.connect(self._ink)
        self._ink(False)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(GAP_SMALL, _SIDE, GAP_SMALL, _SIDE)
        inside.setSpacing(GAP_SMALL)
        if icon:
            inside.addWidget(self._icon)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._number)
        texts.addWidget(self._words)
        inside.addLayout(texts, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _ink(self, chosen: bool) -> None:
        for label, tone in ((self._number, ""), (self._words, "second")):
            restyle(label, "tone", "chosen" if chosen else tone)
        icon, colour = self._sign
        if icon:
            ink = getattr(self._look.theme.colours, "on_sel" if chosen else colour)
            self._icon.setPixmap(self._look.icons.pixmap(icon, ink, _ICON))

    def show_value(self, value: int) -> None:
        """Change the number."""
        self.value = value
        self._number.setText(number(value))
        self.setAccessibleName(f"{self.word}: {number(value)}")
        self.setToolTip(f"{self.word}: {number(value)} học bạ")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._number.sizeHint().width() + 4 * GAP_SMALL, self.sizeHint().height())


class Flow(QFrame):
    """All, then the steps in order; `chosen` tells the key of the step, "" for all."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        self.counters = {ALL: Counter(look, "", "Tất cả", "text")}
        for key, _ in STEPS:
            sign = OUTBOX_SIGNS[key]
            self.counters[key] = Counter(look, sign.icon, sign.word, sign.colour)
        self._group = QButtonGroup(self)
        self.setFixedHeight(2 * look.theme.heights.line + GAP_SMALL + 2 * (_SIDE + GAP_TINY))
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_TINY, GAP_TINY, GAP_TINY, GAP_TINY)
        row.setSpacing(GAP_TINY)
        for key, counter in self.counters.items():
            if key in ("waiting", "rejected"):
                row.addWidget(rule(vertical=True))
            elif key in ("sending", "stored", "accepted"):
                row.addWidget(look.icon_label("arrow-right", "hint", 14))
            self._group.addButton(counter)
            counter.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            row.addWidget(counter, 1)
        self.counters[ALL].setChecked(True)

    @property
    def key(self) -> str:
        """The chosen step."""
        return next(key for key, counter in self.counters.items() if counter.isChecked())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Numbers by state; each state is counted in exactly one step."""
        self.counters[ALL].show_value(sum(counts.values()))
        for key, states in STEPS:
            self.counters[key].show_value(sum(counts.get(state, 0) for state in states))


def states_of(key: str) -> tuple[str, ...]:
    """The states behind a step; none named means all."""
    return dict(STEPS).get(key, ())
