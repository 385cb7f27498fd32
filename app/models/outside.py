"""Noticing that another process wrote: SQLite's data_version on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine


class OutsideWatch:
    """Tells commits of other processes from those of this one. Usable from several threads.

    SQLite counts the commits of every other connection, also of this process; so each own write first looks
    whether somebody else wrote before it, and afterwards takes its own commit as known.
    """

    def __init__(self, engine: Engine) -> None:
        fairy = engine.raw_connection()
        self._connection = fairy.driver_connection
        fairy.detach()
        self._lock = threading.Lock()
        self._known = self._version()
        self._news = False

    def _version(self) -> int:
        cursor = self._connection.execute("PRAGMA data_version")  # type: ignore[union-attr]
        try:
            return int(cursor.fetchone()[0])
        finally:
            cursor.close()

    @contextmanager
    def own_write(self) -> Iterator[None]:
        """Around one own transaction and its commit; call `look` inside, once the write lock is held."""
        with self._lock:
            try:
                yield
            finally:
                self._known = self._version()

    def look(self) -> None:
        """What others wrote until now, before the own commit hides it."""
        self._news = self._news or self._version() != self._known

    def take(self) -> bool:
        """True when somebody else wrote since the last call; False while this process is writing."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            version = self._version()
            news, self._news = self._news or version != self._known, False
            self._known = version
            return news
        finally:
            self._lock.release()

    def close(self) -> None:
        """Let the connection go."""
        with self._lock:
            self._connection.close()  # type: ignore[union-attr]
