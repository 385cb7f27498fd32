"""A small school on a real encrypted store, and the real window on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.demo.school import DemoSchool, make_school
from app.demo.workbooks import write_workbooks
from app.interaction import SilentProgress
from app.records.types import ClassYear, Period, Role
from app.ui.collector import collect_here
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.shell.window import MainWindow
from app.ui.start import build
from app.ui.tasks import TaskRunner
from app.ui.theme import apply_theme, load_fonts, make_theme
from app.workflows import imports, people
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.driving import ADMIN, CHECKER, HOLE_CLASS, LEADER, PASSWORD, TEACHER, rest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains that dialogs have a smallest size."""
    for item in items:
        if "tests/ui" in str(item.path):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def _collector(qapp: QApplication) -> None:
    """Cyclic garbage is collected on this thread, as in the product."""
    collect_here(qapp)


@dataclass(frozen=True)
class Prepared:
    """A folder with a store in `data` and the workbooks it came from."""

    folder: Path
    made: DemoSchool
    files: tuple[Path, ...]
    recovery_code: str


def _spoil(klass: ClassYear) -> ClassYear:
    """The first pupil of one class has no score in Toán."""
    if klass.name != HOLE_CLASS:
        return klass
    first = klass.pupils[0]
    results = first.results[Period.CN]
    subjects = {**results.subjects, "TOAN": replace(results.subjects["TOAN"], score=None)}
    spoilt = replace(first, results={Period.CN: replace(results, subjects=subjects)})
    return replace(klass, pupils=(spoilt, *klass.pupils[1:]))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Five classes of three pupils with results; grade 4 has one hole; nothing submitted."""
    folder = tmp_path_factory.mktemp("ui-school")
    made = make_school(pupils=15)
    made = replace(made, classes=tuple(_spoil(klass) for klass in made.classes))
    files = write_workbooks(folder / "excel", made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOCBA_KEY_FILE_ONLY", "1")
        code = _fill(folder / "data", made, files)
    return Prepared(folder, made, files, code)


def _fill(data: Path, made: DemoSchool, files: tuple[Path, ...]) -> str:
    report = store_verbs.init_school(
        folder=data,
        school=made.school,
        year=made.year,
        admin_login=ADMIN,
        admin_name="Quản trị mẫu",
        password=PASSWORD,
    )
    store = store_verbs.open_store(data)
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    imports.import_files(store=store, actor=actor, paths=files, progress=SilentProgress())
    for login, name, role, classes in (
        (CHECKER, "Sơn Thị Hoa", Role.CHECKER, ()),
        (LEADER, "Nguyễn Văn Hùng", Role.LEADER, ()),
        (TEACHER, "Thạch Thị Sa Rây", Role.HOMEROOM, ("3A",)),
    ):
        people.add_account(
            store=store,
            actor=actor,
            login=login,
            name=name,
            roles=(role,),
            classes=classes,
            subjects=(),
            password=PASSWORD,
        )
    store.close()
    return report.recovery_code


@pytest.fixture
def data(prepared: Prepared, tmp_path: Path) -> Path:
    """A fresh copy of the prepared data folder."""
    target = tmp_path / "data"
    shutil.copytree(prepared.folder / "data", target)
    return target


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    """The store alone, without a window."""
    opened = store_verbs.open_store(data)
    yield opened
    opened.close()


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """The light theme at 100 %."""
    load_fonts()
    theme = make_theme()
    apply_theme(qapp, theme)
    return Look(theme, Icons())


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    """Lanes that are closed at the end."""
    made = TaskRunner()
    yield made
    made.close()


OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication) -> Iterator[OpenWindow]:
    """Opens the real window on a folder and waits for its first page."""
    windows: list[MainWindow] = []

    def open_on(folder: Path) -> MainWindow:
        window = build(qapp, folder, scale=1.0, high_contrast=False)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        with qtbot.waitSignal(window.ready):
            window.open_data()
        rest(qtbot, window)
        return window

    yield open_on
    for window in filter(isValid, windows):
        rest(qtbot, window)
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window: OpenWindow, data: Path) -> MainWindow:
    """The window on the prepared data, at the sign-in."""
    return open_window(data)
