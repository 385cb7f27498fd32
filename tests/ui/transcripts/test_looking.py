"""Looking through issued transcripts: the eye mark, versions, comparing, returning, revoking, the plan."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text, update

from app.interaction import SilentProgress
from app.models import tables as t
from app.models import transcripts
from app.records.types import Period, Stage
from app.ui.shell.window import MainWindow
from app.ui.transcripts.filters import ALL
from app.ui.transcripts.page import Mode, TranscriptsPage
from app.ui.widgets.reason import ReasonDialog
from app.workflows import classes, fields, gate, issue, remarks, versions
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, write
from tests.ui.transcripts.support import open_page, shown_text

NAME = "3A"
WHERE = {"class": NAME}


@pytest.fixture
def submitted(store: Store) -> Store:
    """Class 3A waits for the working group."""
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    gate.submit(store=store, actor=admin, class_name=NAME)
    return store


@pytest.fixture
def issued(submitted: Store) -> Store:
    """Class 3A has its transcripts."""
    admin = store_verbs.login(store=submitted, login=ADMIN, password=PASSWORD)
    gate.approve(store=submitted, actor=admin, class_name=NAME)
    made = issue.issue(store=submitted, actor=admin, class_name=NAME, progress=SilentProgress())
    assert made.issued == 3
    return submitted


@pytest.fixture
def replaced(issued: Store, prepared: Prepared) -> Store:
    """The first pupil of 3A has a second version with other days of absence."""
    admin = store_verbs.login(store=issued, login=ADMIN, password=PASSWORD)
    code = prepared.made.classes[2].pupils[0].pupil.code
    versions.revoke(store=issued, actor=admin, code=code, reason="Sai số ngày nghỉ")
    gate.reopen(store=issued, actor=admin, class_name=NAME, reason="Sai số ngày nghỉ")
    fields.set_field(store=issued, actor=admin, code=code, field="absent_excused", value="17")
    gate.submit(store=issued, actor=admin, class_name=NAME)
    gate.approve(store=issued, actor=admin, class_name=NAME)
    assert issue.issue(store=issued, actor=admin, class_name=NAME, progress=SilentProgress()).issued == 1
    return issued


def ready(qtbot: QtBot, window: MainWindow, page: TranscriptsPage) -> None:
    """Wait until the page in the reader is held against its hashes."""
    rest(qtbot, window)
    qtbot.waitUntil(lambda: page.reader.kept is not None and page.sheet.drawn, timeout=20_000)


def give_reason(page: TranscriptsPage, reason: str) -> ReasonDialog:
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    assert not dialog.act.isEnabled()
    write(field, reason)
    return dialog


def test_space_marks_and_goes_on_and_the_mark_is_the_persons_own(
    qtbot: QtBot, window: MainWindow, issued: Store
) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    assert page.seen.text() == "Đã xem 0/3"
    assert page.filters.buttons["Chưa xem"].text() == "Chưa xem 3"
    page.sheet.setFocus()
    ready(qtbot, window, page)
    key(page.sheet, Qt.Key.Key_Space)
    assert page.sheet.currentIndex().row() == 1
    qtbot.waitUntil(lambda: page.seen.text() == "Đã xem 1/3", timeout=20_000)
    words = page.sheet.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.endswith("Đã tạo, Đã xem")
    checker, leader = (
        store_verbs.login(store=issued, login=login, password=PASSWORD) for login in (CHECKER, LEADER)
    )
    assert len(versions.seen_versions(store=issued, actor=checker)) == 1
    assert not versions.seen_versions(store=issued, actor=leader)


def test_scrolling_and_choosing_mark_nothing(qtbot: QtBot, window: MainWindow, issued: Store) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    page.sheet.setFocus()
    for code in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_PageDown, Qt.Key.Key_Escape, Qt.Key.Key_End):
        key(page.sheet if page.sheet.isVisible() else page.reader.viewer.view, code)
        ready(qtbot, window, page)
    assert page.seen.text() == "Đã xem 0/3"


def test_space_before_the_page_stands_marks_nothing(qtbot: QtBot, window: MainWindow, issued: Store) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    page.sheet.setFocus()
    ready(qtbot, window, page)
    key(page.sheet, Qt.Key.Key_Right)
    assert page.reader.kept is None
    key(page.sheet, Qt.Key.Key_Space)
    assert page.foot.text() == "Trang đang vẽ, chưa ghi Đã xem."
    assert page.sheet.currentIndex().row() == 1
    rest(qtbot, window)
    assert page.seen.text() == "Đã xem 0/3"


def test_looking_through_what_was_not_seen_yet(qtbot: QtBot, window: MainWindow, issued: Store) -> None:
    page = open_page(qtbot, window, LEADER, **WHERE)
    click(page.filters.buttons["Chưa xem"])
    for done in range(1, 4):
        ready(qtbot, window, page)
        name = page.reader.name.text()
        click(page.acts.next)
        qtbot.waitUntil(lambda done=done: page.seen.text() == f"Đã xem {done}/3", timeout=20_000)  # type: ignore[misc]
        rest(qtbot, window)
        assert done == 3 or page.reader.name.text() != name
    assert page.filters.word == ALL
    assert not page.filters.buttons["Chưa xem"].isVisible()


def test_a_draft_is_passed_by_unmarked(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, TEACHER)
    page.sheet.setFocus()
    assert not page.acts.next.isEnabled()
    assert "chưa ghi Đã xem" in page.acts.next.toolTip()
    key(page.sheet, Qt.Key.Key_Space)
    assert page.sheet.currentIndex().row() == 1
    assert page.seen.text() == ""
    rest(qtbot, window)


def test_an_older_version_is_marked_as_revoked(qtbot: QtBot, window: MainWindow, replaced: Store) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    reader = page.reader
    ready(qtbot, window, page)
    assert (reader.choose.text(), reader.state.word) == ("Bản 2", "Đã tạo")
    assert not reader.viewer.view.struck
    click(reader.choose)
    qtbot.waitUntil(reader.versions.isVisible, timeout=20_000)
    assert reader.versions.list.keys == ("2", "1")
    key(reader.versions.list, Qt.Key.Key_Down)
    ready(qtbot, window, page)
    assert (reader.choose.text(), reader.state.word) == ("Bản 1", "Đã thu hồi")
    assert reader.state.font().strikeOut()
    assert reader.viewer.view.struck
    assert reader.warning.text == "Bản 1 đã thu hồi, không còn giá trị. Lý do: Sai số ngày nghỉ"
    assert "Đúng bản" not in reader.verdict.text()
    assert not reader.print.isEnabled()
    assert not page.acts.next.isEnabled()
    assert "17" not in shown_text(reader.viewer)
    key(page.reader.versions.list, Qt.Key.Key_Escape)
    ready(qtbot, window, page)
    assert reader.choose.text() == "Bản 2"
    assert not reader.viewer.view.struck
    assert not reader.warning.isVisible()


def test_two_versions_are_compared(qtbot: QtBot, window: MainWindow, replaced: Store) -> None:
    page = open_page(qtbot, window, TEACHER, **WHERE)
    click(page.reader.choose)
    qtbot.waitUntil(page.reader.versions.isVisible, timeout=20_000)
    assert page.reader.versions.compare.accessibleName() == "So bản 1 với bản 2"
    click(page.reader.versions.compare)
    rest(qtbot, window)
    assert page.compare.isVisible()
    panel = page.compare
    assert panel.list_button.text() == "Các mục khác nhau 1"
    told = panel.text.toPlainText()
    assert "Ngày nghỉ có phép" in told
    assert "17" in told
    assert "Đã thu hồi" in told
    click(panel.pages_button)
    qtbot.waitUntil(lambda: all(viewer.paper for viewer in panel.viewers), timeout=20_000)
    assert [viewer.view.struck for viewer in panel.viewers] == [True, False]
    assert "17" in shown_text(panel.viewers[1])
    panel.viewers[0].view.verticalScrollBar().setValue(300)
    assert panel.viewers[1].view.verticalScrollBar().value() == 300
    rest(qtbot, window)
    key(panel, Qt.Key.Key_Escape)
    assert page.mode is Mode.SHEET
    assert page.sheet.isVisible()
    rest(qtbot, window)


def test_changed_bytes_are_told_in_red(qtbot: QtBot, window: MainWindow, issued: Store) -> None:
    with issued.transaction() as session:
        number = transcripts.versions(session, "2023-2024", NAME)[0].id
        content = transcripts.documents(session, number).pdf
        session.execute(text("DROP TRIGGER tr_document_grows"))
        source = t.table(t.Document)
        where = (source.c.version_id == number) & (source.c.media == "pdf")
        session.execute(update(source).where(where).values(content=content + b"\n"))
    page = open_page(qtbot, window, CHECKER, **WHERE)
    ready(qtbot, window, page)
    assert page.reader.verdict.text().startswith("Khác bản Tổ công tác duyệt")
    assert page.reader.verdict.property("tone") == "err"
    assert page.reader.warning.isVisible()
    assert not page.acts.next.isEnabled()
    key(page.sheet, Qt.Key.Key_Space)
    assert page.sheet.currentIndex().row() == 0
    key(page.sheet, Qt.Key.Key_Right)
    ready(qtbot, window, page)
    assert page.reader.verdict.text().startswith("Đúng bản Tổ công tác duyệt")
    assert not page.reader.warning.isVisible()


def test_r_returns_a_submitted_class_with_a_remark_about_the_pupil(
    qtbot: QtBot, window: MainWindow, submitted: Store
) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    page.sheet.setFocus()
    key(page.sheet, Qt.Key.Key_Right)
    rest(qtbot, window)
    name = page.reader.name.text()
    key(page.sheet, Qt.Key.Key_R)
    click(give_reason(page, "Ngày sinh khác giấy khai sinh").act)
    qtbot.waitUntil(lambda: "Đã trả lại lớp 3A" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    actor = store_verbs.login(store=submitted, login=TEACHER, password=PASSWORD)
    (remark,) = remarks.remarks(store=submitted, actor=actor, class_name=NAME)
    assert (remark.pupil, remark.content) == (name, "Ngày sinh khác giấy khai sinh")
    assert page.stage.word == "Đang nhập"
    assert not page.acts.back.isEnabled()


def test_r_opens_an_approved_class_again_and_names_the_pupil(
    qtbot: QtBot, window: MainWindow, issued: Store
) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    rest(qtbot, window)
    click(page.acts.back)
    click(give_reason(page, "Sai số ngày nghỉ").act)
    qtbot.waitUntil(lambda: "Đã trả lại lớp 3A" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    admin = store_verbs.login(store=issued, login=ADMIN, password=PASSWORD)
    klass = classes.open_class(store=issued, actor=admin, class_name=NAME)
    assert klass.stages[Period.CN] is Stage.OPEN
    assert page.filters.buttons["Đã tạo"].text() == "Đã tạo 3"


def test_the_leader_revokes_with_a_reason_and_version_2_follows(
    qtbot: QtBot, window: MainWindow, issued: Store
) -> None:
    page = open_page(qtbot, window, ADMIN, **WHERE)
    ready(qtbot, window, page)
    click(page.acts.revoke)
    dialog = give_reason(page, "Sai ngày sinh")
    assert dialog.act.text() == "Thu hồi bản 1"
    click(dialog.act)
    qtbot.waitUntil(lambda: "Đã thu hồi bản 1" in page.banner.text, timeout=20_000)
    ready(qtbot, window, page)
    assert page.reader.state.word == "Đã thu hồi"
    assert page.seen.text() == "Đã xem 0/2"
    assert not page.acts.revoke.isEnabled()
    click(page.banner.action)
    qtbot.waitUntil(lambda: page.issuing.start.isEnabled(), timeout=20_000)
    assert page.issuing.counts.text() == "Tạo 1 · bỏ qua 2 · tổng 3"
    rows = [line.sign.word for line in page.issuing.table.rows_model.rows]
    assert rows == ["Tạo bản 2", "Giữ bản cũ", "Giữ bản cũ"]
    click(page.issuing.start)
    qtbot.waitUntil(lambda: "Đã tạo 1 học bạ, bỏ qua 2, tổng 3." in page.banner.text, timeout=30_000)
    ready(qtbot, window, page)
    assert (page.reader.choose.text(), page.reader.state.word) == ("Bản 2", "Đã tạo")
    assert page.seen.text() == "Đã xem 0/3"


def test_the_plan_of_the_whole_school(qtbot: QtBot, window: MainWindow, issued: Store) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    click(page.issue)
    qtbot.waitUntil(lambda: page.issuing.plan is not None, timeout=20_000)
    click(page.issuing.all)
    qtbot.waitUntil(lambda: page.issuing.plan is not None, timeout=20_000)
    assert page.issuing.counts.text() == "Tạo 0 · bỏ qua 15 · tổng 15"
    reasons = {line.reason for line in page.issuing.table.rows_model.rows}
    assert "Lớp 1A chưa duyệt." in reasons
    key(page.issuing, Qt.Key.Key_Escape)
    assert page.mode is Mode.SHEET
    rest(qtbot, window)


def test_another_class_closes_the_plan(qtbot: QtBot, window: MainWindow, issued: Store) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    click(page.issue)
    rest(qtbot, window)
    page.class_picker.choose("2A")
    rest(qtbot, window)
    assert page.mode is Mode.SHEET
    assert page.sheet.isVisible()
    assert not page.issue.isEnabled()


def test_stopping_tells_numbers_that_add_up(
    qtbot: QtBot, window: MainWindow, submitted: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = store_verbs.login(store=submitted, login=ADMIN, password=PASSWORD)
    gate.approve(store=submitted, actor=admin, class_name=NAME)
    kept, begun, go_on = issue._keep, threading.Event(), threading.Event()

    def slowly(*args: Any) -> None:
        kept(*args)
        begun.set()
        go_on.wait(20)

    monkeypatch.setattr(issue, "_keep", slowly)
    page = open_page(qtbot, window, CHECKER, **WHERE)
    click(page.issue)
    qtbot.waitUntil(lambda: page.issuing.start.isEnabled(), timeout=20_000)
    click(page.issuing.start)
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    click(page.job_line.stop)
    go_on.set()
    qtbot.waitUntil(lambda: page.banner.text.startswith("Đã dừng: xong 1, còn 2, tổng 3."), timeout=20_000)
    rest(qtbot, window)
    assert page.filters.buttons["Đã tạo"].text() == "Đã tạo 1"


@pytest.mark.parametrize(
    ("login", "returns", "revokes"),
    [(TEACHER, False, False), (CHECKER, True, False), (LEADER, True, True), (ADMIN, True, True)],
)
def test_who_may_return_and_revoke(
    qtbot: QtBot, window: MainWindow, issued: Store, login: str, returns: bool, revokes: bool
) -> None:
    page = open_page(qtbot, window, login, **WHERE)
    ready(qtbot, window, page)
    assert page.acts.back.isVisible() is returns
    assert page.acts.revoke.isVisible() is revokes
    assert page.acts.next.isVisible()
    key(page.sheet, Qt.Key.Key_R)
    dialog = page.findChild(ReasonDialog)
    assert (dialog is not None) is returns
    if dialog is not None:
        dialog.reject()


def test_at_most_one_primary_button(qtbot: QtBot, window: MainWindow, issued: Store) -> None:
    page = open_page(qtbot, window, ADMIN, **WHERE)
    rest(qtbot, window)

    def primary() -> list[str]:
        buttons = page.findChildren(type(page.issue))
        return [b.accessibleName() for b in buttons if b.isVisible() and b.property("kind") == "primary"]

    assert primary() == ["Đã xem, xem tiếp"]
    click(page.issue)
    rest(qtbot, window)
    assert primary() == ["Tạo 0 học bạ"]


def test_without_room_for_the_reader_the_acts_stay_in_sight(
    qtbot: QtBot, window: MainWindow, issued: Store
) -> None:
    page = open_page(qtbot, window, CHECKER, **WHERE)
    page.setMaximumWidth(900)
    rest(qtbot, window)
    qtbot.waitUntil(lambda: not page.reader.isVisible() and page.sheet.drawn, timeout=20_000)
    click(page.acts.next)
    qtbot.waitUntil(lambda: page.seen.text() == "Đã xem 1/3", timeout=20_000)
    rest(qtbot, window)
