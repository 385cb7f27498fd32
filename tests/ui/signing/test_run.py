"""A run from the button to the results: by keys, with a wrong PIN, held, stopped, pulled, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.demo import cast
from app.models import transcripts
from app.records.types import SigningRole
from app.signing.pkcs11 import TokenSession
from app.ui.screens import OVERVIEW, SIGNING, TRANSCRIPTS
from app.ui.signing.page import SigningPage
from app.ui.signing.pin import PinDialog
from app.ui.signing.results import FAILED
from tests.ui.driving import click, key, rest, sign_in
from tests.ui.signing.conftest import Desk, Gate, Ports
from tests.world import PASSWORD

TEACHER, LEADER, SEAL = SigningRole
ALL = 8


def adds_up(page: SigningPage, signed: int, failed: int, left: int) -> None:
    """The three numbers, on the screen too."""
    batch = page.batch
    assert batch is not None
    assert batch.counts == (signed, failed, left)
    assert sum(batch.counts) == len(batch.chosen)
    assert (len(batch.signed), len(batch.failed), len(batch.left)) == batch.counts
    classes = batch.classes(running=False)
    assert sum(row.total for row in classes) == len(batch.chosen)
    assert sum(row.left for row in classes) == left
    if page.pane is page.stopped:
        assert [tile.number.text() for tile in page.stopped.tiles] == [str(n) for n in batch.counts]
    if page.pane is page.running:
        assert page.running.count.text() == str(signed + failed)
        assert page.running.left.text().startswith(f"{left} ")


def test_a_homeroom_teacher_signs_the_own_class_by_keys_alone(desk: Desk) -> None:
    workspace = sign_in(desk.qtbot, desk.window, cast.teacher_login("2A"), PASSWORD)
    key(desk.window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    page = desk.page
    assert workspace.screen_id == SIGNING
    desk.until(page.before.act.isEnabled)
    assert page.before.act.accessibleName() == "Ký 2 học bạ"
    desk.tab_to(page.before.act)
    key(page.before.act, Qt.Key.Key_Space)
    desk.give_pin(desk.pin(TEACHER))
    desk.until(lambda: page.pane is page.results)
    assert page.title.text() == "Đã ký 2, không ký 0"
    adds_up(page, 2, 0, 0)
    rest(desk.qtbot, desk.window)
    assert {v.class_name for v in desk.versions() if v.signed_roles} == {"2A"}
    desk.tab_to(page.results.close_button)
    key(page.results.close_button, Qt.Key.Key_Space)
    rest(desk.qtbot, desk.window)
    assert page.pane is page.before
    assert not page.before.act.isEnabled()
    assert "Không còn học bạ nào chờ ký" in page.before.act.toolTip()


def test_a_wrong_pin_signs_nothing_and_is_told_once(desk: Desk) -> None:
    page = desk.arrive(cast.teacher_login("2A"))
    click(page.before.act)
    desk.give_pin("000000")
    desk.until(lambda: page.pane is page.stopped)
    assert page.stopped.title.text() == "PIN sai"
    assert "chưa ký học bạ nào" in page.stopped.sentence.text()
    assert page.banner.text == ""
    adds_up(page, 0, 0, 2)
    desk.until(page.stopped.again.isEnabled)
    assert "Đã có lần nhập sai" in page.stopped.awaited.more.text()
    assert desk.signed(TEACHER) == 0
    click(page.stopped.again)
    assert "đã có lần nhập sai PIN" in desk.dialog().warning.text
    desk.give_pin(desk.pin(TEACHER))
    desk.until(lambda: page.pane is page.results)
    adds_up(page, 2, 0, 0)


def test_stop_after_this_one_and_go_on(desk: Desk, gate: Gate) -> None:
    page = desk.arrive(cast.ADMIN)
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    gate.let(2)
    desk.until(lambda: page.running.count.text() == "2")
    assert page.running.now.text().startswith("Đang ký: ")
    adds_up(page, 2, 0, ALL - 2)
    desk.until(lambda: f"Đang ký 2/{ALL}" in desk.window.strip.job.text())
    click(page.running.end)
    gate.open()
    desk.until(lambda: page.pane is page.results)
    adds_up(page, 3, 0, ALL - 3)
    assert page.title.text() == f"Đã ký 3, không ký 0, chưa ký {ALL - 3}"
    rest(desk.qtbot, desk.window)
    assert desk.signed(TEACHER) == 3
    assert page.results.resume.accessibleName() == f"Ký tiếp {ALL - 3} học bạ"
    click(page.results.resume)
    desk.give_pin(desk.pin(TEACHER))
    desk.until(lambda: page.pane is page.results and page.batch is not None and not page.batch.left)
    adds_up(page, ALL, 0, 0)
    rest(desk.qtbot, desk.window)
    assert desk.signed(TEACHER) == ALL


def test_hold_and_go_on_asks_for_no_second_pin(desk: Desk, gate: Gate) -> None:
    page = desk.arrive(cast.ADMIN)
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    gate.let(1)
    desk.until(lambda: page.running.count.text() == "1")
    click(page.running.pause)
    assert page.running.pause.accessibleName() == "Ký tiếp"
    gate.open()
    desk.until(lambda: page.running.count.text() == "2")  # the one under way is finished
    desk.qtbot.wait(500)
    assert page.running.count.text() == "2"
    assert page.running.left_time.text() == "Đang tạm dừng"
    assert desk.signed(TEACHER) == 2
    click(page.running.pause)
    desk.until(lambda: page.pane is page.results)
    adds_up(page, ALL, 0, 0)


def test_a_held_run_can_be_ended(desk: Desk, gate: Gate) -> None:
    page = desk.arrive(cast.ADMIN)
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    gate.let(1)
    desk.until(lambda: page.running.count.text() == "1")
    click(page.running.pause)
    gate.open()
    desk.until(lambda: page.running.count.text() == "2")
    click(page.running.end)
    desk.until(lambda: page.pane is page.results)
    adds_up(page, 2, 0, ALL - 2)


def test_a_pulled_token_leaves_nothing_half_signed(desk: Desk, gate: Gate, ports: Ports) -> None:
    page = desk.arrive(cast.ADMIN)
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    gate.let(3)
    desk.until(lambda: page.running.count.text() == "3")
    ports.empty()
    gate.pull()
    desk.until(lambda: page.pane is page.stopped)
    stopped = page.stopped
    assert stopped.title.text() == "USB Token đã bị rút ra"
    assert page.batch is not None
    assert page.batch.now is not None
    assert page.batch.now.pupil in stopped.sentence.text()
    assert "không bị ký dở" in stopped.sentence.text()
    adds_up(page, 3, 0, ALL - 3)
    desk.until(lambda: stopped.awaited.words.text() == "Đang chờ USB Token")
    assert not stopped.again.isEnabled()
    assert stopped.again.accessibleName() == f"Ký tiếp {ALL - 3} học bạ"
    assert desk.signed(TEACHER) == 3
    ports.fill()
    gate.plug_in()
    desk.until(stopped.again.isEnabled)  # by itself
    assert stopped.awaited.chip.word == "Ký được"
    click(stopped.again)
    desk.give_pin(desk.pin(TEACHER))
    desk.until(lambda: page.pane is page.results)
    adds_up(page, ALL, 0, 0)


def test_the_results_of_a_run_that_was_pulled(desk: Desk, gate: Gate) -> None:
    page = desk.arrive(cast.ADMIN)
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    gate.let(1)
    desk.until(lambda: page.running.count.text() == "1")
    gate.pull()
    desk.until(lambda: page.pane is page.stopped)
    click(page.stopped.finish_button)
    assert page.title.text() == f"Đã ký 1, không ký 0, chưa ký {ALL - 1}"
    adds_up(page, 1, 0, ALL - 1)


@pytest.fixture
def forged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name of a pupil whose PDF is not what was approved."""
    victim = desk.versions()[1]
    real = transcripts.documents

    def changed(session: object, version_id: int) -> object:
        found = real(session, version_id)  # type: ignore[arg-type]
        if version_id != victim.id:
            return found
        return type(found)(xml=found.xml, pdf=found.pdf + b"\n% one more line\n")

    monkeypatch.setattr(transcripts, "documents", changed)
    return victim.pupil_name


