"""Cyclic garbage with widgets in it dies on the window's thread, whatever the workers do."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.collector import collect_here
from app.ui.tasks import Lane, TaskRunner


class _Knot(QObject):
    """An object that holds itself and tells in which thread it died."""

    def __init__(self, told: list[int]) -> None:
        super().__init__()
        self.me = self
        self._told = told

    def __del__(self) -> None:
        self._told.append(threading.get_ident())


def test_a_worker_never_destroys_an_object_of_the_window(qtbot: QtBot, runner: TaskRunner) -> None:
    told: list[int] = []
    gc.collect()  # the knots are not due before the worker allocates
    for _ in range(50):
        _Knot(told)
    assert told == []
    kept: list[list[object]] = []
    runner.run(Lane.WORK, lambda _: kept.extend([] for _ in range(200_000)))
    qtbot.waitUntil(lambda: len(told) == 50, timeout=20_000)
    assert set(told) == {threading.get_ident()}


def test_it_gives_the_collector_back_and_takes_it_again(qapp: QApplication) -> None:
    own = collect_here(qapp)
    assert not gc.isenabled()
    own.stop()
    assert gc.isenabled()
    assert collect_here(qapp) is own
    assert not gc.isenabled()
