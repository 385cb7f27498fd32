"""The status strip says what is known, and no more."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.shell.network import Reach
from app.ui.shell.strip import Strip
from app.ui.tasks import TaskRunner


@pytest.mark.parametrize(
    ("reach", "word"),
    [(Reach.ONLINE, "Trực tuyến"), (Reach.OFFLINE, "Ngoại tuyến"), (Reach.UNKNOWN, "chưa rõ")],
)
def test_network(qtbot: QtBot, look: Look, runner: TaskRunner, reach: Reach, word: str) -> None:
    strip = Strip(look, runner)
    qtbot.addWidget(strip)
    strip.show_network(reach)
    assert word in strip.network.text()