def test_a_refused_one_is_told_at_once_and_listed(desk: Desk, gate: Gate, forged: str) -> None:
    page = desk.arrive(cast.ADMIN)
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    gate.let(1)
    desk.until(lambda: page.running.count.text() == "2")
    assert page.running.refused.isVisible()
    assert forged in page.running.refused.words.text()
    adds_up(page, 1, 1, ALL - 2)
    gate.open()
    desk.until(lambda: page.pane is page.results)
    assert page.title.text() == f"Đã ký {ALL - 1}, không ký 1"
    adds_up(page, ALL - 1, 1, 0)
    results = page.results
    assert results.tabs.currentIndex() == FAILED
    (row,) = results.table.rows_model.rows
    assert row.pupil == forged
    assert "khác bản đã duyệt" in row.told
    assert not results.resume.isVisible()
    results.table.setFocus()
    key(results.table, Qt.Key.Key_Return)
    rest(desk.qtbot, desk.window)
    assert desk.window.workspace is not None
    assert desk.window.workspace.screen_id == TRANSCRIPTS


def test_the_results_can_be_saved(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.arrive(cast.teacher_login("2A"))
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    desk.until(lambda: page.pane is page.results)
    target = tmp_path / "ket-qua.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    click(page.results.save)
    desk.until(lambda: "Đã lưu kết quả" in page.banner.text)
    text = target.read_text("utf-8-sig")
    assert "Đã ký 2, không ký 0" in text
    assert all(v.pupil_name in text for v in desk.versions() if v.class_name == "2A")
    assert desk.pin(TEACHER) not in text


def test_other_screens_open_while_it_signs(desk: Desk, gate: Gate) -> None:
    page = desk.arrive(cast.ADMIN)
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    gate.let(1)
    desk.until(lambda: page.running.count.text() == "1")
    workspace = desk.window.workspace
    assert workspace is not None
    workspace.open(OVERVIEW, {})
    gate.let(1)
    desk.until(lambda: f"2/{ALL}" in desk.window.strip.job.text())
    workspace.open(SIGNING, {})
    assert page.pane is page.running
    desk.window.lock()
    assert "Việc đang chạy vẫn tiếp tục" in desk.window.sign_in._why.text()
    gate.open()
    rest(desk.qtbot, desk.window)
    adds_up(page, ALL, 0, 0)


def test_three_roles_one_after_the_other(desk: Desk) -> None:
    page = desk.arrive(cast.ADMIN)
    for role, act, title in (
        (TEACHER, "Ký", "Đã ký"),
        (LEADER, "Ký duyệt", "Đã ký"),
        (SEAL, "Đóng dấu", "Đã đóng dấu"),
    ):
        page.role_picker.choose(role.value)
        desk.until(page.before.act.isEnabled)
        assert page.before.act.accessibleName() == f"{act} {ALL} học bạ"
        click(page.before.act)
        desk.give_pin(desk.pin(role))
        desk.until(lambda: page.pane is page.results)
        assert page.title.text().startswith(f"{title} {ALL}, không")
        adds_up(page, ALL, 0, 0)
        rest(desk.qtbot, desk.window)
        click(page.results.close_button)
        rest(desk.qtbot, desk.window)
    assert {version.state.value for version in desk.versions()} == {"sealed"}


def test_the_pin_is_tried_once_and_no_dialog_keeps_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = TokenSession.__init__

    def counted(self: TokenSession, token: object, session: object, pin: str) -> None:
        opened.append(pin)
        real(self, token, session, pin)  # type: ignore[arg-type]

    monkeypatch.setattr(TokenSession, "__init__", counted)
    page = desk.arrive(cast.teacher_login("2A"))
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    desk.until(lambda: page.pane is page.results)
    assert opened == [desk.pin(TEACHER)]
    rest(desk.qtbot, desk.window)
    assert page.findChildren(PinDialog) == []
