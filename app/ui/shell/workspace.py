"""What a signed-in person sees: top bar, nav and the screens; kept while the screen is locked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.desk import Desk
from app.ui.screens import OVERVIEW, ScreenSpec, not_for, screens_for
from app.ui.shell import verbs
from app.ui.shell.help import HelpDialog
from app.ui.shell.nav import Nav
from app.ui.shell.search import Search
from app.ui.shell.topbar import TopBar
from app.ui.tasks import Job, Lane
from app.ui.theme import MARGIN, NARROW_BELOW
from app.ui.widgets.banner import Banner
from app.ui.widgets.page import Page
from app.workflows.report import Changes

BROKEN_CHAIN = (
    "Nhật ký thay đổi không còn nguyên vẹn: có dòng bị sửa ngoài chương trình. "
    "Đừng ký hay gửi gì thêm; báo người quản trị và giữ nguyên bản sao lưu gần nhất."
)


class Workspace(QWidget):
    """Opens screens by name; each is made at its first visit and then kept."""

    change_person = Signal()
    year_asked = Signal(str)
    sample_left = Signal()
    lock = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._specs: dict[str, ScreenSpec] = {spec.id: spec for spec in screens_for(desk.actor)}
        self.pages: dict[str, Page] = {}
        self.top_bar = TopBar(desk)
        self.nav = Nav(desk.look, tuple(self._specs.values()))
        self._folded_by_hand: bool | None = None
        self.alarm = Banner(desk.look)
        self._stack = QStackedWidget()
        self.top_bar.change_person.connect(self.change_person)
        self.top_bar.lock.connect(self.lock)
        self.top_bar.year_asked.connect(self.year_asked)
        self.top_bar.sample_left.connect(self.sample_left)
        self.top_bar.help.connect(self.show_help)
        self.search = Search(desk, self.top_bar.field, self)
        self.search.chosen.connect(self.open)
        self._counting: Job | None = None
        self._put_away: tuple[QDialog, ...] = ()
        self.nav.chosen.connect(lambda screen: self.open(screen, {}))
        self.nav.folding.connect(self._remember_fold)
        self._lay_out()
        self._shortcuts()
        if not desk.school.chain_ok:
            self.alarm.tell("error", BROKEN_CHAIN)
        if OVERVIEW in self._specs:
            self.open(OVERVIEW, {})

    def _lay_out(self) -> None:
        content = QVBoxLayout()
        content.setSpacing(0)
        alarm = QVBoxLayout()
        alarm.setContentsMargins(MARGIN, 0, MARGIN, 0)
        alarm.addWidget(self.alarm)
        content.addLayout(alarm)
        content.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.nav)
        middle.addLayout(content, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)

    def _shortcuts(self) -> None:
        self._on("Ctrl+K", self._search)
        self._on("F1", self.show_help)
        self._on("Ctrl+L", self.lock.emit)
        self._on("F6", self._next_region)
        for number, screen in enumerate(list(self._specs)[:9], start=1):
            self._on(f"Ctrl+{number}", lambda screen=screen: self.open(screen, {}))

    def _on(self, keys: str, do: object) -> None:
        # In the whole window, wherever the focus is; a workspace out of sight hears nothing.
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(do)

    def _search(self) -> None:
        self.top_bar.field.setFocus()
        self.top_bar.field.selectAll()

    def _next_region(self) -> None:
        """F6: top bar, nav, content, and round again."""
        regions = (self.top_bar.field, self.nav.buttons[self.screen_id], self.page)
        inside = (self.top_bar, self.nav, self._stack)
        now = self.focusWidget()
        at = next((i for i, region in enumerate(inside) if now and region.isAncestorOf(now)), -1)
        following = regions[(at + 1) % len(regions)]
        inner = self.page.focusWidget() if following is self.page else following
        if inner is None:
            self.page.setFocus()
            self.page.focusNextChild()
        else:
            inner.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def screen_id(self) -> str:
        """The id of the screen in front."""
        return next(id for id, page in self.pages.items() if page is self._stack.currentWidget())

    @property
    def page(self) -> Page:
        """The screen in front."""
        return self.pages[self.screen_id]

    def open(self, screen: str, where: Mapping[str, str]) -> None:
        """Bring a screen to the front; `where` names the class, pupil or search to show there.

        A screen that is not for this person stays shut; the screen in front says whose it is.
        """
        if screen not in self._specs:
            self.page.tell_error(not_for(self.desk.actor, screen))
            return
        if screen not in self.pages:
            page = self._specs[screen].make(self.desk)
            page.go.connect(self.open)
            self.pages[screen] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self.pages[screen])
        self.nav.show_screen(screen)
        self.pages[screen].enter(where)
        self.pages[screen].setFocus()

    def put_dialogs_away(self) -> None:
        """Nobody may read or answer a question of this person while somebody else may be at the PC."""
        self._put_away = tuple(dialog for dialog in self.findChildren(QDialog) if dialog.isVisible())
        for dialog in self._put_away:
            dialog.hide()

    def bring_dialogs_back(self) -> None:
        """The questions that were put away, with what was typed into them."""
        away, self._put_away = self._put_away, ()
        for dialog in filter(isValid, away):
            dialog.show()

    def note_changes(self, changes: Changes) -> None:
        """Let every open screen look at what changed, and count again what waits."""
        for page in self.pages.values():
            page.note_changes(changes)
        self.count()

    def count(self) -> None:
        """Count what waits for this person, in the background; a newer count replaces the one under way."""
        if self._counting is not None:
            self._counting.drop()
        desk = self.desk
        self._counting = desk.runner.run(
            Lane.WORK,
            lambda _: verbs.badges(desk.store, desk.actor),
            owner=self,
            done=self.nav.show_badges,
        )

    def list_years(self) -> None:
        """Read which years there are to look at."""
        desk = self.desk
        desk.runner.run(
            Lane.WORK,
            lambda _: verbs.list_years(desk.store, desk.actor),
            owner=self,
            done=self.top_bar.show_years,
        )

    def show_help(self) -> None:
        """The keys of the window and of the grid, and where the guide lies."""
        HelpDialog(self.desk.look, self).open()

    def _remember_fold(self, folded: bool) -> None:
        self._folded_by_hand = folded

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        wanted = narrow if self._folded_by_hand is None else self._folded_by_hand
        if wanted != self.nav.folded:
            self.nav.fold(wanted)
