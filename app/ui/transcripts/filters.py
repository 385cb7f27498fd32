"""The row of buttons that says how many transcripts stand in which state, and shows only those."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.ui.look import Look
from app.ui.states import DRAFT_SIGN, STATE_SIGNS
from app.ui.theme import GAP_SMALL

if TYPE_CHECKING:
    from app.workflows.previews import SheetCard

ALL: Final = "Tất cả"
ERRORS: Final = "Có lỗi"
WARNINGS: Final = "Có cảnh báo"
_ORDER: Final = (DRAFT_SIGN.word, *(sign.word for sign in STATE_SIGNS.values()), ERRORS, WARNINGS)


def words_of(card: SheetCard) -> frozenset[str]:
    """The filters that let a card through."""
    state = STATE_SIGNS[card.version.state] if card.version else DRAFT_SIGN
    marks = ((ERRORS, card.errors), (WARNINGS, card.warnings))
    return frozenset({ALL, state.word, *(word for word, count in marks if count)})


class Filters(QWidget):
    """`chosen` when another filter is pressed; filters that nothing goes through are not shown."""

    chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.word = ALL
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        for word in (ALL, *_ORDER):
            button = look.button(word, partial(self._press, word), kind="filter", small=True)
            button.setCheckable(True)
            button.hide()
            group.addButton(button)
            self.buttons[word] = button
            row.addWidget(button)
        row.addStretch(1)
        self.buttons[ALL].setChecked(True)

    def count(self, cards: tuple[SheetCard, ...]) -> None:
        """Write the numbers; a filter that became empty gives way to all."""
        numbers = Counter(word for card in cards for word in words_of(card))
        for word, button in self.buttons.items():
            button.setText(f"{word} {numbers[word]}")
            button.setAccessibleName(f"{word}: {numbers[word]} học bạ")
            button.setVisible(word == ALL or numbers[word] > 0)
        if not numbers[self.word]:
            self.word = ALL
        self.buttons[self.word].setChecked(True)

    def let_through(self, cards: tuple[SheetCard, ...]) -> tuple[SheetCard, ...]:
        """The cards of the pressed filter."""
        return tuple(card for card in cards if self.word in words_of(card))

    def _press(self, word: str) -> None:
        if word != self.word:
            self.word = word
            self.chosen.emit()
