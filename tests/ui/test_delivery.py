"""Lưu trữ và gửi: the outbox, the way by stick, the archive and the receipts, as a person uses them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.delivery.destinations import DeliveryProblem, ProblemKind, Stored
from app.delivery.folder import FolderDestination
from app.delivery.receipts import Receipt, ReceiptEntry, build_receipt
from app.models import classes, outbox, settings, transcripts
from app.models.values import OutboxItem, OutboxState
from app.records.types import Role, SigningRole
from app.ui.delivery.page import DeliveryPage
from app.ui.screens import DELIVERY, PUPILS
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.ui.widgets.reason import ReasonDialog
from app.workflows import clock, people
from app.workflows import send as send_verbs
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import OpenWindow
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in, write

CLERK = "vanthu"
SEALED = 3
S = OutboxState


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder that is the destination."""
    folder = tmp_path / "kho-nhan"
    folder.mkdir()
    return folder


@pytest.fixture
def queued(data: Path, place: Path) -> Path:
    """A clerk, a destination, and one class whose transcripts are sealed and queued."""
    store = store_verbs.open_store(data)
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    people.add_account(
        store=store,
        actor=admin,
        login=CLERK,
        name="Phan Ngọc Diễm",
        roles=(Role.CLERK,),
        classes=(),
        subjects=(),
        password=PASSWORD,
    )
    with store.transaction() as session:
        settings.add_destination(
            session, name="kho", kind="folder", options={"path": str(place)}, secret="", actor=ADMIN
        )
    _seal_class(store, "3A")
    store.close()
    return data


def _seal_class(store: Store, name: str) -> None:
    with store.transaction() as session:
        year = settings.active_year(session)
        for number, entry in enumerate(classes.load_class(session, year, name).pupils):
            version_id = transcripts.add_version(
                session,
                transcript_id=f"HB-{number}",
                version=1,
                enrolment_key=entry.key,
                xml=b"<HOC_BA>%d</HOC_BA>" % number,
                pdf=b"%%PDF-%d" % number,
                data_sha256="d" * 64,
                issued_at=clock.now(),
                replaces=None,
                actor=CHECKER,
            )
            for role in SigningRole:
                kept = transcripts.documents(session, version_id)
                transcripts.add_signature(
                    session,
                    version_id=version_id,
                    role=role,
                    xml=kept.xml + b"<s/>",
                    pdf=kept.pdf + b" signed",
                    certificate_fingerprint="f" * 64,
                    signer_name="Lý Minh Ái",
                    signed_at=clock.now(),
                    level="B-B",
                    actor=LEADER,
                )
            record = transcripts.version(session, version_id)
            for sha256, ending in ((record.xml_sha256, "xml"), (record.pdf_sha256, "pdf")):
                file = (f"94/{year}/HB-{number}/v1/{sha256}.{ending}", sha256, ending)
                outbox.enqueue(session, version_id=version_id, items=(file,), destination="")


Opened = tuple[Workspace, DeliveryPage]


@pytest.fixture
def opened(qtbot: QtBot, open_window: OpenWindow, queued: Path) -> Callable[[str], Opened]:
    """Opens the screen as a person."""

    def as_person(login: str) -> Opened:
        window = open_window(queued)
        workspace = sign_in(qtbot, window, login)
        workspace.open(DELIVERY, {})
        rest(qtbot, window)
        page = workspace.page
        assert isinstance(page, DeliveryPage)
        return workspace, page

    return as_person


def window_of(page: DeliveryPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def items(page: DeliveryPage) -> tuple[OutboxItem, ...]:
    return send_verbs.list_items(page.desk.store)


def numbers(page: DeliveryPage) -> dict[str, int]:
    return {name: counter.value for name, counter in page.outbox.flow.counters.items() if counter.value}


def press(qtbot: QtBot, page: DeliveryPage, button: QPushButton) -> None:
    click(button)
    rest(qtbot, window_of(page))


def tab(qtbot: QtBot, page: DeliveryPage, number: int) -> None:
    """Go to a tab with the keys, as a person does."""
    page.tabs.setFocus()
    while page.tabs.currentIndex() != number:
        key(page.tabs, Qt.Key.Key_Right if page.tabs.currentIndex() < number else Qt.Key.Key_Left)
    rest(qtbot, window_of(page))


def give_reason(qtbot: QtBot, page: DeliveryPage, reason: str) -> None:
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    write(dialog.field, reason)
    click(dialog.act)
    rest(qtbot, window_of(page))


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))


