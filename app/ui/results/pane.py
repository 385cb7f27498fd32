"""The pane beside the grid: the comment of the current cell in full, and what the rules say about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from app.records.programme import TRAIT_GROUPS, field_name
from app.records.types import Period, PupilYear
from app.ui.look import Look
from app.ui.results.sheet import Cell, Spec
from app.ui.theme import GAP, GAP_SMALL, Type

WIDTH: Final = 318
_GROUP: Final = {code: group for group, codes in TRAIT_GROUPS.items() for code in codes}


class CommentPane(QFrame):
    """Read-only."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "side")
        self.setFixedWidth(round(WIDTH * look.theme.scale))
        self.title = look.label(kind=Type.SECTION)
        self.name = look.label(kind=Type.BODY_BOLD)
        self.facts = look.label(tone="second")
        self._place = look.label(tone="second", kind=Type.CAPTION)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Nhận xét")
        self.text.setFixedHeight(7 * look.theme.heights.line)
        self.sentence = look.label(tone="warn", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(look.label("F4", Type.CAPTION, "hint"))
        who = QHBoxLayout()
        who.setSpacing(GAP_SMALL)
        who.addWidget(self.name)
        who.addWidget(self.facts, 1)
        who.addWidget(self._place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP + 2, GAP, GAP + 2, GAP)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addLayout(who)
        layout.addWidget(self.text)
        layout.addWidget(self.sentence)
        layout.addStretch(1)

    def show_cell(
        self, entry: PupilYear, place: str, period: Period, found: tuple[Spec, Cell] | None
    ) -> None:
        """Show one pupil and one column."""
        self.name.setText(entry.pupil.name)
        self._place.setText(place)
        if found is None:
            return
        spec, cell = found
        results = entry.period(period)
        group = spec.code if spec.part == "group" else _GROUP.get(spec.code, "")
        subject = results.subjects.get(spec.code)
        comment = results.group_comments.get(group, "") if group else (subject.comment if subject else "")
        self.title.setText(f"Nhận xét {field_name(group or spec.code)}")
        self.title.setToolTip(self.title.text())
        facts = []
        if subject and subject.level:
            facts.append(f"mức {subject.level}")
        if subject and subject.score is not None:
            facts.append(f"điểm {subject.score}")
        self.facts.setText(" · ".join(facts))
        self.text.setPlainText(comment or "Chưa có nhận xét.")
        self.sentence.setText(cell.sentence)
