"""What came of a batch: signed, not signed with the reason, not reached; it stays until it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from app.records.types import SigningRole
from app.ui.look import Look, frame
from app.ui.signing.batch import Batch
from app.ui.signing.words import ROLES, result_title, spaced
from app.ui.theme import GAP, GAP_SMALL
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty import Empty
from app.ui.widgets.table import Column, Table

SIGNED, FAILED, LEFT = range(3)
_EMPTY: Final = (
    "Chưa có học bạ nào được ký trong đợt này.",
    "Không học bạ nào bị từ chối.",
    "Không còn học bạ nào chờ trong đợt này.",
)
_NO_STAMP: Final = (
    "Chưa có dấu thời gian: {count} học bạ. Chữ ký vẫn có giá trị; "
    "hạn bổ sung là {ends}, ngày chứng thư hết hạn."
)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One transcript of the batch and what came of it."""

    class_name: str
    pupil: str
    pupil_code: str
    told: str


def rows_of(batch: Batch) -> tuple[tuple[ResultRow, ...], ...]:
    """Signed, refused, left."""
    done = f"{ROLES[batch.role].done}, đã lưu, đã kiểm tra lại"
    verb = _verb(batch)
    return (
        tuple(ResultRow(item.class_name, item.pupil, item.pupil_code, done) for item in batch.signed),
        tuple(
            ResultRow(item.class_name, item.pupil, item.pupil_code, failure.message)
            for item, failure in batch.failed
        ),
        tuple(
            ResultRow(item.class_name, item.pupil, item.pupil_code, f"Chưa {verb}, không mất gì")
            for item in batch.left
        ),
    )


def _verb(batch: Batch) -> str:
    return "đóng dấu" if batch.role is SigningRole.SEAL else "ký"


def _heads(batch: Batch) -> tuple[str, ...]:
    verb = _verb(batch)
    words = (f"Đã {verb}", f"Không {verb}", f"Chưa {verb}")
    return tuple(f"{word} ({count})" for word, count in zip(words, batch.counts, strict=True))


def report_text(batch: Batch, school: str, year: str, ended: datetime) -> str:
    """The same as plain lines, to be printed or kept."""
    lines = [
        school,
        f"Năm học {year}",
        f"{ROLES[batch.role].name}: {result_title(batch.role, *batch.counts)}",
        f"Lúc {ended:%H:%M} ngày {ended:%d/%m/%Y}",
        f"USB Token của {batch.holder}, sê-ri {spaced(batch.token.serial)}",
    ]
    for head, rows in zip(_heads(batch), rows_of(batch), strict=True):
        lines += ["", head, *(f"{row.class_name}\t{row.pupil}\t{row.told}" for row in rows)]
    return "\n".join(lines) + "\n"


class ResultsPane(QWidget):
    """`again` signs what is left, `opened` shows one transcript, `closed` goes back to the beginning."""

    again = Signal()
    opened = Signal(object)
    saved = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[tuple[ResultRow, ...], ...] = ((), (), ())
        self.notice = Banner(look, closable=False)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Kết quả ký")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in range(3):
            self.tabs.addTab("")
        self.table: Table[ResultRow] = Table(look, "Kết quả từng học bạ", _columns())
        self.table.opened.connect(lambda row: self.opened.emit(self.table.rows_model.rows[row]))
        self.empty = Empty(look, "")
        self.save = look.button("Lưu kết quả…", self.saved.emit, icon="save")
        self.close_button = look.button("Đóng", self.closed.emit)
        self.resume = look.button("Ký tiếp", self.again.emit, icon="signature", kind="primary")
        self.tabs.currentChanged.connect(self._show_tab)
        self.setFocusProxy(self.tabs)
        self._lay_out()

    def _lay_out(self) -> None:
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.tabs)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_SMALL)
        foot.addWidget(self._look.label("Enter: mở học bạ", tone="second"))
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.close_button)
        foot.addWidget(self.resume)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(panel, 1)
        column.addLayout(foot)

    def show_batch(self, batch: Batch) -> None:
        """The lists; the one that needs a look comes first."""
        self._rows = rows_of(batch)
        signed, failed, left = batch.counts
        for place, words in enumerate(_heads(batch)):
            self.tabs.setTabText(place, words)
        if signed:
            ends = f"{batch.token.not_after:%d/%m/%Y}"
            self.notice.tell("note", _NO_STAMP.format(count=signed, ends=ends))
        else:
            self.notice.hide()
        words = ROLES[batch.role].again(left)
        self.resume.setText(f"\u2002{words}")
        self.resume.setAccessibleName(words)
        self.resume.setVisible(left > 0)
        self.tabs.setCurrentIndex(FAILED if failed else LEFT if left else SIGNED)
        self._show_tab(self.tabs.currentIndex())

    def _show_tab(self, place: int) -> None:
        rows = self._rows[place]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.say(_EMPTY[place])


def _columns() -> tuple[Column[ResultRow], ...]:
    return (
        Column("Lớp", 76, lambda row: row.class_name),
        Column("Học sinh", 220, lambda row: row.pupil),
        Column("Kết quả", 0, lambda row: row.told),
    )
