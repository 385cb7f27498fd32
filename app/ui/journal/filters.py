"""What to show of the journal: person, class, pupil, kind of entry, days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.records import typed
from app.records.journal import GROUP_TEXT, LogGroup
from app.ui.journal.verbs import Asked
from app.ui.look import Look, restyle
from app.ui.theme import GAP, GAP_SMALL
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.workflows.journal import JournalChoices

CALM_MS: Final = 300
_ALL: Final = "*"
_BETWEEN: Final = "between"
_SPANS: Final = (
    (_ALL, "Mọi ngày"),
    ("0", "Hôm nay"),
    ("6", "7 ngày qua"),
    ("29", "30 ngày qua"),
    (_BETWEEN, "Khoảng ngày…"),
)
_LOGIN: Final = "login:"


class Filters(QWidget):
    """`changed` tells that other entries are wanted; the second half moves below when there is no room."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.person = Picker(look, "Người")
        self.klass = Picker(look, "Lớp")
        self.group = Picker(look, "Loại việc")
        self.span = Picker(look, "Thời gian")
        self.pupil = _line("Tên hoặc mã học sinh", 190, look)
        self.first = _line("Từ ngày, như 01/06/2024", 170, look)
        self.last = _line("Đến ngày", 120, look)
        self.group.fill([(_ALL, "Mọi việc"), *((one.value, text) for one, text in GROUP_TEXT.items())])
        self.span.fill(_SPANS)
        for picker in (self.person, self.klass, self.group):
            picker.chosen.connect(lambda _: self.changed.emit())
        self.span.chosen.connect(self._span_chosen)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self.changed)
        for field in (self.pupil, self.first, self.last):
            field.textEdited.connect(lambda _: self._calm.start())
        self._first = _row(self.person, self.klass, self.group)
        self._second = _row(self.span, self.first, self.last, self.pupil)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._grid.setSpacing(GAP_SMALL)
        self._grid.setColumnStretch(2, 1)
        self._below: bool | None = None
        self._arrange()
        self._span_shown()

    def fill(self, found: JournalChoices) -> None:
        """Offer people and classes; who may see nobody else is not asked for a person."""
        people = [(f"{_LOGIN}{login}", name) for login, name in found.people]
        self.person.fill([(_ALL, "Mọi người"), *people])
        self.person.setVisible(found.all_people)
        self.klass.fill([(_ALL, "Mọi lớp"), *((name, f"Lớp {name}") for name in found.classes)])

    @property
    def asked(self) -> Asked:
        """What the filters say now; a day that cannot be read leaves nothing out and shows its fault."""
        first, last = self._days()
        person, klass, group = (picker.value for picker in (self.person, self.klass, self.group))
        return Asked(
            login=person.removeprefix(_LOGIN) if person.startswith(_LOGIN) else None,
            class_name="" if klass == _ALL else klass,
            pupil=self.pupil.text().strip(),
            group=None if group in ("", _ALL) else LogGroup(group),
            first=first,
            last=last,
        )

    @property
    def narrowed(self) -> bool:
        """True while anything is left out."""
        return self.asked != Asked()

    def clear(self) -> None:
        """Leave nothing out any more."""
        for picker in (self.person, self.klass, self.group, self.span):
            picker.show_value(_ALL)
        for field in (self.pupil, self.first, self.last):
            field.clear()
        self._span_shown()
        self.changed.emit()

    def _days(self) -> tuple[date | None, date | None]:
        if self.span.value == _BETWEEN:
            return _day(self.first), _day(self.last)
        if self.span.value == _ALL:
            return None, None
        today = datetime.now().astimezone().date()
        return today - timedelta(days=int(self.span.value)), None

    def _span_chosen(self, _: str) -> None:
        self._span_shown()
        self.changed.emit()

    def _span_shown(self) -> None:
        for field in (self.first, self.last):
            field.setVisible(self.span.value == _BETWEEN)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        wide = self._first.sizeHint().width() + self._second.sizeHint().width()
        below = wide + 3 * GAP > self.width()
        if below != self._below:
            self._below = below
            self._grid.addWidget(self._first, 0, 0)
            self._grid.addWidget(self._second, *((1, 0) if below else (0, 1)))


def _line(name: str, width: int, look: Look) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setClearButtonEnabled(True)
    field.setFixedWidth(round(width * look.theme.scale))
    return field


def _row(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP_SMALL)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return made


def _day(field: QLineEdit) -> date | None:
    """The day that was typed, None while there is none that can be read."""
    text = field.text().strip()
    try:
        found = typed.day(text) if text else None
    except typed.Unreadable:
        restyle(field, "state", "error")
        field.setToolTip("Ghi ngày như 01/06/2024.")
        return None
    restyle(field, "state", "")
    field.setToolTip("")
    return found
