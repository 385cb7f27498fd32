"""The cards at the left: the token as it describes itself, and what is checked before signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.interaction import PinState
from app.ui.look import Look, rule
from app.ui.signing.words import CAN_SIGN, CANNOT_SIGN, NO_TOKEN, PIN_WORDS, READING, spaced
from app.ui.states import Sign
from app.ui.theme import GAP, GAP_PAGE, GAP_SMALL, GAP_TINY, MARGIN, Type
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.workflows.signing_overview import Check, SigningOverview, TokenCard

_SOON: Final = ((7, "err"), (30, "warn"), (90, "warn"))
"""Days left of a certificate, and the tone from there on."""
_PIN_TONES: Final = {
    PinState.NORMAL: "",
    PinState.TRIED: "warn",
    PinState.FINAL_TRY: "err",
    PinState.LOCKED: "err",
}
_STATES: Final = {
    "ok": ("circle-check", "ok"),
    "warning": ("triangle-alert", "warn"),
    "failed": ("circle-x", "err"),
}


def validity_words(days: int) -> tuple[str, str]:
    """What to say of a certificate that ends in so many days, and the tone; empty when there is time."""
    if days < 0:
        return "Đã hết hạn. Gia hạn rồi mới ký được.", "err"
    tone = next((tone for limit, tone in _SOON if days <= limit), "")
    if not tone:
        return "", ""
    told = "Hết hạn hôm nay" if days == 0 else f"Còn {days} ngày"
    return f"{told}. Gia hạn trước đợt ký sau.", tone


class TokenPanel(QFrame):
    """Who signs with what; without a token, the one sentence that says what to do."""

    diagnose = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "panel")
        self.setAccessibleName("USB Token")
        self.chip = Chip(look, READING)
        self._head = Elided(look, "USB Token", Type.BODY_BOLD, "second")
        self._icon = look.icon_label("usb", "text2", 18)
        self.help = look.button("Chẩn đoán token", self.diagnose.emit, icon="search", small=True)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(GAP_TINY)
        self._content: QWidget | None = None
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._icon)
        head.addWidget(self._head, 1)
        head.addWidget(self.chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addLayout(self._inside)
        layout.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)

    def show_reading(self) -> None:
        """Nothing is known yet."""
        self._put("USB Token", "usb", "text2", READING, self._sentence("Đang tìm USB Token…"))

    def show_overview(self, found: SigningOverview) -> None:
        """The fitting token, or which one is awaited."""
        card = found.token
        self.help.setVisible(card is None)
        if card is not None:
            fit = found.can_sign
            sign = CAN_SIGN if fit else CANNOT_SIGN
            self._put("USB Token đang cắm", "usb", "ok" if fit else "err", sign, self._described(card))
        elif found.strangers:
            words = f"Token đang cắm là của {', '.join(found.strangers)}."
            if found.wanted:
                words += f" Đợt này cần token của {found.wanted}."
            self._put("USB Token của người khác", "usb", "err", CANNOT_SIGN, self._sentence(words))
        else:
            self._put("Chưa cắm USB Token", "unplug", "text2", None, self._sentence(NO_TOKEN))

    def _put(self, head: str, icon: str, colour: str, sign: Sign | None, content: QWidget) -> None:
        colours = self._look.theme.colours
        self._icon.setPixmap(self._look.icons.pixmap(icon, getattr(colours, colour), 18))
        self._head.setText(head)
        self.chip.show_sign(sign)
        if self._content is not None:
            self._inside.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._inside.addWidget(content)

    def _sentence(self, words: str) -> QLabel:
        return self._look.label(words, Type.SECTION, wrap=True)

    def _described(self, card: TokenCard) -> QWidget:
        look = self._look
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_TINY)
        many = len(card.people) > 1
        first = f"{len(card.people)} người ký bằng token này" if many else card.people[0]
        layout.addWidget(look.label(first, Type.SECTION, wrap=True))
        second = ", ".join(card.people) if many else " · ".join(card.title)
        layout.addWidget(look.label(second, Type.CAPTION if many else Type.CAPTION_BOLD, "second", wrap=True))
        layout.addWidget(rule())
        layout.addLayout(self._facts(card))
        return box

    def _facts(self, card: TokenCard) -> QGridLayout:
        look = self._look
        soon, tone = validity_words(card.days_left)
        grid = QGridLayout()
        grid.setContentsMargins(0, GAP_TINY, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP_TINY)
        grid.setColumnStretch(1, 1)
        rows = [
            ("Cấp bởi", card.issuer, ""),
            ("Hiệu lực", f"{card.not_before:%d/%m/%Y} – {card.not_after:%d/%m/%Y}", ""),
            *([("", soon, tone)] if soon else []),
            ("Token", f"{card.label} · sê-ri {spaced(card.serial)}", ""),
            ("Nhập PIN", "Một lần cho cả đợt", ""),
            ("Thử PIN", PIN_WORDS[card.pin_state], _PIN_TONES[card.pin_state]),
        ]
        for row, (name, value, colour) in enumerate(rows):
            left = look.label(name, Type.CAPTION, "second")
            grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            words = look.label(value, Type.BODY_BOLD if colour else Type.BODY, colour, wrap=True)
            grid.addLayout(_marked(look, words, colour), row, 1)
        return grid


def _marked(look: Look, words: QLabel, tone: str) -> QHBoxLayout:
    """A value, with a sign before it when it needs a look."""
    row = QHBoxLayout()
    row.setSpacing(GAP_TINY)
    if tone:
        icon = look.icon_label("circle-x" if tone == "err" else "triangle-alert", tone, 14)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return row


class ChecksPanel(QFrame):
    """Each check in a line; a failed one carries its cure."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "panel")
        self.setAccessibleName("Kiểm tra trước khi ký")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GAP_SMALL)
        self._content: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(look.label("Kiểm tra trước khi ký", Type.BODY_BOLD))
        layout.addLayout(self._lines)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Replace the lines."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for check in checks:
            column.addLayout(self._line(check))
        if self._content is not None:
            self._lines.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = box
        self._lines.addWidget(box)

    def _line(self, check: Check) -> QHBoxLayout:
        icon, colour = _STATES[check.state]
        words = f"{check.text} {check.cure}".strip() if check.state != "ok" else check.text
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._look.icon_label(icon, colour, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._look.label(words, tone="" if check.state == "ok" else colour, wrap=True), 1)
        return row


