"""A row of a file beside the pupils it may mean: the person says who it is, nobody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.candidates import Candidate
    from app.workflows.import_rows import FileFinding


def _columns() -> tuple[Column[Candidate], ...]:
    return (
        Column("Lớp", 52, lambda row: row.class_name),
        Column("Họ và tên", 0, lambda row: row.name, bold=True),
        Column("Ngày sinh", 108, lambda row: f"{row.birth_date:%d/%m/%Y}" if row.birth_date else "chưa có"),
        Column("Mã Bộ GD&ĐT", 120, lambda row: row.code or "chưa có"),
        Column("Số định danh", 136, lambda row: row.personal_id or "chưa có"),
    )


class MatchDialog(QDialog):
    """`decision` is "match", "add" or "ignore" once accepted; `key` the chosen enrolment."""

    def __init__(self, look: Look, finding: FileFinding, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.decision = ""
        self.setWindowTitle("Ghép dòng với học sinh")
        self.setMinimumWidth(round(720 * look.theme.scale))
        self.table: Table[Candidate] = Table(look, "Học sinh có thể là dòng này", _columns())
        self.table.setFixedHeight(look.theme.heights.head + 5 * look.theme.heights.row + 2)
        self.table.setProperty("frame", "panel")
        self.table.show_rows(finding.candidates)
        self.table.opened.connect(lambda _: self._decide("match"))
        self.match = look.button("Ghép", lambda: self._decide("match"), icon="link", kind="primary")
        self.add = look.button("Thêm em mới", lambda: self._decide("add"), icon="plus")
        self.ignore = look.button("Bỏ qua dòng", lambda: self._decide("ignore"))
        self.match.setEnabled(bool(finding.candidates))
        self.add.setVisible(finding.addable)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        for button in (self.ignore, self.add):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(look.button("Hủy", self.reject))
        buttons.addWidget(self.match)
        some = "Chọn em mà dòng này nói đến. Chỉ giống tên thì chưa đủ: so cả ngày sinh và mã."
        none = "Không có em nào giống dòng này. Sửa mã hoặc ngày sinh trong tệp, hoặc bỏ qua dòng."
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(look.label(finding.pupil or "Dòng chưa rõ tên", Type.SECTION))
        layout.addWidget(look.label(f"{file}, trang {finding.sheet}, ô {finding.cell}", tone="second"))
        layout.addWidget(look.label(finding.message, wrap=True))
        layout.addWidget(look.label(some if finding.candidates else none, tone="second", wrap=True))
        layout.addWidget(self.table)
        layout.addLayout(buttons)
        self.table.setVisible(bool(finding.candidates))

    @property
    def key(self) -> int:
        """The enrolment that was chosen."""
        chosen = self.table.row
        return chosen.key if chosen else 0

    def _decide(self, decision: str) -> None:
        self.decision = decision
        self.accept()
