"""Helpers of the tests of Kiểm tra: spoiling values, opening the screen, the dialog in front."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.records.permissions import Actor
from app.ui.checks.page import ChecksPage
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.ui.widgets.page import Page
from app.ui.widgets.reason import ReasonDialog
from app.workflows import fields
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, PASSWORD, rest, sign_in


def actor(store: Store, login: str = ADMIN) -> Actor:
    return store_verbs.login(store=store, login=login, password=PASSWORD)


def code_of(prepared: Prepared, class_name: str, place: int = 0) -> str:
    return next(c for c in prepared.made.classes if c.name == class_name).pupils[place].pupil.code


def spoil(store: Store, prepared: Prepared, class_name: str, field: str, value: str, place: int = 0) -> None:
    code = code_of(prepared, class_name, place)
    fields.set_field(store=store, actor=actor(store), code=code, field=field, value=value)


def open_page(qtbot: QtBot, window: MainWindow, login: str, **where: str) -> tuple[Workspace, ChecksPage]:
    workspace = sign_in(qtbot, window, login)
    workspace.open("checks", where)
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, ChecksPage)
    return workspace, page


def dialog_of(page: Page) -> ReasonDialog:
    found = [item for item in page.findChildren(ReasonDialog) if item.isVisible()]
    assert len(found) == 1
    return found[0]
