"""Returning a class: why, and which findings go along as remarks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.records.types import Finding
from app.ui.checks.table import sign_of
from app.ui.look import Look
from app.ui.theme import Type
from app.ui.widgets.reason import ReasonDialog

_LINES_SHOWN = 9


class ReturnDialog(ReasonDialog):
    """Asks why a class goes back, and which findings go with it as remarks."""

    def __init__(
        self,
        look: Look,
        class_name: str,
        findings: Sequence[Finding],
        ticked: Collection[str],
        parent: QWidget,
        *,
        approved: bool,
    ) -> None:
        note = (
            "Lớp đã duyệt sẽ mở lại để sửa. GVCN đọc được lý do này."
            if approved
            else "Lớp mở lại để sửa. GVCN đọc được lý do này."
        )
        self._needs_reason = approved
        self._findings = tuple(findings)
        super().__init__(look, f"Trả lại lớp {class_name}", note, "Trả lại lớp", parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Vấn đề gửi kèm")
        self.list.setFixedHeight(min(_LINES_SHOWN, len(findings) + 1) * look.theme.heights.line)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for finding in findings:
            self._add(look, finding, ticked=finding.id in ticked)
        self.list.itemChanged.connect(lambda _: self._check())
        self._count = look.label(kind=Type.BODY_BOLD)
        self._place()
        self._check()

    def _add(self, look: Look, finding: Finding, *, ticked: bool) -> None:
        sign = sign_of(finding)
        item = QListWidgetItem(finding.message)
        item.setIcon(look.icons.icon(sign.icon, getattr(look.theme.colours, sign.colour)))
        item.setToolTip(finding.message)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _place(self) -> None:
        """Under the reason, above the buttons; nothing where there is nothing to send along."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        for widget in (self._count, self.list):
            layout.insertWidget(layout.count() - 1, widget)
            widget.setVisible(bool(self._findings))

    @property
    def ticked(self) -> tuple[Finding, ...]:
        """The findings that go along."""
        return tuple(
            finding
            for row, finding in enumerate(self._findings)
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        )

    def _check(self) -> None:
        count = len(self.ticked)
        self._count.setText(f"Gửi kèm {count} nhắc nhở (phím cách để chọn)")
        enough = bool(self.reason) or (count > 0 and not self._needs_reason)
        self.act.setEnabled(enough)
        self.act.setToolTip("" if enough else "Ghi lý do trước.")
