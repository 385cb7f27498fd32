"""A school whose transcripts are issued, its tokens, and ways to slow, pull and watch them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pkcs11.exceptions import DeviceRemoved
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models import settings, transcripts
from app.models.values import VersionRecord
from app.records.types import SigningRole
from app.signing import pkcs11
from app.ui.screens import SIGNING
from app.ui.shell.window import MainWindow
from app.ui.signing.page import SigningPage
from app.ui.signing.pin import PinDialog
from app.workflows import store as store_verbs
from tests.ui.conftest import OpenWindow
from tests.ui.driving import key, rest, sign_in, write
from tests.world import PASSWORD, Blueprint, build, world

LONG = 30_000


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory, token_dir: Path) -> Blueprint:
    """Four classes of two pupils, every transcript issued, none signed."""
    listed = build(tmp_path_factory.mktemp("ui-signing"), token_dir)
    folder = tmp_path_factory.mktemp("ui-issued")
    with world(listed, folder, destination=False) as made:
        made.import_all()
        made.approve_all()
        made.issue_all()
    return replace(listed, folder=folder / "data")


@dataclass
class Desk:
    """The window on a fresh copy of that school, and what a person does at it."""

    qtbot: QtBot
    window: MainWindow
    school: Blueprint
    folder: Path

    @property
    def page(self) -> SigningPage:
        workspace = self.window.workspace
        assert workspace is not None
        page = workspace.pages[SIGNING]
        assert isinstance(page, SigningPage)
        return page

    def pin(self, role: SigningRole) -> str:
        return self.school.cast.tokens[role].pin

    def arrive(self, login: str) -> SigningPage:
        """Sign in and open the screen; the token is read when this returns."""
        workspace = sign_in(self.qtbot, self.window, login, PASSWORD)
        workspace.open(SIGNING, {})
        self.until(lambda: "Đang" not in self.page.before.estimate.text())
        rest(self.qtbot, self.window)
        return self.page

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=LONG)

    def dialog(self) -> PinDialog:
        """The PIN dialog once it is asked for."""
        self.until(lambda: any(item.isVisible() for item in self.page.findChildren(PinDialog)))
        return next(item for item in self.page.findChildren(PinDialog) if item.isVisible())

    def give_pin(self, pin: str) -> None:
        """Type the PIN and press Enter."""
        dialog = self.dialog()
        write(dialog.field, pin)
        key(dialog.field, Qt.Key.Key_Return)
        self.window.activateWindow()  # a window system does it when a dialog closes; offscreen does not
        self.until(self.window.isActiveWindow)

    def tab_to(self, wanted: object) -> None:
        """Press Tab until a control has the focus."""
        for _ in range(40):
            now = QApplication.focusWidget()
            if now is wanted:
                return
            assert now is not None
            key(now, Qt.Key.Key_Tab)
        raise AssertionError("Tab does not reach it")

    def versions(self) -> tuple[VersionRecord, ...]:
        """The versions as another process finds them."""
        with store_verbs.open_store(self.folder) as store, store.reading() as session:
            return transcripts.current_versions(session, settings.active_year(session))

    def signed(self, role: SigningRole) -> int:
        return sum(role in version.signed_roles for version in self.versions())


@pytest.fixture
def desk(issued: Blueprint, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> Desk:
    folder = tmp_path / "data"
    shutil.copytree(issued.folder, folder)
    return Desk(qtbot, open_window(folder), issued, folder)


@dataclass
class Gate:
    """Lets signatures through one transcript (two files) at a time; after `pull` the token fails."""

    _free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _pulled: bool = False

    def let(self, documents: int) -> None:
        self._free.release(2 * documents)

    def open(self) -> None:
        self._free.release(10_000)

    def pull(self) -> None:
        self._pulled = True
        self.open()

    def plug_in(self) -> None:
        self._pulled = False

    def wait(self) -> None:
        assert self._free.acquire(timeout=LONG / 1000)
        if self._pulled:
            raise DeviceRemoved


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Every raw signature waits at this gate."""
    made = Gate()
    real = pkcs11._KeySigner._raw

    def waiting(signer: pkcs11._KeySigner, digest: bytes) -> bytes:
        made.wait()
        return real(signer, digest)

    monkeypatch.setattr(pkcs11._KeySigner, "_raw", waiting)
    yield made
    made.open()


@dataclass
class Ports:
    """The USB ports: tokens really vanish from their driver and come back."""

    folder: Path

    @property
    def _drawer(self) -> Path:
        return self.folder / "drawer"

    def empty(self) -> None:
        self._drawer.mkdir(exist_ok=True)
        for token in (self.folder / "tokens").iterdir():
            token.rename(self._drawer / token.name)

    def fill(self) -> None:
        if self._drawer.exists():
            for token in self._drawer.iterdir():
                token.rename(self.folder / "tokens" / token.name)


@pytest.fixture
def ports(token_dir: Path) -> Iterator[Ports]:
    made = Ports(token_dir)
    yield made
    made.fill()
