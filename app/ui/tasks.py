"""Work in the background: lanes of one worker each, progress, cancel, and what a verb changed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.errors import Cancelled, UserError
from app.interaction import Progress
from app.workflows.report import Changes

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Lane(StrEnum):
    """Where work runs: the store, pages drawn for the screen, paper, the USB token, the network.

    Drawing has a lane of its own so that no stored change waits for a picture; printing has one because it
    lasts.
    """

    WORK = "work"
    DRAW = "draw"
    PRINT = "print"
    TOKEN = "token"
    NET = "net"


class Outcome(Enum):
    """How a piece of work ended."""

    DONE = auto()
    CANCELLED = auto()
    REFUSED = auto()
    BROKEN = auto()


@dataclass(eq=False)
class Job:
    """One piece of work under way; `title` names it in the strip, empty for quick reads."""

    title: str
    lane: Lane
    owner: QObject | None
    done: int = 0
    total: int = 0
    text: str = ""
    started: float = field(default_factory=time.monotonic)
    ended: bool = False
    outcome: Outcome | None = None
    """None while it is under way."""
    error: UserError | None = None
    """Why it was refused."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _dropped: bool = False

    def cancel(self) -> None:
        """Ask it to stop at the next safe point; its end is still told."""
        self._stop.set()

    def drop(self) -> None:
        """Nobody wants the answer any more: stop it, tell nobody (what it changed is told all the same)."""
        self._dropped = True
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """True once it was asked to stop."""
        return self._stop.is_set()

    @property
    def wanted(self) -> bool:
        """True while somebody is there to hear the answer."""
        return not self._dropped and (self.owner is None or isValid(self.owner))


class _Signals(QObject):
    """Carries news from the workers to the window's thread; lives as long as the runner."""

    stepped = Signal(object, int, int, str)
    finished = Signal(object, object)


class _LaneProgress:
    """The `Progress` handed to a verb: reports to the window, raises `Cancelled` when asked to stop."""

    def __init__(self, job: Job, signals: _Signals) -> None:
        self._job = job
        self._signals = signals

    def step(self, done: int, total: int, text: str) -> None:
        """Report, and stop here when the person asked for it."""
        self._signals.stepped.emit(self._job, done, total, text)
        if self._job.stopping:
            raise Cancelled


@dataclass(frozen=True)
class _Answers:
    done: Callable[[Any], None] | None
    failed: Callable[[UserError], None] | None
    cancelled: Callable[[], None] | None


class TaskRunner(QObject):
    """Runs verbs off the window's thread and brings their answers back to it.

    A `UserError` goes to the caller's `failed` (or `failed` signal), `Cancelled` is silent, anything else is
    a bug: logged and told by `broke` with the exception.
    """

    began = Signal(object)
    stepped = Signal(object)
    ended = Signal(object)
    changed = Signal(object)
    failed = Signal(object)
    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signals = _Signals(self)
        self._signals.stepped.connect(self._on_step, Qt.ConnectionType.QueuedConnection)
        self._signals.finished.connect(self._on_end, Qt.ConnectionType.QueuedConnection)
        self._lanes: Final = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"hocba-{lane}") for lane in Lane
        }
        self._open: dict[Job, _Answers] = {}
        self._closed = False

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Everything waiting or running, oldest first."""
        return tuple(self._open)

    def busy(self, lane: Lane) -> bool:
        """True while something waits or runs on this lane."""
        return any(job.lane is lane for job in self._open)

    def run(
        self,
        lane: Lane,
        work: Callable[[Progress], T],
        *,
        title: str = "",
        owner: QObject | None = None,
        done: Callable[[T], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Queue `work` on a lane; `done`, `failed` or `cancelled` is called later on this thread."""
        job = Job(title, lane, owner)
        if self._closed:
            job.ended = True
            return job
        self._open[job] = _Answers(done, failed, cancelled)
        future = self._lanes[lane].submit(self._perform, job, work)
        future.add_done_callback(lambda ready: self._signals.finished.emit(job, ready))
        self.began.emit(job)
        return job

    def _perform(self, job: Job, work: Callable[[Progress], T]) -> T:
        if job.stopping:
            raise Cancelled
        job.started = time.monotonic()
        return work(_LaneProgress(job, self._signals))

    def _on_step(self, job: Job, done: int, total: int, text: str) -> None:
        job.done, job.total, job.text = done, total, text
        if job in self._open:
            self.stepped.emit(job)

    def _on_end(self, job: Job, future: Future[Any]) -> None:
        job.ended = True
        answers = self._open.pop(job, None)
        if answers is None:  # closed before its end came through
            return
        error = CancelledError() if future.cancelled() else future.exception()
        job.outcome, job.error = _outcome(error)
        self.ended.emit(job)
        if error is None:
            self._succeeded(job, answers, future.result())
        elif job.error is not None:
            self._refused(job, answers, job.error)
        elif job.outcome is Outcome.BROKEN:
            _log.error("a task failed", exc_info=error)
            self.broke.emit(error)
        elif job.wanted and answers.cancelled:
            answers.cancelled()

    def _succeeded(self, job: Job, answers: _Answers, result: object) -> None:
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if job.wanted and answers.done:
            answers.done(result)
        if isinstance(changes, Changes) and changes.kinds:
            self.changed.emit(changes)

    def _refused(self, job: Job, answers: _Answers, error: UserError) -> None:
        _log.info("refused: %s", error.code)
        if job.wanted:
            (answers.failed or self.failed.emit)(error)

    def cancel_all(self) -> None:
        """Ask everything to stop at its next safe point."""
        for job in self.jobs:
            job.cancel()

    def close(self) -> None:
        """Take no more work, stop what waits, and wait for what runs; nothing is told after this."""
        self._closed = True
        self.cancel_all()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._open.clear()


def _outcome(error: BaseException | None) -> tuple[Outcome, UserError | None]:
    if error is None:
        return Outcome.DONE, None
    if isinstance(error, Cancelled | CancelledError):
        return Outcome.CANCELLED, None
    if isinstance(error, UserError):
        return Outcome.REFUSED, error
    return Outcome.BROKEN, None


def time_left(done: int, total: int, elapsed: float) -> str:
    """ "còn khoảng 2 phút" from the measured pace; empty while nothing is known (first 3 seconds)."""
    if done <= 0 or total <= done or elapsed < 3:
        return ""
    seconds = elapsed / done * (total - done)
    if seconds < 60:
        return f"còn khoảng {max(1, round(seconds))} giây"
    return f"còn khoảng {round(seconds / 60)} phút"
