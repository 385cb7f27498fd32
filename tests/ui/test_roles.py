"""What each role sees and may press in the window: screens, buttons, classes, and shut doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.records.types import Role
from app.ui.checks.page import ChecksPage
from app.ui.pupils.page import ALL, PupilsPage
from app.ui.results.page import ResultsPage
from app.ui.screens import OVERVIEW, SCREENS
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.ui.transcripts.page import TranscriptsPage
from app.ui.widgets.page import Page
from app.workflows import people
from app.workflows import store as store_verbs
from tests.ui.conftest import OpenWindow, Prepared
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in, write

CLERK, SUBJECT = "vanthu", "gvtoan"
EVERY: Final = tuple(spec.id for spec in SCREENS)
CLASSES: Final = ("1A", "2A", "3A", "4A", "5A")
KINDS: Final = ("primary", "danger")


@dataclass(frozen=True)
class Person:
    """What one role has in the window.

    `shut`: screens that are not there. `classes`: those in sight. `buttons`: screen → what stands there as
    the main or the dangerous act, with True when it can be pressed on classes of which none is submitted.
    """

    login: str
    shut: frozenset[str]
    classes: tuple[str, ...]
    buttons: dict[str, dict[str, bool]]

    @property
    def screens(self) -> tuple[str, ...]:
        return tuple(screen for screen in EVERY if screen not in self.shut)


_IMPORT: Final = {"Nhập từ Excel…": True}
_SUBMIT: Final = {"Chốt lớp": True}
_APPROVE: Final = {"Duyệt lớp": False}
_SEEN: Final = {"Đã xem, xem tiếp": False}
_REVOKE: Final = {"Thu hồi…": False, **_SEEN}
_SEND: Final = {"Gửi": False}
_VERIFY: Final = {"Chọn tệp…": True}
_REPORT: Final = {"Xuất Excel…": True}

PEOPLE: Final = (
    Person(
        ADMIN,
        frozenset(),
        CLASSES,
        {
            "overview": {"Xem lỗi": True},
            "pupils": _IMPORT,
            "results": _SUBMIT,
            "checks": _APPROVE,
            "transcripts": _REVOKE,
            "signing": {"Ký học bạ": False},
            "delivery": _SEND,
            "lookup": _VERIFY,
            "reports": _REPORT,
        },
    ),
    Person(
        TEACHER,
        frozenset({"delivery"}),
        ("3A",),
        {
            "overview": {"Mở lớp": True},
            "pupils": _IMPORT,
            "results": _SUBMIT,
            "transcripts": _SEEN,
            "signing": {"Ký học bạ": False},
            "lookup": _VERIFY,
            "reports": _REPORT,
        },
    ),
    Person(
        SUBJECT,
        frozenset({"checks", "transcripts", "signing", "delivery", "reports"}),
        ("3A", "4A"),
        {"overview": {"Mở lớp": True}, "pupils": _IMPORT, "lookup": _VERIFY},
    ),
    Person(
        CHECKER,
        frozenset({"signing"}),
        CLASSES,
        {
            "overview": {"Xem lỗi": True},
            "checks": _APPROVE,
            "transcripts": _SEEN,
            "lookup": _VERIFY,
            "reports": _REPORT,
        },
    ),
    Person(
        LEADER,
        frozenset(),
        CLASSES,
        {
            "overview": {"Xem lỗi": True},
            "checks": _APPROVE,
            "transcripts": _REVOKE,
            "signing": {"Ký duyệt học bạ": False},
            "lookup": _VERIFY,
            "reports": _REPORT,
        },
    ),
    Person(
        CLERK,
        frozenset({"checks", "reports"}),
        CLASSES,
        {
            "overview": {"Mở lớp": True},
            "pupils": _IMPORT,
            "transcripts": _SEEN,
            "signing": {"Đóng dấu học bạ": False},
            "delivery": _SEND,
            "lookup": _VERIFY,
        },
    ),
)


def each(*logins: str) -> pytest.MarkDecorator:
    chosen = [person for person in PEOPLE if not logins or person.login in logins]
    return pytest.mark.parametrize("person", chosen, ids=[person.login for person in chosen])


@pytest.fixture
def staffed(data: Path) -> Path:
    """A clerk, and a teacher of mathematics in 3A and 4A, beside the others."""
    with store_verbs.open_store(data) as store:
        admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
        for login, name, role, taught, subjects in (
            (CLERK, "Phan Ngọc Diễm", Role.CLERK, (), ()),
            (SUBJECT, "Lâm Văn Tuấn", Role.SUBJECT_TEACHER, ("3A", "4A"), ("TOAN",)),
        ):
            people.add_account(
                store=store,
                actor=admin,
                login=login,
                name=name,
                roles=(role,),
                classes=taught,
                subjects=subjects,
                password=PASSWORD,
            )
    return data


@pytest.fixture
def enter(qtbot: QtBot, open_window: OpenWindow, staffed: Path) -> Callable[[str], Workspace]:
    """Opens the window and signs a person in."""
    return lambda login: sign_in(qtbot, open_window(staffed), login)


def window_of(workspace: Workspace) -> MainWindow:
    window = workspace.window()
    assert isinstance(window, MainWindow)
    return window


def visit(qtbot: QtBot, workspace: Workspace, screen: str) -> Page:
    click(workspace.nav.buttons[screen])
    rest(qtbot, window_of(workspace))
    assert workspace.screen_id == screen
    return workspace.page


def acts(page: Page) -> dict[str, bool]:
    """The main and the dangerous buttons in sight, and whether each can be pressed."""
    shown = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.property("kind") in KINDS]
    return {button.accessibleName(): button.isEnabled() for button in shown}


def seen(page: Page) -> tuple[str, ...] | None:
    """The classes a screen offers; None for screens that offer none by name."""
    match page:
        case PupilsPage() | ChecksPage():
            return tuple(name for name in page.classes.keys if name != ALL)
        case ResultsPage() | TranscriptsPage():
            return tuple(item.text().removeprefix("Lớp ") for item in page.class_picker.menu().actions())
    return None


@each()
def test_screens_buttons_and_classes(qtbot: QtBot, enter: Callable[[str], Workspace], person: Person) -> None:
    workspace = enter(person.login)
    assert tuple(workspace.nav.buttons) == person.screens
    for screen in person.screens:
        if screen == "settings":
            continue  # its sections have their own table in tests/ui/settings
        page = visit(qtbot, workspace, screen)
        assert page.banner.text == "", screen
        assert acts(page) == person.buttons.get(screen, {}), screen
        shown = seen(page)
        if shown is not None:
            wanted = set(person.classes) - ({"5A"} if screen == "checks" else set())
            assert set(shown) == wanted, screen
        for button in (b for b in page.findChildren(QPushButton) if b.isVisible() and not b.isEnabled()):
            assert button.toolTip(), f"{screen}: {button.accessibleName()} does not say why it rests"


@each()
def test_a_shut_screen_stays_shut_and_says_whose_it_is(
    qtbot: QtBot, enter: Callable[[str], Workspace], person: Person
) -> None:
    workspace = enter(person.login)
    for screen in sorted(person.shut):
        workspace.page.banner.hide()
        workspace.page.go.emit(screen, {"class": person.classes[0]})
        rest(qtbot, window_of(workspace))
        assert workspace.screen_id == OVERVIEW
        assert screen not in workspace.pages
        told = workspace.page.banner.text
        title = next(spec.title for spec in SCREENS if spec.id == screen)
        assert f"{workspace.desk.actor.name} chưa được phép mở màn hình {title}." in told
        assert "Quản trị" in told
    assert not window_of(workspace).broken


@each(TEACHER, SUBJECT)
def test_the_strip_leads_nowhere_it_should_not(
    qtbot: QtBot, enter: Callable[[str], Workspace], person: Person
) -> None:
    workspace = enter(person.login)
    window = window_of(workspace)
    qtbot.waitUntil(window.strip.outbox.isVisible)
    click(window.strip.outbox)
    rest(qtbot, window)
    assert workspace.screen_id == OVERVIEW
    assert "mở màn hình Lưu trữ và gửi" in workspace.page.banner.text
    assert "Văn thư" in workspace.page.banner.text


@each()
def test_the_keys_of_the_screens_count_only_the_own_ones(
    qtbot: QtBot, enter: Callable[[str], Workspace], person: Person
) -> None:
    workspace = enter(person.login)
    for number, screen in enumerate(person.screens[:9], start=1):
        key(workspace, Qt.Key(int(Qt.Key.Key_0) + number), Qt.KeyboardModifier.ControlModifier)
        rest(qtbot, window_of(workspace))
        assert workspace.screen_id == screen
    assert set(workspace.pages) <= set(person.screens)


@each()
def test_the_search_finds_pupils_of_the_own_classes_only(
    qtbot: QtBot, enter: Callable[[str], Workspace], person: Person, prepared: Prepared
) -> None:
    workspace = enter(person.login)
    window, search = window_of(workspace), workspace.search
    for klass in prepared.made.classes:
        code = klass.pupils[0].pupil.code
        key(workspace, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        write(workspace.top_bar.field, code)
        qtbot.waitUntil(search.panel.isVisible, timeout=10_000)
        rest(qtbot, window)
        assert (search.list.count() == 1) is (klass.name in person.classes), klass.name
        assert search.nothing.isVisible() is (klass.name not in person.classes)
        key(workspace.top_bar.field, Qt.Key.Key_Escape)


@each(TEACHER, SUBJECT)
def test_going_to_a_class_of_somebody_else_shows_nobody_of_it(
    qtbot: QtBot, enter: Callable[[str], Workspace], person: Person, prepared: Prepared
) -> None:
    workspace = enter(person.login)
    stranger = prepared.made.classes[0]
    for screen in ("pupils", "results"):
        workspace.open(screen, {"class": stranger.name, "pupil": stranger.pupils[0].pupil.code})
        rest(qtbot, window_of(workspace))
        page = workspace.page
        shown = seen(page)
        assert shown is not None
        assert stranger.name not in shown
        if isinstance(page, ResultsPage):
            assert page.class_picker.value in person.classes
            assert page.grid.model.sheet.pupils[0].pupil.name != stranger.pupils[0].pupil.name
        if isinstance(page, PupilsPage):
            names = {row.pupil.pupil.name for row in page.table.rows_model.rows}
            assert names.isdisjoint(entry.pupil.name for entry in stranger.pupils)
    assert not window_of(workspace).broken
