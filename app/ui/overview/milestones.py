"""The five milestones over the board: dates, what is done, a bar; today is tinted, late ones say who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.records.calendar import CHECKING, COMPLETION, RESULTS, SIGNING, TERM_1, YEAR_END
from app.ui.look import Look, rule
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type

if TYPE_CHECKING:
    from app.workflows.overview import Deadline

_NAMES: Final = {
    TERM_1: "Hết học kì I",
    RESULTS: "Nhập kết quả",
    YEAR_END: "Kết thúc năm học",
    CHECKING: "Kiểm tra, duyệt",
    SIGNING: "Ký số, đóng dấu",
    COMPLETION: "Xét hoàn thành",
}
_ICON: Final = 16
_BAR: Final = 5
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Told:
    """A milestone in words; `tone` names a colour of the theme, `tip` says everything."""

    name: str
    status: str
    line: str
    tip: str
    icon: str
    tone: str
    bar: str
    now: bool
    share: float


def days(begins: date | None, ends: date) -> str:
    """ "20–24/5", "28/5–3/6" or "20/6"."""
    last = f"{ends.day}/{ends.month}"
    if begins is None or begins == ends:
        return last
    return f"{begins.day}–{last}" if begins.month == ends.month else f"{begins.day}/{begins.month}–{last}"


def tell(item: Deadline, today: date, teachers: Mapping[str, str]) -> Told:
    """What to write about a milestone; `teachers`: class → homeroom teacher."""
    begins, ends = item.milestone.begins, item.milestone.ends
    unit = "học bạ" if item.of_transcripts else "lớp"
    done = item.total > 0 and item.done >= item.total
    now = (begins or ends) <= today <= ends
    parts = [days(begins, ends)]
    if done:
        parts.append("đã xong")
    elif item.total:
        parts.append(f"{item.done}/{item.total} {unit}")
    elif today > ends:
        parts.append("đã qua")
    if now and not done and ends > today:
        parts.append(f"còn {(ends - today).days} ngày")
    if not now and not done and today < ends and not item.done:
        parts = [parts[0], "chưa đến hạn"]
    late = item.late(today)
    status = _late(item.open_classes) if late else ("hôm nay" if now and not done else "")
    icon, tone, bar = (
        ("circle-check", "ok", "ok")
        if done
        else ("triangle-alert", "err", "warn_line")
        if late
        else ("calendar-days", "primary", "primary")
        if now
        else ("circle", "hint", "primary")
    )
    line = " · ".join(parts)
    who = _who(item.open_classes, teachers) if late else ""
    tip = ". ".join(filter(None, (f"{item.milestone.name}: {line}", status, who)))
    share = item.done / item.total if item.total else 0.0
    return Told(_NAMES[item.milestone.code], status, line, tip, icon, tone, bar, now and not done, share)


def _late(names: Sequence[str]) -> str:
    return f"trễ {names[0]}" if len(names) == 1 else f"trễ {len(names)} lớp"


def _who(names: Sequence[str], teachers: Mapping[str, str]) -> str:
    people = [f"{name} ({teachers[name]})" if teachers.get(name) else name for name in names]
    return f"Chưa xong: {', '.join(people)}"


class MilestoneBox(QWidget):
    """One milestone."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._told: Told | None = None
        self._short = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_told(self, told: Told) -> None:
        """Change what it says."""
        self._told = told
        self.setToolTip(told.tip)
        self.setAccessibleName(told.tip)
        self.update()

    @property
    def told(self) -> Told | None:
        """What it says now."""
        return self._told

    def shorten(self, short: bool) -> None:
        """Only the first line, where there is little height."""
        if short != self._short:
            self._short = short
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        line = self._look.theme.heights.line
        return QSize(120, line + GAP if self._short else 2 * line + _BAR + GAP + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        told = self._told
        if told is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        if told.now:
            painter.fillRect(self.rect(), theme.colour("tint"))
        line = theme.heights.line
        top = GAP // 2 if self._short else GAP_TINY
        left = GAP + _ICON + GAP_SMALL
        room = QRect(left, top, self.width() - left - GAP, line)
        icon = self._look.icons.pixmap(told.icon, getattr(theme.colours, told.tone), _ICON)
        painter.drawPixmap(GAP, top + (line - _ICON) // 2, icon)
        self._write_first(painter, room, told)
        if self._short:
            return
        font = theme.font(Type.CAPTION)
        painter.setFont(font)
        painter.setPen(theme.colour("text2"))
        words = QFontMetrics(font).elidedText(told.line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.translated(0, line), _LEFT, words)
        bar = QRect(left, top + 2 * line + 3, room.width(), _BAR)
        painter.fillRect(bar, theme.colour("border"))
        painter.fillRect(bar.adjusted(1, 1, -1, -1), theme.colour("subtle"))
        painter.fillRect(
            QRect(bar.left(), bar.top(), round(bar.width() * told.share), _BAR), theme.colour(told.bar)
        )

    def _write_first(self, painter: QPainter, room: QRect, told: Told) -> None:
        """Name at the left, who is late at the right."""
        theme = self._look.theme
        bold = theme.font(Type.CAPTION_BOLD)
        width = QFontMetrics(bold).horizontalAdvance(told.status)
        painter.setFont(bold)
        painter.setPen(theme.colour(told.tone))
        painter.drawText(room, _RIGHT, told.status)
        name = theme.font(Type.BODY_BOLD)
        painter.setFont(name)
        painter.setPen(theme.colour("text"))
        free = room.width() - (width + GAP_SMALL if told.status else 0)
        painter.drawText(
            room, _LEFT, QFontMetrics(name).elidedText(told.name, Qt.TextElideMode.ElideRight, free)
        )


class MilestoneStrip(QFrame):
    """The boxes side by side."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "panel")
        self.setAccessibleName("Các mốc của kế hoạch")
        self.boxes: tuple[MilestoneBox, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._short = False

    def show_deadlines(self, deadlines: Sequence[Deadline], today: date, teachers: Mapping[str, str]) -> None:
        """Replace what is said; the boxes stay."""
        if len(self.boxes) != len(deadlines):
            self._make(len(deadlines))
        for box, item in zip(self.boxes, deadlines, strict=True):
            box.show_told(tell(item, today, teachers))

    def _make(self, count: int) -> None:
        while (old := self._row.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        self.boxes = tuple(MilestoneBox(self._look) for _ in range(count))
        for number, box in enumerate(self.boxes):
            if number:
                self._row.addWidget(rule(vertical=True))
            box.shorten(self._short)
            self._row.addWidget(box, 1)

    def shorten(self, short: bool) -> None:
        """One line instead of three, where there is little height."""
        self._short = short
        for box in self.boxes:
            box.shorten(short)
