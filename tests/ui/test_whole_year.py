"""One class from its workbook to the archive: every step in the real window, each by whose work it is."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.demo import cast
from app.models import outbox, settings, transcripts
from app.models.values import OutboxState, VersionRecord
from app.records.types import Period, SigningRole, Stage
from app.ui.checks.page import ChecksPage
from app.ui.delivery.page import DeliveryPage
from app.ui.journal.page import JournalPage
from app.ui.lookup.page import LookupPage
from app.ui.pupils.page import PupilsPage
from app.ui.results.page import ResultsPage
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.ui.signing.page import SigningPage
from app.ui.signing.pin import PinDialog
from app.ui.transcripts.page import TranscriptsPage
from app.ui.widgets.page import Page
from app.workflows import classes
from app.workflows import settings as settings_verbs
from app.workflows import store as store_verbs
from tests.ui.conftest import OpenWindow
from tests.ui.driving import click, key, rest, sign_in, write
from tests.world import PASSWORD, Blueprint, build

P = TypeVar("P", bound=Page)
LONG = 30_000
CLASS = "2A"
HOMEROOM = cast.teacher_login(CLASS)
PUPILS_OF_CLASS = 2
FILES = 2 * PUPILS_OF_CLASS
SIGNERS = {
    SigningRole.TEACHER: HOMEROOM,
    SigningRole.LEADER: cast.VICE_PRINCIPAL,
    SigningRole.SEAL: cast.CLERK,
}


@pytest.fixture(scope="session")
def listed(tmp_path_factory: pytest.TempPathFactory, token_dir: Path) -> Blueprint:
    """Five classes of two pupils, everybody's account and token; of the workbooks only the list is read."""
    return build(tmp_path_factory.mktemp("whole-year"), token_dir)


@dataclass
class Office:
    """The one PC of the school: people come, sign in under their own name and do their step."""

    qtbot: QtBot
    window: MainWindow
    school: Blueprint
    folder: Path
    """The data folder."""
    place: Path
    """The folder that is the destination."""

    def comes(self, login: str) -> Workspace:
        """The button “Đổi người”, then name and password."""
        before = self.window.workspace
        if before is not None:
            click(before.top_bar.change)
            rest(self.qtbot, self.window)
        workspace = sign_in(self.qtbot, self.window, login, PASSWORD)
        assert workspace.desk.actor.login == login
        return workspace

    def show(self, screen: str, kind: type[P]) -> P:
        """A click in the nav."""
        workspace = self.window.workspace
        assert workspace is not None
        click(workspace.nav.buttons[screen])
        rest(self.qtbot, self.window)
        page = workspace.page
        assert isinstance(page, kind)
        return page

    def press(self, button: QPushButton) -> None:
        click(button)
        rest(self.qtbot, self.window)

    def until_enabled(self, button: QPushButton) -> None:
        self.qtbot.waitUntil(button.isEnabled, timeout=LONG)

    @property
    def names(self) -> dict[str, str]:
        """Login → name of everybody."""
        with store_verbs.open_store(self.folder) as store:
            return {one.login: one.name for one in store_verbs.known_logins(store=store)}

    def stage(self) -> Stage:
        """The class as another process finds it."""
        with store_verbs.open_store(self.folder) as store:
            admin = store_verbs.login(store=store, login=cast.ADMIN, password=PASSWORD)
            found = classes.open_class(store=store, actor=admin, class_name=CLASS)
            return found.stages.get(Period.CN, Stage.OPEN)

    def versions(self) -> tuple[VersionRecord, ...]:
        with store_verbs.open_store(self.folder) as store, store.reading() as session:
            return transcripts.current_versions(session, settings.active_year(session))

    def sent(self) -> list[OutboxState]:
        with store_verbs.open_store(self.folder) as store, store.reading() as session:
            return [item.state for item in outbox.items(session)]