def test_what_waits_is_sent_and_counted(qtbot: QtBot, opened: Callable[[str], Opened], place: Path) -> None:
    _, page = opened(CLERK)
    assert numbers(page) == {"": SEALED, "waiting": SEALED}
    assert page.outbox.send.accessibleName() == f"Gửi {SEALED} học bạ"
    row = page.outbox.table.rows_model.rows[0]
    assert (row.files[0].class_name, row.files[0].version) == ("3A", 1)
    press(qtbot, page, page.outbox.send)
    assert numbers(page) == {"": SEALED, "stored": SEALED}
    assert len(list(place.rglob("*.*"))) == 2 * SEALED
    assert "6 tệp" in page.banner.text
    assert not page.outbox.send.isEnabled()
    assert page.outbox.send.toolTip()
    assert page.outbox.detail.chip.word == "Kho nhận đã lưu"


def test_accepted_only_with_a_receipt(
    qtbot: QtBot, opened: Callable[[str], Opened], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened(CLERK)
    press(qtbot, page, page.outbox.send)
    with page.desk.store.reading() as session:
        code = settings.school(session).code
    entries = {item.sha256: ReceiptEntry(item.sha256, True) for item in items(page)}
    folder = place / code / "receipts"
    folder.mkdir(parents=True)
    receipt = Receipt("bn-1", code, "Sở Giáo dục và Đào tạo", clock.now(), entries)
    (folder / "bn-1.json").write_bytes(build_receipt(receipt))
    choose(monkeypatch, place)
    tab(qtbot, page, 1)
    press(qtbot, page, page.relay.take)
    assert "1 biên nhận mới" in page.banner.text
    tab(qtbot, page, 0)
    assert numbers(page) == {"": SEALED, "accepted": SEALED}
    tab(qtbot, page, 3)
    assert page.receipts.table.row is not None
    assert "Đã tiếp nhận: " in page.receipts.evidence.toPlainText()
    assert items(page)[0].sha256 in page.receipts.evidence.toPlainText()


def test_offline_is_amber_and_says_when_it_tries_again(
    qtbot: QtBot, opened: Callable[[str], Opened], place: Path
) -> None:
    _, page = opened(CLERK)
    shutil.rmtree(place)
    press(qtbot, page, page.outbox.send)
    status = page.outbox.status
    assert status.property("state") == "warning"
    assert f"{SEALED} học bạ nằm chờ, tự thử lại lúc" in status.text
    assert page.banner.text == "", "one banner, not one message per item"
    assert numbers(page) == {"": SEALED, "waiting": SEALED}
    assert page.outbox.auto.timer.isActive()
    place.mkdir()
    press(qtbot, page, status.action)
    assert numbers(page) == {"": SEALED, "stored": SEALED}
    assert status.text == ""
    assert not page.outbox.auto.timer.isActive()


def test_it_tries_again_by_itself_when_the_time_has_come(
    qtbot: QtBot, opened: Callable[[str], Opened], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened(CLERK)
    shutil.rmtree(place)
    press(qtbot, page, page.outbox.send)
    place.mkdir()
    later = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    page.outbox.auto.timer.setInterval(0)
    qtbot.waitUntil(lambda: numbers(page) == {"": SEALED, "stored": SEALED})
    rest(qtbot, window_of(page))


def test_pause_and_go_on(qtbot: QtBot, opened: Callable[[str], Opened]) -> None:
    _, page = opened(CLERK)
    press(qtbot, page, page.outbox.pause)
    assert "Đang tạm dừng gửi từ" in page.outbox.status.text
    assert not page.outbox.send.isEnabled()
    assert not page.outbox.pause.isVisible()
    assert "tạm dừng" in page.outbox.detail.first.text()
    press(qtbot, page, page.outbox.status.action)
    assert numbers(page) == {"": SEALED, "stored": SEALED}


def test_a_refused_destination_is_one_banner_with_the_next_step(
    qtbot: QtBot, opened: Callable[[str], Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DeliveryProblem(ProblemKind.AUTH, "delivery.folder_denied", place="kho")

    _, page = opened(CLERK)
    with monkeypatch.context() as patch:
        patch.setattr(FolderDestination, "put", refuse)
        press(qtbot, page, page.outbox.send)
    assert "Không có quyền ghi" in page.outbox.status.text
    assert page.outbox.table.rows_model.rows[0].state == "paused"
    assert numbers(page) == {"": SEALED, "waiting": SEALED}, "what is paused still waits"
    press(qtbot, page, page.outbox.status.action)
    assert numbers(page) == {"": SEALED, "stored": SEALED}


def test_the_sending_can_be_stopped(
    qtbot: QtBot, opened: Callable[[str], Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened(CLERK)
    original, jobs, go_on = FolderDestination.head, page.job_line, threading.Event()

    def held(self: FolderDestination, address: str) -> Stored | None:
        go_on.wait(10)
        return original(self, address)

    monkeypatch.setattr(FolderDestination, "head", held)
    click(page.outbox.send)
    qtbot.waitUntil(jobs.isVisible)
    click(jobs.stop)
    go_on.set()
    rest(qtbot, window_of(page))
    assert "Đã dừng" in page.banner.text
    states = [item.state for item in items(page)]
    assert states.count(S.STORED) == 1
    assert states.count(S.SENDING) == 0
    assert numbers(page) == {"": SEALED, "waiting": SEALED}
    assert page.outbox.send.isEnabled()


def test_cancel_with_a_reason_and_queue_again(qtbot: QtBot, opened: Callable[[str], Opened]) -> None:
    _, page = opened(CLERK)
    key(page.outbox.table, Qt.Key.Key_Delete)
    assert numbers(page) == {"": SEALED, "waiting": SEALED}, "Del never cancels"
    chosen = page.outbox.table.row
    assert chosen is not None
    click(page.outbox.detail.cancel)
    give_reason(qtbot, page, "Phụ huynh xin sửa ngày sinh")
    assert numbers(page) == {"": SEALED, "waiting": SEALED - 1, "cancelled": 1}
    click(page.outbox.flow.counters["cancelled"])
    rest(qtbot, window_of(page))
    assert [row.ids for row in page.outbox.table.rows_model.rows] == [chosen.ids]
    assert "Phụ huynh xin sửa ngày sinh" in page.outbox.detail.first.text()
    story = page.outbox.detail.story
    assert story.count() == 2, "sealed, cancelled"
    press(qtbot, page, page.outbox.detail.put_back)
    assert numbers(page) == {"": SEALED, "waiting": SEALED}
    assert "Không có học bạ nào ở bước" in page.outbox.empty.words.text()


def test_a_refused_item_comes_first_and_is_tried_alone(
    qtbot: QtBot, opened: Callable[[str], Opened], place: Path
) -> None:
    _, page = opened(CLERK)
    last = items(page)[-1]
    taken = place / last.key
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"other bytes")
    press(qtbot, page, page.outbox.send)
    assert numbers(page) == {"": SEALED, "stored": SEALED - 1, "rejected": 1}
    assert last.id in page.outbox.table.rows_model.rows[0].ids
    page.outbox.table.selectRow(0)
    rest(qtbot, window_of(page))
    assert page.outbox.detail.chip.word == "Bị từ chối"
    assert "nội dung khác" in page.outbox.detail.first.text()
    taken.unlink()
    page.outbox.table.setFocus()
    qtbot.waitUntil(window_of(page).isActiveWindow)
    key(page.outbox.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, window_of(page))
    assert numbers(page) == {"": SEALED, "stored": SEALED}
    attempts = [item.attempts for item in items(page)]
    assert attempts == [1] * (len(attempts) - 1) + [2], "what had arrived was not sent again"


def test_out_on_a_stick_and_back_to_the_queue(
    qtbot: QtBot, opened: Callable[[str], Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened(CLERK)
    stick = tmp_path / "USB"
    stick.mkdir()
    tab(qtbot, page, 1)
    assert not page.relay.export.isEnabled()
    choose(monkeypatch, stick)
    press(qtbot, page, page.relay.choose)
    assert "còn trống" in page.relay.place.text()
    assert page.relay.export.accessibleName() == f"Xuất {SEALED} học bạ ra USB"
    press(qtbot, page, page.relay.export)
    assert "USB giữ đúng 6 tệp" in page.banner.text
    assert {path.relative_to(stick).as_posix() for path in stick.rglob("*.*")} == {i.key for i in items(page)}
    assert [batch.parcels for batch in page.relay.table.rows_model.rows] == [SEALED]
    tab(qtbot, page, 0)
    assert page.outbox.detail.chip.word == "Đã ra USB"
    tab(qtbot, page, 1)
    press(qtbot, page, page.relay.back)
    assert page.relay.table.rows_model.rows == ()
    assert {item.state for item in items(page)} == {S.WAITING}


def test_a_pulled_stick_is_said_and_loses_nothing(
    qtbot: QtBot, opened: Callable[[str], Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened(CLERK)
    stick = tmp_path / "USB"
    stick.mkdir()
    tab(qtbot, page, 1)
    choose(monkeypatch, stick)
    press(qtbot, page, page.relay.choose)
    stick.rmdir()
    press(qtbot, page, page.relay.export)
    assert "Không thấy thư mục" in page.banner.text
    assert {item.state for item in items(page)} == {S.WAITING}
    stick.mkdir()
    press(qtbot, page, page.relay.take)
    assert "không có biên nhận nào" in page.banner.text


def test_archive_and_its_check(
    qtbot: QtBot, opened: Callable[[str], Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened(CHECKER)
    folder = tmp_path / "kho-luu-tru"
    tab(qtbot, page, 2)
    choose(monkeypatch, folder)
    press(qtbot, page, page.archive.choose)
    assert page.archive.write.accessibleName() == f"Xuất {SEALED} học bạ vào kho"
    press(qtbot, page, page.archive.write)
    assert "Đã xuất 3 học bạ" in page.banner.text
    assert page.archive.checked.text() == "Chưa kiểm tra lại lần nào."
    press(qtbot, page, page.archive.check)
    assert "mọi tệp khớp bảng kê" in page.archive.checked.text()
    victim = next(folder.rglob("*.pdf"))
    victim.write_bytes(b"x")
    press(qtbot, page, page.archive.check)
    assert "có 1 chỗ hỏng" in page.archive.checked.text()
    assert [row.path.rpartition("/")[2] for row in page.archive.table.rows_model.rows] == [victim.name]


@pytest.mark.parametrize("login", [CHECKER, LEADER])
def test_readers_see_everything_and_no_button_that_acts(
    qtbot: QtBot, opened: Callable[[str], Opened], login: str
) -> None:
    _, page = opened(login)
    assert numbers(page) == {"": SEALED, "waiting": SEALED}
    assert page.note.text() == "Chỉ xem"
    detail = page.outbox.detail
    for button in (page.outbox.send, page.outbox.pause, detail.try_again, detail.cancel, detail.put_back):
        assert not button.isVisible(), button.accessibleName()
    key(page.outbox.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, window_of(page))
    assert {item.state for item in items(page)} == {S.WAITING}
    tab(qtbot, page, 1)
    for button in (page.relay.choose, page.relay.export, page.relay.take, page.relay.back):
        assert not button.isVisible(), button.accessibleName()


def test_teachers_have_no_such_screen(qtbot: QtBot, open_window: OpenWindow, queued: Path) -> None:
    workspace = sign_in(qtbot, open_window(queued), TEACHER)
    workspace.open(DELIVERY, {})
    assert DELIVERY not in workspace.nav.buttons
    assert DELIVERY not in workspace.pages


def test_empty(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    workspace.open(DELIVERY, {})
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, DeliveryPage)
    assert page.outbox.empty.words.text() == "Hộp gửi trống. Học bạ vào đây sau khi đóng dấu."
    assert page.outbox.empty.isVisible()
    assert not page.outbox.detail.isVisible()
    assert not page.outbox.send.isEnabled()
    workspace.open(DELIVERY, {"tab": "receipts"})
    rest(qtbot, window)
    assert "Chưa có biên nhận nào" in page.receipts.empty.words.text()


def test_without_a_destination_the_next_step_is_said(
    qtbot: QtBot, open_window: OpenWindow, data: Path
) -> None:
    store = store_verbs.open_store(data)
    _seal_class(store, "3A")
    store.close()
    window = open_window(data)
    workspace = sign_in(qtbot, window, ADMIN)
    workspace.open(DELIVERY, {})
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, DeliveryPage)
    assert "Chưa có kho nhận nào" in page.outbox.status.text
    assert page.outbox.status.action.text() == "Mở Thiết lập"
    assert not page.outbox.send.isEnabled()


def test_a_narrow_window_covers_the_table_with_the_details(
    qtbot: QtBot, opened: Callable[[str], Opened]
) -> None:
    workspace, page = opened(CLERK)
    window_of(page).resize(QSize(1366, 700))
    qtbot.waitUntil(lambda: page.outbox.detail.isVisible())
    window_of(page).resize(QSize(1093, 558))
    qtbot.waitUntil(lambda: not page.outbox.detail.isVisible())
    key(page.outbox.table, Qt.Key.Key_Return)
    assert page.outbox.detail.isVisible()
    assert not page.outbox.table.isVisible()
    click(page.outbox.detail.close_pane)
    assert page.outbox.table.isVisible()
    click(page.outbox.more)
    with qtbot.waitSignal(page.go) as gone:
        click(page.outbox.detail.pupil)
    assert gone.args is not None
    assert gone.args[0] == PUPILS
    rest(qtbot, window_of(page))
    assert workspace.screen_id == PUPILS
