"""Pictures of the real window on a real data folder: `python -m app.ui.shots --data D --user U --out O`.

The password comes from HOCBA_PASSWORD. The guide, the README and the demo use them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from app.records.permissions import Action, allowed_somewhere
from app.ui import translation
from app.ui.collector import collect_here
from app.ui.pupils.page import PupilsPage
from app.ui.results.page import ResultsPage
from app.ui.screens import CHECKS, OVERVIEW, PUPILS, RESULTS, TRANSCRIPTS
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.ui.start import build
from app.ui.theme import load_fonts
from app.ui.transcripts.page import TranscriptsPage

LIMIT_MS: Final = 60_000


class NotReady(RuntimeError):
    """The window did not come to rest, or did not let the person in."""


class Photographer:
    """Drives the window like a person and saves what it shows."""

    def __init__(self, window: MainWindow, out: Path) -> None:
        self._window = window
        self._out = out
        self.taken: list[Path] = []

    def settle(self, until: Callable[[], bool] = lambda: True) -> None:
        """Let events run until no work is under way and `until` holds."""
        loop = QEventLoop()
        calm = 0

        def look() -> None:
            nonlocal calm
            calm = calm + 1 if self._window.idle and until() else 0
            if calm > 2:  # layouts settle in the rounds after the last answer
                loop.quit()

        waiting = QTimer(interval=20)
        waiting.timeout.connect(look)
        limit = QTimer(singleShot=True, interval=LIMIT_MS)
        limit.timeout.connect(lambda: loop.exit(1))
        waiting.start()
        limit.start()
        if loop.exec() != 0:
            raise NotReady("the window did not come to rest")

    def take(self, name: str) -> None:
        """Save the window as NAME.png."""
        self.settle()
        target = self._out / f"{name}.png"
        if not self._window.grab().save(str(target)):
            raise OSError(f"cannot write {target}")
        self.taken.append(target)

    def open(self) -> None:
        """From the start to the list of names."""
        self._window.open_data()
        self.settle(lambda: self._window.front is not self._window.opening)

    def sign_in(self, login: str, password: str) -> Workspace:
        """Choose the name, type the password, press the button."""
        page = self._window.sign_in
        page.people.select(login)
        page.password.field.setText(password)
        page.enter.click()
        self.settle()
        workspace = self._window.workspace
        if workspace is None:
            raise NotReady(page.password.warning.text() or "sign-in failed")
        return workspace

    def screens(self, workspace: Workspace, class_name: str, imports: Sequence[Path]) -> None:
        """One picture of every screen that this person has."""
        where = {"class": class_name} if class_name else {}
        names = {OVERVIEW: "02-tong-quan", PUPILS: "03-lop-va-hoc-sinh", CHECKS: "05-kiem-tra"}
        for screen, name in names.items():
            if screen in workspace.nav.buttons:
                workspace.open(screen, where if screen == PUPILS else {})
                self.take(name)
        workspace.open(RESULTS, where)
        self.take("04-nhap-ket-qua")
        page = workspace.page
        assert isinstance(page, ResultsPage)
        for tab, name in ((1, "04b-pham-chat-nang-luc"), (2, "04c-nhan-xet")):
            page.tabs.setCurrentIndex(tab)
            self.take(name)
        page.tabs.setCurrentIndex(0)
        if TRANSCRIPTS in workspace.nav.buttons:
            self._transcripts(workspace, where)
        if imports and allowed_somewhere(workspace.desk.actor, Action.IMPORT_LIST):
            self._import(workspace, imports)

    def _transcripts(self, workspace: Workspace, where: Mapping[str, str]) -> None:
        """The contact sheet with one transcript beside it, then that transcript alone."""
        workspace.open(TRANSCRIPTS, where)
        page = workspace.page
        assert isinstance(page, TranscriptsPage)
        self.settle(lambda: page.sheet.drawn and page.reader.viewer.view.sharp)
        self.take("06-hoc-ba")
        page.show_full(True)
        self.settle(lambda: page.reader.viewer.view.sharp)
        self.take("06b-hoc-ba-mot-em")
        page.show_full(False)

    def _import(self, workspace: Workspace, files: Sequence[Path]) -> None:
        workspace.open(PUPILS, {"import": "yes"})
        page = workspace.page
        assert isinstance(page, PupilsPage)
        page.imports.look_at(files)
        self.take("07-nhap-tu-excel")
        page.imports.cancel.click()

    def lock(self) -> None:
        """The locked screen."""
        self._window.lock()
        self.take("08-khoa-man-hinh")


def take_shots(
    *,
    data: Path,
    login: str,
    password: str,
    out: Path,
    size: tuple[int, int] = (1366, 768),
    class_name: str = "",
    imports: Sequence[Path] = (),
    scale: float | None = None,
    high_contrast: bool | None = None,
) -> tuple[Path, ...]:
    """Open the window offscreen on `data`, go through its screens, save the pictures into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(["hocba"])
    words = translation.install(application)
    load_fonts()
    window = build(application, data, scale=scale, high_contrast=high_contrast)
    window.resize(QSize(*size))
    window.show()
    photographer = Photographer(window, out)
    try:
        photographer.open()
        photographer.take("01-dang-nhap")
        workspace = photographer.sign_in(login, password)
        photographer.screens(workspace, class_name, imports)
        photographer.lock()
    finally:
        photographer.settle()
        window.close()
        collect_here(application).stop()
        for translator in words:
            application.removeTranslator(translator)
    if window.broken:
        raise NotReady("something broke while the pictures were taken")
    return tuple(photographer.taken)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of the pictures; 0 when every picture was saved."""
    parser = argparse.ArgumentParser(prog="python -m app.ui.shots")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--class", dest="class_name", default="")
    parser.add_argument("--import", dest="imports", type=Path, nargs="*", default=())
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--scale", type=float)
    parser.add_argument("--high-contrast", action="store_true", default=None)
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    width, height = (int(part) for part in options.size.split("x"))
    taken = take_shots(
        data=options.data.resolve(),
        login=options.user,
        password=os.environ.get("HOCBA_PASSWORD", ""),
        out=options.out,
        size=(width, height),
        class_name=options.class_name,
        imports=options.imports,
        scale=options.scale,
        high_contrast=options.high_contrast,
    )
    sys.stdout.write("".join(f"{path}\n" for path in taken))
    return 0


if __name__ == "__main__":
    sys.exit(main())