@pytest.fixture
def office(listed: Blueprint, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> Office:
    folder, place = tmp_path / "data", tmp_path / "kho-nhan"
    shutil.copytree(listed.folder, folder)
    place.mkdir()
    with store_verbs.open_store(folder) as store:
        admin = store_verbs.login(store=store, login=cast.ADMIN, password=PASSWORD)
        settings_verbs.add_destination(
            store=store, actor=admin, name="usb", kind="folder", options={"path": str(place)}
        )
    return Office(qtbot, open_window(folder), listed, folder, place)


def drop(target: QWidget, paths: Sequence[Path]) -> None:
    """Drag files over a widget and let go, with the events of the window system."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    centre, action = QPointF(target.rect().center()), Qt.DropAction.CopyAction
    button, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(centre, action, mime, button, plain)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(centre, action, mime, button, plain))


# --- one step each ------------------------------------------------------------------------------------------


def the_teacher_brings_the_results(office: Office) -> None:
    office.comes(HOMEROOM)
    page = office.show("pupils", PupilsPage)
    office.press(page.start_import)
    book = next(path for path in office.school.files if path.name == f"ket-qua-{CLASS}.xlsx")
    panel = page.imports
    drop(panel, [book])
    rest(office.qtbot, office.window)
    assert panel.state.text().startswith("Chưa ghi gì.")
    changes = panel.write.accessibleName()
    assert changes.startswith("Ghi ")
    assert changes != "Ghi 0 thay đổi"
    office.press(panel.write)
    assert panel.state.text().startswith(f"Đã ghi {changes.split()[1]} thay đổi")
    office.press(panel.cancel)


def the_teacher_looks_and_submits(office: Office) -> None:
    results = office.show("results", ResultsPage)
    assert results.class_picker.value == CLASS
    assert results.stage.word == "Đang nhập"
    assert not results.errors.isVisible()
    checks = office.show("checks", ChecksPage)
    assert checks.classes.keys[-1] == CLASS
    assert not checks.approve.isVisible(), "who typed the results does not approve them"
    results = office.show("results", ResultsPage)
    assert office.stage() is Stage.OPEN
    office.press(results.submit)
    assert "Đã chốt lớp" in results.banner.text
    assert results.stage.word == "Đã chốt"
    assert office.stage() is Stage.SUBMITTED


def the_checker_approves(office: Office) -> None:
    office.comes(cast.CHECKER)
    page = office.show("checks", ChecksPage)
    page.classes.choose(CLASS)
    rest(office.qtbot, office.window)
    assert page.approve.accessibleName() == f"Duyệt lớp {CLASS}"
    office.press(page.approve)
    assert f"Đã duyệt lớp {CLASS}" in page.banner.text
    assert office.stage() is Stage.APPROVED


def the_checker_makes_the_transcripts(office: Office) -> None:
    page = office.show("transcripts", TranscriptsPage)
    assert page.class_picker.value == CLASS, "the approved class stands first"
    click(page.issue)
    office.until_enabled(page.issuing.start)
    rest(office.qtbot, office.window)
    assert page.issuing.start.accessibleName() == f"Tạo {PUPILS_OF_CLASS} học bạ"
    assert office.versions() == ()
    office.press(page.issuing.start)
    told = f"Đã tạo {PUPILS_OF_CLASS} học bạ, bỏ qua 0, tổng {PUPILS_OF_CLASS}."
    office.qtbot.waitUntil(lambda: told in page.banner.text, timeout=LONG)
    rest(office.qtbot, office.window)
    made = office.versions()
    assert [(one.class_name, one.version, one.signed_roles) for one in made] == [(CLASS, 1, ())] * len(made)
    assert len(made) == PUPILS_OF_CLASS


def each_signs(office: Office, role: SigningRole) -> None:
    """PIN typed once; the role's signature is on every transcript afterwards, and no other is new."""
    office.comes(SIGNERS[role])
    page = office.show("signing", SigningPage)
    assert page.roles == (role,), "nobody else's role is offered"
    before = page.panes[role]
    office.until_enabled(before.act)
    assert f"{PUPILS_OF_CLASS} học bạ" in before.act.accessibleName()
    click(before.act)
    dialogs = page.findChildren(PinDialog)
    office.qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(PinDialog)), timeout=LONG)
    dialogs = [one for one in page.findChildren(PinDialog) if one.isVisible()]
    write(dialogs[0].field, office.school.cast.tokens[role].pin)
    key(dialogs[0].field, Qt.Key.Key_Return)
    office.window.activateWindow()  # a window system does it when a dialog closes; offscreen does not
    office.qtbot.waitUntil(lambda: page.pane is page.results, timeout=LONG)
    rest(office.qtbot, office.window)
    assert page.title.text().startswith("Đã ")
    assert f"{PUPILS_OF_CLASS}, " in page.title.text()
    assert page.batch is not None
    assert page.batch.counts == (PUPILS_OF_CLASS, 0, 0)
    order = tuple(SigningRole)
    for one in office.versions():
        assert set(one.signed_roles) == set(order[: order.index(role) + 1])
    office.press(page.results.close_button)


