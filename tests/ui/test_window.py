"""The window itself: opening, locking, changing the person, refreshing, closing, faults."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.interaction import Progress
from app.models import settings
from app.ui.checks.page import ChecksPage
from app.ui.look import Look
from app.ui.results.page import ResultsPage
from app.ui.shell.faults import FaultDialog, details
from app.ui.shell.help import HelpDialog
from app.ui.shell.idle import IdleWatch
from app.ui.shell.window import OUTSIDE_MS, MainWindow
from app.ui.tasks import Lane, TaskRunner
from app.ui.theme import apply_theme, make_theme
from app.ui.widgets.reason import ReasonDialog
from app.workflows.report import changed
from app.workflows.store import Store
from tests.ui.conftest import OpenWindow, Prepared
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in, write


def runner_of(window: MainWindow) -> TaskRunner:
    runner = window.findChild(TaskRunner) or window._runner
    assert isinstance(runner, TaskRunner)
    return runner


IN_ORDER = [
    "overview",
    "pupils",
    "results",
    "checks",
    "transcripts",
    "signing",
    "delivery",
    "lookup",
    "reports",
    "settings",
    "journal",
]


@pytest.mark.parametrize(
    ("login", "missing"),
    [(ADMIN, set()), (TEACHER, {"delivery"}), (LEADER, set())],
)
def test_every_screen_of_the_nav_opens(
    qtbot: QtBot, window: MainWindow, login: str, missing: set[str]
) -> None:
    workspace = sign_in(qtbot, window, login)
    screens = [screen for screen in IN_ORDER if screen not in missing]
    assert list(workspace.nav.buttons) == screens
    for number, screen in enumerate(screens, start=1):
        if number <= 9:
            key(workspace, Qt.Key(int(Qt.Key.Key_0) + number), Qt.KeyboardModifier.ControlModifier)
        else:
            click(workspace.nav.buttons[screen])
        rest(qtbot, window)
        assert workspace.screen_id == screen
        assert workspace.page.banner.text == ""
    click(workspace.nav.buttons["overview"])
    assert workspace.screen_id == "overview"


def test_locking_keeps_the_screen_and_shows_no_data(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, TEACHER)
    workspace.open("results", {})
    rest(qtbot, window)
    key(workspace, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, window)
    assert window.workspace is None
    assert window.front is window.sign_in
    assert window.sign_in.people.login == TEACHER
    assert window.sign_in.enter.text() == "Mở khóa"
    assert window.sign_in.password.field.hasFocus()
    assert sign_in(qtbot, window, TEACHER) is workspace
    assert workspace.screen_id == "results"


def test_what_was_half_typed_waits_behind_the_lock(qtbot: QtBot, window: MainWindow) -> None:
    """A question open at the lock is neither readable nor answerable by who comes next."""
    workspace = sign_in(qtbot, window, CHECKER)
    workspace.open("checks", {})
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, ChecksPage)
    write(workspace.top_bar.field, "lop 3")
    click(page.acts.suggest)
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    write(dialog.field, "Xem lại điểm")
    watch = window.findChild(IdleWatch)
    assert watch is not None
    watch.idle.emit()
    rest(qtbot, window)
    assert window.front is window.sign_in
    assert not dialog.isVisible()
    assert QApplication.activeModalWidget() is None
    other = sign_in(qtbot, window, LEADER)
    assert not dialog.isVisible()
    click(other.top_bar.change)
    rest(qtbot, window)
    assert sign_in(qtbot, window, CHECKER) is workspace
    assert dialog.isVisible()
    assert dialog.field.toPlainText() == "Xem lại điểm"
    assert workspace.top_bar.field.text() == "lop 3"
    dialog.reject()
    window.lock()
    rest(qtbot, window)
    sign_in(qtbot, window, CHECKER)
    left = [one for one in workspace.findChildren(ReasonDialog) if one.isVisible()]
    assert left == [], "what was answered does not come back"


def test_another_person_gets_a_workspace_of_their_own(qtbot: QtBot, window: MainWindow) -> None:
    first = sign_in(qtbot, window, TEACHER)
    click(first.top_bar.change)
    rest(qtbot, window)
    second = sign_in(qtbot, window, CHECKER)
    assert second is not first
    assert second.desk.actor.login == CHECKER
    click(second.top_bar.change)
    rest(qtbot, window)
    assert sign_in(qtbot, window, TEACHER) is first


def test_nobody_at_the_pc_locks_it(qtbot: QtBot, qapp: QApplication) -> None:
    watch = IdleWatch(qapp, minutes=0.0005)
    with qtbot.waitSignal(watch.idle) as told:
        watch.start()
    assert told.signal_triggered
    watch.stop()
    qapp.removeEventFilter(watch)
    watch.deleteLater()


def test_a_closed_window_watches_no_more(
    qtbot: QtBot, qapp: QApplication, open_window: OpenWindow, data: Path
) -> None:
    window = open_window(data)
    watch = window.findChild(IdleWatch)
    assert watch is not None
    window.close()
    with qtbot.waitSignal(watch.destroyed):
        window.deleteLater()


def test_the_same_theme_is_not_applied_twice(qapp: QApplication, look: Look, qtbot: QtBot) -> None:
    polished: list[QEvent.Type] = []

    class Witness(QWidget):
        def changeEvent(self, event: QEvent) -> None:
            polished.append(event.type())

    witness = Witness()
    qtbot.addWidget(witness)
    apply_theme(qapp, look.theme)
    assert QEvent.Type.StyleChange not in polished
    apply_theme(qapp, make_theme(scale=1.25))
    assert QEvent.Type.StyleChange in polished


def test_an_open_screen_reads_again_after_a_change(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    runner = runner_of(window)
    before = workspace.page.note.text()
    workspace.page.note.setText("cũ")
    runner.run(Lane.WORK, lambda _: changed("results"))
    rest(qtbot, window)
    assert workspace.page.note.text().startswith(before[:12])
    assert window.strip.saved.text().strip().startswith("Đã lưu")
    workspace.page.note.setText("cũ")
    assert "phrases" not in workspace.page.kinds
    runner.run(Lane.WORK, lambda _: changed("phrases"))
    rest(qtbot, window)
    assert workspace.page.note.text() == "cũ"


def test_closing_stops_what_runs_at_a_safe_point(qtbot: QtBot, window: MainWindow) -> None:
    sign_in(qtbot, window, ADMIN)
    runner = runner_of(window)
    steps: list[int] = []
    started = threading.Event()
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        for number in range(1000):
            steps.append(number)
            progress.step(number, 1000, "")
            started.set()
            go_on.wait(10)

    runner.run(Lane.WORK, work, title="Đang thử")
    assert started.wait(10)
    assert not window.close()
    assert window.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(steps) < 10


def test_an_unforeseen_fault_is_shown_once_without_personal_data(
    qtbot: QtBot, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(qtbot, window, ADMIN)
    runner = runner_of(window)

    name = "Nguyễn Thị Kim Ngân"

    def work(_: Progress) -> None:
        raise ValueError(name)

    for _ in range(2):
        runner.run(Lane.WORK, work)
        rest(qtbot, window)
    dialogs = window.findChildren(FaultDialog)
    assert len(dialogs) == 1
    dialogs[0].copy_details()
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert "Kim Ngân" not in copied
    dialogs[0].accept()
    assert window.broken


def test_details_name_every_cause() -> None:
    try:
        try:
            raise KeyError("x")
        except KeyError as inner:
            raise RuntimeError("y") from inner
    except RuntimeError as error:
        text = details(error)
    assert "RuntimeError" in text
    assert "KeyError" in text


# --- opening ------------------------------------------------------------------------------------------------


def test_a_damaged_store_says_so_and_can_be_tried_again(open_window: OpenWindow, data: Path) -> None:
    database = max((path for path in data.iterdir() if path.is_file()), key=lambda path: path.stat().st_size)
    database.write_bytes(b"x" * 5000)
    window = open_window(data)
    assert window.front is window.trouble
    assert "Không đọc được" in window.trouble.banner.text
    assert not window.trouble.code.isVisible()
    assert window.trouble.retry.isVisible()


def test_a_lost_key_is_put_back_with_the_recovery_code(
    qtbot: QtBot, open_window: OpenWindow, data: Path, prepared: Prepared
) -> None:
    for path in data.glob("*key*"):
        path.unlink()
    window = open_window(data)
    assert window.front is window.trouble
    page = window.trouble
    write(page.code, "sai")
    click(page.unlock)
    qtbot.waitUntil(lambda: "Mã khôi phục chưa đúng" in page.banner.text)
    page.code.clear()
    write(page.code, prepared.recovery_code)
    with qtbot.waitSignal(window.ready, timeout=20_000):
        key(page.code, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert window.sign_in.isVisible()
    sign_in(qtbot, window, ADMIN)


def test_a_broken_log_is_told_over_every_screen(
    qtbot: QtBot, open_window: OpenWindow, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.status
    monkeypatch.setattr(Store, "status", lambda self: {**real(self), "audit_chain": "broken"})
    window = open_window(data)
    workspace = sign_in(qtbot, window, ADMIN)
    assert "Nhật ký thay đổi không còn nguyên vẹn" in workspace.alarm.text


def test_no_dialog_is_open_at_the_start(window: MainWindow) -> None:
    assert window.findChildren(QDialog) == []


def test_only_one_window_ever_opens(qtbot: QtBot, window: MainWindow, qapp: QApplication) -> None:
    class Watch(QObject):
        shown: ClassVar[set[str]] = set()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.shown.add(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    workspace = sign_in(qtbot, window, ADMIN)
    for screen in workspace.nav.buttons:
        workspace.open(screen, {})
        rest(qtbot, window)
    qapp.removeEventFilter(watch)
    assert watch.shown == set()


def test_another_process_refreshes_what_is_open(
    qtbot: QtBot, window: MainWindow, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    window.look_outside()
    rest(qtbot, window)
    workspace.page.note.setText("cũ")
    saved = window.strip.saved.text()
    with Store.open(data, auto_backup=False) as other, other.transaction() as session:
        settings.put(session, "note", "x", "somebody")
    window.look_outside()
    rest(qtbot, window)
    assert workspace.page.note.text() != "cũ"
    assert window.strip.saved.text() == saved


def test_two_windows_on_one_store_see_each_other(qtbot: QtBot, open_window: OpenWindow, data: Path) -> None:
    first, second = open_window(data), open_window(data)
    mine, theirs = sign_in(qtbot, first, ADMIN), sign_in(qtbot, second, CHECKER)
    second.look_outside()
    rest(qtbot, second)
    theirs.page.note.setText("cũ")
    store = mine.desk.store
    with store.transaction() as session:
        settings.put(session, "note", "y", ADMIN)
    second.look_outside()
    rest(qtbot, second)
    assert theirs.page.note.text() != "cũ"


SUBMIT = """
import sys
from pathlib import Path
from app.workflows import gate, store
with store.open_store(Path(sys.argv[1])) as opened:
    actor = store.login(store=opened, login=sys.argv[2], password=sys.argv[3])
    gate.submit(store=opened, actor=actor, class_name="3A")
