"""Where unforeseen failures are written: a rotating file in the data folder, never the screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

NAME: Final = "hocba.log"
_SIZE: Final = 1_000_000
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@contextmanager
def logging_to(folder: Path) -> Iterator[None]:
    """Log warnings and worse into `folder` while inside; without that folder nothing is logged at all.

    Nothing of a pupil is logged: messages name codes and stages.
    """
    handler: logging.Handler = logging.NullHandler()
    if folder.is_dir():
        handler = RotatingFileHandler(
            folder / NAME, maxBytes=_SIZE, backupCount=3, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
