"""The row of buttons that says how many transcripts stand in which state, and shows only those."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.states import DRAFT_SIGN, STATE_SIGNS
from app.ui.theme import GAP_SMALL
from app.ui.transcripts.signs import UNSEEN_SIGN, counts
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.workflows.previews import SheetCard

ALL: Final = "Tất cả"
ERRORS: Final = "Có lỗi"
WARNINGS: Final = "Có cảnh báo"
_ORDER: Final = (
    DRAFT_SIGN.word,
    *(sign.word for sign in STATE_SIGNS.values()),
    UNSEEN_SIGN.word,
    ERRORS,
    WARNINGS,
)


def words_of(card: SheetCard) -> frozenset[str]:
    """The filters that let a card through."""
    state = STATE_SIGNS[card.version.state] if card.version else DRAFT_SIGN
    unseen = counts(card) and not card.seen
    marks = ((UNSEEN_SIGN.word, unseen), (ERRORS, card.errors), (WARNINGS, card.warnings))
    return frozenset({ALL, state.word, *(word for word, count in marks if count)})


class Filters(QWidget):
    """`chosen` when another filter is pressed; filters that nothing goes through are not shown.

    Where the buttons do not fit side by side, a list takes their place.
    """

    chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.word = ALL
        self.buttons: dict[str, QPushButton] = {}
        self._numbers: Counter[str] = Counter()
        self.list = Picker(look, "Chỉ xem")
        self.list.chosen.connect(self._press)
        self.list.hide()
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.list)
        for word in (ALL, *_ORDER):
            button = look.button(word, partial(self._press, word), kind="filter", small=True)
            button.setCheckable(True)
            button.hide()
            group.addButton(button)
            self.buttons[word] = button
            row.addWidget(button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons[ALL].setChecked(True)

    def count(self, cards: tuple[SheetCard, ...]) -> None:
        """Write the numbers; a filter that became empty gives way to all."""
        self._numbers = Counter(word for card in cards for word in words_of(card))
        for word, button in self.buttons.items():
            button.setText(f"{word} {self._numbers[word]}")
            button.setAccessibleName(f"{word}: {self._numbers[word]} học bạ")
        if not self._numbers[self.word]:
            self.word = ALL
        self.buttons[self.word].setChecked(True)
        self.list.fill([(word, self.buttons[word].text()) for word in self._offered], self.word)
        self._fit()

    @property
    def _offered(self) -> tuple[str, ...]:
        return tuple(word for word in self.buttons if word == ALL or self._numbers[word])

    def _fit(self) -> None:
        """Buttons side by side, or the list."""
        wide = sum(self.buttons[word].sizeHint().width() + GAP_SMALL for word in self._offered)
        fits = wide - GAP_SMALL <= self.width()
        for word, button in self.buttons.items():
            button.setVisible(fits and word in self._offered)
        self.list.setVisible(not fits)

    def let_through(self, cards: tuple[SheetCard, ...]) -> tuple[SheetCard, ...]:
        """The cards of the pressed filter."""
        return tuple(card for card in cards if self.word in words_of(card))

    def _press(self, word: str) -> None:
        if word != self.word:
            self.word = word
            self.buttons[word].setChecked(True)
            self.list.show_value(word)
            self.chosen.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.list.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
