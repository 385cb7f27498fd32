"""A helper process that reads what can bring a process down: damaged .xls, .xlsb and .ods files.

python-calamine aborts (not raises) on some damaged files. The helper is started at the first such file,
kept for the next ones, limited in memory where the system can, and replaced when it died. A frozen program
must call `multiprocessing.freeze_support()` first thing.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

from app.excel.calamine import PasswordProblem, RawSheet, ReadProblem, load

_log: Final = logging.getLogger(__name__)
Answer = list[RawSheet] | tuple[str, bool]
"""Sheets, or (reason, whether a password is needed)."""
MEMORY_LIMIT: Final = 2_000_000_000
TIME_LIMIT: Final = 60.0
"""Seconds one file may take."""


class HelperProblem(Exception):
    """The file could not be read; `password` tells whether it is locked."""

    def __init__(self, reason: str, *, password: bool = False) -> None:
        super().__init__(reason)
        self.password = password


def _limit() -> None:
    """Runs in the helper: quiet, and with a ceiling on memory where the system has one."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def _read(path: str) -> Answer:
    """Runs in the helper; problems come back as values, since not all errors of the reader can travel."""
    try:
        return load(Path(path))
    except PasswordProblem as problem:
        return str(problem), True
    except (ReadProblem, OSError, ValueError, MemoryError) as problem:
        return str(problem), False
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # the reader's own crash, not importable
            raise
        return str(problem), False


def _ready() -> bool:
    """Runs in the helper: proves that it started."""
    return True


class Helper:
    """Owns the helper process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def load(self, path: Path) -> list[RawSheet]:
        """Sheets of a workbook; HelperProblem when it cannot be read, whatever happened to the helper.

        Where no helper can be started (a PC that forbids it), the file is read in this process.
        """
        with self._lock:
            pool = self._started()
            answer = _read(str(path)) if pool is None else self._ask(pool, path)
        if isinstance(answer, tuple):
            raise HelperProblem(answer[0], password=answer[1])
        return answer

    def close(self) -> None:
        """End the helper process; the next `load` starts a new one."""
        with self._lock:
            self._stop()

    def _ask(self, pool: ProcessPoolExecutor, path: Path) -> Answer:
        try:
            return pool.submit(_read, str(path)).result(TIME_LIMIT)
        except (BrokenProcessPool, TooSlow) as problem:
            self._stop()
            raise HelperProblem(type(problem).__name__) from problem

    def _started(self) -> ProcessPoolExecutor | None:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_limit)
            try:
                self._pool.submit(_ready).result(TIME_LIMIT)
            except (BrokenProcessPool, TooSlow, OSError, RuntimeError) as problem:
                _log.warning("No helper process: %s", problem)
                self._stop()
        return self._pool

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=True, cancel_futures=True)
