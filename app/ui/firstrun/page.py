"""The first start: a new school, a backup, or the sample school to play with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.ui.firstrun.backup import BackupStep
from app.ui.firstrun.newschool import NewSchool
from app.ui.firstrun.sample import SampleStep
from app.ui.firstrun.ways import BACKUP, NEW, SAMPLE, WaysStep
from app.ui.look import Look, centred, frame
from app.ui.tasks import TaskRunner
from app.ui.theme import GAP, GAP_PAGE
from app.ui.widgets.product import product_line

_WIDTH: Final = 880


class FirstRunPage(QWidget):
    """`created` when the data of this folder can be opened, `sample` tells another folder to open."""

    created = Signal()
    sample = Signal(object)

    def __init__(self, look: Look, runner: TaskRunner, folder: Path, today: date) -> None:
        super().__init__()
        self._look = look
        self.ways = WaysStep(look)
        self.new = NewSchool(look, runner, folder, today)
        self.backup = BackupStep(look, runner, folder)
        self.samples = SampleStep(look, runner, folder)
        self._parts: dict[str, NewSchool | BackupStep | SampleStep] = {
            NEW: self.new,
            BACKUP: self.backup,
            SAMPLE: self.samples,
        }
        self._stack = QStackedWidget()
        self._stack.addWidget(self.ways)
        for part in self._parts.values():
            self._stack.addWidget(part)
            part.back.connect(self.begin)
        self.ways.chosen.connect(self._go)
        self.new.created.connect(self.created)
        self.backup.restored.connect(self.created)
        self.samples.opened.connect(self.sample)
        self._lay_out()

    def _lay_out(self) -> None:
        product, second = product_line(self._look)
        second.setText("Thiết lập lần đầu trên máy này")
        panel = frame("panel")
        panel.setFixedWidth(round(_WIDTH * min(self._look.theme.scale, 1.15)))
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(GAP_PAGE, GAP_PAGE - 12, GAP_PAGE, GAP_PAGE - 12)
        inside.addWidget(self._stack)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(GAP)
        column.addStretch(2)
        product.setFixedWidth(panel.width())
        column.addLayout(centred(product))
        column.addLayout(centred(panel))
        column.addStretch(3)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(content)
        for ground in (area.viewport(), content):  # setWidget lets it fill its ground
            ground.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    @property
    def way(self) -> str:
        """The way in front: NEW, BACKUP or SAMPLE; empty while one is chosen."""
        ways = ("", *self._parts)
        return ways[self._stack.currentIndex()]

    def begin(self) -> None:
        """The page stands in front: put the cursor in the list of ways."""
        self._stack.setCurrentIndex(0)
        self.ways.list.setFocus()

    def _go(self, way: str) -> None:
        self._stack.setCurrentIndex(1 + list(self._parts).index(way))
        self._parts[way].begin()
