"""Khen thưởng: who is entitled to a title, in class order; never ranked, and people decide."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.records.awards import title_in
from app.records.codes import YEAR_CLASS_TEXT
from app.records.types import Period
from app.ui.checks import verbs
from app.ui.look import frame
from app.ui.screens import RESULTS
from app.ui.states import Sign
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.awards import Entitled

_WRITTEN: Final = Sign("check", "Đã ghi", "ok", "ok_bg")
_OPEN: Final = Sign("circle", "Chưa ghi", "primary", "tint")
_DECIDE: Final = Sign("users", "Chờ lớp bình bầu", "text2", "neu_bg")


def title_of(item: Entitled) -> str:
    """The title in question."""
    return (*item.computed, *item.eligible)[0]


def state_of(item: Entitled) -> Sign:
    """Written into the year's end, still to be written, or for people to decide."""
    written = {title_in(award) for award in item.entry.outcome.awards}
    if title_of(item) in written:
        return _WRITTEN
    return _OPEN if item.computed else _DECIDE


class AwardsPanel(QWidget):
    """The list of one class or all; `stale` once something changed since it was read."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.stale = True
        self._page = page
        self._found: tuple[Entitled, ...] = ()
        look = page.look
        self.classes = Picker(look, "Lớp")
        self.count = Elided(look, "", tone="second")
        self.table: Table[Entitled] = Table(
            look,
            "Học sinh được xét khen thưởng",
            (
                Column("Lớp", 56, lambda row: row.class_name),
                Column("Học sinh", 200, lambda row: row.entry.pupil.name),
                Column("Kết quả giáo dục", 176, lambda row: YEAR_CLASS_TEXT[row.year_class]),
                Column("Danh hiệu được xét", 0, title_of),
                Column("Trong học bạ", 168, lambda row: state_of(row).word, sign=state_of),
            ),
        )
        self.empty = Empty(look, "")
        self.classes.chosen.connect(lambda _: self._show())
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table)
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._page.look
        head = QHBoxLayout()
        head.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        head.setSpacing(GAP)
        head.addWidget(self.classes)
        head.addWidget(self.count, 1)
        head.addWidget(look.label("Enter: đến ô Khen thưởng", Type.CAPTION, "second"))
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(GAP_SMALL)
        inside.addLayout(head)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)

    def load(self) -> None:
        """Read the list anew."""
        self.stale = False
        desk = self._page.desk
        desk.runner.run(
            Lane.WORK,
            lambda _: verbs.awards(desk),
            owner=self,
            done=self._take,
            failed=self._page.tell_error,
        )

    def _take(self, found: tuple[Entitled, ...]) -> None:
        self._found = found
        names = dict.fromkeys(item.class_name for item in found)
        self.classes.fill([("", "Tất cả các lớp"), *((name, f"Lớp {name}") for name in names)])
        self._show()

    def _show(self) -> None:
        shown = [item for item in self._found if self.classes.value in ("", item.class_name)]
        counts = Counter(title_of(item) for item in shown)
        self.count.setText(" · ".join(f"{title}: {count} em" for title, count in counts.items()))
        self.table.show_rows(shown, max(0, self.table.currentIndex().row()))
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.say("Chưa có em nào được xét danh hiệu. Danh sách có khi đủ kết quả cuối năm.")

    def _open(self, row: int) -> None:
        item = self.table.rows_model.rows[row]
        where = {"class": item.class_name, "pupil": item.entry.pupil.code, "field": "awards"}
        self._page.go.emit(RESULTS, {**where, "period": Period.CN.value})
