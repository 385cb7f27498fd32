"""The versions of one pupil's transcript beside its page: state, dates, reason, who; choosing, comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from app.records.types import TranscriptState
from app.ui.look import Look
from app.ui.states import STATE_SIGNS
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.choices import Choice, ChoiceList

if TYPE_CHECKING:
    from app.workflows.versions import VersionEntry, VersionStep

_WIDTH: Final = 172
_ROWS: Final = 3
_STEPS: Final = {
    "issue": "Tạo",
    "teacher": "GVCN ký",
    "leader": "BGH ký",
    "seal": "Đóng dấu",
    "revoke": "Thu hồi",
}


def moment(at: datetime) -> str:
    """A time as people write it: 08:14 17/06/2024."""
    return f"{at:%H:%M %d/%m/%Y}"


class VersionsPane(QFrame):
    """`chosen` with the version that a person picked, `compare_asked` with the numbers of two of them."""

    chosen = Signal(object)
    compare_asked = Signal(int, int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._entries: tuple[VersionEntry, ...] = ()
        self.setProperty("frame", "foot")
        self.list = ChoiceList(look, "Các bản")
        self.list.setFixedWidth(round(_WIDTH * look.theme.scale))
        self.list.chosen.connect(lambda _: self._choose())
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(GAP)
        self.facts.setVerticalSpacing(0)
        self.facts.setColumnStretch(1, 1)
        self.compare = look.button("So hai bản…", self._ask_compare, icon="columns-2", small=True)
        right = QVBoxLayout()
        right.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        right.setSpacing(GAP_SMALL)
        right.addLayout(self.facts)
        right.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.compare)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)

    @property
    def entries(self) -> tuple[VersionEntry, ...]:
        """What is listed, the newest version first."""
        return self._entries

    @property
    def entry(self) -> VersionEntry | None:
        """The chosen one."""
        return next((item for item in self._entries if str(item.version.version) == self.list.key), None)

    def show_entries(self, entries: tuple[VersionEntry, ...], number: int) -> None:
        """List the versions of a pupil and choose `number` (0: the newest), telling nobody."""
        self._entries = entries
        wanted = number or (entries[0].version.version if entries else 0)
        self.list.fill([_choice(item) for item in entries], str(wanted))
        rows = min(_ROWS, max(1, len(entries)))
        self.list.setFixedHeight(rows * self._look.theme.heights.person)
        self.compare.setVisible(len(entries) > 1)
        self._show_facts()

    def _choose(self) -> None:
        self._show_facts()
        if self.entry is not None:
            self.chosen.emit(self.entry.version)

    def _show_facts(self) -> None:
        _clear(self.facts)
        entry = self.entry
        for row, (head, words) in enumerate(_facts(entry) if entry else ()):
            name = self._look.label(head, Type.CAPTION_BOLD)
            said = self._look.label(words, Type.CAPTION, wrap=True)
            self.facts.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(said, row, 1)
        other = self._other()
        if entry is not None and other is not None:
            words = f"So bản {min(other, entry.version.version)} với bản {max(other, entry.version.version)}"
            self.compare.setText(f"\u2002{words}")
            self.compare.setAccessibleName(words)

    def _other(self) -> int | None:
        """The version before the chosen one; for the first one the version after it."""
        entry = self.entry
        numbers = sorted(item.version.version for item in self._entries)
        if entry is None or len(numbers) < 2:
            return None
        place = numbers.index(entry.version.version)
        return numbers[place - 1] if place else numbers[1]

    def _ask_compare(self) -> None:
        other, entry = self._other(), self.entry
        if other is not None and entry is not None:
            first, second = sorted((other, entry.version.version))
            self.compare_asked.emit(first, second)


def _choice(entry: VersionEntry) -> Choice:
    version = entry.version
    first = f"Bản {version.version} · {version.issued_at:%d/%m/%Y}"
    return Choice(str(version.version), first, STATE_SIGNS[version.state].word)


def _facts(entry: VersionEntry) -> Iterator[tuple[str, str]]:
    if entry.version.replaces is not None:
        yield "Thay cho", f"bản {entry.version.replaces}"
    for step in entry.steps:
        yield _STEPS[step.kind], _told(step)
    if entry.version.state is not TranscriptState.REVOKED or entry.seen:
        yield "Đã xem", _seen(entry.seen) or "chưa ai"


def _told(step: VersionStep) -> str:
    reason = f". Lý do: {step.reason}" if step.reason else ""
    return f"{moment(step.at)}, {step.who}{reason}"


def _seen(seen: Iterable[tuple[str, datetime]]) -> str:
    return "; ".join(f"{name} {at:%d/%m/%Y}" for name, at in seen)


def _clear(grid: QGridLayout) -> None:
    while grid.count():
        item = grid.takeAt(0)
        widget = item.widget() if item else None
        if isinstance(widget, QLabel):
            widget.hide()
            widget.deleteLater()
