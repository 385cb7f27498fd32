"""Biên nhận: every receipt that came back, and the evidence behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.delivery import verbs, words
from app.ui.look import frame
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.ui.delivery.page import DeliveryPage
    from app.workflows.receipts import ReceiptLine, ReceiptRow


def _columns() -> tuple[Column[ReceiptRow], ...]:
    return (
        Column("Nhận lúc", 150, lambda row: f"{words.day(row.received_at)} {row.received_at:%H:%M}"),
        Column("Nơi nhận", 0, lambda row: row.receiver or row.id),
        Column("Đường về", 96, lambda row: row.destination or "USB"),
        Column("Tiếp nhận", 84, lambda row: words.number(row.accepted), right=True),
        Column("Từ chối", 76, lambda row: words.number(row.refused), right=True),
    )


class ReceiptsPane(QWidget):
    """The list at the left, the chosen receipt's text at the right."""

    def __init__(self, page: DeliveryPage) -> None:
        super().__init__()
        self._page = page
        look = page.look
        self.table: Table[ReceiptRow] = Table(look, "Biên nhận", _columns())
        self.table.pointed.connect(self._point)
        self.title = Elided(look, "", Type.SECTION)
        self.evidence = QPlainTextEdit()
        self.table.opened.connect(lambda _: self.evidence.setFocus())
        self.evidence.setReadOnly(True)
        self.evidence.setTabChangesFocus(True)
        self.evidence.setAccessibleName("Bằng chứng của biên nhận")
        self.empty = Empty(look, "Chưa có biên nhận nào. Biên nhận về đây khi nơi nhận đã tiếp nhận học bạ.")
        left, self.right = frame("panel"), frame("panel")
        listed = QVBoxLayout(left)
        listed.setContentsMargins(1, 1, 1, 1)
        listed.addWidget(self.table)
        text = QVBoxLayout(self.right)
        text.setContentsMargins(GAP, GAP, GAP, GAP)
        text.setSpacing(GAP_SMALL)
        text.addWidget(self.title)
        text.addWidget(self.evidence, 1)
        self.content = QWidget()
        row = QHBoxLayout(self.content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(left, 3)
        row.addWidget(self.right, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.content, 1)
        layout.addWidget(self.empty, 1)
        self.setFocusProxy(self.table)

    def load(self) -> None:
        """Read every receipt."""
        self._page.read(lambda: verbs.receipts(self._page.desk), self.show_receipts)

    def show_receipts(self, found: tuple[ReceiptRow, ...]) -> None:
        """Replace the list."""
        self.content.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.table.show_rows(found)

    def _point(self, place: int) -> None:
        rows = self.table.rows_model.rows
        if not 0 <= place < len(rows):
            return
        row = rows[place]
        self.title.setText(f"Biên nhận {row.id}")
        told = [_told(line) for line in row.lines]
        self.evidence.setPlainText("\n".join([*told, "", "Nguyên văn biên nhận:", row.evidence]))


def _told(line: ReceiptLine) -> str:
    whose = (
        f"{line.pupil}, lớp {line.class_name}, {line.media.upper()}" if line.pupil else f"Tệp {line.sha256}"
    )
    verdict = "Đã tiếp nhận" if line.accepted else "Bị từ chối"
    return f"{verdict}: {whose}" + (f". {line.message}" if line.message else "")
