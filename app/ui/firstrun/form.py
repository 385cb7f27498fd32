"""A form of labelled fields, one under the other, as the steps of the first start use it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.ui.look import Look
from app.ui.theme import GAP, GAP_SMALL, Type


@dataclass(frozen=True, slots=True)
class Field:
    """One field: key, label, what stands in the empty field, and whether it may stay empty."""

    key: str
    label: str
    example: str = ""
    optional: bool = False
    secret: bool = False


class Form(QWidget):
    """Fields by key; `changed` after every key, `entered` when Enter is pressed in the last one."""

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, fields: tuple[Field, ...]) -> None:
        super().__init__()
        self._fields = fields
        self.inputs: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP + 4)
        grid.setVerticalSpacing(GAP_SMALL)
        for row, field in enumerate(fields):
            entry = QLineEdit()
            entry.setPlaceholderText(field.example)
            entry.setAccessibleName(field.label)
            if field.secret:
                entry.setEchoMode(QLineEdit.EchoMode.Password)
            entry.textChanged.connect(self.changed)
            entry.returnPressed.connect(self.entered)
            label = look.label(field.label, Type.BODY_BOLD)
            label.setBuddy(entry)
            grid.addWidget(label, row, 0)
            grid.addWidget(entry, row, 1)
            self.inputs[field.key] = entry
        grid.setColumnStretch(1, 1)

    def text(self, key: str) -> str:
        """What was typed, without spaces around it."""
        return self.inputs[key].text().strip()

    @property
    def complete(self) -> bool:
        """True when every field that must be filled is."""
        return all(field.optional or self.text(field.key) for field in self._fields)

    def focus_first(self) -> None:
        """Put the cursor in the first field that is still empty."""
        empty = [entry for entry in self.inputs.values() if not entry.text()]
        (empty or list(self.inputs.values()))[0].setFocus()
