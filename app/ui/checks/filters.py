"""The filters over the findings: severity, accepted ones, rule, subject, who is in charge, closed classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.records.types import Finding, Severity
from app.ui.checks.sift import Filters, Sifted, people_in, rules_in, subjects_in
from app.ui.icons import GAP as ICON_GAP
from app.ui.look import Look
from app.ui.settings.flow import Flow
from app.ui.states import SEVERITY_SIGNS
from app.ui.theme import GAP_TINY
from app.ui.widgets.picker import Picker

_ALL_RULES: Final = ("", "Mọi quy tắc")
_ALL_SUBJECTS: Final = ("", "Mọi môn")
_ALL_PEOPLE: Final = ("", "Mọi người phụ trách")
_KEYS: Final = {severity: str(number) for number, severity in enumerate(Severity, start=1)}


class FilterBar(QWidget):
    """`changed` whenever something else is to be shown."""

    changed = Signal()

    def __init__(self, look: Look, *, may_approve: bool) -> None:
        super().__init__()
        self._look = look
        self.severities = {severity: self._severity(severity) for severity in Severity}
        self.accepted = self._toggle("Đã bỏ qua", "check")
        self.closed = self._toggle("Chỉ lớp đã chốt", "lock")
        self.closed.setToolTip("Lớp đã chốt, đang chờ duyệt")
        if not may_approve:
            self.closed.hide()
        self.rule = Picker(look, "Quy tắc")
        self.subject = Picker(look, "Môn")
        self.person = Picker(look, "Người phụ trách")
        self.clear = look.button("Bỏ lọc", self.reset, icon="x", kind="flat")
        for picker in (self.rule, self.subject, self.person):
            picker.chosen.connect(lambda _: self.changed.emit())
        self._lay_out()
        self.offer((), {})

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP_TINY)
        for widgets in (
            (*self.severities.values(), self.accepted, self.closed),
            (self.rule, self.subject, self.person, self.clear),
        ):
            holder = QWidget()
            row = Flow()
            for widget in widgets:
                row.addWidget(widget)
            holder.setLayout(row)
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            holder.setSizePolicy(policy)
            rows.addWidget(holder)

    def _severity(self, severity: Severity) -> QPushButton:
        sign = SEVERITY_SIGNS[severity]
        button = self._toggle(sign.word, sign.icon)
        self._look.set_icon(button, sign.icon, sign.colour)
        button.setToolTip(f"Phím {_KEYS[severity]}")
        button.setChecked(severity is not Severity.NOTE)
        return button

    def _toggle(self, words: str, icon: str) -> QPushButton:
        button = self._look.button(words, self.changed.emit, icon=icon, kind="filter")
        button.setCheckable(True)
        return button

    @property
    def filters(self) -> Filters:
        """What is chosen now."""
        return Filters(
            severities=frozenset(s for s, button in self.severities.items() if button.isChecked()),
            accepted=self.accepted.isChecked(),
            rule=self.rule.value,
            subject=self.subject.value,
            person=self.person.value,
            closed=self.closed.isChecked(),
        )

    def offer(self, findings: Sequence[Finding], people: Mapping[tuple[str, str], str]) -> None:
        """Let people choose among what there is; a choice that found nothing any more is kept."""
        for picker, every, found in (
            (self.rule, _ALL_RULES, rules_in(findings)),
            (self.subject, _ALL_SUBJECTS, subjects_in(findings)),
            (self.person, _ALL_PEOPLE, people_in(findings, people)),
        ):
            gone = picker.value and picker.value not in dict(found)
            picker.fill([every, *found, *([(picker.value, picker.text())] if gone else [])])
        self.person.setVisible(len(people_in(findings, people)) > 1 or bool(self.person.value))

    def count(self, found: Sifted) -> None:
        """Write how many findings each button stands for."""
        for severity, button in self.severities.items():
            words = f"{SEVERITY_SIGNS[severity].word} {found.counts[severity]}"
            button.setText(f"{ICON_GAP}{words}")
            button.setAccessibleName(words)
        words = f"Đã bỏ qua {found.accepted}"
        self.accepted.setText(f"{ICON_GAP}{words}")
        self.accepted.setAccessibleName(words)
        self.clear.setVisible(self.filters.narrow)

    def toggle(self, severity: Severity) -> None:
        """The keys 1, 2, 3."""
        self.severities[severity].click()

    def reset(self) -> None:
        """Show everything again but the severities that were put away."""
        for picker in (self.rule, self.subject, self.person):
            picker.show_value("")
        self.closed.setChecked(False)
        self.changed.emit()
