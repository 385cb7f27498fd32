"""Lưu trữ và gửi: the outbox, the way by stick, the archive, the receipts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.records.permissions import Action, allowed
from app.ui.delivery.archive import ArchivePane
from app.ui.delivery.outbox import OutboxPane
from app.ui.delivery.receipts import ReceiptsPane
from app.ui.delivery.relay import RelayPane
from app.ui.desk import Desk
from app.ui.tasks import Lane
from app.ui.widgets.page import Page

T = TypeVar("T")

TABS: Final = (
    ("outbox", "Hộp gửi"),
    ("relay", "Chuyển bằng USB"),
    ("archive", "Kho lưu trữ"),
    ("receipts", "Biên nhận"),
)
_TITLE_FITS: Final = 1000
"""Width at 100 % from which the title stands beside tabs and buttons."""


class DeliveryPage(Page):
    """One tab is shown and read at a time."""

    kinds: ClassVar[frozenset[str]] = frozenset({"outbox", "destinations", "transcripts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Lưu trữ và gửi")
        self.outbox = OutboxPane(self)
        self.relay = RelayPane(self)
        self.archive = ArchivePane(self)
        self.receipts = ReceiptsPane(self)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Lưu trữ và gửi")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self._stack = QStackedWidget()
        for (_, words), pane in zip(TABS, self._panes, strict=True):
            self.tabs.addTab(words)
            self._stack.addWidget(pane)
        self.head.insertWidget(1, self.tabs)
        if not allowed(desk.actor, Action.SEND):
            self.note.setText("Chỉ xem")
        for button in (self.outbox.pause, self.outbox.send):
            self.head.addWidget(button)
            button.hide()
        self.body.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.setFocusProxy(self.tabs)

    @property
    def _panes(self) -> tuple[OutboxPane, RelayPane, ArchivePane, ReceiptsPane]:
        return (self.outbox, self.relay, self.archive, self.receipts)

    @property
    def tab(self) -> str:
        """Id of the tab shown."""
        return TABS[self.tabs.currentIndex()][0]

    def load(self, where: Mapping[str, str]) -> None:
        ids = [id for id, _ in TABS]
        if where.get("tab") in ids and where["tab"] != self.tab:
            self.tabs.setCurrentIndex(ids.index(where["tab"]))
        else:
            self._load_tab()

    def _show_tab(self, _: int) -> None:
        self._stack.setCurrentIndex(self.tabs.currentIndex())
        self.banner.hide()
        self._load_tab()

    def _load_tab(self) -> None:
        shown = self.tab == "outbox" and self.outbox.may_send
        self.outbox.send.setVisible(shown)
        self.outbox.pause.setVisible(shown)
        self._panes[self.tabs.currentIndex()].load()

    def act(self, work: Callable[[], T], done: Callable[[T], None], *, title: str) -> None:
        """A short write beside a long job, whose line stays."""
        self.banner.hide()
        self.desk.runner.run(
            Lane.WORK, lambda _: work(), title=title, owner=self, done=done, failed=self.tell_error
        )

    def _stopped(self) -> None:
        super()._stopped()
        self.outbox.stopped()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title.setVisible(self.width() / self.look.theme.scale >= _TITLE_FITS)