"""


@pytest.mark.parametrize("process", [False, True], ids=["window", "process"])
def test_what_is_done_elsewhere_is_shown_by_itself(
    qtbot: QtBot, open_window: OpenWindow, data: Path, process: bool
) -> None:
    """A class submitted in another window, or by another process, is so here within two looks."""
    here = open_window(data)
    workspace = sign_in(qtbot, here, CHECKER)
    workspace.open("results", {"class": "3A"})
    rest(qtbot, here)
    shown = workspace.page
    assert isinstance(shown, ResultsPage)
    assert shown.stage.word == "Đang nhập"
    if process:
        command = [sys.executable, "-c", SUBMIT, str(data), TEACHER, PASSWORD]
        subprocess.run(command, check=True, timeout=60)
    else:
        there = open_window(data)
        other = sign_in(qtbot, there, TEACHER)
        other.open("results", {})
        rest(qtbot, there)
        page = other.page
        assert isinstance(page, ResultsPage)
        click(page.submit)
        rest(qtbot, there)
    qtbot.waitUntil(lambda: shown.stage.word == "Đã chốt", timeout=2 * OUTSIDE_MS + 1000)


def test_a_job_that_ends_out_of_sight_is_told(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = workspace.page
    workspace.open("pupils", {})
    rest(qtbot, window)
    page.perform(lambda _: None, lambda _: None, title="Đang thử việc dài")
    rest(qtbot, window)
    assert window.notice.banner.text == "Thử việc dài: đã xong."

    def refused(_: Progress) -> None:
        raise UserError("account.no_user")

    page.perform(refused, lambda _: None, title="Đang thử việc hỏng")
    rest(qtbot, window)
    assert window.notice.banner.text.startswith("Thử việc hỏng: chưa xong. ")
    assert not window.notice._timer.isActive()


def test_badges_are_told_by_words_too(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    told = {screen: button.badge for screen, button in workspace.nav.buttons.items() if button.badge}
    assert told
    for screen, badge in told.items():
        assert badge.count > 0
        assert badge.words in workspace.nav.buttons[screen].accessibleName()


def test_help_lists_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    key(workspace, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert dialog.isVisible()
    click(dialog.close_button)
    assert not dialog.isVisible()


def test_the_strip_leads_to_its_screens(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    click(window.strip.saved)
    rest(qtbot, window)
    assert workspace.screen_id == "journal"