def the_clerk_sends_and_archives(office: Office, archive: Path, patch: pytest.MonkeyPatch) -> None:
    page = office.show("delivery", DeliveryPage)
    assert office.sent() == [OutboxState.WAITING] * FILES
    assert len(page.outbox.table.rows_model.rows) == PUPILS_OF_CLASS
    assert page.outbox.send.accessibleName() == f"Gửi {PUPILS_OF_CLASS} học bạ"
    office.press(page.outbox.send)
    assert f"{FILES} tệp" in page.banner.text
    assert page.outbox.detail.chip.word == "Kho nhận đã lưu"
    assert office.sent() == [OutboxState.STORED] * FILES
    kept = {one.pdf_sha256 for one in office.versions()} | {one.xml_sha256 for one in office.versions()}
    assert {path.stem for path in office.place.rglob("*.*")} == kept
    page.tabs.setFocus()
    while page.tab != "archive":
        key(page.tabs, Qt.Key.Key_Right)
    rest(office.qtbot, office.window)
    patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(archive))
    office.press(page.archive.choose)
    assert page.archive.write.accessibleName() == f"Xuất {PUPILS_OF_CLASS} học bạ vào kho"
    office.press(page.archive.write)
    assert f"Đã xuất {PUPILS_OF_CLASS} học bạ" in page.banner.text
    office.press(page.archive.check)
    assert "mọi tệp khớp bảng kê" in page.archive.checked.text()
    assert len(list(archive.rglob("*.pdf"))) == PUPILS_OF_CLASS


def the_leader_verifies(office: Office, archive: Path) -> None:
    office.comes(cast.VICE_PRINCIPAL)
    page = office.show("lookup", LookupPage)
    assert page.empty.isVisible()
    drop(page.drop, sorted(archive.rglob("*.pdf")))
    rest(office.qtbot, office.window)
    assert page.counts.text() == f"{PUPILS_OF_CLASS} hợp lệ · 0 không · 0 chưa rõ"
    names = office.names
    told = []
    for file in page.files.keys:
        page.files.choose(file)
        told.append(page.report.text)
        assert page.report.text.startswith("Học bạ hợp lệ\n")
        for login in (HOMEROOM, cast.VICE_PRINCIPAL):
            assert names[login] in page.report.text
        assert office.school.made.school.name in page.report.text, "whose seal it is"
    for version in office.versions():
        assert sum(version.pupil_name in text for text in told) == 1


def the_log_names_everybody(office: Office) -> None:
    """Each step under the name of who was signed in; the pupils' results by their teacher alone."""
    page = office.show("journal", JournalPage)
    names = office.names
    by: dict[str, Counter[str]] = {}
    for row in page.table.rows_model.rows:
        by.setdefault(row.kind, Counter())[row.person] += 1
    each = PUPILS_OF_CLASS
    assert by["import"][names[HOMEROOM]] == 1
    assert set(by["result"]) == {names[HOMEROOM]}
    assert by["stage"] == {names[HOMEROOM]: 1, names[cast.CHECKER]: 1}
    assert by["issue"] == {names[cast.CHECKER]: each}
    assert by["sign.teacher"] == {names[HOMEROOM]: each}
    assert by["sign.leader"] == {names[cast.VICE_PRINCIPAL]: each}
    assert by["sign.seal"] == {names[cast.CLERK]: each}
    assert by["deliver"] == {names[cast.CLERK]: FILES}
    told = {(row.person, row.what) for row in page.table.rows_model.rows}
    assert (names[HOMEROOM], f"Chốt lớp {CLASS}, cuối năm học") in told
    assert (names[cast.CHECKER], f"Duyệt lớp {CLASS}, cuối năm học") in told
    office.press(page.recheck)
    assert "nguyên vẹn" in page.chain.text()


def test_a_class_from_its_workbook_to_the_archive(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "kho-luu-tru"
    the_teacher_brings_the_results(office)
    the_teacher_looks_and_submits(office)
    the_checker_approves(office)
    the_checker_makes_the_transcripts(office)
    for role in SigningRole:
        each_signs(office, role)
    the_clerk_sends_and_archives(office, archive, monkeypatch)
    the_leader_verifies(office, archive)
    the_log_names_everybody(office)
    assert not office.window.broken
