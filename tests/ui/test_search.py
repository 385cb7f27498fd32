"""Ctrl+K: what is found, for whom, and where it leads; driven in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records.names import search_form
from app.records.page_code import page_code
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.workflows import store as store_verbs
from app.workflows.search import EACH, HitKind, search
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, PASSWORD, TEACHER, key, rest, sign_in, write

CODE = page_code(school="94000123", transcript_id="a" * 16, version=1, data_sha256="0" * 64).typed


@pytest.fixture
def pupil(prepared: Prepared) -> tuple[str, str, str]:
    """(name, code, class) of a pupil of 3A."""
    klass = next(item for item in prepared.made.classes if item.name == "3A")
    return klass.pupils[0].pupil.name, klass.pupils[0].pupil.code, klass.name


def test_case_and_diacritics_do_not_matter(store: Store, pupil: tuple[str, str, str]) -> None:
    name, code, _ = pupil
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    for text in (name, search_form(name), name.upper(), code, code[-6:]):
        hits = search(store=store, actor=actor, text=text)
        assert code in {hit.pupil_code for hit in hits if hit.kind is HitKind.PUPIL}, text


def test_a_teacher_finds_only_the_own_class(store: Store, prepared: Prepared) -> None:
    teacher = store_verbs.login(store=store, login=TEACHER, password=PASSWORD)
    other = next(item for item in prepared.made.classes if item.name == "4A").pupils[0].pupil
    assert search(store=store, actor=teacher, text=other.code) == ()
    assert {hit.class_name for hit in search(store=store, actor=teacher, text="a")} <= {"3A"}


@pytest.mark.parametrize("text", ["", "   ", "không có ai tên thế này"])
def test_nothing_fits(store: Store, text: str) -> None:
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    assert search(store=store, actor=actor, text=text) == ()


def test_few_of_each_kind_classes_first(store: Store) -> None:
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    hits = search(store=store, actor=actor, text="lớp 3")
    assert [hit.kind for hit in hits] == [HitKind.CLASS]
    many = search(store=store, actor=actor, text="n")
    assert sum(hit.kind is HitKind.PUPIL for hit in many) <= EACH


def typed(qtbot: QtBot, window: MainWindow, text: str) -> Workspace:
    workspace = sign_in(qtbot, window, ADMIN)
    key(workspace, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = workspace.top_bar.field
    assert field.hasFocus()
    write(field, text)
    qtbot.waitUntil(workspace.search.panel.isVisible, timeout=10_000)
    rest(qtbot, window)
    return workspace


def test_enter_opens_what_was_found(qtbot: QtBot, window: MainWindow, pupil: tuple[str, str, str]) -> None:
    workspace = typed(qtbot, window, search_form(pupil[0]))
    key(workspace.top_bar.field, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert workspace.screen_id == "pupils"
    assert not workspace.search.panel.isVisible()
    assert workspace.top_bar.field.text() == ""


def test_a_class_opens_its_results(qtbot: QtBot, window: MainWindow) -> None:
    workspace = typed(qtbot, window, "lop 4a")
    key(workspace.top_bar.field, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert workspace.screen_id == "results"


def test_the_code_of_a_page_is_looked_up(qtbot: QtBot, window: MainWindow) -> None:
    workspace = typed(qtbot, window, CODE)
    key(workspace.top_bar.field, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert workspace.screen_id == "lookup"


def test_escape_closes_and_nothing_found_says_so(qtbot: QtBot, window: MainWindow) -> None:
    workspace = typed(qtbot, window, "zzzz")
    assert "Không thấy “zzzz”" in workspace.search.nothing.text()
    key(workspace.top_bar.field, Qt.Key.Key_Escape)
    assert not workspace.search.panel.isVisible()
