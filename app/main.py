"""The composition root of the window: settings, logging, lanes, window. Nothing global is left behind."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import __version__
from app.paths import default_data_dir
from app.ui import translation
from app.ui.shell.faults import details
from app.ui.shell.window import MainWindow
from app.ui.start import build

SMOKE: Final = "HOCBA_SMOKE"
LOG_BYTES: Final = 1_000_000
_log = logging.getLogger("app.window")


class PlaceOnly(logging.Formatter):
    """Writes where an error happened and its kind, never its message: that may hold personal data."""

    def formatException(self, ei: object) -> str:
        error = ei[1] if isinstance(ei, tuple) else None
        return details(error) if isinstance(error, BaseException) else ""


def start_log(folder: Path) -> logging.Handler | None:
    """A rotating file in the data folder; None while there is no such folder (first start)."""
    if not folder.is_dir():
        return None
    try:
        handler = RotatingFileHandler(
            folder / "hocba.log", maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setFormatter(PlaceOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("app")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return handler


class FirstPaint(QObject):
    """Calls back once, after the watched widget was painted for the first time."""

    def __init__(self, watched: QObject, then: Callable[[], object]) -> None:
        super().__init__(watched)
        self._then = then
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def run_window(data_dir: Path | None, argv: Sequence[str] = ()) -> int:
    """Show the window on `data_dir` (None: the platform's folder) until it is closed; returns 0.

    With HOCBA_SMOKE=1 it closes by itself after the first page was painted; 1 when something broke.
    """
    started = time.monotonic()
    folder = (data_dir or default_data_dir()).resolve()
    application = QApplication(["hocba", *argv])
    application.setApplicationName("hocba")
    application.setApplicationVersion(__version__)
    words = translation.install(application)
    handler = start_log(folder)
    window = build(application, folder)
    before = sys.excepthook
    sys.excepthook = _hook(window)
    try:
        FirstPaint(window.stack, lambda: _log.info("first paint after %.2f s", time.monotonic() - started))
        smoke = os.environ.get(SMOKE) == "1"
        if smoke:
            window.ready.connect(lambda: FirstPaint(window.front, window.close))
        window.show()
        QTimer.singleShot(0, window.open_data)
        code = application.exec()
        return 1 if smoke and window.broken else code
    finally:
        sys.excepthook = before
        for translator in words:
            application.removeTranslator(translator)
        if handler is not None:
            logging.getLogger("app").removeHandler(handler)
            handler.close()


def _hook(
    window: MainWindow,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        _log.critical("unforeseen fault", exc_info=(kind, error, trace))
        window.show_fault(error)

    return hook
