"""Thiết lập: the sections at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.records.permissions import Action, Actor, allowed
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.theme import GAP
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.page import Page
from app.workflows.report import Changes

SCHOOL: Final = "school"
YEARS: Final = "years"
ACCOUNTS: Final = "accounts"
SIGNING: Final = "signing"
DESTINATIONS: Final = "destinations"
PHRASES: Final = "phrases"
RULES: Final = "rules"
OPTIONS: Final = "options"
BACKUP: Final = "backup"
DISPLAY: Final = "display"
PASSWORD: Final = "password"
_LEFT: Final = 216


@dataclass(frozen=True, slots=True)
class Section:
    """One section, shown to whoever may do all of `actions`; `make` imports it at its first visit."""

    id: str
    title: str
    second: str
    actions: frozenset[Action]
    make: Callable[[Desk], QWidget]


def _school(desk: Desk) -> QWidget:
    from app.ui.settings.school import SchoolPanel

    return SchoolPanel(desk)


def _years(desk: Desk) -> QWidget:
    from app.ui.settings.years import YearsPanel

    return YearsPanel(desk)


def _accounts(desk: Desk) -> QWidget:
    from app.ui.settings.accounts import AccountsPanel

    return AccountsPanel(desk)


def _signing(desk: Desk) -> QWidget:
    from app.ui.settings.signing import SigningPanel

    return SigningPanel(desk)


def _destinations(desk: Desk) -> QWidget:
    from app.ui.settings.destinations import DestinationsPanel

    return DestinationsPanel(desk)


def _phrases(desk: Desk) -> QWidget:
    from app.ui.settings.phrases import PhrasesPanel

    return PhrasesPanel(desk)


def _rules(desk: Desk) -> QWidget:
    from app.ui.settings.rules import RulesPanel

    return RulesPanel(desk)


def _options(desk: Desk) -> QWidget:
    from app.ui.settings.options import OptionsPanel

    return OptionsPanel(desk)


def _backup(desk: Desk) -> QWidget:
    from app.ui.settings.backup import BackupPanel

    return BackupPanel(desk)


def _display(desk: Desk) -> QWidget:
    from app.ui.settings.display import DisplayPanel

    return DisplayPanel(desk)


def _password(desk: Desk) -> QWidget:
    from app.ui.settings.password import PasswordPanel

    return PasswordPanel(desk)


def _section(id: str, title: str, second: str, make: Callable[[Desk], QWidget], *actions: Action) -> Section:
    return Section(id, title, second, frozenset(actions), make)


_A = Action
SECTIONS: Final = (
    _section(SCHOOL, "Trường", "Tên theo thời gian, các mốc", _school, _A.SETTINGS),
    _section(YEARS, "Năm học", "Chuyển sang năm học mới", _years, _A.SETTINGS),
    _section(ACCOUNTS, "Tài khoản và phân công", "Ai vào, ai dạy gì", _accounts, _A.ACCOUNTS),
    _section(SIGNING, "Ký số", "Chứng thư, trình điều khiển", _signing, _A.BIND, _A.SETTINGS),
    _section(DESTINATIONS, "Kho nhận", "Nơi gửi học bạ", _destinations, _A.DESTINATIONS),
    _section(PHRASES, "Ngân hàng nhận xét", "Câu mẫu của trường, của tôi", _phrases),
    _section(RULES, "Quy tắc cảnh báo", "Bật, tắt, đổi mức", _rules, _A.SETTINGS),
    _section(OPTIONS, "Mẫu in và quy định", "Lựa chọn của trường", _options, _A.SETTINGS),
    _section(BACKUP, "Sao lưu và khôi phục", "Bản sao, mã khôi phục", _backup, _A.BACKUP, _A.RESTORE),
    _section(DISPLAY, "Hiển thị", "Cỡ chữ, tương phản, phím", _display),
    _section(PASSWORD, "Mật khẩu của tôi", "Đổi mật khẩu", _password),
)


def sections_for(actor: Actor) -> tuple[Section, ...]:
    """The sections this person may use, in order."""
    return tuple(one for one in SECTIONS if all(allowed(actor, action) for action in one.actions))


class SettingsPage(Page):
    """Makes a section at its first visit and keeps it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Thiết lập")
        self._sections = {one.id: one for one in sections_for(desk.actor)}
        self.panels: dict[str, QWidget] = {}
        self.sections = ChoiceList(self.look, "Các phần thiết lập")
        self.sections.fill([Choice(one.id, one.title, one.second) for one in self._sections.values()])
        self.sections.chosen.connect(self._show_section)
        self._stack = QStackedWidget()
        left, right = frame("panel"), frame("panel")
        left.setFixedWidth(round(_LEFT * min(self.look.theme.scale, 1.25)))
        for holder, widget in ((left, self.sections), (right, self._stack)):
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(1, 1, 1, 1)
            inside.addWidget(widget)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.body.addWidget(content, 1)
        self.setFocusProxy(self.sections)
        self.sections.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def panel(self) -> QWidget:
        """The section in front."""
        return self.panels[self.sections.key]

    def enter(self, where: Mapping[str, str]) -> None:
        """`where["section"]` names the section to show."""
        wanted = where.get("section", "")
        if wanted in self._sections and wanted != self.sections.key:
            self.sections.choose(wanted)
        else:
            self._show_section(self.sections.key)

    def _show_section(self, id: str) -> None:
        if id not in self.panels:
            made = self._sections[id].make(self.desk)
            if isinstance(made, Page):
                made.go.connect(self.go)
            self.panels[id] = made
            self._stack.addWidget(made)
        panel = self.panels[id]
        self._stack.setCurrentWidget(panel)
        if isinstance(panel, Page):
            panel.enter({})

    def note_changes(self, changes: Changes) -> None:
        """Every section that was opened looks at what changed."""
        for panel in self.panels.values():
            if isinstance(panel, Page):
                panel.note_changes(changes)

    def tell_error(self, error: UserError) -> None:
        """Told by the section in front."""
        panel = self.panel
        if isinstance(panel, Page):
            panel.tell_error(error)
        else:
            super().tell_error(error)
