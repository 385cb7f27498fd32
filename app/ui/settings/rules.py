"""Quy tắc cảnh báo: every rule with what it rests on; the school turns it off or changes its weight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from app.records.types import Severity
from app.ui.desk import Desk
from app.ui.settings import verbs
from app.ui.settings.flow import flowing
from app.ui.settings.least import LeastWidth
from app.ui.settings.panel import Panel, choose_only
from app.ui.settings.segments import Segments
from app.ui.states import SEVERITY_SIGNS, Sign
from app.ui.theme import Type
from app.ui.widgets.picker import Picker
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.rules import ListedRule

ALL: Final = "*"
_ON: Final = Sign("check", "Bật", "ok", "ok_bg")
_OFF: Final = Sign("minus", "Tắt", "text2", "surface")


def _state(row: ListedRule) -> Sign:
    return _ON if row.enabled else _OFF


def _severity(row: ListedRule) -> Sign:
    return SEVERITY_SIGNS[row.severity]


def _columns() -> tuple[Column[ListedRule], ...]:
    return (
        Column("Dùng", 72, lambda row: _state(row).word, sign=_state),
        Column("Mức", 112, lambda row: _severity(row).word, sign=_severity),
        Column("Khi nào báo", 0, lambda row: row.outline),
        Column("Căn cứ", 248, lambda row: row.basis),
    )


class RulesPanel(Panel):
    """One line per rule; the buttons act on the chosen one."""

    kinds = frozenset({"settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Quy tắc cảnh báo")
        look = self.look
        self._all: tuple[ListedRule, ...] = ()
        self.group = Picker(look, "Nhóm quy tắc")
        self.group.chosen.connect(lambda _: self._filter())
        self.state = Segments(look, "Hiện", [(ALL, "Tất cả"), ("changed", "Đã đổi"), ("off", "Đang tắt")])
        self.state.show_value(ALL)
        self.state.chosen.connect(lambda _: self._filter())
        self.body.addWidget(flowing(self.group, self.state))
        self.table: Table[ListedRule] = Table(look, "Quy tắc", _columns())
        self.table.setProperty("frame", "panel")
        LeastWidth(look.theme, self.table, 2, 300)
        self.table.pointed.connect(lambda _: self._look())
        self.table.opened.connect(lambda _: self._switch())
        self.body.addWidget(self.table, 1)
        self.sentence = look.label(wrap=True)
        self.sentence.setMinimumHeight(2 * look.theme.heights.line)
        self.body.addWidget(self.sentence)
        self.switch = look.button("Tắt quy tắc", self._switch)
        self.severity = Segments(look, "Mức", [(s.value, SEVERITY_SIGNS[s].word) for s in Severity])
        self.severity.chosen.connect(self._set_severity)
        label = look.label("Mức khi báo", Type.BODY_BOLD)
        label.setMinimumHeight(look.theme.heights.button)
        self.body.addWidget(flowing(self.switch, label, self.severity))
        self._look()

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.rules(self.desk), self._show)

    def _show(self, found: tuple[ListedRule, ...]) -> None:
        self._all = found
        off = sum(1 for one in found if not one.enabled)
        moved = sum(1 for one in found if one.severity is not one.rule.severity)
        self.note.setText(f"{len(found)} quy tắc, {off} đang tắt, {moved} đổi mức")
        groups = tuple(dict.fromkeys(one.group for one in found))
        self.group.fill([(ALL, "Mọi nhóm"), *((name, name) for name in groups)])
        self._filter()

    def _fits(self, one: ListedRule) -> bool:
        states = {
            ALL: True,
            "off": not one.enabled,
            "changed": not one.enabled or one.severity is not one.rule.severity,
        }
        return self.group.value in (ALL, one.group) and states[self.state.value]

    def _filter(self) -> None:
        chosen = self.table.row.rule.id if self.table.row else ""
        rows = [one for one in self._all if self._fits(one)]
        at = next((place for place, one in enumerate(rows) if one.rule.id == chosen), 0)
        self.table.show_rows(rows, at)
        self._look()

    def _look(self) -> None:
        row = self.table.row
        self.sentence.setText(f"{row.group}: {row.outline} Căn cứ: {row.basis}." if row else "")
        words = "Tắt quy tắc" if row is None or row.enabled else "Bật quy tắc"
        self.switch.setText(words)
        self.switch.setAccessibleName(words)
        buttons = (self.switch, *self.severity.buttons.values())
        choose_only(buttons, when=row is not None, why="Chọn một quy tắc trước.")
        if row is not None:
            self.severity.show_value(row.severity.value)

    # --- acting ---------------------------------------------------------------------------------------

    def _switch(self) -> None:
        row = self.table.row
        if row is None:
            return
        rule, enabled = row.rule.id, not row.enabled
        words = "Đã bật quy tắc" if enabled else "Đã tắt quy tắc"
        self.change(
            lambda: verbs.set_rule(self.desk, rule, enabled=enabled),
            f"{words}: {row.outline}",
            undo=lambda: verbs.set_rule(self.desk, rule, enabled=not enabled),
        )

    def _set_severity(self, value: str) -> None:
        row = self.table.row
        if row is None:
            return
        rule, before = row.rule.id, row.severity
        self.change(
            lambda: verbs.set_rule(self.desk, rule, severity=Severity(value)),
            f"Từ nay báo là {SEVERITY_SIGNS[Severity(value)].word.lower()}: {row.outline}",
            undo=lambda: verbs.set_rule(self.desk, rule, severity=before),
        )
