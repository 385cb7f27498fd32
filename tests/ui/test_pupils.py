"""Classes, pupils and one pupil's file, carried by keys and clicks."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records.names import search_form
from app.ui.pupils.page import PupilsPage
from app.ui.pupils.record import missing
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.workflows import classes, gate, pupil_page, steps
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import OpenWindow, Prepared
from tests.ui.driving import ADMIN, CHECKER, PASSWORD, TEACHER, click, key, rest, sign_in, write


def opened(
    qtbot: QtBot, window: MainWindow, login: str = ADMIN, **where: str
) -> tuple[Workspace, PupilsPage]:
    workspace = sign_in(qtbot, window, login)
    workspace.open("pupils", where)
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, PupilsPage)
    return workspace, page


def set_here(qtbot: QtBot, window: MainWindow, page: PupilsPage, field: str, text: str) -> None:
    row = page.pupil.rows[field]
    click(row.pencil)
    row.editor.clear()
    write(row.editor, text)
    key(row.editor, Qt.Key.Key_Return)
    rest(qtbot, window)


def test_a_class_lists_its_pupils_with_teacher_and_state(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    _, page = opened(qtbot, window, **{"class": "3A"})
    made = prepared.made.classes[2]
    assert [row.pupil.pupil.name for row in page.table.rows_model.rows] == [e.pupil.name for e in made.pupils]
    index = page.classes.currentIndex()
    assert index.data() == f"3A · {len(made.pupils)} em"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Thạch Thị Sa Rây" in spoken
    assert "Đang nhập" in spoken
    assert page.table.rows_model.index(1, 0).data() == "2"


def test_search_ignores_case_and_diacritics(qtbot: QtBot, window: MainWindow, prepared: Prepared) -> None:
    _, page = opened(qtbot, window)
    wanted = prepared.made.classes[0].pupils[1].pupil
    write(page.search, search_form(wanted.name).upper())
    rest(qtbot, window)
    assert wanted.code in [row.pupil.pupil.code for row in page.table.rows_model.rows]
    write(page.search, "zzz")
    rest(qtbot, window)
    assert page.table.rows_model.rows == ()
    assert page.foot.text().startswith("Không có học sinh nào khớp")


def test_a_pupil_opens_by_enter_steps_and_goes_back_by_escape(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    workspace, page = opened(qtbot, window, **{"class": "3A"})
    names = [entry.pupil.name for entry in prepared.made.classes[2].pupils]
    key(page.table, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert page.pupil.isVisible()
    assert page.pupil.name.text() == names[0]
    assert not page.pupil.previous.isEnabled()
    key(page.pupil, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, window)
    assert page.pupil.name.text() == names[1]
    key(page.pupil, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page.table.currentIndex().row() == 1
    key(page.table, Qt.Key.Key_Return)
    rest(qtbot, window)
    click(page.pupil.open)
    rest(qtbot, window)
    assert workspace.screen_id == "transcripts"


def test_the_search_of_the_top_bar_opens_a_pupil(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    wanted = prepared.made.classes[3].pupils[2].pupil
    _, page = opened(qtbot, window, **{"class": "4A", "pupil": wanted.code})
    assert page.pupil.name.text() == wanted.name
    assert page.classes.key == "4A"


def test_a_field_is_set_logged_and_can_be_undone(
    qtbot: QtBot, window: MainWindow, store: Store, prepared: Prepared
) -> None:
    pupil = prepared.made.classes[2].pupils[0].pupil
    _, page = opened(qtbot, window, **{"class": "3A", "pupil": pupil.code})
    set_here(qtbot, window, page, "father", "Thạch Văn Sên")
    assert page.pupil.rows["father"].value.text() == "Thạch Văn Sên"
    page.pupil.tabs.setCurrentIndex(2)
    newest = page.pupil.changes.rows_model.rows[0]
    assert (newest.who, newest.what, newest.new) == ("Quản trị mẫu", "Họ tên cha", "Thạch Văn Sên")
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    place = steps.class_place(prepared.made.year, "3A")
    assert steps.peek(store=store, actor=actor, place=place)[0] == f"Họ và tên cha của {pupil.name}"


def test_a_bad_value_is_told_and_nothing_is_lost(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    pupil = prepared.made.classes[2].pupils[0].pupil
    _, page = opened(qtbot, window, **{"class": "3A", "pupil": pupil.code})
    set_here(qtbot, window, page, "birth_date", "31/02/2015")
    assert page.banner.isVisible()
    born = pupil.birth_date
    assert born is not None
    assert page.pupil.rows["birth_date"].value.text() == f"{born:%d/%m/%Y}"


def test_escape_in_a_field_restores_and_the_pupil_stays(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    pupil = prepared.made.classes[2].pupils[0].pupil
    _, page = opened(qtbot, window, **{"class": "3A", "pupil": pupil.code})
    row = page.pupil.rows["name"]
    click(row.pencil)
    write(row.editor, "Sai")
    key(row.editor, Qt.Key.Key_Escape)
    assert page.pupil.isVisible()
    assert row.value.isVisible()
    assert row.value.text() == pupil.name


@pytest.mark.parametrize(("login", "may"), [(ADMIN, True), (TEACHER, True), (CHECKER, False)])
def test_who_may_edit(qtbot: QtBot, window: MainWindow, prepared: Prepared, login: str, may: bool) -> None:
    pupil = prepared.made.classes[2].pupils[0].pupil
    _, page = opened(qtbot, window, login, **{"class": "3A", "pupil": pupil.code})
    assert page.pupil.rows["name"].pencil.isVisible() == may
    assert page.pupil.rows["height"].pencil.isVisible() == may


def test_a_closed_class_says_why_nothing_can_be_set(
    qtbot: QtBot, data: Path, open_window: OpenWindow, prepared: Prepared
) -> None:
    store = store_verbs.open_store(data)
    teacher = store_verbs.login(store=store, login=TEACHER, password=PASSWORD)
    gate.submit(store=store, actor=teacher, class_name="3A")
    store.close()
    window = open_window(data)
    pupil = prepared.made.classes[2].pupils[0].pupil
    _, page = opened(qtbot, window, TEACHER, **{"class": "3A", "pupil": pupil.code})
    assert not page.pupil.rows["name"].pencil.isVisible()
    assert page.pupil.note.text() == "Lớp 3A đã chốt. Mở lại lớp rồi sửa."


def test_what_the_transcript_needs_and_the_file_lacks(prepared: Prepared, store: Store) -> None:
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    entry = prepared.made.classes[2].pupils[0]
    found = pupil_page.open_pupil(store=store, actor=actor, code=entry.pupil.code)
    assert missing(found.entry) == missing(entry)
    bare = dataclasses.replace(
        entry, pupil=dataclasses.replace(entry.pupil, father="", mother="", guardian="", hometown="")
    )
    assert missing(bare) == ("quê quán", "cha, mẹ hoặc người giám hộ")


def test_an_empty_school_says_where_the_file_comes_from(
    qtbot: QtBot, tmp_path: Path, prepared: Prepared, open_window: OpenWindow
) -> None:
    folder = tmp_path / "moi"
    store_verbs.init_school(
        folder=folder,
        school=prepared.made.school,
        year=prepared.made.year,
        admin_login=ADMIN,
        admin_name="Quản trị mẫu",
        password=PASSWORD,
    )
    window = open_window(folder)
    _, page = opened(qtbot, window)
    assert page.empty.isVisible()
    assert "Từ CSDL ngành\n1." in page.empty.words.text()
    assert "Từ vnEdu\n1." in page.empty.words.text()
    store = store_verbs.open_store(folder)
    assert classes.list_classes(store=store, actor=page.desk.actor) == ()
    store.close()