class AwaitedPanel(QFrame):
    """Beside a run that stopped: what the token is doing now, and help when it is not recognised."""

    diagnose = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "awaited")
        self.chip = Chip(look)
        self._icon = look.icon_label("usb", "strong", GAP_PAGE)
        self.words = look.label(kind=Type.SECTION, wrap=True)
        self.more = look.label(tone="second", wrap=True)
        for label in (self.words, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.help = look.button("Chẩn đoán token", self.diagnose.emit, icon="search")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP_SMALL)
        layout.addStretch(1)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.words)
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.more)
        layout.addWidget(rule())
        layout.addWidget(self.help, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def show_overview(self, found: SigningOverview | None) -> None:
        """What the last look at the USB ports found; None while looking."""
        card = found.token if found is not None else None
        if found is None:
            self._say("Đang tìm USB Token", "Thường mất 3 đến 5 giây.", READING)
        elif card is not None:
            sign = CAN_SIGN if found.can_sign else CANNOT_SIGN
            whose = card.people[0] if len(card.people) == 1 else card.label
            self._say(whose, f"Thử PIN: {PIN_WORDS[card.pin_state]}", sign)
        elif found.strangers:
            self._say(
                f"Token của {', '.join(found.strangers)}",
                f"Đợt này cần token của {found.wanted}.",
                CANNOT_SIGN,
            )
        else:
            self._say("Đang chờ USB Token", "Cắm vào là tự nhận ra. Không nhận thì thử cổng USB khác.", None)

    def _say(self, words: str, more: str, sign: Sign | None) -> None:
        self.words.setText(words)
        self.more.setText(more)
        self.chip.show_sign(sign)
        self.setAccessibleName(f"{words}. {sign.word if sign else ''}")
